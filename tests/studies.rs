//! Planted problems must be found, data without problems must give none, and intervals must hold what they promise.
//!
//! The small versions with fixed seeds run with the suite. The studies in full print their tables:
//! `cargo test --release --test studies -- --ignored --nocapture`.

mod support;

#[path = "studies/censoring.rs"]
mod censoring;
#[path = "studies/coverage.rs"]
mod coverage;
#[path = "studies/margin.rs"]
mod margin;
#[path = "studies/null.rs"]
mod null;
#[path = "studies/planted.rs"]
mod planted;
#[path = "studies/ranking.rs"]
mod ranking;
#[path = "studies/shared.rs"]
mod shared;
#[path = "studies/truth.rs"]
mod truth;
