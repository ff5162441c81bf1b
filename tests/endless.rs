//! Inputs that would fill memory or a disk: reading stays small, and says where it stopped.

mod support;

use std::io::{self, Read, Write};

use support::section;
use touchpoint::event_log::{LogError, LogFault, LogReader};

/// Some bytes, and then others over and over, as many as are asked for; counts what is taken.
struct Repeated<'c> {
    first: &'static [u8],
    piece: &'static [u8],
    left: u64,
    place: usize,
    taken: &'c mut u64,
}

impl<'c> Repeated<'c> {
    fn new(first: &'static str, piece: &'static str, times: u64, taken: &'c mut u64) -> Self {
        let left = times * piece.len() as u64;
        Self { first: first.as_bytes(), piece: piece.as_bytes(), left, place: 0, taken }
    }
}

impl Read for Repeated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let first = self.first.read(buffer)?;
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len() - first);
        for byte in &mut buffer[first..first + most] {
            *byte = self.piece[self.place];
            self.place = (self.place + 1) % self.piece.len();
        }
        self.left -= most as u64;
        *self.taken += (first + most) as u64;
        Ok(first + most)
    }
}

const HEADER: &str = "case,at,step\n1,2024-03-05T14:30:00Z,apply\n";

#[test]
fn a_field_of_100_megabytes_is_not_waited_for() {
    let open = "line 3: a quote that opens a field here is never closed, so that the field would run to the end of the file";
    let long = "line 3: this row is longer than 4 MiB; is the delimiter right, and the file a CSV?";
    for (begin, wanted) in [("2,x", long), ("2,\"x", open)] {
        let first: &'static str = format!("{HEADER}{begin}").leak();
        let mut taken = 0;
        let error =
            LogReader::new(section()).read(Repeated::new(first, "x", 100_000_000, &mut taken));
        assert_eq!(error.expect_err("no log").to_string(), wanted);
        assert!(taken < 6 << 20, "{taken} bytes were read");
    }
}

/// Counts lines, and the most bytes that came at a time.
#[derive(Default)]
struct Lines {
    lines: u64,
    most: usize,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines += (bytes.split(|byte| *byte == b'\n').count() - 1) as u64;
        self.most = self.most.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_ledger_holds_two_million_bad_rows() {
    const ROWS: u64 = 2_000_000;
    let (mut lines, mut taken) = (Lines::default(), 0);
    let input = Repeated::new(HEADER, "2,yesterday,apply\n", ROWS, &mut taken);
    let log = LogReader::new(section()).ledger(&mut lines).read(input).expect("a log");
    assert_eq!((log.events(), log.counts().rejected, log.ledger().total()), (1, ROWS, ROWS));
    assert_eq!((log.ledger().rejects.len(), lines.lines), (1_000, ROWS + 1));
    assert!(lines.most < 1 << 20, "the ledger is written as the log is read");
}

/// A disk with room for so many bytes.
struct Disk(usize);

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let fits = bytes.len().min(self.0);
        self.0 -= fits;
        if fits == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(fits) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_under_the_ledger_is_an_error() {
    for (room, rows) in [(0, 1), (100, 1), (100_000, 10_000)] {
        let mut taken = 0;
        let input = Repeated::new(HEADER, "2,yesterday,apply\n", rows, &mut taken);
        let error = LogReader::new(section()).ledger(Disk(room)).read(input).expect_err("no room");
        assert_eq!(
            error.to_string(),
            "the ledger of rejected rows cannot be written: no storage space"
        );
        let LogError { fault: LogFault::Ledger(cause), .. } = error else { panic!("{error}") };
        assert_eq!(cause.kind(), io::ErrorKind::StorageFull);
    }
}
