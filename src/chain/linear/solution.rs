//! What solving gives.

/// The largest residual of a solution that counts as settled.
const ACCEPTED: f64 = 1e-10;

/// A solution and the largest amount by which it misses an equation, relative to its largest value.
///
/// An equation is taken as that of the chain without its self-loops, which is at least as strict. The residual is no
/// bound on the error: where a journey takes `n` steps to leak out, the error may be `n` times as large.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solution {
    /// One value a state.
    pub values: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value.
    pub residual: f64,
}

impl Solution {
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.residual <= ACCEPTED
    }
}
