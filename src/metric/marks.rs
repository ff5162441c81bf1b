//! Which touchpoints were met since a moment, at a cost that does not grow with the map.

use crate::map::TouchpointId;

/// Marks on touchpoints that are all taken off at once.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    rounds: Vec<u64>,
    round: u64,
}

impl Marks {
    pub(super) fn new(rows: usize) -> Self {
        Self { rounds: vec![0; rows], round: 1 }
    }

    /// Takes all marks off.
    pub fn clear(&mut self) {
        self.round += 1;
    }

    /// Marks a touchpoint; whether it was unmarked before.
    pub fn mark(&mut self, touchpoint: TouchpointId) -> bool {
        let round = &mut self.rounds[touchpoint.index()];
        std::mem::replace(round, self.round) != self.round
    }

    /// Whether a touchpoint is marked.
    #[must_use]
    pub fn is_marked(&self, touchpoint: TouchpointId) -> bool {
        self.rounds[touchpoint.index()] == self.round
    }
}
