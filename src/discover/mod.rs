//! A map proposed from a log: an [`EventLog`] in, commented YAML and the guesses behind it out.
//!
//! What is printed is what is used: the proposal is text, and
//! [`JourneyMap::from_yaml`](crate::map::JourneyMap::from_yaml) makes the map of it. How each guess is made:
//!
//! - **Touchpoints** are the labels of the log. They stand in the order of their mean relative position: the first event
//!   of a journey is at 0 %, the last at 100 %, a lone event at 0 %.
//! - **Stages** are the fifths of that scale that hold a touchpoint, so there are up to five. Where the log shows no
//!   order, positions lie close together, and the stages are few.
//! - **Patience** is the time by which, of the gaps between events that are ever followed by another, 99 % have ended, by
//!   the Kaplan-Meier estimate in which the last event of a journey is censored at the log's end.
//! - **Likely finishes** end most of the journeys that they occur in and are rarely followed. They are proposed in
//!   comments, since only a person can say whether a finish is a goal or a loss.

mod error;
mod finding;
mod habits;
mod log_text;
mod map_text;
mod patience;
mod scalar;
mod slug;

use crate::event_log::EventLog;
use crate::map::{LogSection, Text};
use crate::time::Micros;

pub use error::DiscoveryFault;
use finding::Findings;

/// A proposed map.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Proposal {
    /// The map as YAML, each guess with its evidence in a comment.
    pub yaml: String,
    /// What was guessed, one sentence each, in both languages.
    pub guesses: Vec<Text>,
}

