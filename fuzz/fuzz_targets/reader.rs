//! Any bytes as a log: no row is lost, and a file that is cut into chunks says what it says whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchpoint::event_log::{JourneyNo, LogReader};
use touchpoint::map::{ColumnNames, Complaint, Encoding, LogSection};

/// No input is longer, so that this is one chunk.
const WHOLE: usize = 1 << 17;

const ENCODINGS: [Option<Encoding>; 6] = [
    None,
    Some(Encoding::Utf8),
    Some(Encoding::Utf16),
    Some(Encoding::Utf16Be),
    Some(Encoding::Gb18030),
    Some(Encoding::Latin1),
];

/// What the first bytes of an input choose.
struct Choice {
    section: LogSection,
    has_zone: bool,
    is_strict: bool,
    has_known: bool,
    chunk: usize,
}

impl Choice {
    fn new([first, second, low, high]: [u8; 4]) -> Self {
        let is = |bit: u8| second & bit != 0;
        let mut section = LogSection::new(ColumnNames::new("c", "t", "s"));
        section.delimiter = b",;|\t"[usize::from(first & 3)];
        section.encoding = ENCODINGS[usize::from(first >> 2) % ENCODINGS.len()];
        section.comment = is(1).then_some(b'#');
        section.header = is(2).then(|| ["c", "t", "s", "x"].map(String::from).to_vec());
        section.drop_duplicates = is(32);
        if is(64) {
            section.filter = vec![("s".into(), vec!["a".into(), String::new()])];
        }
        if is(128) {
            let x = || Some("x".to_owned());
            (section.columns.customer, section.columns.satisfaction) = (x(), x());
            (section.columns.channel, section.columns.handling) = (x(), x());
            section.columns.complaint = Some(Complaint::Category { column: "x".into() });
            section.columns.attributes = vec!["s".into()];
        }
        let chunk = usize::from(u16::from_le_bytes([low, high]) % 4_096);
        Self { section, has_zone: is(4), is_strict: is(8), has_known: is(16), chunk }
    }

    /// All that reading says: counts, events and ledger, or the error.
    fn said(&self, file: &[u8], chunk: usize) -> Result<String, String> {
        let mut ledger = Vec::new();
        let mut reader = LogReader::new(self.section.clone()).chunk_size(chunk).ledger(&mut ledger);
        if self.has_zone {
            reader = reader.zone("Europe/Paris");
        }
        if self.is_strict {
            reader = reader.strict();
        }
        if self.has_known {
            reader = reader.known_labels(["a".to_owned(), "touchpoint of more".to_owned()]);
        }
        let log = reader.read(file).map_err(|error| error.to_string())?;
        let counts = *log.counts();
        assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected + counts.dropped);
        assert_eq!(counts.events, log.events() as u64);
        assert_eq!(
            counts.rejected,
            csv::Reader::from_reader(&ledger[..]).into_byte_records().count() as u64
        );
        let mut said = format!("{counts:?} {:?} {:?}", log.label_names(), log.ledger().rejects);
        for journey in (0..log.journeys() as u32).map(JourneyNo) {
            let events = log.events_of(journey);
            said += &format!(
                "{} {:?} {:?}",
                log.journey_id(journey),
                &log.times()[events.clone()],
                &log.labels()[events]
            );
        }
        Ok(said + &String::from_utf8_lossy(&ledger))
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((first, file)) = input.split_first_chunk::<4>() else { return };
    let choice = Choice::new(*first);
    let (whole, cut) = (choice.said(file, WHOLE), choice.said(file, choice.chunk));
    // of two errors, such as a bad header and a quote that stays open further on, the first to be seen is told
    if whole.is_ok() || cut.is_ok() {
        assert_eq!(whole, cut);
    }
});
