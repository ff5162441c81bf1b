//! Values in a file: blocks of a bounded length, each with its length and a checksum, so that a file that was cut or
//! written over is told, and never read as another log.

use std::fs::{File, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use foldhash::fast::FixedState;

use super::cells::Plain;
use crate::event_log::LogFault;
use crate::event_log::column::{Cell, Column};
use crate::event_log::names::Names;

/// Most values of a block.
const BLOCK: usize = 1 << 16;
/// Most bytes of a block.
const MOST_BYTES: usize = BLOCK * 8;
/// Names that are written at a time.
const NAMES: usize = 4_096;

/// A file, and how much was written to it.
#[derive(Debug)]
pub(super) struct SpillFile {
    path: PathBuf,
    bytes: u64,
}

impl SpillFile {
    /// A file that is made when it is first written to.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, bytes: 0 }
    }

    /// Adds what a function writes.
    pub(super) fn append(
        &mut self,
        write: impl FnOnce(&mut Writer) -> io::Result<()>,
    ) -> Result<(), LogFault> {
        let written = Writer::open(&self.path).and_then(|mut writer| {
            write(&mut writer)?;
            writer.finish()
        });
        self.bytes += written.map_err(|cause| self.fault("written", cause))?;
        Ok(())
    }

    /// Removes the file; where that fails the folder is removed later.
    pub(super) fn remove(self) {
        let _ = std::fs::remove_file(&self.path);
    }

    fn fault(&self, done: &'static str, cause: io::Error) -> LogFault {
        LogFault::Spill { path: self.path.clone(), done, cause }
    }
}

/// Writes to the end of a file.
pub(super) struct Writer {
    file: BufWriter<File>,
    block: Vec<u8>,
    bytes: u64,
}

impl Writer {
    fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { file: BufWriter::new(file), block: Vec::new(), bytes: 0 })
    }

    fn finish(mut self) -> io::Result<u64> {
        self.file.flush()?;
        Ok(self.bytes)
    }

    pub(super) fn number(&mut self, number: usize) -> io::Result<()> {
        self.block(&[number as u64])
    }

    /// Writes values, and how many there are.
    pub(super) fn values<T: Plain>(&mut self, values: &[T]) -> io::Result<()> {
        self.number(values.len())?;
        values.chunks(BLOCK).try_for_each(|block| self.block(block))
    }

    /// Writes a column, and whether it is there.
    pub(super) fn column<T: Plain + Cell>(&mut self, column: &Column<T>) -> io::Result<()> {
        self.number(column.is_there().into())?;
        column.as_slice().map_or(Ok(()), |values| self.values(values))
    }

    /// Writes some names of a list, and how many.
    pub(super) fn names(
        &mut self,
        names: &Names,
        mut numbers: impl ExactSizeIterator<Item = u32>,
    ) -> io::Result<()> {
        self.number(numbers.len())?;
        let (mut lengths, mut text) = (Vec::new(), Vec::new());
        while numbers.len() > 0 {
            lengths.clear();
            text.clear();
            for name in numbers.by_ref().take(NAMES).map(|number| names.get(number as usize)) {
                lengths.push(name.len() as u32);
                text.extend_from_slice(name.as_bytes());
            }
            self.values(&lengths)?;
            self.values(&text)?;
        }
        Ok(())
    }

    fn block<T: Plain>(&mut self, values: &[T]) -> io::Result<()> {
        self.block.clear();
        for value in values {
            value.put(&mut self.block);
        }
        let mut head = Vec::with_capacity(HEAD);
        (self.block.len() as u32).put(&mut head);
        checksum(&self.block).put(&mut head);
        self.file.write_all(&head)?;
        self.file.write_all(&self.block)?;
        self.bytes += (HEAD + self.block.len()) as u64;
        Ok(())
    }
}

/// Bytes before each block.
const HEAD: usize = u32::SIZE + u64::SIZE;

fn checksum(block: &[u8]) -> u64 {
    FixedState::with_seed(block.len() as u64).hash_one(block)
}

/// Reads a file from its beginning.
pub(super) struct Reader<'f> {
    file: BufReader<File>,
    of: &'f SpillFile,
    block: Vec<u8>,
    left: u64,
}

