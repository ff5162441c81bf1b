//! Which touchpoints are compared with each other, and their sums by bucket.

use super::pool::{Pool, is_empty};
use super::scorecard::ComparedWith;
use crate::map::{JourneyMap, TouchpointId};
use crate::metric::{Evidence, Metric};

/// Touchpoints that are compared with each other.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// In the order of the map.
    pub(super) members: Vec<usize>,
    pub(super) total: Pool,
    pub(super) by_bucket: Vec<Pool>,
}

impl Group {
    pub(super) fn contains(&self, row: usize) -> bool {
        self.members.binary_search(&row).is_ok()
    }

    fn new(evidence: &Evidence, metric: usize, members: Vec<usize>) -> Self {
        let empty = Pool::empty(evidence.columns(metric));
        let (mut total, mut by_bucket) = (empty.clone(), Vec::with_capacity(evidence.buckets()));
        for bucket in 0..evidence.buckets() {
            let mut pool = empty.clone();
            for &row in &members {
                pool.add(evidence.bucket(metric, row, bucket));
            }
            total.add(pool.sums());
            by_bucket.push(pool);
        }
        Self { members, total, by_bucket }
    }
}

/// One metric's touchpoints: all that are asked, and those that others are compared with, together and by kind.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub(super) asked: Group,
    compared: Group,
    kinds: Vec<Group>,
    /// Each row's kind, if that has another member to compare with.
    kind_of: Vec<Option<usize>>,
}

impl Groups {
    pub(super) fn new(
        map: &JourneyMap,
        evidence: &Evidence,
        place: usize,
        metric: &dyn Metric,
    ) -> Self {
        let touchpoints = map.touchpoints();
        let asked: Vec<usize> = (0..touchpoints.len())
            .filter(|&row| metric.not_asked(map, &touchpoints[row]).is_none())
            .filter(|&row| has_data(evidence, place, row))
            .collect();
        let compared = |rows: &[usize]| -> Vec<usize> {
            rows.iter().copied().filter(|&row| metric.is_compared_with(&touchpoints[row])).collect()
        };
        let mut kind_of = vec![None; touchpoints.len()];
        let mut kinds = Vec::new();
        for rows in by_kind(map, &asked) {
            let group = Group::new(evidence, place, compared(&rows));
            for &row in rows.iter().filter(|&&row| group.members.iter().any(|&other| other != row))
            {
                kind_of[row] = Some(kinds.len());
            }
            kinds.push(group);
        }
        let compared = Group::new(evidence, place, compared(&asked));
        Self { asked: Group::new(evidence, place, asked), compared, kinds, kind_of }
    }

    /// The group that a touchpoint is compared with, and which that is.
    pub(super) fn of(&self, row: usize) -> (&Group, ComparedWith) {
        match self.kind_of[row] {
            Some(kind) => (&self.kinds[kind], ComparedWith::Kind),
            None => (&self.compared, ComparedWith::All),
        }
    }

    /// Every group whose members are compared with each other.
    pub(super) fn kinds(&self) -> &[Group] {
        &self.kinds
    }
}

fn has_data(evidence: &Evidence, metric: usize, row: usize) -> bool {
    (0..evidence.buckets()).any(|bucket| !is_empty(evidence.bucket(metric, row, bucket)))
}

/// Rows by the kind that the map names; those without a kind are compared with all.
fn by_kind(map: &JourneyMap, asked: &[usize]) -> Vec<Vec<usize>> {
    let kinds = map.by_kind(asked.iter().map(|&row| TouchpointId(row as u32)));
    let named = kinds.into_iter().filter(|(kind, _)| kind.is_some());
    named.map(|(_, members)| members.into_iter().map(TouchpointId::index).collect()).collect()
}
