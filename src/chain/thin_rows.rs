//! What is done with touchpoints of few visits: they are topped up by those of their kind.

use std::collections::BTreeMap;

use super::observed_row::{ObservedRow, Pooled, scale, total};
use crate::map::{JourneyMap, TouchpointId};

/// What a row of the chain is made of where few at-risk visits were seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ThinRows {
    /// Of those visits alone.
    #[default]
    AsObserved,
    /// Of those visits, topped up to this number by visits that go on as the touchpoints of the same kind do together.
    ///
    /// Where the map names no kind, or nothing of the kind went on, it is as all touchpoints do. Only where visits go
    /// on to is topped up, never the share that drops off. A touchpoint from which no end was reached stays as
    /// observed, and none is led into.
    ToppedUpTo(u64),
}

/// Pooled rows, each a state that is passed through: so a thin row gains one entry, not the length of the pool.
#[derive(Clone, Debug, Default)]
pub(super) struct Pools {
    pub(super) rows: Vec<Vec<(u32, f64)>>,
    /// The place of each touchpoint's pool among the rows.
    of: Vec<Option<usize>>,
}

impl Pools {
    /// Pools for the touchpoints that ask for one; `is_open` tells states that have a way to an end.
    pub(super) fn new(
        map: &JourneyMap,
        observed: &[Option<ObservedRow>],
        asked: &[bool],
        is_open: impl Fn(u32) -> bool,
    ) -> Self {
        let no_ends = (0..observed.len() as u32).map(TouchpointId);
        let no_ends: Vec<_> = no_ends.filter(|id| observed[id.index()].is_some()).collect();
        let mut pools = Self { rows: Vec::new(), of: vec![None; observed.len()] };
        for (kind, members) in map.by_kind(no_ends.iter().copied()) {
            if kind.is_some() {
                pools.add(observed, asked, &members, &members, &is_open);
            }
        }
        let without: Vec<_> =
            no_ends.iter().copied().filter(|id| pools.of[id.index()].is_none()).collect();
        pools.add(observed, asked, &without, &no_ends, &is_open);
        pools
    }

    pub(super) fn of(&self, touchpoint: usize, own: f64) -> Option<Pooled> {
        let first = self.of.len() + 1;
        let state = (first + self.of[touchpoint]?) as u32;
        Some(Pooled { state, weight: 1.0 - own })
    }

    /// Adds the pool of the members for those among the takers who ask for it, unless it is empty.
    fn add(
        &mut self,
        observed: &[Option<ObservedRow>],
        asked: &[bool],
        takers: &[TouchpointId],
        members: &[TouchpointId],
        is_open: &impl Fn(u32) -> bool,
    ) {
        if !takers.iter().any(|id| asked[id.index()]) {
            return;
        }
        let row = pooled(members.iter().filter_map(|id| observed[id.index()].as_ref()), is_open);
        if row.is_empty() {
            return;
        }
        for id in takers.iter().filter(|id| asked[id.index()]) {
            self.of[id.index()] = Some(self.rows.len());
        }
        self.rows.push(row);
    }
}

/// Where the visits of all these rows go on to together.
fn pooled<'a>(
    rows: impl Iterator<Item = &'a ObservedRow>,
    is_open: &impl Fn(u32) -> bool,
) -> Vec<(u32, f64)> {
    let mut sums = BTreeMap::new();
    for &(to, count) in rows.flat_map(|row| &row.on).filter(|(to, _)| is_open(*to)) {
        *sums.entry(to).or_insert(0.0) += count;
    }
    let mut row: Vec<(u32, f64)> = sums.into_iter().collect();
    let all = total(&row);
    scale(&mut row, 1.0, all);
    row
}