impl<'f> Reader<'f> {
    pub(super) fn new(of: &'f SpillFile) -> Result<Self, LogFault> {
        let open = || File::open(&of.path).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (found, file) = open().map_err(|cause| of.fault(READ, cause))?;
        if found != of.bytes {
            let why = format!("it has {found} bytes where {} were written", of.bytes);
            return Err(of.fault(READ, io::Error::new(io::ErrorKind::InvalidData, why)));
        }
        Ok(Self { file: BufReader::new(file), of, block: Vec::new(), left: found })
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.left == 0
    }

    pub(super) fn number(&mut self) -> Result<usize, LogFault> {
        self.block()?;
        if self.block.len() == u64::SIZE {
            Ok(u64::get(&self.block) as usize)
        } else {
            Err(self.changed())
        }
    }

    /// As many values as were written at a time.
    pub(super) fn values<T: Plain>(&mut self) -> Result<Vec<T>, LogFault> {
        let number = self.number()?;
        let mut values = Vec::with_capacity(number);
        while values.len() < number {
            self.block()?;
            values.extend(self.block.chunks_exact(T::SIZE).map(T::get));
        }
        if values.len() == number { Ok(values) } else { Err(self.changed()) }
    }

    pub(super) fn column<T: Plain + Cell>(&mut self) -> Result<Column<T>, LogFault> {
        match self.number()? {
            0 => Ok(Column::default()),
            _ => self.values().map(Column::of),
        }
    }

    /// Hands on the names that were written at a time, one by one.
    pub(super) fn names(&mut self, mut take: impl FnMut(&str)) -> Result<(), LogFault> {
        let mut left = self.number()?;
        while left > 0 {
            let lengths = self.values::<u32>()?;
            let text = String::from_utf8(self.values()?).map_err(|_| self.changed())?;
            let mut start = 0;
            for length in &lengths {
                let end = start + *length as usize;
                take(text.get(start..end).ok_or_else(|| self.changed())?);
                start = end;
            }
            left = left.checked_sub(lengths.len().max(1)).ok_or_else(|| self.changed())?;
        }
        Ok(())
    }

    fn block(&mut self) -> Result<(), LogFault> {
        let mut head = [0; HEAD];
        self.fill(&mut head)?;
        let (length, sum) = head.split_at(u32::SIZE);
        let length = u32::get(length) as usize;
        if length > MOST_BYTES {
            return Err(self.changed());
        }
        let mut block = std::mem::take(&mut self.block);
        block.resize(length, 0);
        self.fill(&mut block)?;
        self.block = block;
        self.left = self.left.saturating_sub((HEAD + length) as u64);
        if checksum(&self.block) == u64::get(sum) { Ok(()) } else { Err(self.changed()) }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), LogFault> {
        self.file.read_exact(bytes).map_err(|cause| self.of.fault(READ, cause))
    }

    fn changed(&self) -> LogFault {
        let why = "it is not as it was written";
        self.of.fault(READ, io::Error::new(io::ErrorKind::InvalidData, why))
    }
}

const READ: &str = "read back";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &SpillFile) -> Result<Vec<i64>, LogFault> {
        Reader::new(file)?.values()
    }

    fn said(result: Result<Vec<i64>, LogFault>) -> String {
        result.expect_err("a broken file").to_string().replace(std::path::MAIN_SEPARATOR, "/")
    }

    #[test]
    fn what_was_written_is_read_and_what_was_changed_is_told() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let path = folder.path().join("0.rows");
        let mut file = SpillFile::new(path.clone());
        let values: Vec<i64> = (-50_000..50_000).collect();
        file.append(|writer| writer.values(&values)).expect("a writable folder");
        assert_eq!(read(&file).expect("what was written"), values);

        let bytes = std::fs::read(&path).expect("a file");
        let mut other = bytes.clone();
        other[1_000] ^= 1;
        std::fs::write(&path, &other).expect("a writable file");
        let fault = said(read(&file));
        assert!(
            fault.ends_with("0.rows cannot be read back: it is not as it was written"),
            "{fault}"
        );
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("a writable file");
        let fault = said(read(&file));
        assert!(
            fault.ends_with(
                "0.rows cannot be read back: it has 800043 bytes where 800044 were written"
            ),
            "{fault}"
        );
    }
}
