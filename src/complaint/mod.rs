//! Complaints: the register, and the ladder by which a complaint finds the touchpoint that it is about; then what they
//! mean, how many there are of what, and how long they took.

mod attribution;
mod caseload;
pub mod facet;
mod focus;
mod preset;
mod rates;
mod register;
mod rollup;
#[cfg(test)]
pub(crate) mod sample;
mod tally;
mod timeliness;
mod upheld;

pub use attribution::{Attribution, Rung, attribute};
pub use caseload::{Case, Caseload, LeftOut};
pub use focus::{Focus, OwnerLine, by_owner};
pub use preset::{Preset, PresetFault};
pub use rates::{ComplaintRate, PeerComparison, PeerOutcome, RatePer, rates};
pub use register::{
    Attributed, Complaint, Complaints, Join, RegisterCounts, RegisterError, RegisterFault,
    RegisterReader, RegisterSummary,
};
pub use rollup::{By, Group, RollUp, RollUpLine};
pub use tally::Tally;
pub use timeliness::{Band, BandLine, ThreeDays, Timeliness};
pub use upheld::Upheld;
