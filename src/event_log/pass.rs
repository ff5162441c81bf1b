//! One pass over the rows of a log, chunk by chunk: parsed by all threads, put together in the order of the files.

use std::sync::Arc;

use super::account::{Account, FileRows};
use super::first_rows::FileStart;
use super::ledger_file::LedgerFile;
use super::rows::{Chunk, Numbers, Parsed, Parser, Part};
use super::spill::Spiller;
use super::supply::Supply;
use super::{EventLogBuilder, Ledger, LogError, LogFault, LogParts, ReadCounts, Reject};
use crate::map::{LogSection, TimeFormat};
use crate::time::TimeCounts;

/// Is told the bytes taken and the rows read.
pub(super) type Progress<'a> = Box<dyn FnMut(u64, u64) + 'a>;

/// Rows on their way from the files into the log, or into the ledger.
pub(super) struct Pass<'a> {
    pub(super) section: Arc<LogSection>,
    pub(super) builder: EventLogBuilder,
    pub(super) ledger_file: Option<LedgerFile<'a>>,
    pub(super) progress: Option<Progress<'a>>,
    pub(super) zone: Option<String>,
    pub(super) is_strict: bool,
    /// Where a limit of memory was given.
    pub(super) spiller: Option<Spiller>,
    counts: ReadCounts,
    ledger: Ledger,
    times: TimeCounts,
    by_form: Vec<u64>,
    files: Vec<FileRows>,
    /// The file whose rows came last, and the lines of it that were gone through.
    part: Option<Arc<Part>>,
    lines: u64,
    /// Where the files begin, lines counted through all of them.
    starts: Vec<FileStart>,
}

/// A chunk with what is needed to parse it.
pub(super) struct Slot {
    pub(super) chunk: Chunk,
    pub(super) parser: Parser,
    numbers: Numbers,
}

impl Slot {
    pub(super) fn new(parser: Parser) -> Self {
        Self { chunk: Chunk::default(), parser, numbers: Numbers::default() }
    }
}

