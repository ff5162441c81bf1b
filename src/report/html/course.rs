//! How journeys set out, and when and about what customers complain: walks in, counts out.

use std::collections::BTreeMap;
use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::topics::Topics;
use crate::complaint::attribute;
use crate::event_log::JourneyNo;
use crate::journey::{CustomerWalks, JourneyEnd, Journeys};
use crate::map::TouchpointId;

/// Steps of a journey that are followed.
pub(super) const STEPS: usize = 7;

/// Added to at every step of every journey, and only ever added up, so that their order does not matter.
type Counts<K> = HashMap<K, u64, FixedState>;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// How journeys set out, and when and about what customers complain; sums of parts of a log are those of the whole.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::journey::Journeys;
/// use touchpoint::map::JourneyMap;
/// use touchpoint::report::Course;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// let mut course = Course::from_journeys(&Journeys::new(&map, &log));
/// course.merge(Course::default());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Where the first step was made.
    pub(super) starts: BTreeMap<TouchpointId, u64>,
    /// By the number of the step from 0, its touchpoint and that of the next step.
    pub(super) went_on: Counts<(usize, TouchpointId, TouchpointId)>,
    /// By the number of the step from 0, its touchpoint and how the journey ended there.
    pub(super) ended: Counts<(usize, TouchpointId, JourneyEnd)>,
    /// Complaints received, by the day since 1970 in UTC.
    pub(super) complaints: BTreeMap<i64, u64>,
    /// What the complaints of the log are about.
    pub(super) topics: Topics,
}

impl Course {
    /// Counts the first seven steps of every journey up to its deciding moment, and every complaint.
    #[must_use]
    pub fn from_journeys(journeys: &Journeys<'_>) -> Self {
        let step = |sum: &mut Self, walks: &CustomerWalks| {
            sum.add_steps(walks);
            if !walks.received().is_empty() {
                sum.add_complaints(journeys, walks);
            }
        };
        journeys.sum_walks(Self::default, step, Self::merge)
    }

    /// Adds the journeys of other customers, for a log that is held in parts.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.starts, other.starts);
        add_counts(&mut self.went_on, other.went_on);
        add_counts(&mut self.ended, other.ended);
        add(&mut self.complaints, other.complaints);
        self.topics.merge(other.topics);
    }

    fn add_steps(&mut self, walks: &CustomerWalks) {
        let mut before: Option<JourneyNo> = None;
        for walk in walks.walks() {
            // later segments do not set out again
            if before.replace(walk.journey) == Some(walk.journey) {
                continue;
            }
            let visits = &walk.at_risk()[..walk.at_risk().len().min(STEPS)];
            let Some(first) = visits.first() else { continue };
            *self.starts.entry(first.touchpoint).or_default() += 1;
            for (step, pair) in visits.windows(2).enumerate() {
                let key = (step, pair[0].touchpoint, pair[1].touchpoint);
                *self.went_on.entry(key).or_default() += 1;
            }
            if walk.at_risk().len() <= STEPS {
                let step = visits.len() - 1;
                let key = (step, visits[step].touchpoint, walk.decision.end);
                *self.ended.entry(key).or_default() += 1;
            }
        }
    }

    fn add_complaints(&mut self, journeys: &Journeys<'_>, walks: &CustomerWalks) {
        for attribution in attribute(journeys, walks) {
            let day = attribution.received.time.0.div_euclid(MICROS_PER_DAY);
            *self.complaints.entry(day).or_default() += 1;
            self.topics.add_of_log(journeys, &attribution);
        }
    }
}

fn add_counts<K: Eq + Hash>(sum: &mut Counts<K>, part: Counts<K>) {
    for (key, count) in part {
        *sum.entry(key).or_default() += count;
    }
}

fn add<K: Ord>(sum: &mut BTreeMap<K, u64>, part: BTreeMap<K, u64>) {
    for (key, count) in part {
        *sum.entry(key).or_default() += count;
    }
}
