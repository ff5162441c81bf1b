//! Statistics against numbers that R, scipy, statsmodels and printed tables give.
//!
//! A few of them stand here as literals. All of them are read from the folder of oracle cases where it is at hand:
//! `$TOUCHPOINT_SHARED/oracles`, or `shared/oracles` beside the repository.

mod support;

#[path = "oracles_stats/duration.rs"]
mod duration;
#[path = "oracles_stats/multiplicity.rs"]
mod multiplicity;
#[path = "oracles_stats/proportion.rs"]
mod proportion;
#[path = "oracles_stats/rate.rs"]
mod rate;
#[path = "oracles_stats/resampling.rs"]
mod resampling;
#[path = "oracles_stats/shared.rs"]
mod shared;
#[path = "oracles_stats/shrinkage.rs"]
mod shrinkage;
#[path = "oracles_stats/special.rs"]
mod special;
