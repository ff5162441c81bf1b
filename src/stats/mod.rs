//! Plain numbers that know no journeys: counts and sums in, probabilities, intervals and estimates out.
//!
//! What is undefined is `None`; nothing here panics or answers NaN, whatever the input, and the same input gives the
//! same bits.

#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "a test that asks for equality means every bit")
)]

pub mod divergence;
pub mod diversity;
pub mod duration;
pub mod entropy;
pub mod funnel;
pub mod histogram;
pub mod homogeneity;
pub mod local;
pub(crate) mod multinomial;
pub mod multiplicity;
pub mod predictability;
pub mod proportion;
pub mod rate;
pub mod resampling;
mod root;
pub mod shrinkage;
pub mod special;
pub mod two_by_two;
pub mod two_sample;

/// Two ends of an interval, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}
