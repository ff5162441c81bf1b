//! What each department has to look at first.

use super::{Figure, Quantity, View, count, subject};
use crate::complaint::{Caseload, OwnerLine, by_owner};
use crate::map::{ConsumerRight, JourneyMap, Text};

impl View {
    /// What each department has to look at first, and which right is at stake there.
    #[must_use]
    pub fn complaint_owners(caseload: &Caseload<'_>) -> Self {
        let mut view = Self::new(
            "complaint_owners",
            "What each department should look at first",
            "各部门应先看什么",
        )
        .column(Quantity::Count, "complaints", "complaints", "投诉")
        .column(Quantity::Words, "first", "look first at", "先看")
        .column(Quantity::Count, "first_complaints", "there", "其中")
        .column(Quantity::Words, "right", "right", "权利")
        .column(Quantity::Share, "share", "share", "占比")
        .in_texts(false)
        .note_of_period(caseload)
        .note(
            "The department of the touchpoint, else that of the register. Its first place is the touchpoint with most of its complaints; those without a touchpoint go by their reason.",
            "取触点的责任部门，无触点时取登记簿的部门。先看投诉最多的触点；未归因到触点的按投诉原因计。",
        );
        for line in by_owner(caseload) {
            view.row(subject(&line.owner, caseload.map()), figures(&line, caseload.map()));
        }
        view
    }
}

fn figures(line: &OwnerLine<'_>, map: &JourneyMap) -> Vec<Figure> {
    let words = |text: Option<Text>| Figure::Words(text.unwrap_or_else(|| Text::plain("-")));
    let first = line.first.as_ref();
    vec![
        count(line.tally.complaints),
        words(first.map(|first| first.at.name(map))),
        first.map(|first| first.complaints as f64).into(),
        words(first.and_then(|first| first.right).map(ConsumerRight::name)),
        line.share.into(),
    ]
}
