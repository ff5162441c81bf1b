//! The absorbing chain against numbers that R, markovchain, msm and `ChannelAttribution` give.
//!
//! A few of them stand here as literals. All of them are read from the folder of oracle cases where it is at hand:
//! `$TOUCHPOINT_SHARED/oracles`, or `shared/oracles` beside the repository.

#![allow(clippy::unreadable_literal, reason = "numbers stand as they are printed")]

mod support;

#[path = "oracles_chain/attribution.rs"]
mod attribution;
#[path = "oracles_chain/markov.rs"]
mod markov;
#[path = "oracles_stats/shared.rs"]
#[allow(dead_code, reason = "the statistics use all of it")]
mod shared;
#[path = "oracles_chain/shift.rs"]
mod shift;
#[path = "oracles_chain/states.rs"]
mod states;
#[path = "oracles_chain/what_if.rs"]
mod what_if;
