//! How long complaints took to be answered, or have been open: bands of time, no verdicts.

use std::fmt;

use serde::Serialize;

use super::{Case, Caseload, Complaint};
use crate::map::Text;
use crate::time::{Date, LocalDays, Timestamp};

/// Days of four and of eight weeks: the bands of the return of DISP 1 Annex 1R.
const FOUR_WEEKS: i64 = 28;
const EIGHT_WEEKS: i64 = 56;
/// DISP 1.5.1R: by the close of the third business day after the day of receipt.
const THREE_DAYS: i64 = 3;

/// Which days count towards the first band of three; weeks are always weeks of seven days.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub enum ThreeDays<'a> {
    /// Every day: no calendar was given.
    #[default]
    Calendar,
    /// The days that a calendar has open; it answers `None` of a day that it does not cover.
    Open(&'a dyn Fn(Date) -> Option<bool>),
}

impl fmt::Debug for ThreeDays<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Calendar) { "Calendar" } else { "Open" })
    }
}

/// How long a complaint took, or has been open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Band {
    /// Answered by the third day after the day of receipt.
    AnsweredInThreeDays,
    /// Answered later, by the 28th day.
    AnsweredInFourWeeks,
    /// Answered later, by the 56th day.
    AnsweredInEightWeeks,
    /// Answered later than that.
    AnsweredLater,
    /// Answered within 28 days; whether within three business days is not known, for the calendar does not cover them.
    AnsweredUncovered,
    /// Not answered, and at most 28 days old.
    OpenFourWeeks,
    /// Not answered, and 29 to 56 days old.
    OpenEightWeeks,
    /// Not answered, and older.
    OpenLonger,
    /// Withdrawn before any answer.
    Withdrawn,
    /// Merged into another, and answered with it.
    Merged,
    /// The date of the answer is not recorded, or lies before the receipt.
    NotDatable,
}

impl Band {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::AnsweredInThreeDays,
        Self::AnsweredInFourWeeks,
        Self::AnsweredInEightWeeks,
        Self::AnsweredLater,
        Self::AnsweredUncovered,
        Self::OpenFourWeeks,
        Self::OpenEightWeeks,
        Self::OpenLonger,
        Self::Withdrawn,
        Self::Merged,
        Self::NotDatable,
    ];

    /// Its name in tables for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AnsweredInThreeDays => "answered-in-three-days",
            Self::AnsweredInFourWeeks => "answered-in-four-weeks",
            Self::AnsweredInEightWeeks => "answered-in-eight-weeks",
            Self::AnsweredLater => "answered-later",
            Self::AnsweredUncovered => "answered-uncovered",
            Self::OpenFourWeeks => "open-four-weeks",
            Self::OpenEightWeeks => "open-eight-weeks",
            Self::OpenLonger => "open-longer",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::NotDatable => "not-datable",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> Text {
        let (en, zh) = match self {
            Self::AnsweredInThreeDays => ("answered in 3 days", "3 天内答复"),
            Self::AnsweredInFourWeeks => ("answered in 4 weeks", "4 周内答复"),
            Self::AnsweredInEightWeeks => ("answered in 8 weeks", "8 周内答复"),
            Self::AnsweredLater => ("answered later", "更晚答复"),
            Self::AnsweredUncovered => ("answered in 3 days or 4 weeks", "3 天内或 4 周内答复"),
            Self::OpenFourWeeks => ("open, to 4 weeks", "未答复，4 周以内"),
            Self::OpenEightWeeks => ("open, 4 to 8 weeks", "未答复，4 至 8 周"),
            Self::OpenLonger => ("open, over 8 weeks", "未答复，超过 8 周"),
            Self::Withdrawn => ("withdrawn", "已撤回"),
            Self::Merged => ("merged into another", "已合并"),
            Self::NotDatable => ("not datable", "无法计时"),
        };
        Text::both(en, zh)
    }
}

/// The complaints of a band, with the publisher's word on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BandLine {
    /// The band.
    pub band: Band,
    /// Complaints.
    pub complaints: u64,
    /// Of those, how many the publisher calls timely.
    pub said_timely: u64,
    /// Of those, how many the publisher calls not timely.
    pub said_late: u64,
}

/// How long complaints took to be answered, or have been open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timeliness {
    /// What was known then: later events are ignored.
    pub as_of: Timestamp,
    /// One line for each band, in the order of [`Band::ALL`].
    pub lines: Vec<BandLine>,
    /// Complaints in these lines.
    pub complaints: u64,
    /// Complaints received later than that, which are in no line.
    pub not_yet_received: u64,
    /// Whether the register records when a complaint was answered.
    pub records_answers: bool,
    /// Whether three days are business days.
    pub business_days: bool,
}

