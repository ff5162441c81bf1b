//! A log whose names try to be more than names.

use std::fmt::Write;
use std::fs;
use std::path::Path;

pub(crate) const NAMES: [&str; 9] = [
    "<script>window.ran = 1</script>",
    "\"><img src=x onerror='window.ran = 2'>",
    "]]></style></svg><script>window.ran = 3</script>",
    "=HYPERLINK(\"http://example.org\";\"x\")",
    "{{ 7 * 7 }} {% include \"x\" %}",
    "abc\u{202e}txt.exe\u{2066}",
    "שירות لخدمة",
    "🧾👩‍👩‍👧‍👦 & <b>'quoted'</b>",
    "javascript:alert(1)//",
];

/// One name that is far too long, without a blank.
pub(crate) fn long_name() -> String {
    "非常長的名字long".repeat(25)
}

/// Writes a map and a log into a folder.
pub(crate) fn write(folder: &Path) {
    let long = long_name();
    let names: Vec<&str> = NAMES.into_iter().chain([long.as_str()]).collect();
    let quoted = |text: &str| serde_json::to_string(text).expect("text is JSON");
    let mut map = String::from(
        "id: hostile\ntitle: \"</title><script>window.ran = 4</script>\"\nstages:\n  - { id: one, name: \"<i>one</i>\" }\n  - { id: two, name: \"two\\\"'\" }\nrules: { patience: 3d }\nlog: { columns: { journey: j, time: t, touchpoint: p, channel: c, complaint: { column: k, category: true } } }\ntouchpoints:\n",
    );
    for (place, name) in names.iter().enumerate() {
        let stage = if place < 5 { "one" } else { "two" };
        let end = if place == 4 { ", end: goal" } else { "" };
        let name = quoted(name);
        let _ = writeln!(
            map,
            "  - {{ id: t{place}, name: {name}, log: p{place}, stage: {stage}, owner: {name}{end} }}"
        );
    }
    let mut rows = String::from("j,t,p,c,k\n");
    for journey in 0..600_usize {
        for step in 0..=(journey % 6) {
            let place = (journey * 7 + step * step * 3) % names.len();
            let complaint =
                if (journey + step) % 17 == 0 { "<script>window.ran = 5</script>" } else { "" };
            let (day, hour) = (1 + journey % 25, 8 + step);
            let _ = writeln!(
                rows,
                "{journey},2026-03-{day:02}T{hour:02}:00:00Z,p{place},<b>app</b>,{complaint}"
            );
        }
    }
    fs::write(folder.join("map.yaml"), map).expect("a map is written");
    fs::write(folder.join("events.csv"), rows).expect("a log is written");
}
