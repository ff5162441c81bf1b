//! Counting over gaps.

use super::Due;
use super::measure::Measure;

/// Numbers that do not count: from one on and before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gap {
    pub(super) from: i64,
    /// [`LASTING`](Self::LASTING) where no end is known.
    pub(super) until: i64,
}

impl Gap {
    /// The end of a gap that lasts.
    pub(super) const LASTING: i64 = i64::MAX;
}

/// The number after the last of so many that count, from a first one on.
pub(super) fn after(
    measure: Measure<'_>,
    first: i64,
    amount: i64,
    gaps: impl Iterator<Item = Gap>,
) -> Result<i64, Due> {
    let (mut next, mut left) = (first, amount);
    for gap in in_order(gaps) {
        let gap_from = gap.from.max(next);
        if gap.until <= gap_from {
            continue;
        }
        if let Some(after) = measure.after(next, left).filter(|after| *after <= gap_from) {
            return Ok(after);
        }
        left -= measure.count(next, gap_from).ok_or(measure.lack())?;
        if gap.until == Gap::LASTING {
            return Err(Due::Standing);
        }
        next = gap.until;
    }
    measure.after(next, left).ok_or(measure.lack())
}

/// Gaps by where they begin. Most limits have none, which takes no memory.
fn in_order(gaps: impl Iterator<Item = Gap>) -> Vec<Gap> {
    let mut gaps: Vec<_> = gaps.collect();
    gaps.sort_unstable();
    gaps
}
