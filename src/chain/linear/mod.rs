//! The equations of an absorbing chain: rows of probabilities and constants in, solutions with their residuals out.
//!
//! Small chains are eliminated without a subtraction, so that every entry is right to rounding however slowly the
//! chain leaks; large ones are swept with acceleration.

mod equations;
mod factors;
mod inverse;
mod krylov;
mod order;
mod reduction;
mod solution;
mod sweeps;
mod tile;

pub use equations::DENSE_AT_MOST;
pub(super) use equations::{Direction, Equations};
pub use solution::Solution;
