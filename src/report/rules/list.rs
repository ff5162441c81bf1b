//! The rules of packs, one a row.

use super::names::{basis, mark, rights, severity};
use crate::map::Text;
use crate::report::Sheet;
use crate::report::view::{Figure, Quantity, Subject, View};
use crate::rules::Pack;
use crate::rules::pack::Rule;
use crate::time::Date;

impl Sheet<'_> {
    /// The rules of packs, a table each.
    #[must_use]
    pub fn rules(packs: &[&Pack], today: Date) -> Self {
        let mut sheet = Self::new(Text::both("Rules", "规则"));
        for pack in packs {
            sheet = sheet.of_pack(pack, today);
        }
        sheet.views(packs.iter().map(|pack| rules_of(pack)))
    }
}

/// That nobody has read the law again although it was time.
pub(in crate::report) fn overdue_review(pack: &Pack, today: Date) -> Option<Text> {
    let due = pack.review_by.filter(|due| *due < today)?;
    let id = &pack.id;
    Some(Text::both(
        format!(
            "Pack {id} was to be held against the law again by {due}: its rules may have changed."
        ),
        format!("规则包 {id} 应于 {due} 前重新核对法规：其规则可能已有变化。"),
    ))
}

fn rules_of(pack: &Pack) -> View {
    let language = |text: &Text, zh: bool| {
        let language = if zh { crate::map::Language::Zh } else { crate::map::Language::En };
        text.in_language(language).to_owned()
    };
    let title = |zh| format!("{} ({} {})", language(&pack.title, zh), pack.id, pack.version);
    let mut view = View::new(format!("rules_{}", pack.id), &title(false), &title(true))
        .whole()
        .column(Quantity::Words, "title", "title", "标题")
        .column(Quantity::Words, "severity", "severity", "级别")
        .column(Quantity::Words, "known", "known by", "核对情况")
        .column(Quantity::Words, "rights", "rights", "权利")
        .column(Quantity::Words, "basis", "basis", "依据")
        .column(Quantity::Words, "holds", "holds", "有效期");
    for rule in &pack.rules {
        let subject = Subject::Named(rule.id.clone(), Text::plain(&rule.id));
        view.row(subject, figures(rule));
    }
    view
}

fn figures(rule: &Rule) -> Vec<Figure> {
    let mut holds = period(rule.effective_from, rule.effective_to);
    if rule.disabled.is_some() {
        holds = Text::both("disabled", "停用");
    }
    let words = [
        rule.title.clone(),
        severity(rule.severity()),
        mark(rule.mark()),
        rights(&rule.rights),
        basis(rule.basis),
        holds,
    ];
    words.into_iter().map(Figure::Words).collect()
}

/// When something holds.
pub(super) fn period(from: Option<Date>, to: Option<Date>) -> Text {
    match (from, to) {
        (None, None) => Text::plain(""),
        (Some(from), None) => Text::both(format!("from {from}"), format!("{from} 起")),
        (None, Some(to)) => Text::both(format!("to {to}"), format!("至 {to}")),
        (Some(from), Some(to)) => Text::plain(format!("{from} – {to}")),
    }
}