impl Timeliness {
    /// As it was known at a moment, in days of the register's zone. Whether an answer was on time is for a rule to
    /// say: this tells only how long it took.
    #[must_use]
    pub fn new(caseload: &Caseload<'_>, as_of: Timestamp, three_days: ThreeDays<'_>) -> Self {
        let clock = BandClock::new(caseload, as_of, three_days);
        let received = |case: &&Case<'_>| case.complaint.received <= as_of;
        let known: Vec<(Band, &Complaint)> = caseload
            .cases()
            .iter()
            .filter(received)
            .map(|case| (clock.band(case), case.complaint))
            .collect();
        Self {
            as_of,
            lines: Band::ALL.iter().map(|&band| line(band, &known)).collect(),
            complaints: known.len() as u64,
            not_yet_received: (caseload.cases().len() - known.len()) as u64,
            records_answers: clock.answered.is_some(),
            business_days: matches!(three_days, ThreeDays::Open(_)),
        }
    }

    /// How many the publisher calls timely and not timely, in all bands.
    #[must_use]
    pub fn said(&self) -> (u64, u64) {
        let sum = |of: fn(&BandLine) -> u64| self.lines.iter().map(of).sum();
        (sum(|line| line.said_timely), sum(|line| line.said_late))
    }
}

fn line(band: Band, known: &[(Band, &Complaint)]) -> BandLine {
    let count = |holds: fn(&Complaint) -> bool| {
        known.iter().filter(|(of, complaint)| *of == band && holds(complaint)).count() as u64
    };
    BandLine {
        band,
        complaints: count(|_| true),
        said_timely: count(|complaint| complaint.timely == Some(true)),
        said_late: count(|complaint| complaint.timely == Some(false)),
    }
}

/// What a band is told by.
struct BandClock<'a> {
    days: &'a LocalDays,
    as_of: Timestamp,
    three_days: ThreeDays<'a>,
    /// Places of the events' types among those of the register.
    answered: Option<u16>,
    withdrawn: Option<u16>,
}

impl<'a> BandClock<'a> {
    fn new(caseload: &Caseload<'a>, as_of: Timestamp, three_days: ThreeDays<'a>) -> Self {
        let types = caseload.register().moment_types();
        let place = |name: &str| {
            types.iter().position(|each| each == name).and_then(|place| u16::try_from(place).ok())
        };
        Self {
            days: caseload.days(),
            as_of,
            three_days,
            answered: place("complaint.response_sent"),
            withdrawn: place("complaint.withdrawn"),
        }
    }

    fn band(&self, case: &Case<'_>) -> Band {
        let answer = self.first(case.complaint, self.answered);
        let withdrawal = self.first(case.complaint, self.withdrawn);
        match (answer, withdrawal) {
            (None, Some(_)) => Band::Withdrawn,
            (Some(answer), Some(withdrawal)) if withdrawal < answer => Band::Withdrawn,
            (None, _) if case.complaint.merged_into.is_some() => Band::Merged,
            (None, _) if self.answered.is_none() => Band::NotDatable,
            (answer, _) => self.timed(case, answer).unwrap_or(Band::NotDatable),
        }
    }

    /// Nothing where a day lies beyond the calendar, or the answer before the receipt.
    fn timed(&self, case: &Case<'_>, answer: Option<Timestamp>) -> Option<Band> {
        let received = case.received?;
        let until = self.days.date_of(answer.unwrap_or(self.as_of))?;
        let took = until.days_after(received);
        match answer {
            None if took <= FOUR_WEEKS => Some(Band::OpenFourWeeks),
            None if took <= EIGHT_WEEKS => Some(Band::OpenEightWeeks),
            None => Some(Band::OpenLonger),
            Some(_) if took < 0 => None,
            Some(_) if took > EIGHT_WEEKS => Some(Band::AnsweredLater),
            Some(_) if took > FOUR_WEEKS => Some(Band::AnsweredInEightWeeks),
            Some(_) => Some(match self.in_three_days(received, took) {
                Some(true) => Band::AnsweredInThreeDays,
                Some(false) => Band::AnsweredInFourWeeks,
                None => Band::AnsweredUncovered,
            }),
        }
    }

    /// Whether at most three days that count lie after the day of receipt, up to the day of the answer.
    fn in_three_days(&self, received: Date, took: i64) -> Option<bool> {
        let ThreeDays::Open(is_open) = self.three_days else { return Some(took <= THREE_DAYS) };
        if took <= THREE_DAYS {
            return Some(true);
        }
        let mut open = 0;
        for day in 1..=took {
            open += i64::from(is_open(received.plus_days(day)?)?);
        }
        Some(open <= THREE_DAYS)
    }

