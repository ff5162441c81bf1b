//! The complaints of a register that are counted, each with its touchpoint, its meaning and its day.

use serde::Serialize;

use super::facet::{Meaning, Meanings};
use super::{Complaint, Complaints};
use crate::map::{ComplaintClass, JourneyMap, RegisterSource, TouchpointId};
use crate::time::{Date, LocalDays};

/// A complaint that is counted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case<'a> {
    /// The row of the register.
    pub complaint: &'a Complaint,
    /// The touchpoint that it is about; `None` where it could not be attributed.
    pub touchpoint: Option<TouchpointId>,
    /// What its words mean.
    pub meaning: Meaning,
    /// The local day of receipt; `None` beyond the calendar.
    pub received: Option<Date>,
}

/// The complaints of a register that are counted, in the order of its rows.
///
/// Complaints of consumers count, and those that DISP counts; enquiries, reports, petitions and rows of unknown class
/// do not, but their numbers are kept. A repeat counts as a complaint, and so does one that was merged into another:
/// both are told beside.
///
/// ```
/// use touchpoint::complaint::{By, Caseload, Group, RegisterReader, RollUp, ThreeDays, Timeliness};
/// use touchpoint::map::{ConsumerRight, JourneyMap};
/// use touchpoint::report::View;
/// use touchpoint::time::LocalDays;
///
/// let map = JourneyMap::from_yaml(
///     "{ id: loan, stages: [apply], touchpoints: [{ id: form, stage: apply }], \
///        complaints: { columns: { id: no, received: at, reason: why, answered: answered }, timestamp: { zone: UTC } } }",
/// )?;
/// let csv = "no,at,why,answered\nC1,2026-03-01,定价收费,2026-03-20\nC2,2026-03-02,disclosure,\n";
/// let register = RegisterReader::for_map(&map)?.read(csv.as_bytes())?;
/// let days = LocalDays::new("UTC")?;
/// let caseload = Caseload::new(&map, &register, &[], &days);
///
/// let by_right = RollUp::new(&caseload, By::Right);
/// assert_eq!(by_right.lines[0].group, Group::Right(ConsumerRight::Information));
/// let as_of = register.list()[1].received;
/// let timeliness = Timeliness::new(&caseload, as_of, ThreeDays::Calendar);
/// assert_eq!(timeliness.complaints, 2);
/// let tables = [View::complaints_by(&caseload, By::Right), View::complaint_timeliness(&timeliness)];
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Caseload<'a> {
    map: &'a JourneyMap,
    register: &'a Complaints,
    days: &'a LocalDays,
    cases: Vec<Case<'a>>,
    left_out: Vec<LeftOut>,
}

/// Rows of a class that is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The class.
    pub class: ComplaintClass,
    /// How many rows.
    pub rows: u64,
}

impl<'a> Caseload<'a> {
    /// The complaints of a register, with the touchpoint of each row in the order of the register's rows; a row beyond
    /// the end of `attributed` has none. Days are those of the register's zone.
    #[must_use]
    pub fn new(
        map: &'a JourneyMap,
        register: &'a Complaints,
        attributed: &[Option<TouchpointId>],
        days: &'a LocalDays,
    ) -> Self {
        let meanings = Meanings::new(map);
        let touchpoints = attributed.iter().copied().chain(std::iter::repeat(None));
        let counted = register.list().iter().zip(touchpoints);
        let counted = counted.filter(|(complaint, _)| complaint.class.is_complaint());
        let cases = counted.map(|(complaint, touchpoint)| Case {
            complaint,
            touchpoint,
            meaning: meanings.of(complaint, touchpoint),
            received: days.date_of(complaint.received),
        });
        Self { map, register, days, cases: cases.collect(), left_out: left_out(register) }
    }

    /// The complaints.
    #[must_use]
    pub fn cases(&self) -> &[Case<'a>] {
        &self.cases
    }

    /// How many rows of each class were left out, in the order of the classes; those of which there is none are not
    /// named.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The first and the last local day of receipt.
    #[must_use]
    pub fn period(&self) -> Option<(Date, Date)> {
        let days = || self.cases.iter().filter_map(|case| case.received);
        Some((days().min()?, days().max()?))
    }

    /// Through whose hands the complaints came.
    #[must_use]
    pub fn source(&self) -> RegisterSource {
        self.register.source()
    }

    /// The map.
    #[must_use]
    pub const fn map(&self) -> &'a JourneyMap {
        self.map
    }

    /// The whole register.
    #[must_use]
    pub const fn register(&self) -> &'a Complaints {
        self.register
    }

    /// The days of the register's zone.
    #[must_use]
    pub const fn days(&self) -> &'a LocalDays {
        self.days
    }
}

fn left_out(register: &Complaints) -> Vec<LeftOut> {
    let rows = |class| register.list().iter().filter(|row| row.class == class).count() as u64;
    ComplaintClass::ALL
        .into_iter()
        .filter(|class| !class.is_complaint())
        .map(|class| LeftOut { class, rows: rows(class) })
        .filter(|left_out| left_out.rows > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::sample::{complaint, map, register};

    #[test]
    fn enquiries_reports_and_petitions_are_no_complaints_and_are_told() {
        let mut list: Vec<Complaint> = (0..5).map(|hour| complaint("c", hour)).collect();
        list[1].class = ComplaintClass::Inquiry;
        list[2].class = ComplaintClass::Psd;
        list[3].class = ComplaintClass::Unknown;
        let (map, register) = (map(), register(list));
        let days = LocalDays::new("UTC").expect("a zone");
        let touchpoints = [None, Some(TouchpointId(1)), Some(TouchpointId(0))];
        let caseload = Caseload::new(&map, &register, &touchpoints, &days);
        let found: Vec<_> = caseload.cases().iter().map(|case| case.touchpoint).collect();
        assert_eq!(found, [None, Some(TouchpointId(0)), None]);
        let left_out = |class| LeftOut { class, rows: 1 };
        assert_eq!(
            caseload.left_out(),
            [left_out(ComplaintClass::Inquiry), left_out(ComplaintClass::Unknown)]
        );
    }
}
