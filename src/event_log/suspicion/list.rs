//! The list: sums and names of a log in, what is suspicious out.

use std::cmp::Reverse;

use super::alike::alike;
use super::{NameCount, NamesOf, Suspicion, SuspicionKind};
use crate::event_log::EventLog;
use crate::event_log::gathered::{Gathered, Heading};
use crate::map::{JourneyMap, Touchpoint};

/// The most names, or pairs of names, that are kept as examples; all are counted.
const KEPT: usize = 20;
/// The fewest stages of which the last is late.
const STAGES: usize = 3;
/// A journey of so many times the mean is looked at.
const TIMES_THE_MEAN: u64 = 100;

impl EventLog {
    /// What a reader should look at, each kind once; nothing was rejected for it.
    ///
    /// Where journeys begin late can be said under a map alone; names that the map has as one are not called alike.
    #[must_use]
    pub fn suspicions(&self, map: Option<&JourneyMap>) -> Vec<Suspicion> {
        let gathered = &self.account.gathered;
        let counts = [
            (SuspicionKind::Ties, gathered.tied_moments),
            (SuspicionKind::Backward, self.account.backward),
        ];
        let counts = counts.into_iter().map(|(kind, count)| Suspicion { kind, count });
        let of_order = map.and_then(|map| self.late_beginnings(map)).into_iter();
        let of_order = of_order.chain(self.midnights()).chain(counts);
        let of_names = self.alike_names(map).into_iter().chain(self.empty_columns());
        let of_rows = long_journeys(gathered).into_iter().chain(self.clock_changes());
        of_order.chain(of_names).chain(of_rows).filter(|found| found.count > 0).collect()
    }

    fn late_beginnings(&self, map: &JourneyMap) -> Option<Suspicion> {
        let is_late = |label: &str| {
            let touchpoint = map.by_log_name(label).map(|id| map.touchpoint(id));
            touchpoint.is_some_and(|touchpoint| is_late(touchpoint, map))
        };
        let mut labels = named(&self.vocabulary.label_names, &self.account.gathered.first_labels);
        labels.retain(|label| label.count > 0 && is_late(&label.name));
        labels.sort_by(|a, b| (Reverse(a.count), &a.name).cmp(&(Reverse(b.count), &b.name)));
        let count = labels.iter().map(|label| label.count).sum();
        let of_labels = labels.len() as u64;
        labels.truncate(KEPT);
        let kind = SuspicionKind::LateBeginnings { labels, of_labels };
        (count > 0).then_some(Suspicion { kind, count })
    }

    /// A single timestamp at midnight says nothing.
    fn midnights(&self) -> Option<Suspicion> {
        let count = self.account.times.midnights;
        let all: u64 = self.account.format_counts.iter().map(|(_, times)| times).sum();
        (count > 1 && count == all).then_some(Suspicion { kind: SuspicionKind::Midnights, count })
    }

    fn alike_names(&self, map: Option<&JourneyMap>) -> Vec<Suspicion> {
        let gathered = &self.account.gathered;
        let touchpoint = |name: &str| map.and_then(|map| map.by_log_name(name)).map(|id| id.0);
        let channel = |name: &str| map.and_then(|map| map.channel_by_log_name(name)).map(|id| id.0);
        let labels = named(&self.vocabulary.label_names, &gathered.labels);
        let channels = named(&self.vocabulary.channel_names, &gathered.channels);
        let categories = named(&self.vocabulary.category_names, &gathered.categories);
        [
            alike_pairs(NamesOf::Touchpoints, &labels, touchpoint),
            alike_pairs(NamesOf::Channels, &channels, channel),
            alike_pairs(NamesOf::Categories, &categories, |_| None),
        ]
        .into()
    }

    fn empty_columns(&self) -> Vec<Suspicion> {
        if self.account.gathered.events() == 0 {
            return Vec::new();
        }
        let (columns, flags) = (self.without_values(false), self.without_values(true));
        let counted = [
            (columns.len(), SuspicionKind::EmptyColumns { columns }),
            (flags.len(), SuspicionKind::UnsetFlags { columns: flags }),
        ];
        counted.into_iter().map(|(count, kind)| Suspicion { kind, count: count as u64 }).collect()
    }

    /// The headings of columns, or of flags, that have a value nowhere; a column may be named twice.
    fn without_values(&self, flags: bool) -> Vec<String> {
        let filled = &self.account.gathered.filled;
        let is_meant =
            |heading: &&Heading| heading.is_flag == flags && !filled.contains(&heading.field);
        let mut columns: Vec<String> = Vec::new();
        for heading in self.account.headings.iter().filter(is_meant) {
            if !columns.contains(&heading.name) {
                columns.push(heading.name.clone());
            }
        }
        columns
    }

    fn clock_changes(&self) -> [Suspicion; 2] {
        let (times, clock_changes) = (self.account.times, self.account.clock_changes);
        [
            Suspicion { kind: SuspicionKind::SkippedTimes { clock_changes }, count: times.skipped },
            Suspicion { kind: SuspicionKind::RepeatedTimes { clock_changes }, count: times.twice },
        ]
    }
}

fn named(names: &[String], counts: &[u64]) -> Vec<NameCount> {
    let counted = names.iter().zip(counts);
    counted.map(|(name, &count)| NameCount { name: name.clone(), count }).collect()
}

/// Whether a journey that begins here has probably begun before.
fn is_late(touchpoint: &Touchpoint, map: &JourneyMap) -> bool {
    let designed = map.designed_stages();
    let is_last = designed >= STAGES && touchpoint.stage.index() == designed - 1;
    touchpoint.end.is_some() || is_last
}

/// Pairs of names that look alike, and that nothing says are one.
fn alike_pairs(
    of: NamesOf,
    names: &[NameCount],
    meaning: impl Fn(&str) -> Option<u32>,
) -> Suspicion {
    let is_one = |(one, other): &(usize, usize)| {
        let (one, other) = (meaning(&names[*one].name), meaning(&names[*other].name));
        one.is_some() && one == other
    };
    let mut pairs = alike(names);
    pairs.retain(|pair| !is_one(pair));
    let count = pairs.len() as u64;
    let kept = pairs.into_iter().take(KEPT);
    let pairs = kept.map(|(one, other)| [names[one].clone(), names[other].clone()]).collect();
    Suspicion { kind: SuspicionKind::AlikeNames { of, pairs }, count }
}

fn long_journeys(gathered: &Gathered) -> Option<Suspicion> {
    let is_long = |events: u64| {
        let (events, journeys) = (u128::from(events), u128::from(gathered.journeys()));
        events * journeys > u128::from(TIMES_THE_MEAN) * u128::from(gathered.events())
    };
    let long = || gathered.long_journeys.iter().filter(|(events, _)| is_long(**events));
    let (&longest, _) = long().next_back()?;
    let count = long().map(|(_, journeys)| journeys).sum();
    Some(Suspicion { kind: SuspicionKind::LongJourneys { longest }, count })
}
