//! Which touchpoints share in completions or complaints.

use super::{Figure, Quantity, Subject, View};
use crate::map::{Language, Text};
use crate::metric::Outcome;
use crate::report::phrases::Phrases;
use crate::score::{AttributionTable, CreditRow};

impl View {
    /// Shares of an outcome by every method asked for, the largest by the last of them first.
    #[must_use]
    pub fn attribution(table: &AttributionTable) -> Self {
        let mut view = blank(table);
        if let Some(reason) = &table.absent {
            return view.unanswered(reason);
        }
        let last = |row: &CreditRow| row.credits.last().and_then(|credit| credit.share.value);
        let mut rows: Vec<&CreditRow> = table.rows.iter().collect();
        rows.sort_by(|a, b| {
            let [a_last, b_last] = [a, b].map(|row| last(row).unwrap_or(0.0));
            b_last.total_cmp(&a_last).then(a.touchpoint.index().cmp(&b.touchpoint.index()))
        });
        for row in rows {
            view.row(Subject::Touchpoint(row.touchpoint), figures(row));
        }
        view
    }
}

fn blank(table: &AttributionTable) -> View {
    let (key, en, zh) = match table.outcome {
        Outcome::Completions => ("completions", "Who shares in completions", "完成归因"),
        Outcome::Complaints => ("complaints", "Who shares in complaints", "投诉归因"),
    };
    let (outcomes, outcomes_zh) = match table.outcome {
        Outcome::Completions => ("completions", "次完成"),
        Outcome::Complaints => ("first complaints per journey and touchpoint", "件首次投诉"),
    };
    let mut view = View::new(format!("attribution_{key}"), en, zh)
        .column_for_programs(Quantity::Count, "visits");
    for figures in &table.methods {
        let name = figures.method.name();
        let [en, zh] = [Language::En, Language::Zh].map(|language| name.in_language(language));
        view = view
            .column(Quantity::Share, &format!("{}_share", figures.key), en, zh)
            .without_intervals_in_texts()
            .column_for_programs(Quantity::Number, &format!("{}_credit", figures.key));
    }
    let why = table.methods.iter().flat_map(|of| &of.without_intervals);
    let mut why: Vec<Text> = why.cloned().collect();
    why.dedup();
    view.notes.extend(why);
    let counted = |language| {
        let say = Phrases { language };
        (say.count(table.outcomes), say.count(table.nowhere))
    };
    let ((all, nowhere), (all_zh, nowhere_zh)) = (counted(Language::En), counted(Language::Zh));
    view.note(
        &format!(
            "{all} {outcomes} in all; {nowhere} had no visit that could take credit, and the shares are of the others. Sorted by the last rule. Shares say who was there, not who caused it; JSON and CSV have intervals."
        ),
        &format!(
            "共 {all_zh} {outcomes_zh}，其中 {nowhere_zh} {outcomes_zh}没有可归因的访问，份额按其余计算，按最后一种规则排序。份额说明谁在场，不说明谁造成；区间见 JSON 与 CSV。"
        ),
    )
}

fn figures(row: &CreditRow) -> Vec<Figure> {
    let visits: Figure = (row.visits as f64).into();
    let credits = row.credits.iter().flat_map(|figure| {
        let (share, credit) = (figure.share, figure.credit);
        [(share.value, share.interval).into(), (credit.value, credit.interval).into()]
    });
    std::iter::once(visits).chain(credits).collect()
}
