//! Complaints by what they have in common.

use super::{EN, Figure, Quantity, View, ZH, count, subject};
use crate::complaint::facet::{Business, Channel, DispCause, Known, Meanings, Reason};
use crate::complaint::{By, Caseload, Group, RollUp, Tally};
use crate::map::{Language, Text};

impl View {
    /// Complaints by what they have in common, with their share of all complaints.
    #[must_use]
    pub fn complaints_by(caseload: &Caseload<'_>, by: By) -> Self {
        let found = RollUp::new(caseload, by);
        let mut view = columns(by, &found.all);
        if found.lines.iter().all(|line| line.group == Group::Unsaid) {
            let (en, zh) = name(by);
            let reason = (format!("no complaint tells its {en}"), format!("没有投诉注明{zh}"));
            return view.unanswered(&Text::both(reason.0, reason.1));
        }
        view = view.note_of_period(caseload);
        if matches!(by, By::Right | By::Stage | By::Month) {
            view = view.whole();
        }
        for line in &found.lines {
            let figures = figures(&line.tally, line.share);
            view.row(subject(&line.group, caseload.map()), figures);
        }
        notes(view, &found, caseload)
    }
}

fn columns(by: By, all: &Tally) -> View {
    let (en, zh) = name(by);
    View::new(
        format!("complaints_by_{}", by.key().replace('-', "_")),
        &format!("Complaints by {en}"),
        &format!("投诉：按{zh}"),
    )
    .column(Quantity::Count, "complaints", "complaints", "投诉")
    .column(Quantity::Share, "share", "share", "占比")
    .column(Quantity::Count, "customers", "customers", "客户")
    .in_texts(all.customers.is_some())
    .column(Quantity::Share, "upheld_share", "upheld", "支持率")
    .in_texts(all.decided() > 0)
    .column(Quantity::Number, "redress", "redress", "赔付")
    .in_texts(all.with_redress > 0)
    .column_for_programs(Quantity::Count, "repeats")
    .column_for_programs(Quantity::Count, "complainants")
    .column_for_programs(Quantity::Count, "merged")
    .column_for_programs(Quantity::Count, "forwarded")
    .column_for_programs(Quantity::Count, "vulnerable")
    .column_for_programs(Quantity::Count, "upheld")
    .column_for_programs(Quantity::Count, "partly_upheld")
    .column_for_programs(Quantity::Count, "not_upheld")
    .column_for_programs(Quantity::Count, "with_redress")
}

const fn name(by: By) -> (&'static str, &'static str) {
    match by {
        By::Right => ("right", "权利"),
        By::Stage => ("stage", "阶段"),
        By::Touchpoint => ("touchpoint", "触点"),
        By::Channel => ("channel", "办理渠道"),
        By::Business => ("business", "业务类别"),
        By::Reason => ("reason", "投诉原因"),
        By::DispCause => ("DISP cause", "DISP 原因组"),
        By::Product => ("product", "产品"),
        By::Region => ("region", "地区"),
        By::Branch => ("branch", "机构网点"),
        By::Owner => ("department", "责任部门"),
        _ => ("month", "月份"),
    }
}

fn figures(tally: &Tally, share: f64) -> Vec<Figure> {
    let customers = tally.customers.map(|customers| customers as f64);
    let first = [count(tally.complaints), share.into(), customers.into()];
    let decided = [tally.upheld_share().into(), tally.redress.into()];
    let others = [
        tally.repeats,
        tally.complainants,
        tally.merged,
        tally.forwarded,
        tally.vulnerable,
        tally.upheld,
        tally.partly_upheld,
        tally.not_upheld,
        tally.with_redress,
    ];
    first.into_iter().chain(decided).chain(others.map(count)).collect()
}

fn notes(view: View, found: &RollUp<'_>, caseload: &Caseload<'_>) -> View {
    let view = match found.by {
        By::Right => view.note(
            "Rights are those of the reason, else those of the touchpoint. A complaint counts under each of its rights, so that shares may add up to more than all.",
            "权利取自投诉原因，原因无权利时取自触点。一件投诉可涉及多项权利，分别计数，占比合计可超过 100%。",
        ),
        By::DispCause => view.note(
            "Taken from the reason by a cross-walk that is a proposal.",
            "由投诉原因对照得出，该对照为建议。",
        ),
        By::Owner => view.note(
            "The department of the touchpoint, else that of the register.",
            "取触点的责任部门，无触点时取登记簿的部门。",
        ),
        By::Channel | By::Business | By::Reason => standard(view, found, caseload),
        _ => view,
    };
    decisions(view, &found.all)
}

/// What is to be said of names of the standard.
fn standard(view: View, found: &RollUp<'_>, caseload: &Caseload<'_>) -> View {
    let remembered = found.lines.iter().filter(|line| known(&line.group) == Some(Known::Memory));
    let remembered: Vec<Text> = remembered.map(|line| line.group.name(caseload.map())).collect();
    let unknown = Meanings::new(caseload.map()).unknown_names();
    let view = view.note(
        "Names are those of JR/T 0169-2018, second-hand, where the register's words could be mapped; others stand as they are.",
        "名称取自 JR/T 0169-2018（转引，未核对原文）；未能对应的按登记簿原文列出。",
    );
    let view = listed(view, &remembered, "From memory, and not checked", "凭记忆，未核对");
    let unknown: Vec<Text> = unknown.into_iter().map(Text::plain).collect();
    listed(view, &unknown, "The map names what the standard lacks", "地图使用了标准中没有的名称")
}

fn listed(view: View, names: &[Text], en: &str, zh: &str) -> View {
    if names.is_empty() {
        return view;
    }
    let list = |language, comma: &str| {
        names.iter().map(|name| name.in_language(language)).collect::<Vec<_>>().join(comma)
    };
    let (in_en, in_zh) = (list(Language::En, ", "), list(Language::Zh, "、"));
    view.note(&format!("{en}: {in_en}."), &format!("{zh}：{in_zh}。"))
}

fn known(group: &Group<'_>) -> Option<Known> {
    match group {
        Group::Channel(channel) => Some(Channel::known(*channel)),
        Group::Business(business) => Some(Business::known(*business)),
        Group::Reason(reason) => Some(Reason::known(*reason)),
        Group::DispCause(cause) => Some(DispCause::known(*cause)),
        _ => None,
    }
}

fn decisions(view: View, all: &Tally) -> View {
    if all.decided() == 0 {
        return view;
    }
    let (en, zh) = (EN.complaint_count(all.decided()), ZH.complaint_count(all.decided()));
    view.note(
        &format!("Upheld: wholly or in part, of the {en} whose decision is told."),
        &format!("支持率：全部或部分支持，占注明处理结果的 {zh}。"),
    )
}
