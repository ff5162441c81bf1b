(() => {
  "use strict";
  const root = document.documentElement;
  const editions = [...document.querySelectorAll("[data-edition]")];
  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();
  root.classList.add("js");

  // language
  const show = (edition) => {
    for (const other of editions) other.hidden = other !== edition;
    root.lang = edition.lang;
    document.title = edition.dataset.title;
  };
  for (const edition of editions) {
    const button = edition.querySelector("[data-switch]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const other = editions.find((it) => it !== edition);
      show(other);
      other.querySelector("[data-switch]").focus();
    });
  }

  // the touchpoint that is chosen, the same in both editions
  let chosen = null;
  let cameFrom = null;
  const fill = (edition, place) => {
    const pane = edition.querySelector("[data-pane]");
    pane.hint ??= pane.firstElementChild;
    const detail = edition.querySelector(`[data-detail="${place}"]`);
    if (!detail) return pane.replaceChildren(pane.hint);
    const name = document.createElement("h3");
    name.append(...detail.querySelector("summary").cloneNode(true).childNodes);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.setAttribute("aria-label", edition.lang === "en" ? "Clear the choice" : "取消选择");
    close.addEventListener("click", () => choose(null));
    pane.replaceChildren(close, name, ...detail.lastElementChild.cloneNode(true).childNodes);
    pane.scrollTop = 0;
  };
  const choose = (place, from = null) => {
    chosen = place;
    if (from) cameFrom = from;
    for (const edition of editions) {
      fill(edition, place);
      edition.querySelector(".board").classList.toggle("open", place !== null);
      for (const row of edition.querySelectorAll("tr[data-t]")) row.classList.toggle("chosen", row.dataset.t === place);
      for (const svg of edition.querySelectorAll(".map svg")) svg.classList.toggle("jm-chosen", place !== null);
      for (const card of edition.querySelectorAll(".jm-card")) {
        const is = card.dataset.touchpoint === place;
        card.classList.toggle("jm-on", is);
        card.setAttribute("aria-pressed", String(is));
      }
      for (const edge of edition.querySelectorAll(".jm [data-to]")) {
        edge.classList.toggle("jm-on", place !== null && (edge.dataset.from === place || edge.dataset.to === place));
      }
    }
    if (place === null && cameFrom) {
      cameFrom.focus();
      cameFrom = null;
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    const card = event.target.closest(".jm-card[data-touchpoint]");
    if (card) return choose(chosen === card.dataset.touchpoint ? null : card.dataset.touchpoint, card);
    if (!link) return;
    event.preventDefault();
    const edition = link.closest("[data-edition]");
    choose(link.dataset.t, link.closest("[data-pane]") ? null : link);
    edition.querySelector(".board").scrollIntoView({ block: "nearest" });
    edition.querySelector(`.jm-card[data-touchpoint="${chosen}"]`)?.scrollIntoView({ block: "nearest", inline: "center" });
    edition.querySelector("[data-pane]").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen !== null) return choose(null);
    const card = event.target.closest?.(".jm-card[data-touchpoint]");
    if (card && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(card.dataset.touchpoint, card);
    }
  });
  for (const card of document.querySelectorAll(".jm-card")) card.setAttribute("aria-pressed", "false");

  // the table, each edition's together
  const tables = editions.map((edition) => {
    const section = edition.querySelector("[data-touchpoints]");
    const of = (name) => section.querySelector(`[data-${name}]`);
    const table = section.querySelector("table.all");
    return { filters: of("filters"), search: of("search"), stage: of("stage"), owner: of("owner"), count: of("count"), body: table.tBodies[0], heads: [...table.tHead.rows[0].cells] };
  });
  const filter = (from) => {
    for (const table of tables) {
      table.search.value = from.search.value;
      table.stage.value = from.stage.value;
      if (table.owner) table.owner.value = from.owner.value;
      const words = plain(table.search.value).split(/\s+/).filter(Boolean);
      let seen = 0;
      for (const row of table.body.rows) {
        const has = words.every((word) => plain(row.dataset.q).includes(word));
        const inStage = !table.stage.value || row.dataset.s === table.stage.value;
        const isOwned = !table.owner?.value || row.cells[3].textContent === table.owner.value;
        row.hidden = !(has && inStage && isOwned);
        seen += row.hidden ? 0 : 1;
      }
      table.count.textContent = `${seen} / ${table.body.rows.length}`;
    }
  };
  const key = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent;
  const order = (table, column, way) => {
    const isNumber = "v" in (table.body.rows[0]?.cells[column].dataset ?? {});
    const rows = [...table.body.rows].sort((a, b) => {
      const [one, other] = [key(a, column), key(b, column)];
      // what is undefined or hidden comes last, whichever way
      if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
      return way * (isNumber ? one - other : one.localeCompare(other, root.lang));
    });
    table.body.append(...rows);
    table.heads.forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  };
  for (const table of tables) {
    table.filters.hidden = false;
    table.filters.addEventListener("submit", (event) => event.preventDefault());
    for (const field of [table.search, table.stage, table.owner]) field?.addEventListener("input", () => filter(table));
    table.heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const isWords = !("v" in (table.body.rows[0]?.cells[column].dataset ?? {}));
        const now = head.getAttribute("aria-sort");
        const way = now === "descending" ? 1 : now === "ascending" ? -1 : isWords ? 1 : -1;
        for (const each of tables) order(each, column, way);
      });
    });
  }
  if (tables[0]) filter(tables[0]);
})();
