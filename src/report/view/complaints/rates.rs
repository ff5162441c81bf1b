//! Complaints per account, outlet, customer, premium and policy.

use super::{Figure, Quantity, Subject, View, source};
use crate::complaint::{Caseload, ComplaintRate, PeerComparison, PeerOutcome, rates};
use crate::map::{Language, PeerMedian, Text};

impl View {
    /// Complaints per everything that the map gives a size of, and per visit where a log counts visits; beside them the
    /// medians of peer groups.
    #[must_use]
    pub fn complaint_rates(caseload: &Caseload<'_>, visits: Option<u64>) -> Self {
        let complaints = caseload.cases().len() as u64;
        let sizes = caseload.map().denominators();
        let mut view = columns().note_of_period(caseload).note(
            "Over this whole period, with Garwood's 95 % intervals; a median is of use only where its period is as long. `-`: the map gives no size.",
            "按整个期间计算，区间为 95% Garwood 区间；只有期间等长时才可与中位数比较。“-”：地图未给出规模。",
        );
        let of = source(caseload.source());
        for rate in rates(complaints, visits, sizes, caseload.source()) {
            if rate.peers.is_empty() {
                view.row(subject(&rate), figures(&rate, None, &of));
            }
            for peer in &rate.peers {
                view.row(subject(&rate), figures(&rate, Some(peer), &of));
                view = noted(view, &peer.peer, peer.outcome);
            }
        }
        view
    }
}

fn columns() -> View {
    View::new("complaint_rates", "Complaint rates", "投诉率")
        .column(Quantity::Number, "rate", "rate", "投诉率")
        .column(Quantity::Number, "peer_median", "median", "同业中位数")
        .column(Quantity::Number, "times_median", "ratio", "倍数")
        .column(Quantity::Words, "source", "source", "来源")
        .column_for_programs(Quantity::Number, "size")
        .whole()
}

fn subject(rate: &ComplaintRate) -> Subject {
    Subject::Named(rate.per.key().to_owned(), rate.per.name())
}

fn figures(rate: &ComplaintRate, peer: Option<&PeerComparison>, source: &Text) -> Vec<Figure> {
    let ratio = peer.and_then(|peer| match peer.outcome {
        PeerOutcome::Ratio(ratio) => Some(ratio),
        _ => None,
    });
    vec![
        (rate.value, rate.interval).into(),
        peer.map(|peer| peer.peer.median).into(),
        ratio.into(),
        Figure::Words(source.clone()),
        rate.size.into(),
    ]
}

/// Whose median it is, and why it is not compared.
fn noted(view: View, peer: &PeerMedian, outcome: PeerOutcome) -> View {
    let said = source(peer.source);
    let (of, of_zh) = (said.in_language(Language::En), said.in_language(Language::Zh));
    let group = peer.group.as_deref().unwrap_or_default();
    let (between, between_zh) = if group.is_empty() { ("", "") } else { (": ", "：") };
    match outcome {
        PeerOutcome::OtherSource => view.note(
            &format!("Not compared, for the median counts complaints of another source ({of}){between}{group}."),
            &format!("未作比较，该中位数统计的投诉来源不同（{of_zh}）{between_zh}{group}。"),
        ),
        _ if group.is_empty() => view,
        _ => view.note(&format!("Median ({of}): {group}."), &format!("中位数（{of_zh}）：{group}。")),
    }
}
