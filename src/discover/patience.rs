//! How long customers pause before they come back.

use crate::event_log::{EventLog, JourneyNo};
use crate::stats::duration::{kaplan_meier, quantile};
use crate::time::Micros;

/// The share of gaps that patience outlasts.
const SHARE: f64 = 0.99;

/// The pauses of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pauses {
    /// Gaps between two events of a journey.
    pub(super) gaps: u64,
    /// The time by which 99 % of the gaps that ever end have ended; `None` where no gap is longer than nothing.
    pub(super) usual: Option<Micros>,
}

impl Pauses {
    pub(super) fn of(log: &EventLog) -> Self {
        let durations = durations(log);
        let gaps = durations.iter().filter(|(_, ended)| *ended).count() as u64;
        let curve = kaplan_meier(&durations);
        // Most logs have more than 1 % of events after which nothing comes, however long one waits, so survival never
        // falls to 1 %. The quantile is that of the gaps which end, whose share the end of the curve estimates (Maller
        // & Zhou, Biometrika 79 (1992) 731).
        let ending = curve.last().map_or(0.0, |step| 1.0 - step.survival);
        let usual = quantile(&curve, SHARE * ending).map(whole).filter(|span| span.0 > 0);
        Self { gaps, usual }
    }

    /// The next longer span that reads well.
    pub(super) fn patience(&self) -> Option<Micros> {
        self.usual.map(readable)
    }
}

/// A span in one unit with a decimal, for sentences: in both languages, English first.
pub(super) fn rough(span: Micros) -> [String; 2] {
    let seconds = span.as_seconds();
    let units = [(86_400.0, "days", "天"), (3_600.0, "hours", "小时"), (60.0, "minutes", "分钟")];
    let fitting = units.into_iter().find(|(size, ..)| seconds >= 2.0 * size);
    let (size, en, zh) = fitting.unwrap_or((1.0, "seconds", "秒"));
    let number = seconds / size;
    [format!("{number:.1} {en}"), format!("{number:.1} {zh}")]
}

/// The time from each event to the next of its journey, or, censored, to the end of the log.
fn durations(log: &EventLog) -> Vec<(f64, bool)> {
    let end = log.last_time().unwrap_or_default();
    let times = log.times();
    let mut durations = Vec::with_capacity(log.events());
    for journey in (0..).take(log.journeys()).map(JourneyNo) {
        let times = &times[log.events_of(journey)];
        durations.extend(times.windows(2).map(|pair| ((pair[1] - pair[0]).0 as f64, true)));
        durations.extend(times.last().map(|last| ((end - *last).0 as f64, false)));
    }
    durations
}

fn whole(micros: f64) -> Micros {
    Micros(micros as i64)
}

/// Rounds up to a span that people use; beyond a year, to 30 days.
fn readable(span: Micros) -> Micros {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const SECONDS: [i64; 5] = [1, 5, 10, 20, 30];
    const MINUTES: [i64; 6] = [1, 2, 5, 10, 20, 30];
    const HOURS: [i64; 6] = [1, 2, 3, 6, 12, 18];
    const DAYS: [i64; 15] = [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365];
    let seconds = (SECONDS.into_iter())
        .chain(MINUTES.map(|minutes| minutes * MINUTE))
        .chain(HOURS.map(|hours| hours * HOUR))
        .chain(DAYS.map(|days| days * DAY));
    let month = Micros::days(30);
    seconds
        .map(Micros::seconds)
        .find(|candidate| span <= *candidate)
        .unwrap_or_else(|| Micros::days(span.0.div_euclid(month.0) * 30 + 30))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_log::NewEvent;
    use crate::time::Timestamp;

    fn log(journeys: &[&[i64]]) -> EventLog {
        let mut builder = EventLog::builder();
        for (journey, days) in journeys.iter().enumerate() {
            for day in *days {
                let time = Timestamp(day * Micros::PER_DAY);
                let journey = &journey.to_string();
                builder
                    .push(NewEvent { journey, time, touchpoint: "a", ..NewEvent::default() })
                    .unwrap();
            }
        }
        builder.finish()
    }

    #[test]
    fn patience_outlasts_the_gaps_that_end() {
        let pauses = Pauses::of(&log(&[&[0, 4], &[0, 4], &[0, 4], &[100]]));
        assert_eq!(pauses.gaps, 3);
        assert_eq!(pauses.usual, Some(Micros::days(4)));
        assert_eq!(pauses.patience(), Some(Micros::days(5)));
    }

    #[test]
    fn without_a_gap_there_is_no_patience() {
        assert_eq!(Pauses::of(&log(&[&[0], &[5]])).patience(), None);
        assert_eq!(Pauses::of(&log(&[&[5, 5]])).patience(), None);
    }

    #[test]
    fn spans_are_rounded_up_to_what_reads_well() {
        for (span, rounded) in [("1us", "1s"), ("31s", "1m"), ("26d", "30d"), ("30d", "30d")] {
            assert_eq!(readable(span.parse().unwrap()).to_string(), rounded);
        }
        assert_eq!(readable(Micros::days(366)), Micros::days(390));
    }
}
