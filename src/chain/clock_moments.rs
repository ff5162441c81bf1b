//! The mean and the mean square of times of which quantiles are known.

use super::length::VisitTime;
use crate::graph::ClockTime;
use crate::time::Micros;

/// A piece that can no longer move the second moment by this part of it is not looked at more closely.
const NEGLIGIBLE: f64 = 1e-5;

/// Mean in seconds and second moment in seconds squared, to 1 % and 2 %; `None` where nothing was timed.
///
/// A moment is the integral of the quantile function's power. Ranks are halved until both ends of a piece fall into one
/// bucket of the clock, or the piece is negligible; the largest times come first, for they decide what is negligible.
pub(super) fn moments(clock: &ClockTime) -> Option<VisitTime> {
    let count = clock.count();
    let whole = Piece::new(clock, 1, count)?;
    let (mut pieces, mut sums) = (vec![whole], [0.0; 2]);
    while let Some(piece) = pieces.pop() {
        if piece.is_settled(sums[1]) {
            sums = [sums[0] + piece.sum(1), sums[1] + piece.sum(2)];
            continue;
        }
        let middle = piece.first.midpoint(piece.last);
        pieces.extend(Piece::new(clock, piece.first, middle));
        pieces.extend(Piece::new(clock, middle + 1, piece.last));
    }
    let [mean, square] = sums.map(|sum| sum / count as f64);
    // both are sums of roundings: a constant time has no negative variance
    Some(VisitTime { mean, second_moment: square.max(mean * mean) })
}

/// The times of ranks `first..=last`, which lie between `low` and `high` seconds.
struct Piece {
    first: u64,
    last: u64,
    low: f64,
    high: f64,
}

impl Piece {
    fn new(clock: &ClockTime, first: u64, last: u64) -> Option<Self> {
        let of_rank = |rank: u64| {
            let time = clock.quantile((rank as f64 - 0.5) / clock.count() as f64)?;
            Some(time.0 as f64 / Micros::PER_SECOND as f64)
        };
        Some(Self { first, last, low: of_rank(first)?, high: of_rank(last)? })
    }

    fn is_settled(&self, squares: f64) -> bool {
        let between = self.ranks() - 2.0;
        between * (self.high.powi(2) - self.low.powi(2)) <= NEGLIGIBLE * squares
    }

    /// The ends weigh by themselves, what lies between them as their mean.
    fn sum(&self, power: i32) -> f64 {
        self.ranks() * f64::midpoint(self.low.powi(power), self.high.powi(power))
    }

    fn ranks(&self) -> f64 {
        (self.last - self.first + 1) as f64
    }
}
