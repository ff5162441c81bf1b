//! Names of what packs are made of.

use crate::map::{ConsumerRight, Language, Text};
use crate::rules::Missing;
use crate::rules::pack::{Basis, Mark, Severity};

/// What a rule rests on.
pub(in crate::report) fn basis(basis: Basis) -> Text {
    match basis {
        Basis::Law => Text::both("law", "法规"),
        Basis::Guidance => Text::both("guidance", "指引"),
        Basis::House => Text::both("house", "内部"),
    }
}

/// How grave a breach is.
pub(in crate::report) fn severity(severity: Severity) -> Text {
    match severity {
        Severity::Low => Text::both("low", "低"),
        Severity::Medium => Text::both("medium", "中"),
        Severity::High => Text::both("high", "高"),
        Severity::Critical => Text::both("critical", "严重"),
    }
}

/// How a clause is known.
pub(in crate::report) fn mark(mark: Mark) -> Text {
    match mark {
        Mark::Read => Text::both("text read", "已核对原文"),
        Mark::SecondHand => Text::both("not verified (second-hand)", "未核对原文（转述）"),
        Mark::Memory => Text::both("not verified (from memory)", "未核对原文（凭记忆）"),
        Mark::House => Text::both("house standard", "内部标准"),
    }
}

/// Rights in a row.
pub(super) fn rights(rights: &[ConsumerRight]) -> Text {
    let [en, zh] = [(Language::En, ", "), (Language::Zh, "、")].map(|(language, comma)| {
        let names = rights.iter().map(|right| right.name().in_language(language).to_owned());
        names.collect::<Vec<_>>().join(comma)
    });
    Text::both(en, zh)
}

/// Why the data cannot say.
pub(super) fn missing(missing: &Missing) -> Text {
    match missing {
        Missing::EventType { event } => {
            Text::both(format!("nothing records {event}"), format!("没有数据源记录 {event}"))
        }
        Missing::Attribute { attribute } => Text::both(
            format!("{attribute} is blank or not recorded"),
            format!("{attribute} 为空或未记录"),
        ),
        Missing::Before { event } => Text::both(
            format!("{event} may lie before the record begins"),
            format!("{event} 可能早于记录的开始"),
        ),
        Missing::Calendar { calendar } => Text::both(
            format!("the calendar {calendar} does not cover these days"),
            format!("日历 {calendar} 未覆盖这些日期"),
        ),
        Missing::Correlation { attribute } => Text::both(
            format!("{attribute} does not tell them apart"),
            format!("无法以 {attribute} 区分"),
        ),
        Missing::Disabled => Text::both("the rule is disabled", "规则已停用"),
    }
}
