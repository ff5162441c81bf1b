//! The earliest and the latest moments of a log.

use crate::time::Timestamp;

/// Where the moments of a log lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
    /// The 99.99th percentile (the lower nearest rank).
    pub(super) usual_last: Timestamp,
}

impl Bounds {
    /// The bounds of some moments in any order; `None` where there are none.
    pub(super) fn new(times: &[Timestamp]) -> Option<Self> {
        let (first, last) = (*times.iter().min()?, *times.iter().max()?);
        let mut highest = Highest::of_a_log(times.len());
        for &time in times {
            highest.note(time);
        }
        Some(Self { first, last, usual_last: highest.least()? })
    }
}

/// The highest ten-thousandth of some moments, kept as they pass.
#[derive(Clone, Debug)]
pub(super) struct Highest {
    /// How many are wanted.
    number: usize,
    /// At most twice as many as are wanted.
    kept: Vec<Timestamp>,
    /// Of the moments below this none is wanted.
    floor: Timestamp,
}

impl Highest {
    /// Those of a log of so many events that lie at the 99.99th percentile or above it.
    pub(super) fn of_a_log(events: usize) -> Self {
        let before = events.saturating_sub(1);
        let rank = before / 10_000 * 9_999 + before % 10_000 * 9_999 / 10_000;
        let number = events - rank.min(events);
        Self { number, kept: Vec::with_capacity(2 * number), floor: Timestamp(i64::MIN) }
    }

    pub(super) fn note(&mut self, time: Timestamp) {
        if time < self.floor {
            return;
        }
        self.kept.push(time);
        if self.kept.len() == 2 * self.number {
            self.cut();
        }
    }

    /// The lowest of the highest.
    pub(super) fn least(mut self) -> Option<Timestamp> {
        self.cut();
        self.kept.get(self.number.checked_sub(1)?).copied()
    }

    fn cut(&mut self) {
        if self.kept.len() >= self.number && self.number > 0 {
            let (_, least, _) = self.kept.select_nth_unstable_by(self.number - 1, |a, b| b.cmp(a));
            self.floor = *least;
            self.kept.truncate(self.number);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_passes_is_what_sorting_would_find(
            mut times in prop::collection::vec((0_i64..1_000).prop_map(Timestamp), 1..200),
            copies in 1_usize..300,
        ) {
            let many: Vec<Timestamp> = times.iter().copied().cycle().take(times.len() * copies).collect();
            let bounds = Bounds::new(&many).expect("there are moments");
            times.sort();
            let rank = (many.len() - 1) as u128 * 9_999 / 10_000;
            prop_assert_eq!(bounds.usual_last, times[rank as usize / copies]);
            prop_assert_eq!((bounds.first, bounds.last), (times[0], times[times.len() - 1]));
        }
    }
}
