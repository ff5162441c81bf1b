//! Which touchpoints are compared with each other, and their sums by bucket.

use super::pool::{Pool, Pools, is_empty};
use super::scorecard::ComparedWith;
use crate::map::{JourneyMap, TouchpointId};
use crate::metric::{Evidence, Metric, Totals};

/// Evidence, and its sums over all buckets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) totals: &'a Totals,
}

/// Touchpoints that are compared with each other.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// In the order of the map.
    pub(super) members: Vec<usize>,
    pub(super) total: Pool,
    pub(super) by_bucket: Pools,
}

impl Group {
    pub(super) fn contains(&self, row: usize) -> bool {
        self.members.binary_search(&row).is_ok()
    }

    fn new(counted: Counted<'_>, metric: usize, members: Vec<usize>) -> Self {
        let mut total = Pool::empty(counted.evidence.columns(metric));
        for &row in &members {
            total.add(counted.totals.sums(metric, row));
        }
        let by_bucket = Pools::of(counted.evidence, metric, &members);
        Self { members, total, by_bucket }
    }
}

/// One metric's touchpoints: all that are asked, and those that others are compared with, together and by kind.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub(super) asked: Group,
    /// `None` where these are all that are asked.
    compared: Option<Group>,
    kinds: Vec<Group>,
    /// Each row's kind, if that has another member to compare with.
    kind_of: Vec<Option<usize>>,
}

impl Groups {
    pub(super) fn new(
        map: &JourneyMap,
        counted: Counted<'_>,
        place: usize,
        metric: &dyn Metric,
    ) -> Self {
        let touchpoints = map.touchpoints();
        let asked: Vec<usize> = (0..touchpoints.len())
            .filter(|&row| metric.not_asked(map, &touchpoints[row]).is_none())
            .filter(|&row| has_data(counted, place, row))
            .collect();
        let compared = |rows: &[usize]| -> Vec<usize> {
            rows.iter().copied().filter(|&row| metric.is_compared_with(&touchpoints[row])).collect()
        };
        let mut kind_of = vec![None; touchpoints.len()];
        let mut kinds = Vec::new();
        for rows in by_kind(map, &asked) {
            let group = Group::new(counted, place, compared(&rows));
            for &row in rows.iter().filter(|&&row| group.members.iter().any(|&other| other != row))
            {
                kind_of[row] = Some(kinds.len());
            }
            kinds.push(group);
        }
        let all = compared(&asked);
        let compared = (all.len() < asked.len()).then(|| Group::new(counted, place, all));
        Self { asked: Group::new(counted, place, asked), compared, kinds, kind_of }
    }

    /// The group that a touchpoint is compared with, and which that is.
    pub(super) fn of(&self, row: usize) -> (&Group, ComparedWith) {
        match self.kind_of[row] {
            Some(kind) => (&self.kinds[kind], ComparedWith::Kind),
            None => (self.compared.as_ref().unwrap_or(&self.asked), ComparedWith::All),
        }
    }

    /// Every group whose members are compared with each other.
    pub(super) fn kinds(&self) -> &[Group] {
        &self.kinds
    }
}

/// Amounts of either sign may add up to nothing.
fn has_data(Counted { evidence, totals }: Counted<'_>, metric: usize, row: usize) -> bool {
    let in_bucket = |bucket| !is_empty(evidence.bucket(metric, row, bucket));
    !is_empty(totals.sums(metric, row)) || (0..evidence.buckets()).any(in_bucket)
}

/// Rows by the kind that the map names; those without a kind are compared with all.
fn by_kind(map: &JourneyMap, asked: &[usize]) -> Vec<Vec<usize>> {
    let kinds = map.by_kind(asked.iter().map(|&row| TouchpointId(row as u32)));
    let named = kinds.into_iter().filter(|(kind, _)| kind.is_some());
    named.map(|(_, members)| members.into_iter().map(TouchpointId::index).collect()).collect()
}
