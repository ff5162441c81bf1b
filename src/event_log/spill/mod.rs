//! Events beyond memory: those of a builder in, files of whole customers out, and read back as parts of the log.
//!
//! Nothing here outlives the process that wrote it, so the form of the files is nobody else's business.

mod allowance;
mod batch;
mod cells;
mod file;
mod folder;
mod holders;
mod part_file;
mod partitions;
mod spiller;
mod whole;

pub(super) use allowance::{Allowance, Memory};
pub(super) use spiller::{Spilled, Spiller};
