//! Dense numbers for what a map names: positions in the map's own lists.

use serde::Serialize;

/// A touchpoint's place in [`JourneyMap::touchpoints`](super::JourneyMap::touchpoints).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TouchpointId(pub u32);

/// A stage's place in [`JourneyMap::stages`](super::JourneyMap::stages): stages are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StageId(pub u32);

/// A channel's place in [`JourneyMap::channels`](super::JourneyMap::channels).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ChannelId(pub u32);

impl TouchpointId {
    /// As an index into a table with one row a touchpoint.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl StageId {
    /// As an index into a table with one row a stage.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ChannelId {
    /// As an index into a table with one row a channel.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
