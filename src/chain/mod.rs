//! The absorbing Markov chain on the touchpoint graph: a graph and drop-off shares in, exact answers out.

mod absorbing_chain;
mod linear;
mod rows;

pub use absorbing_chain::{AbsorbingChain, Absorption, Visits};
