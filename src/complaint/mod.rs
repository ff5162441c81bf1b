//! Complaints: the register, and the ladder by which a complaint finds the touchpoint that it is about.

mod attribution;
mod preset;
mod register;

pub use attribution::{Attribution, Rung, attribute};
pub use preset::{Preset, PresetFault};
pub use register::{
    Attributed, Complaint, Complaints, Join, RegisterCounts, RegisterError, RegisterFault,
    RegisterReader, RegisterSummary,
};