    fn first(&self, complaint: &Complaint, place: Option<u16>) -> Option<Timestamp> {
        let of_type = complaint.moments.iter().filter(|(each, _)| Some(*each) == place);
        of_type.map(|(_, moment)| *moment).filter(|moment| *moment <= self.as_of).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::Complaints;
    use crate::complaint::sample::{after, complaint, map, register};
    use crate::time::Weekday;

    const DAY: i64 = 24;

    /// Received at noon in Shanghai on Sunday 1 March 2026, and answered so many days later.
    fn answered(days: i64) -> Complaint {
        let mut answered = complaint("c", 4);
        answered.moments.push((1, after(4 + days * DAY)));
        answered
    }

    fn bands(register: &Complaints, as_of: i64, three_days: ThreeDays<'_>) -> Vec<(Band, u64)> {
        let map = map();
        let days = LocalDays::new("Asia/Shanghai").expect("a zone");
        let caseload = Caseload::new(&map, register, &[], &days);
        let found = Timeliness::new(&caseload, after(as_of), three_days);
        assert_eq!(found.lines.iter().map(|line| line.complaints).sum::<u64>(), found.complaints);
        let some = found.lines.iter().filter(|line| line.complaints > 0);
        some.map(|line| (line.band, line.complaints)).collect()
    }

    fn band_of(complaint: Complaint, as_of: i64, three_days: ThreeDays<'_>) -> Band {
        bands(&register(vec![complaint]), as_of, three_days)[0].0
    }

    #[test]
    fn a_band_ends_with_its_last_local_day() {
        for (days, band) in [
            (0, Band::AnsweredInThreeDays),
            (3, Band::AnsweredInThreeDays),
            (4, Band::AnsweredInFourWeeks),
            (28, Band::AnsweredInFourWeeks),
            (29, Band::AnsweredInEightWeeks),
            (56, Band::AnsweredInEightWeeks),
            (57, Band::AnsweredLater),
            (-1, Band::NotDatable),
        ] {
            assert_eq!(band_of(answered(days), 10_000, ThreeDays::Calendar), band, "{days}");
        }
        let mut late_evening = complaint("c", 4);
        late_evening.moments.push((1, after(3 * DAY + 15)));
        assert_eq!(
            band_of(late_evening.clone(), 10_000, ThreeDays::Calendar),
            Band::AnsweredInThreeDays
        );
        late_evening.moments[1].1 = after(3 * DAY + 16);
        assert_eq!(band_of(late_evening, 10_000, ThreeDays::Calendar), Band::AnsweredInFourWeeks);
    }

    #[test]
    fn three_business_days_skip_the_days_that_are_closed() {
        let is_open =
            |day: Date| Some(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        let received = |day: i64, took: i64| {
            let mut complaint = answered(day + took);
            complaint.received = after(4 + day * DAY);
            complaint
        };
        // Friday to Wednesday are three business days, to Thursday four
        let open = ThreeDays::Open(&is_open);
        assert_eq!(band_of(received(5, 5), 10_000, open), Band::AnsweredInThreeDays);
        assert_eq!(band_of(received(5, 6), 10_000, open), Band::AnsweredInFourWeeks);
        let uncovered = ThreeDays::Open(&|_| None);
        assert_eq!(band_of(received(5, 3), 10_000, uncovered), Band::AnsweredInThreeDays);
        assert_eq!(band_of(received(5, 4), 10_000, uncovered), Band::AnsweredUncovered);
        assert_eq!(band_of(received(5, 29), 10_000, uncovered), Band::AnsweredInEightWeeks);
    }

    #[test]
    fn what_is_known_later_is_not_known_yet() {
        let register = register(vec![answered(10), complaint("later", 40 * DAY)]);
        assert_eq!(bands(&register, 9 * DAY, ThreeDays::Calendar), [(Band::OpenFourWeeks, 1)]);
        assert_eq!(
            bands(&register, 11 * DAY, ThreeDays::Calendar),
            [(Band::AnsweredInFourWeeks, 1)]
        );
        let open = |days: i64| band_of(complaint("c", 4), 4 + days * DAY, ThreeDays::Calendar);
        assert_eq!(
            [open(28), open(29), open(56), open(57)],
            [Band::OpenFourWeeks, Band::OpenEightWeeks, Band::OpenEightWeeks, Band::OpenLonger]
        );
    }

    #[test]
    fn a_register_without_answers_dates_none_and_the_publisher_s_word_stands_beside() {
        let mut list = vec![complaint("1", 0), complaint("2", 1), complaint("3", 2)];
        list[0].timely = Some(true);
        list[1].timely = Some(false);
        list[2].merged_into = Some("1".into());
        let (map, register) = (map(), Complaints::of(list, &["complaint.received"]));
        let days = LocalDays::new("UTC").expect("a zone");
        let caseload = Caseload::new(&map, &register, &[], &days);
        let found = Timeliness::new(&caseload, after(90 * DAY), ThreeDays::Calendar);
        assert!(!found.records_answers);
        let not_datable = found.lines.last().expect("all bands are told");
        assert_eq!((not_datable.band, not_datable.complaints), (Band::NotDatable, 2));
        assert_eq!((not_datable.said_timely, not_datable.said_late), (1, 1));
        assert_eq!(found.said(), (1, 1));
    }

    #[test]
    fn a_withdrawal_before_the_answer_ends_the_handling() {
        let mut list = vec![answered(5), answered(5)];
        list[0].moments.push((2, after(4 + 2 * DAY)));
        list[1].moments.push((2, after(4 + 6 * DAY)));
        let types = ["complaint.received", "complaint.response_sent", "complaint.withdrawn"];
        let register = Complaints::of(list, &types);
        assert_eq!(
            bands(&register, 10_000, ThreeDays::Calendar),
            [(Band::AnsweredInFourWeeks, 1), (Band::Withdrawn, 1)]
        );
    }
}
