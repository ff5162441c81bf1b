//! Where customers came from when a part of friction held.

use std::collections::BTreeMap;

use super::charge::Charge;
use super::{Friction, Part};
use crate::journey::Journeys;
use crate::map::TouchpointId;
use crate::metric::marks::Marks;

/// How often a part held at a touchpoint for customers who came from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The part that held, charged or not.
    pub part: Part,
    /// The touchpoint before; of a repeat contact, the earlier contact.
    pub from: TouchpointId,
    /// Visits.
    pub visits: u64,
}

impl Friction {
    /// For one touchpoint, where customers came from when a part held: part by part, the most frequent first.
    ///
    /// Goes over all walks once more; failures and waiting have no origin.
    #[must_use]
    pub fn origins(&self, journeys: &Journeys<'_>, touchpoint: TouchpointId) -> Vec<Origin> {
        let rows = journeys.map().touchpoints().len();
        let (counts, _) = journeys.sum_walks(
            || (BTreeMap::new(), Marks::new(rows)),
            |(counts, marks), walks| {
                self.charging(journeys).for_each(walks, marks, |charge| {
                    if charge.touchpoint == touchpoint {
                        count(charge, counts);
                    }
                });
            },
            |(counts, _), (part, _)| {
                for (key, visits) in part {
                    *counts.entry(key).or_default() += visits;
                }
            },
        );
        in_order(counts)
    }
}

fn count(charge: &Charge, counts: &mut BTreeMap<(Part, TouchpointId), u64>) {
    for part in charge.held.iter() {
        let from = match part {
            Part::Failure | Part::Waiting => None,
            Part::RepeatContact => charge.caused_by,
            _ => charge.from,
        };
        if let Some(from) = from {
            *counts.entry((part, from)).or_default() += 1;
        }
    }
}

fn in_order(counts: BTreeMap<(Part, TouchpointId), u64>) -> Vec<Origin> {
    let mut origins: Vec<Origin> =
        counts.into_iter().map(|((part, from), visits)| Origin { part, from, visits }).collect();
    origins.sort_by(|a, b| {
        a.part.cmp(&b.part).then(b.visits.cmp(&a.visits)).then(a.from.cmp(&b.from))
    });
    origins
}
