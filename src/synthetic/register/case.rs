//! A case: what arrived, and how it is handled.

use super::course::Course;
use super::row::RegisterRow;
use crate::synthetic::chance::{Chance, whole};
use crate::time::{Micros, Timestamp};

const HOUR: f64 = 3_600.0;

/// The steps whose hour of the day is drawn, in the order in which they are taken where they fall on one day.
const STEPS: usize = 5;

/// A row at its receipt, with the course that it takes.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// As received; what handling adds is still blank.
    pub(super) row: RegisterRow,
    pub(super) course: Course,
    /// Where among the cases stands the one that it repeats.
    pub(super) repeats: Option<usize>,
    acknowledged: Timestamp,
    /// Seconds after midnight.
    hours: [f64; STEPS],
    upheld: &'static str,
    redress: Option<u32>,
}

impl Case {
    pub(super) fn new(row: RegisterRow, repeats: Option<usize>, chance: &mut Chance) -> Self {
        // soon enough that nothing is decided before it
        let acknowledged = row.received + seconds(chance.between(0.3, 9.0) * HOUR);
        let course = Course::lawful(chance);
        let hours = std::array::from_fn(|step| {
            let earliest = 9.0 + 2.0 * step as f64;
            chance.between(earliest, earliest + 1.9) * HOUR
        });
        let (upheld, redress) = decision(chance);
        Self { row, course, repeats, acknowledged, hours, upheld, redress }
    }

    /// Nothing to uphold: it is no complaint.
    pub(super) fn unjudged(self) -> Self {
        Self { upheld: "", redress: None, ..self }
    }

    /// The row as the register holds it at a moment: what was not done by then is blank.
    pub(super) fn at(&self, end: Timestamp, ahead: Micros) -> RegisterRow {
        let midnight = midnight(self.row.received, ahead);
        let on = |day: Option<u32>, step: usize| {
            let moment = midnight + Micros::days(day?.into()) + seconds(self.hours[step]);
            (moment < end).then_some(moment)
        };
        let course = self.course;
        let (complex_set, decided) = (on(course.complex, 0), on(Some(course.decided), 2));
        let ordinary = if course.is_ordinary() { "simple" } else { "" };
        RegisterRow {
            acknowledged: Some(self.acknowledged).filter(|moment| *moment < end),
            complexity: complex_set.map_or(ordinary, |_| "complex"),
            complexity_set: complex_set,
            extension_approved: on(course.extension.map(|(approved, _)| approved), 1),
            extension_told: on(course.extension.map(|(_, told)| told), 3),
            decided,
            answered: on(Some(course.answered), 4),
            upheld: decided.map_or("", |_| self.upheld),
            redress: decided.and(self.redress),
            ..self.row.clone()
        }
    }
}

/// Whether it is upheld, and what is paid then.
fn decision(chance: &mut Chance) -> (&'static str, Option<u32>) {
    let (verdict, pays) = (chance.uniform(), chance.happens(0.6));
    let tens = u32::try_from(chance.one_of(46)).unwrap_or(0) + 5;
    match verdict {
        share if share < 0.3 => ("full", pays.then_some(10 * tens)),
        share if share < 0.5 => ("partial", pays.then_some(10 * tens)),
        _ => ("no", None),
    }
}

/// When the local day began; the zone's clocks are always so far ahead.
fn midnight(moment: Timestamp, ahead: Micros) -> Timestamp {
    let local = moment.0 + ahead.0;
    Timestamp(moment.0 - local.rem_euclid(Micros::PER_DAY))
}

fn seconds(seconds: f64) -> Micros {
    Micros::seconds(whole(seconds))
}
