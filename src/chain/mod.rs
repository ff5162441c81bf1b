//! The absorbing Markov chain on the touchpoint graph: a graph and drop-off shares in, solutions with residuals out.

mod absorbing_chain;
mod absorbing_matrix;
mod bypass;
mod dependence;
mod destination;
mod flow;
mod length;
mod linear;
mod observed_row;
mod observed_rows;
mod passages;
mod repair;
mod reward;
mod row_edit;
mod rows;
mod split;
mod state_row;
mod thin_rows;
mod visit_times;

pub use absorbing_chain::{AbsorbingChain, Absorption, Visits};
pub use absorbing_matrix::AbsorbingMatrix;
pub use bypass::Bypass;
pub use dependence::{Credit, Dependence, Removal};
pub use destination::Destination;
pub use flow::Flow;
pub use length::{JourneyLength, Spread, StateLength, VisitTime};
pub use linear::{DENSE_AT_MOST, Solution};
pub use passages::Passages;
pub use repair::Repair;
pub use reward::Reward;
pub use row_edit::{EditChange, RowEdit};
pub use split::{Split, SplitBy, StatePart, StateSplit, TransitionPart};
pub use state_row::{RowChange, StateRow};
pub use thin_rows::ThinRows;
pub use visit_times::VisitTimes;