impl Pass<'_> {
    pub(super) fn new(section: Arc<LogSection>, builder: EventLogBuilder) -> Self {
        Self {
            by_form: vec![0; section.formats.len()],
            section,
            builder,
            ledger_file: None,
            progress: None,
            zone: None,
            is_strict: false,
            spiller: None,
            counts: ReadCounts::default(),
            ledger: Ledger::default(),
            times: TimeCounts::default(),
            files: Vec::new(),
            part: None,
            lines: 0,
            starts: Vec::new(),
        }
    }

    /// Reads all rows; while a few chunks are parsed, those before them are put together and the next are read.
    pub(super) fn read(
        mut self,
        supply: &mut Supply<'_>,
        mut slots: [Vec<Slot>; 2],
    ) -> Result<LogParts, LogError> {
        let [ready, others] = &mut slots;
        let (mut filled, mut parsed) = (supply.fill(ready), 0);
        while filled > 0 {
            let (put_together, refilled) = parse_while(&mut ready[..filled], || {
                let put_together = self.put_together(&mut others[..parsed], supply);
                (put_together, supply.fill(others))
            });
            put_together?;
            std::mem::swap(ready, others);
            (parsed, filled) = (filled, refilled);
        }
        self.put_together(&mut others[..parsed], supply)?;
        if let Some(failure) = supply.failure() {
            let is_begun = self.part.as_ref().is_some_and(|part| failure.is_of(&part.name));
            return Err(failure.after(if is_begun { self.lines } else { 0 }));
        }
        // the buffers are as large as a part may be
        drop(slots);
        self.finish(supply.taken()).map_err(LogError::from)
    }

    fn put_together(&mut self, slots: &mut [Slot], supply: &Supply<'_>) -> Result<(), LogError> {
        for slot in slots {
            self.take_chunk(slot, supply.is_several())?;
            self.make_room(supply.taken())?;
        }
        if let Some(progress) = &mut self.progress {
            progress(supply.taken(), self.counts.rows);
        }
        Ok(())
    }

    fn make_room(&mut self, read: u64) -> Result<(), LogFault> {
        let Some(spiller) = &mut self.spiller else { return Ok(()) };
        spiller.make_room(&mut self.builder, read)
    }

    /// Events so far, those that were spilled included.
    fn events(&self) -> u64 {
        let spilled = self.spiller.as_ref().map_or(0, Spiller::events);
        spilled + self.builder.events() as u64
    }

    fn take_chunk(&mut self, slot: &mut Slot, several: bool) -> Result<(), LogError> {
        let Some(part) = &slot.chunk.part else { return Ok(()) };
        if self.part.as_ref().is_none_or(|last| !Arc::ptr_eq(last, part)) {
            self.begin_file(part, several);
            let file = part.name.to_string();
            self.files.push(FileRows { file, rows: 0, rejected: 0 });
        }
        let file = several.then(|| part.name.to_string());
        let error = |fault| LogError::in_file(&part.name, fault);
        let (times, by_form) = slot.parser.take_time_counts();
        self.times.add(&times);
        self.by_form.iter_mut().zip(by_form).for_each(|(sum, rows)| *sum += rows);
        let Parser { parsed, met, .. } = &mut slot.parser;
        self.counts.rows += parsed.rows;
        self.counts.filtered += parsed.filtered;
        if let Some(file) = self.files.last_mut() {
            file.rows += parsed.rows;
            file.rejected += parsed.rejected();
        }
        self.set_aside(parsed, part, file.as_deref()).map_err(error)?;
        let events = self.events();
        let latest = parsed.block.latest.rows().iter().cloned();
        let lines = self.lines + parsed.lines_before;
        self.builder.note_latest(latest.map(|row| row.after(file.as_deref(), lines, events)));
        let before = lines + self.starts.last().map_or(0, |start| start.lines);
        let appended = self.builder.append(&parsed.block, met, &mut slot.numbers, before);
        appended.map_err(|fault| error(LogFault::Event(fault)))?;
        self.lines += parsed.lines;
        Ok(())
    }

    /// The last line of a file need not end, so that it is not counted: the next begins beyond it.
    fn begin_file(&mut self, part: &Arc<Part>, several: bool) {
        let lines = self.starts.last().map_or(0, |last| last.lines + self.lines + 1);
        let file = several.then(|| part.name.to_string());
        self.starts.push(FileStart { file, lines });
        (self.part, self.lines) = (Some(Arc::clone(part)), 0);
    }

    /// Rejected rows go to the ledger; then the fault that stopped the parser, if one did.
    fn set_aside(
        &mut self,
        parsed: &mut Parsed,
        part: &Part,
        file: Option<&str>,
    ) -> Result<(), LogFault> {
        for mut reject in parsed.rejects.drain(..) {
            reject.position.line += self.lines + 1;
            reject.file = file.map(str::to_owned);
            self.set_row_aside(reject, &part.name)?;
        }
        for (&reason, &rows) in &parsed.more_rejects {
            self.counts.rejected += rows;
            self.ledger.count(reason, rows);
        }
        match parsed.stopped.take() {
            Some(fault) => Err(fault.after_lines(self.lines + 1)),
            None => Ok(()),
        }
    }

    fn set_row_aside(&mut self, reject: Reject, file: &str) -> Result<(), LogFault> {
        self.counts.rejected += 1;
        if let Some(ledger) = &mut self.ledger_file {
            ledger.write(file, &reject).map_err(super::reader::ledger_fault)?;
        }
        if self.is_strict {
            // the error names the file
            return Err(LogFault::Rejected(Box::new(Reject { file: None, ..reject })));
        }
        self.ledger.add(reject);
        Ok(())
    }

    fn finish(mut self, read: u64) -> Result<LogParts, LogFault> {
        if self.counts.rows == 0 {
            return Err(LogFault::HeaderOnly);
        }
        if let Some(ledger) = self.ledger_file.take() {
            ledger.finish().map_err(LogFault::Ledger)?;
        }
        self.make_room(read)?;
        match self.spiller.take().filter(Spiller::has_begun) {
            Some(spiller) => self.finish_in_parts(spiller),
            None => Ok(self.finish_whole()),
        }
    }

    fn finish_whole(mut self) -> LogParts {
        let mut log = std::mem::take(&mut self.builder).finish();
        log.account = self.account(log.account);
        LogParts::from(log)
    }

    fn finish_in_parts(mut self, spiller: Spiller) -> Result<LogParts, LogFault> {
        let mut builder = std::mem::take(&mut self.builder);
        let (names, latest) = (builder.need_of_names(), std::mem::take(&mut builder.latest));
        let mut outline = builder.like().finish_in(Arc::new(builder.take_vocabulary()));
        let on_disk = spiller.finish(builder, &outline.vocabulary, names)?;
        let whole = &on_disk.whole;
        (outline.bounds, outline.latest) = (whole.bounds(), latest);
        outline.several_customers = whole.several_customers;
        outline.whole = Some(whole.customers.clone());
        outline.account =
            self.account(Account { headings: outline.account.headings, ..whole.account.clone() });
        Ok(LogParts::on_disk(outline, on_disk))
    }

    /// What became of the rows, where so many events and duplicates were found.
    fn account(self, found: Account) -> Account {
        let ReadCounts { rows, filtered, rejected, .. } = self.counts;
        let formats: Vec<TimeFormat> = self.section.formats.clone();
        Account {
            counts: ReadCounts { rows, filtered, rejected, ..found.counts },
            ledger: self.ledger,
            format_counts: formats.into_iter().zip(self.by_form).collect(),
            zone_assumed: self.zone.filter(|_| self.times.zone_used > 0),
            times: self.times,
            clock_changes: self.section.clock_changes,
            file_starts: self.starts.into(),
            files: if self.files.len() > 1 { self.files } else { Vec::new() },
            ..found
        }
    }
}

/// Parses chunks by all threads, while this one does something else.
#[cfg(feature = "parallel")]
fn parse_while<R>(slots: &mut [Slot], meanwhile: impl FnOnce() -> R) -> R {
    if rayon::current_num_threads() == 1 {
        return parse_then(slots, meanwhile);
    }
    rayon::in_place_scope(|scope| {
        for Slot { chunk, parser, .. } in slots {
            scope.spawn(|_| parser.parse(chunk));
        }
        meanwhile()
    })
}

#[cfg(not(feature = "parallel"))]
fn parse_while<R>(slots: &mut [Slot], meanwhile: impl FnOnce() -> R) -> R {
    parse_then(slots, meanwhile)
}

fn parse_then<R>(slots: &mut [Slot], then: impl FnOnce() -> R) -> R {
    for Slot { chunk, parser, .. } in slots {
        parser.parse(chunk);
    }
    then()
}

/// How many chunks are parsed at a time.
#[cfg(feature = "parallel")]
pub(super) fn chunks_at_a_time() -> usize {
    let threads = rayon::current_num_threads();
    // a few a thread even out chunks that take longer than others
    if threads == 1 { 1 } else { 2 * threads }
}

#[cfg(not(feature = "parallel"))]
pub(super) fn chunks_at_a_time() -> usize {
    1
}
