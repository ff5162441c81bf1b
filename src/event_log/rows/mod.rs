//! The rows of a log: bytes of a file in, blocks of events and rejected rows out.
//!
//! A file is cut into chunks at the ends of rows. Chunks are parsed one by one, by as many threads as there are, and what
//! became of them is put together in the order of the file.

mod block;
mod chunk;
mod cut;
mod fields;
mod header;
mod ids;
mod lines;
mod numbers;
mod parser;
mod plain;
mod quotes;
mod read;
mod reference;
mod table;
#[cfg(test)]
mod tests;
mod within;

pub(super) use block::{Block, Dictionaries};
pub(super) use chunk::{Chunk, Part};
pub(super) use cut::{CHUNK, CutFault, Cutter};
pub(super) use header::Header;
pub(super) use numbers::Numbers;
pub(super) use parser::{Parsed, Parser};
pub(crate) use table::{Table, TableRow};
