//! The whole ledger as CSV, row by row while the log is read.

use std::io::{self, Write};

use super::Reject;

/// Writes rejected rows: file, line, byte, column, reason, message, row.
pub(super) struct LedgerFile<'a> {
    rows: csv::Writer<Box<dyn Write + Send + 'a>>,
}

impl<'a> LedgerFile<'a> {
    pub(super) fn new(writer: Box<dyn Write + Send + 'a>) -> csv::Result<Self> {
        let mut rows = csv::Writer::from_writer(writer);
        rows.write_record(["file", "line", "byte", "column", "reason", "message", "row"])?;
        Ok(Self { rows })
    }

    pub(super) fn write(&mut self, file: &str, reject: &Reject) -> csv::Result<()> {
        self.rows.write_record([
            file.as_bytes(),
            reject.position.line.to_string().as_bytes(),
            reject.position.byte.to_string().as_bytes(),
            reject.column.as_bytes(),
            reject.reason.name().as_bytes(),
            reject.message.as_bytes(),
            &reject.row,
        ])
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}
