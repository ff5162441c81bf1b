//! The check: a pack, a log and a register in, a verdict on every obligation out.
//!
//! Rules are first put into numbers, then held against the log, one pass for each customer, and against each row of the
//! register. What is unknown is never taken as met: an obligation is judged once with all that is unknown taken for
//! whoever has to keep the rule and once against them, and where the two differ the verdict is undetermined.

mod absent;
mod checker;
mod clockwork;
mod count;
mod coverage;
mod deadline;
mod docket;
mod filed;
mod fold;
mod hits;
mod judge;
mod look;
mod matches;
mod parting;
mod pattern;
mod places;
mod plan;
mod precedes;
mod reading;
mod recording;
mod rulebook;
mod ruling;
mod run;
mod sources;
mod spans;
mod tally;
mod timeline;
mod trace;
mod trigger;
mod truth;
mod words;

pub use checker::Checker;