/// Proposes a map for a log that was read with this section; a patience that is given is taken, else one is guessed.
///
/// The order of journeys in the log changes nothing.
///
/// # Errors
///
/// The log is empty, or has more labels than a map can hold.
///
/// # Examples
///
/// ```
/// use touchpoint::discover::propose;
/// use touchpoint::event_log::{EventLog, NewEvent};
/// use touchpoint::map::{ColumnNames, LogSection};
/// use touchpoint::time::Timestamp;
///
/// let mut log = EventLog::builder();
/// for (second, touchpoint) in [(0, "Apply"), (60, "Upload ID"), (90, "Sign")] {
///     let time = Timestamp(second * 1_000_000);
///     log.push(NewEvent { journey: "1", time, touchpoint, ..NewEvent::default() })?;
/// }
/// let section = LogSection::new(ColumnNames::new("case", "at", "step"));
/// let proposal = propose(&log.finish(), &section, None)?;
/// assert!(proposal.yaml.contains("- id: upload-id"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn propose(
    log: &EventLog,
    section: &LogSection,
    patience: Option<Micros>,
) -> Result<Proposal, DiscoveryFault> {
    let findings = Findings::new(log, section, patience)?;
    let yaml = map_text::write(&findings);
    if yaml.len() > map_text::LONGEST {
        return Err(findings.too_many());
    }
    Ok(Proposal { yaml, guesses: findings.guesses() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_log::NewEvent;
    use crate::map::{ColumnNames, JourneyMap};
    use crate::time::Timestamp;
    use proptest::prelude::*;

    /// One journey a row; the events of each stand a minute apart.
    fn log<'a>(journeys: impl IntoIterator<Item = (usize, &'a [&'a str])>) -> EventLog {
        let mut builder = EventLog::builder();
        for (journey, labels) in journeys {
            for (minute, touchpoint) in (0..).zip(labels) {
                let time = Timestamp(0) + Micros::seconds(60 * minute);
                let journey = &journey.to_string();
                builder
                    .push(NewEvent { journey, time, touchpoint, ..NewEvent::default() })
                    .unwrap();
            }
        }
        builder.finish()
    }

    fn section() -> LogSection {
        LogSection::new(ColumnNames::new("case", "at", "step"))
    }

    const JOURNEYS: [&[&str]; 4] = [
        &["apply", "upload", "sign"],
        &["apply", "upload", "upload"],
        &["apply", "call", "sign"],
        &["apply"],
    ];

    #[test]
    fn stages_follow_the_mean_position_and_finishes_are_proposed_in_comments() {
        let log = log(JOURNEYS.into_iter().enumerate());
        let yaml = propose(&log, &section(), None).unwrap().yaml;
        let map = JourneyMap::from_yaml(&yaml).unwrap();
        let places: Vec<_> = map.touchpoints().iter().map(|t| (t.id.as_str(), t.stage.0)).collect();
        assert_eq!(places, [("apply", 0), ("call", 1), ("upload", 2), ("sign", 3)]);
        assert!(map.touchpoints().iter().all(|touchpoint| touchpoint.end.is_none()));
        assert_eq!(yaml.matches("# end: goal").count(), 1);
        assert!(yaml.contains("or lost: it ends 2 of its 2 journeys"));
        assert_eq!(map.rules().patience, Some(Micros::seconds(60)));
    }

    #[test]
    fn the_order_of_journeys_changes_nothing() {
        let straight = propose(&log(JOURNEYS.into_iter().enumerate()), &section(), None).unwrap();
        let reversed =
            propose(&log(JOURNEYS.into_iter().enumerate().rev()), &section(), None).unwrap();
        assert_eq!(straight.yaml, reversed.yaml);
        assert_eq!(straight.guesses, reversed.guesses);
    }

    #[test]
    fn how_the_log_was_read_is_kept() {
        let mut section = section();
        section.columns.failed =
            Some(crate::map::Failed { column: "ok?".into(), values: vec!["no".into()] });
        section.columns.journey.push("part: two".into());
        section.columns.handling = Some("# seconds".into());
        section.formats.push(crate::map::TimeFormat::Pattern("%d.%m.%Y %H:%M".into()));
        section.zone = Some("+08:00".into());
        section.filter = vec![("a".into(), vec![String::new(), "null".into()])];
        section.columns.time_of_day = Some("clock: local".into());
        section.clock_changes = crate::time::ClockChange::Later;
        section.any_year = true;
        section.encoding = Some(crate::map::Encoding::Gb18030);
        section.header = Some(vec!["case".into(), "# seconds".into(), "at".into()]);
        section.comment = Some(b'#');
        section.delimiter = b';';
        section.drop_duplicates = true;
        let log = log(JOURNEYS.into_iter().enumerate());
        let map = JourneyMap::from_yaml(&propose(&log, &section, None).unwrap().yaml).unwrap();
        assert_eq!(map.log(), Some(&section));
    }

    #[test]
    fn a_log_without_events_or_with_a_wrong_column_says_so() {
        assert_eq!(propose(&log([]), &section(), None).unwrap_err(), DiscoveryFault::NoEvents);
        let labels: Vec<String> = (0..100_000).map(|label| format!("{label:?}")).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        assert_eq!(
            propose(&log([(1, labels.as_slice())]), &section(), None).unwrap_err().to_string(),
            "column `step` holds 100000 different labels, more than a map can hold; is it the touchpoint column?"
        );
    }

    fn awkward() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ \t\r\n\"':#,{}\\[\\]&*!|>%@`?~-]{1,6}",
            "(true|null|1e3|0x1F|yes|~|=|<<|\\.nan|2024-01-01|---|\u{feff}|\u{85}|\u{2028}|😀|👩‍👩‍👧|客服)",
        ]
        .prop_filter("a label is never empty", |label| !label.is_empty())
    }

    proptest! {
        #[test]
        fn labels_survive_the_way_through_yaml(labels in prop::collection::hash_set(awkward(), 1..8)) {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let proposal = propose(&log([(1, labels.as_slice())]), &section(), None).unwrap();
            let map = JourneyMap::from_yaml(&proposal.yaml).map_err(|error| TestCaseError::fail(format!("{error}\n{}", proposal.yaml)))?;
            prop_assert_eq!(map.touchpoints().len(), labels.len());
            for label in labels {
                prop_assert!(map.by_log_name(label).is_some(), "{:?}\n{}", label, &proposal.yaml);
            }
        }
    }
}
