//! What a complaint register adds up to.

mod attribution;
mod owners;
mod rates;
mod register;
mod roll_up;
mod timeliness;

use super::{Figure, Quantity, Subject, View};
use crate::complaint::{Caseload, Group};
use crate::map::{JourneyMap, Language, RegisterSource, Text};
use crate::report::phrases::Phrases;

const EN: Phrases = Phrases { language: Language::En };
const ZH: Phrases = Phrases { language: Language::Zh };

impl View {
    /// The last column, left out of texts unless there is something in it.
    fn in_texts(mut self, is: bool) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.in_texts = is;
        }
        self
    }

    /// How many complaints, of when, and through whose hands they came.
    fn note_of_period(self, caseload: &Caseload<'_>) -> Self {
        let complaints = caseload.cases().len() as u64;
        let Some((first, last)) = caseload.period() else {
            return self.note("No complaints.", "没有投诉。");
        };
        let source = source(caseload.source());
        let (en, zh) = (source.in_language(Language::En), source.in_language(Language::Zh));
        let (complaints, complaints_zh) =
            (EN.complaint_count(complaints), ZH.complaint_count(complaints));
        self.note(
            &format!("{complaints} received from {first} to {last}, {en}."),
            &format!("{first} 至 {last} 收到 {complaints_zh}，{zh}。"),
        )
    }
}

/// Through whose hands complaints came, in a word or two.
fn source(source: RegisterSource) -> Text {
    match source {
        RegisterSource::Internal => Text::both("internal", "内部登记"),
        RegisterSource::RegulatorForwarded => Text::both("forwarded by the regulator", "监管转送"),
    }
}

/// What a line is about.
fn subject(group: &Group<'_>, map: &JourneyMap) -> Subject {
    match group {
        Group::Touchpoint(touchpoint) => Subject::Touchpoint(*touchpoint),
        group => Subject::Named(group.key(map).to_owned(), group.name(map)),
    }
}

fn count(number: u64) -> Figure {
    Figure::from(number as f64)
}
