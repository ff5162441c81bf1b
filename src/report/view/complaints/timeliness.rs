//! How long complaints took to be answered, or have been open.

use super::{EN, Figure, Quantity, Subject, View, ZH, count};
use crate::complaint::{Band, BandLine, Timeliness};

impl View {
    /// How long complaints took to be answered, or have been open, in bands; the publisher's word on them beside.
    #[must_use]
    pub fn complaint_timeliness(found: &Timeliness) -> Self {
        let (timely, late) = found.said();
        let mut view = Self::new("complaint_timeliness", "How long answers took", "答复用时")
            .column(Quantity::Count, "complaints", "complaints", "投诉")
            .column(Quantity::Share, "share", "share", "占比")
            .column(Quantity::Count, "said_timely", "said timely", "称及时")
            .in_texts(timely + late > 0)
            .column(Quantity::Count, "said_late", "said not timely", "称不及时")
            .in_texts(timely + late > 0);
        view = view.whole();
        for line in found.lines.iter().filter(|line| is_told(line, found)) {
            let subject = Subject::Named(line.band.key().to_owned(), line.band.name());
            view.row(subject, figures(line, found));
        }
        notes(view, found)
    }
}

/// Bands that say something when they are empty, and all others that are not.
fn is_told(line: &BandLine, found: &Timeliness) -> bool {
    let is_plain = !matches!(
        line.band,
        Band::AnsweredUncovered | Band::Withdrawn | Band::Merged | Band::NotDatable
    );
    line.complaints > 0 || (is_plain && found.records_answers)
}

fn figures(line: &BandLine, found: &Timeliness) -> Vec<Figure> {
    let share = line.complaints as f64 / found.complaints as f64;
    vec![
        count(line.complaints),
        (found.complaints > 0).then_some(share).into(),
        count(line.said_timely),
        count(line.said_late),
    ]
}

fn notes(view: View, found: &Timeliness) -> View {
    let as_of = found.as_of;
    let mut view = view.note(
        &format!("As of {as_of}, in days of the register's zone. Whether an answer was in time is for a rule to say."),
        &format!("截至 {as_of}，按登记簿所在时区的日期计。是否按时由规则判定。"),
    );
    view = match (found.records_answers, found.business_days) {
        (false, _) => view.note(
            "How long answers took cannot be computed: the answer's date is not published.",
            "无法计算答复用时：未公布答复日期。",
        ),
        (true, true) => view.note(
            "Each complaint stands in the first band that it fits; the 3 days are business days.",
            "每件投诉只计入最先符合的一档；3 天为工作日。",
        ),
        (true, false) => view.note(
            "Each complaint stands in the first band that it fits; the 3 days are calendar days, for no calendar was given.",
            "每件投诉只计入最先符合的一档；未提供工作日历，3 天按自然日计。",
        ),
    };
    if found.said() != (0, 0) {
        view = view.note(
            "Timely and not timely are the publisher's word, which this library has not checked.",
            "“及时”“不及时”为发布方的说法，本库未作核验。",
        );
    }
    later(view, found.not_yet_received)
}

fn later(view: View, complaints: u64) -> View {
    if complaints == 0 {
        return view;
    }
    let (en, zh) = (EN.complaint_count(complaints), ZH.complaint_count(complaints));
    view.note(
        &format!("Left out, for it was received later: {en}."),
        &format!("其后收到、未计入：{zh}。"),
    )
}
