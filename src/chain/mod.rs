//! The absorbing Markov chain on the touchpoint graph: a graph and drop-off shares in, solutions with residuals out.

mod absorbing_chain;
mod absorbing_matrix;
mod linear;
mod rows;

pub use absorbing_chain::{AbsorbingChain, Absorption, Visits};
pub use absorbing_matrix::AbsorbingMatrix;
pub use linear::{DENSE_AT_MOST, Solution};
