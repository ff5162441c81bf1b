//! Newton's method for the logarithm of a tail, seen in a variable in which that logarithm is concave.
//!
//! The tails of a log-concave density are log-concave (Bagnoli & Bergstrom, *Econ. Theory* 26 (2005) 445), and the
//! gamma density of `ln x` and the beta density of `ln(x / (1 - x))` are log-concave for all shapes. On a concave
//! function each Newton step lands on the same side of the root, so it cannot run to and fro.

/// A tail probability and the absolute density, both at one point.
pub(super) struct Tail {
    pub probability: f64,
    pub slope: f64,
}

/// The largest logarithm whose exponential, and that of its negative, is an ordinary number.
const LARGEST: f64 = 708.0;

/// The point where the logarithm of the tail is `target`, from `start`; `centre` is a point with mass on both sides.
///
/// The slope is negative for an upper tail. At most 100 steps.
pub(super) fn solve(target: f64, start: f64, centre: f64, tail: impl Fn(f64) -> Tail) -> f64 {
    let mut at = start.clamp(-LARGEST, LARGEST);
    for _ in 0..100 {
        let Tail { probability, slope } = tail(at);
        let step = (target - probability.ln()) * probability / slope;
        // so far out that the tail is lost below the smallest number
        let step = if step.is_finite() { step } else { (centre - at) / 2.0 };
        let next = (at + step).clamp(-LARGEST, LARGEST);
        let moved = (next - at).abs();
        at = next;
        if moved <= 1e-14 * at.abs().max(1.0) {
            break;
        }
    }
    at
}
