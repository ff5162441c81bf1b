//! The absorbing Markov chain on the touchpoint graph: a graph and drop-off shares in, solutions with residuals out.

mod absorbing_chain;
mod linear;
mod rows;

pub use absorbing_chain::{AbsorbingChain, Absorption, Visits};
