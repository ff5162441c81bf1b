//! The chunks of all files, one file after another.

use std::io::Read;
use std::sync::Arc;

use super::pass::Slot;
use super::rows::{Chunk, CutFault, Cutter, Header, Part};
use super::source::Source;
use super::{LogError, LogFault};
use crate::map::LogSection;

/// A file by its name, opened when its turn comes.
pub(super) type Input<'i> =
    (String, Box<dyn FnOnce() -> Result<Box<dyn Read + 'i>, LogFault> + 'i>);

/// Files on their way.
pub(super) struct Supply<'i> {
    section: Arc<LogSection>,
    inputs: std::vec::IntoIter<Input<'i>>,
    several: bool,
    /// How many bytes a chunk has.
    chunk: usize,
    current: Option<(Arc<Part>, Cutter<'i>)>,
    failure: Option<Failure>,
    /// Bytes of files that were read to their end.
    taken: u64,
}

/// Why no more chunks come.
#[derive(Debug)]
pub(super) struct Failure {
    file: String,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    File(LogFault),
    Cut(CutFault),
}

impl Failure {
    pub(super) fn is_of(&self, file: &str) -> bool {
        self.file == file
    }

    /// The error, where so many lines of the file came before.
    pub(super) fn after(self, lines: u64) -> LogError {
        let fault = match self.cause {
            Cause::File(fault) => fault,
            Cause::Cut(fault) => fault.after(lines),
        };
        LogError::in_file(&self.file, fault)
    }
}

impl<'i> Supply<'i> {
    pub(super) fn new(section: Arc<LogSection>, inputs: Vec<Input<'i>>, chunk: usize) -> Self {
        let several = inputs.len() > 1;
        let inputs = inputs.into_iter();
        Self { section, inputs, several, chunk, current: None, failure: None, taken: 0 }
    }

    /// Whether there is more than one file.
    pub(super) fn is_several(&self) -> bool {
        self.several
    }

    /// Bytes taken so far, before they were unpacked.
    pub(super) fn taken(&self) -> u64 {
        self.taken + self.current.as_ref().map_or(0, |(_, cutter)| cutter.taken())
    }

    /// Why no more chunks came, if not because all files were read.
    pub(super) fn failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// Fills chunks with the rows that come next, and says how many.
    pub(super) fn fill(&mut self, slots: &mut [Slot]) -> usize {
        let mut filled = 0;
        while filled < slots.len() && self.fill_chunk(&mut slots[filled].chunk) {
            filled += 1;
        }
        filled
    }

    fn fill_chunk(&mut self, chunk: &mut Chunk) -> bool {
        while self.failure.is_none() {
            if let Some((part, mut cutter)) = self.current.take() {
                match cutter.fill(chunk) {
                    Ok(true) => {
                        chunk.part = Some(Arc::clone(&part));
                        self.current = Some((part, cutter));
                        return true;
                    }
                    Ok(false) => self.taken += cutter.taken(),
                    Err(fault) => self.fail(&part.name, Cause::Cut(fault)),
                }
            } else if let Some((name, open)) = self.inputs.next() {
                match self.begin(&name, open, chunk) {
                    Ok(()) => return true,
                    Err(cause) => self.fail(&name, cause),
                }
            } else {
                return false;
            }
        }
        false
    }

    fn fail(&mut self, file: &str, cause: Cause) {
        self.failure = Some(Failure { file: file.to_owned(), cause });
    }

    /// Begins a file with its first chunk, off which the header row is taken.
    fn begin(
        &mut self,
        name: &str,
        open: impl FnOnce() -> Result<Box<dyn Read + 'i>, LogFault>,
        chunk: &mut Chunk,
    ) -> Result<(), Cause> {
        let source = Source::new(open().map_err(Cause::File)?, self.section.encoding);
        let source = source.map_err(Cause::File)?;
        let LogSection { delimiter, comment, .. } = *self.section;
        let mut cutter = Cutter::new(source, delimiter, comment, self.chunk);
        let headings = match &self.section.header {
            Some(names) => cutter.fill(chunk).map(|_| Some(names.clone())),
            None => cutter.fill_with_header(chunk),
        };
        let headings = headings.map_err(Cause::Cut)?.ok_or(Cause::File(LogFault::Empty))?;
        let header = Header::new(headings);
        let places = header.places(&self.section).map_err(Cause::File)?;
        let part = Arc::new(Part::new(name.into(), header, places, cutter.encoding()));
        chunk.part = Some(Arc::clone(&part));
        self.current = Some((part, cutter));
        Ok(())
    }
}
