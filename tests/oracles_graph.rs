//! Graph measures, neighbourhoods, comparisons and diversity against numbers that networkx, pm4py, spdep, esda, R and
//! scipy give.
//!
//! A few of them stand here as literals. All of them are read from the folder of oracle cases where it is at hand:
//! `$TOUCHPOINT_SHARED/oracles`, or `shared/oracles` beside the repository.

mod support;

#[path = "oracles_graph/compare.rs"]
mod compare;
#[path = "oracles_graph/directly_follows.rs"]
mod directly_follows;
#[path = "oracles_graph/diversity.rs"]
mod diversity;
#[path = "oracles_graph/funnel.rs"]
mod funnel;
#[path = "oracles_graph/local.rs"]
mod local;
#[path = "oracles_graph/measures.rs"]
mod measures;
#[path = "oracles_stats/shared.rs"]
#[allow(dead_code, reason = "the module serves several test files")]
mod shared;
