//! One pass over the rows of a file.

use std::cell::Cell;
use std::rc::Rc;

use super::account::Account;
use super::header::Header;
use super::input::Input;
use super::ledger_file::LedgerFile;
use super::reader::{Progress, ledger_fault};
use super::records::Records;
use super::row::{RowFault, RowReader, field};
use super::{EventLog, EventLogBuilder, Ledger, LogFault, LogReader, ReadCounts, Reject};

/// Rows on their way from the file into the log, or into the ledger.
pub(super) struct Pass<'a, 'i> {
    records: Records<'i>,
    rows: RowReader,
    builder: EventLogBuilder,
    counts: ReadCounts,
    ledger: Ledger,
    ledger_file: Option<LedgerFile<'a>>,
    delimiter: u8,
    zone: Option<String>,
    is_strict: bool,
    progress: Option<Progress<'a>>,
    taken: Rc<Cell<u64>>,
}

/// Rows between two reports of progress.
const STRIDE: u64 = 4_096;

impl<'a, 'i> Pass<'a, 'i> {
    /// Reads the header.
    pub(super) fn new(
        reader: LogReader<'a>,
        input: Input<'i>,
        ledger_file: Option<LedgerFile<'a>>,
    ) -> Result<Self, LogFault> {
        let LogReader { section, known, is_strict, zone, progress, .. } = reader;
        let (delimiter, taken) = (section.delimiter, Rc::clone(&input.taken));
        let zone = zone.or_else(|| section.zone.clone());
        let mut builder = EventLog::builder().columns(&section.columns).means(section.means);
        if section.drop_duplicates {
            builder = builder.drop_duplicates();
        }
        let mut records = Records::new(input, delimiter);
        let header = header(&mut records)?;
        let rows = RowReader::new(section, header, zone.as_deref(), known)?;
        let (counts, ledger) = (ReadCounts::default(), Ledger::default());
        Ok(Self {
            records,
            rows,
            builder,
            counts,
            ledger,
            ledger_file,
            delimiter,
            zone,
            is_strict,
            progress,
            taken,
        })
    }

    pub(super) fn read(mut self) -> Result<EventLog, LogFault> {
        while self.records.advance()? {
            self.counts.rows += 1;
            self.take_row()?;
            if self.counts.rows.is_multiple_of(STRIDE) {
                self.report_progress();
            }
        }
        self.report_progress();
        self.finish()
    }

    fn take_row(&mut self) -> Result<(), LogFault> {
        match self.rows.read(self.records.record()) {
            Ok(Some(row)) => {
                let line = self.records.line();
                self.builder.push_from(&row.event(), Some(line)).map_err(LogFault::Event)
            }
            Ok(None) => {
                self.counts.filtered += 1;
                Ok(())
            }
            Err(fault) if fault.lacks_zone => Err(self.no_zone()),
            Err(fault) => self.set_aside(fault),
        }
    }

    fn set_aside(&mut self, fault: RowFault) -> Result<(), LogFault> {
        self.counts.rejected += 1;
        let reject = self.reject(fault);
        if let Some(file) = &mut self.ledger_file {
            file.write(&reject).map_err(ledger_fault)?;
        }
        if self.is_strict {
            return Err(LogFault::Rejected(Box::new(reject)));
        }
        self.ledger.add(reject);
        Ok(())
    }

    fn reject(&self, fault: RowFault) -> Reject {
        let RowFault { place, reason, message, .. } = fault;
        Reject {
            position: self.records.position(place),
            column: place.map_or_else(String::new, |place| self.rows.heading(place).to_owned()),
            reason,
            message,
            row: self.records.joined(self.delimiter),
        }
    }

    fn no_zone(&self) -> LogFault {
        let place = self.rows.time_place();
        let found = field(self.records.record(), place);
        LogFault::NoZone {
            position: self.records.position(Some(place)),
            column: self.rows.heading(place).to_owned(),
            found: String::from_utf8_lossy(found).into_owned(),
        }
    }

    fn report_progress(&mut self) {
        if let Some(progress) = &mut self.progress {
            progress(self.taken.get(), self.counts.rows);
        }
    }

    fn finish(self) -> Result<EventLog, LogFault> {
        if self.counts.rows == 0 {
            return Err(LogFault::HeaderOnly);
        }
        if let Some(file) = self.ledger_file {
            file.finish().map_err(LogFault::Ledger)?;
        }
        let mut log = self.builder.finish();
        let ReadCounts { rows, filtered, rejected, .. } = self.counts;
        let counts = ReadCounts { rows, filtered, rejected, ..log.account.counts };
        let zone_assumed = self.zone.filter(|_| self.rows.zone_used());
        let (ledger, format_counts) = (self.ledger, self.rows.format_counts());
        log.account = Account { counts, ledger, format_counts, zone_assumed };
        Ok(log)
    }
}

fn header(records: &mut Records<'_>) -> Result<Header, LogFault> {
    if !records.advance()? {
        return Err(LogFault::Empty);
    }
    let record = records.record();
    Ok(Header::new((0..record.len()).map(|place| field(record, place))))
}
