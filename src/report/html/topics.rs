//! What complaints are about, by touchpoint: attributed complaints in, counts out.

use std::collections::BTreeMap;

use crate::complaint::facet::{Meanings, Reason};
use crate::complaint::{Attribution, Caseload};
use crate::journey::{ComplaintSource, Journeys};
use crate::map::{ConsumerRight, Text, TouchpointId};

/// Reasons and consumer rights of complaints, by the touchpoint that they are about; sums of parts of a log are those of
/// the whole. A complaint counts once under its reason, and under each of its rights.
///
/// ```
/// use touchpoint::complaint::{Caseload, RegisterReader};
/// use touchpoint::map::{JourneyMap, Language, TouchpointId};
/// use touchpoint::report::Topics;
/// use touchpoint::time::LocalDays;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let register = RegisterReader::for_map(&map)?.read_path("data/retail-loan/complaints.csv")?;
/// let days = LocalDays::new("Asia/Shanghai")?;
/// let attributed = vec![Some(TouchpointId(0)); register.list().len()];
/// let caseload = Caseload::new(&map, &register, &attributed, &days);
/// let topics = Topics::from_register(&caseload);
/// let (foremost, complaints) = &topics.rights(TouchpointId(0))[0];
/// assert_eq!((foremost.in_language(Language::En), *complaints), ("fair dealing", 350));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    reasons: BTreeMap<TouchpointId, BTreeMap<Topic, u64>>,
    rights: BTreeMap<TouchpointId, BTreeMap<ConsumerRight, u64>>,
}

/// A reason: the standard's, or the data's own word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Standard(Reason),
    Own(String),
}

impl Topics {
    /// What the complaints of a register are about.
    #[must_use]
    pub fn from_register(caseload: &Caseload<'_>) -> Self {
        let mut topics = Self::default();
        for case in caseload.cases() {
            let Some(touchpoint) = case.touchpoint else { continue };
            let own = case.complaint.reason.as_deref();
            topics.add(touchpoint, own, case.meaning.reason, &case.meaning.rights);
        }
        topics
    }

    /// Adds those of other customers.
    pub(super) fn merge(&mut self, other: Self) {
        merge(&mut self.reasons, other.reasons);
        merge(&mut self.rights, other.rights);
    }

    /// Adds a complaint of a log.
    pub(super) fn add_of_log(&mut self, journeys: &Journeys<'_>, attribution: &Attribution) {
        let Some(touchpoint) = attribution.touchpoint else { return };
        let own = category(journeys, attribution.received.source);
        let meanings = Meanings::new(journeys.map());
        let reason = own.and_then(|own| meanings.reason(own));
        let (rights, _) = meanings.rights(own, Some(touchpoint));
        self.add(touchpoint, own, reason, &rights);
    }

    fn add(
        &mut self,
        touchpoint: TouchpointId,
        own: Option<&str>,
        standard: Option<Reason>,
        rights: &[ConsumerRight],
    ) {
        let own = own.map(|own| Topic::Own(own.to_owned()));
        if let Some(topic) = standard.map(Topic::Standard).or(own) {
            *self.reasons.entry(touchpoint).or_default().entry(topic).or_default() += 1;
        }
        for &right in rights {
            *self.rights.entry(touchpoint).or_default().entry(right).or_default() += 1;
        }
    }

    /// The reasons at a touchpoint with their complaints, the most frequent first.
    #[must_use]
    pub fn reasons(&self, touchpoint: TouchpointId) -> Vec<(Text, u64)> {
        let name = |topic: &Topic| match topic {
            Topic::Standard(reason) => reason.name(),
            Topic::Own(word) => Text::plain(word),
        };
        ordered(self.reasons.get(&touchpoint), name)
    }

    /// The rights at a touchpoint with their complaints, the most frequent first.
    #[must_use]
    pub fn rights(&self, touchpoint: TouchpointId) -> Vec<(Text, u64)> {
        ordered(self.rights.get(&touchpoint), |right| right.name())
    }
}

fn merge<K: Ord>(
    sum: &mut BTreeMap<TouchpointId, BTreeMap<K, u64>>,
    part: BTreeMap<TouchpointId, BTreeMap<K, u64>>,
) {
    for (touchpoint, counts) in part {
        let of_here = sum.entry(touchpoint).or_default();
        for (key, count) in counts {
            *of_here.entry(key).or_default() += count;
        }
    }
}

/// Ties stay in the order of their keys.
fn ordered<K>(counts: Option<&BTreeMap<K, u64>>, name: impl Fn(&K) -> Text) -> Vec<(Text, u64)> {
    let counts = counts.into_iter().flatten();
    let mut named: Vec<(Text, u64)> = counts.map(|(key, &count)| (name(key), count)).collect();
    named.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    named
}

/// The category of a complaint of the log, where it names one.
fn category<'a>(journeys: &Journeys<'a>, source: ComplaintSource) -> Option<&'a str> {
    let ComplaintSource::Event(event) = source else { return None };
    let log = journeys.log();
    let name = log.category_names()[log.complaint(event)?.0 as usize].as_str();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::{By, RegisterReader, RollUp};
    use crate::map::JourneyMap;
    use crate::time::LocalDays;

    #[test]
    fn one_touchpoint_s_topics_are_the_roll_ups_of_all_its_complaints() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan");
        let map = JourneyMap::from_path(root.join("map.yaml")).expect("the bundled map");
        let reader = RegisterReader::for_map(&map).expect("a section");
        let register = reader.read_path(root.join("complaints.csv")).expect("the register");
        let here = TouchpointId(0);
        let attributed = vec![Some(here); register.list().len()];
        let days = LocalDays::new("UTC").expect("a zone");
        let caseload = Caseload::new(&map, &register, &attributed, &days);
        let topics = Topics::from_register(&caseload);
        for (by, found) in [(By::Right, topics.rights(here)), (By::Reason, topics.reasons(here))] {
            let lines = RollUp::new(&caseload, by).lines;
            let expected: Vec<(Text, u64)> =
                lines.iter().map(|line| (line.group.name(&map), line.tally.complaints)).collect();
            assert!(found.iter().all(|line| expected.contains(line)), "{found:?} {expected:?}");
            assert!(found.len() >= expected.len() - 1, "{found:?} {expected:?}");
            assert!(found.is_sorted_by_key(|&(_, count)| std::cmp::Reverse(count)));
        }
    }
}
