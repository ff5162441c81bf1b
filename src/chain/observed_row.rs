//! Where at-risk visits to one touchpoint were seen to lead: counts in, a row of the chain out.

use super::absorbing_chain::{ENDS, START, Shares, state};
use crate::graph::Node;
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap};

/// At-risk transitions out of a touchpoint that is no end, parted by what they mean.
#[derive(Clone, Debug, Default)]
pub(super) struct ObservedRow {
    /// To touchpoints that are no loss, and to the next segment.
    pub(super) on: Vec<(u32, f64)>,
    lost: Vec<(u32, f64)>,
    silent: f64,
}

/// The state that the visits of a kind go on to together, and the part of a row that it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pooled {
    pub(super) state: u32,
    pub(super) weight: f64,
}

impl ObservedRow {
    pub(super) fn of(map: &JourneyMap, steps: &[(Node, u64)]) -> Self {
        let mut row = Self::default();
        for &(to, count) in steps.iter().filter(|(_, count)| *count > 0) {
            let count = count as f64;
            match to {
                Node::Touchpoint(to) if map.touchpoint(to).end == Some(End::Lost) => {
                    row.lost.push((state(to), count));
                }
                Node::Touchpoint(to) => row.on.push((state(to), count)),
                Node::End(JourneyEnd::Continued) => row.on.push((START, count)),
                Node::End(JourneyEnd::Abandoned) => row.silent += count,
                Node::Start | Node::End(_) => {}
            }
        }
        row
    }

    /// The row by these counts alone.
    pub(super) fn shares(&self, drop_off: Option<f64>) -> Shares {
        self.parted(self.dropped(drop_off), None)
    }

    /// The same drop-off, and a part of what goes on by the pool; `None` where no drop-off share is known.
    pub(super) fn topped_up(&self, drop_off: Option<f64>, pooled: Pooled) -> Option<Shares> {
        let dropped = usable(drop_off).or_else(|| self.observed())?;
        let weight = if self.stayed() > 0.0 { pooled.weight } else { 1.0 };
        Some(self.parted(dropped, Some(Pooled { weight, ..pooled })))
    }

    fn parted(&self, dropped: f64, pooled: Option<Pooled>) -> Shares {
        let (mut on, mut lost, left) = (self.on.clone(), self.lost.clone(), self.left());
        let own = pooled.map_or(1.0, |pooled| 1.0 - pooled.weight);
        scale(&mut on, own * (1.0 - dropped), self.stayed());
        scale(&mut lost, dropped, left);
        let silence = if left > 0.0 { dropped * self.silent / left } else { dropped };
        on.extend(pooled.map(|pooled| (pooled.state, pooled.weight * (1.0 - dropped))));
        on.append(&mut lost);
        let mut exits = [0.0; ENDS.len()];
        exits[ENDS.len() - 1] = silence;
        (on, exits)
    }

    /// The share that drops off: where nothing stayed, no destination is known for any other share.
    fn dropped(&self, drop_off: Option<f64>) -> f64 {
        let observed = self.observed().unwrap_or(0.0);
        let share = usable(drop_off).unwrap_or(observed);
        if self.stayed() > 0.0 || share.max(observed) <= 0.0 { share } else { 1.0 }
    }

    /// The share of the decided visits that dropped off; `None` where none was decided.
    fn observed(&self) -> Option<f64> {
        let (stayed, left) = (self.stayed(), self.left());
        (stayed + left > 0.0).then(|| left / (stayed + left))
    }

    fn stayed(&self) -> f64 {
        total(&self.on)
    }

    fn left(&self) -> f64 {
        self.silent + total(&self.lost)
    }
}

/// A share within 0..=1; `None` where it is no number.
fn usable(drop_off: Option<f64>) -> Option<f64> {
    drop_off.filter(|share| !share.is_nan()).map(|share| share.clamp(0.0, 1.0))
}

pub(super) fn total(counts: &[(u32, f64)]) -> f64 {
    counts.iter().map(|(_, count)| count).sum()
}

/// Turns counts into their parts of a share.
pub(super) fn scale(counts: &mut [(u32, f64)], share: f64, total: f64) {
    for (_, count) in counts {
        *count *= share / total;
    }
}
