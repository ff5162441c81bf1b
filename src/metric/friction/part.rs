//! The parts of friction, in the order in which a visit is charged.

use serde::Serialize;

use crate::map::Text;

/// What a visit is charged to: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The visit failed.
    Failure,
    /// The customer had been in contact within the repeat window.
    RepeatContact,
    /// It directly follows a visit to the same touchpoint, one of which had succeeded.
    SelfLoop,
    /// It returns after leaving, one visit having succeeded before.
    Rework,
    /// It moves to an earlier stage, which the map does not expect.
    BackTrack,
    /// It came by another channel than the visit before, which the map does not allow.
    ChannelSwitch,
    /// It took longer than the benchmark.
    Waiting,
}

impl Part {
    /// Every part in the order of charging.
    pub const ALL: [Self; 7] = [
        Self::Failure,
        Self::RepeatContact,
        Self::SelfLoop,
        Self::Rework,
        Self::BackTrack,
        Self::ChannelSwitch,
        Self::Waiting,
    ];

    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// Its name in JSON and CSV.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.keys().0
    }

    /// The name of how often it held, charged or not.
    pub(super) const fn held_key(self) -> &'static str {
        self.keys().1
    }

    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Failure => ("failure", "failure_held"),
            Self::RepeatContact => ("repeat_contact", "repeat_contact_held"),
            Self::SelfLoop => ("self_loop", "self_loop_held"),
            Self::Rework => ("rework", "rework_held"),
            Self::BackTrack => ("back_track", "back_track_held"),
            Self::ChannelSwitch => ("channel_switch", "channel_switch_held"),
            Self::Waiting => ("waiting", "waiting_held"),
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> Text {
        let (en, zh) = match self {
            Self::Failure => ("failure", "失败"),
            Self::RepeatContact => ("repeat contact", "重复联系"),
            Self::SelfLoop => ("self-loop", "原地重复"),
            Self::Rework => ("rework", "返工"),
            Self::BackTrack => ("back-track", "回退"),
            Self::ChannelSwitch => ("channel switch", "渠道切换"),
            Self::Waiting => ("waiting", "等待"),
        };
        Text::both(en, zh)
    }
}

/// Some of the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    pub(super) fn insert_if(&mut self, part: Part, holds: bool) {
        self.0 |= u8::from(holds) << part.index();
    }

    /// What the visit is charged to: the first; waiting, which costs nothing then, where none holds.
    pub(super) fn charged(self) -> Part {
        Part::ALL[(self.0 | 1 << Part::Waiting.index()).trailing_zeros() as usize]
    }

    pub(super) fn holds(self, part: Part) -> bool {
        self.0 >> part.index() & 1 == 1
    }

    /// In the order of charging.
    pub(super) fn iter(self) -> impl Iterator<Item = Part> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let part = Part::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*part)
        })
    }
}
