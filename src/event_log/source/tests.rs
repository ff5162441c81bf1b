//! Sources of whole files, read to their ends.

use std::io::{self, Read};

use super::{Packing, Source, open, stream_fault, to_utf8};
use crate::event_log::LogFault;
use crate::map::Encoding;

const LOG: &str = "case,at,step\n1,2024-03-05T14:30:00Z,apply\n1,2024-03-05T14:31:00Z,sign\n";

/// The whole of a file as UTF-8, or what reading it says.
fn read(bytes: &[u8], named: Option<Encoding>) -> Result<String, LogFault> {
    let mut source = Source::new(bytes, named)?;
    let mut raw = Vec::new();
    source.raw.read_to_end(&mut raw).map_err(|cause| stream_fault(source.packing, 0, cause))?;
    assert_eq!(source.taken.get(), bytes.len() as u64);
    Ok(String::from_utf8_lossy(&to_utf8(&raw, source.encoding)).into_owned())
}

fn said(bytes: &[u8]) -> String {
    read(bytes, None).expect_err("a fault").to_string()
}

#[test]
fn a_plain_file_is_its_bytes() {
    assert_eq!(read(LOG.as_bytes(), None).expect("a log"), LOG);
    assert_eq!(Source::new(LOG.as_bytes(), None).expect("a log").packing, Packing::None);
    let long = LOG.repeat(1000);
    assert_eq!(read(long.as_bytes(), None).expect("a log"), long);
}

#[test]
fn a_file_is_opened_and_a_folder_is_not() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.csv");
    let said = |path| open(path).expect_err("no file").to_string();
    assert_eq!(said(&path), "there is no such file");
    assert_eq!(said(folder.path()), "this is a directory, where a file was wanted");
    std::fs::write(&path, LOG).expect("a writable folder");
    let source = Source::new(open(&path).expect("a file"), None).expect("a log");
    assert_eq!(io::read_to_string(source.raw).expect("a log"), LOG);
}

#[test]
fn a_mark_is_taken_off_and_counted() {
    let marked = format!("\u{feff}{LOG}");
    assert_eq!(read(marked.as_bytes(), None).expect("a log"), LOG);
    assert_eq!(Source::new(marked.as_bytes(), None).expect("a log").skipped, 3);
}

#[test]
fn nothing_is_no_log() {
    let wanted = "the file is empty; an event log begins with a header row";
    assert_eq!(said(b""), wanted);
    assert_eq!(said("\u{feff}".as_bytes()), wanted);
}

#[test]
fn an_input_that_fails_says_why() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the tape is torn"))
        }
    }
    let fault = Source::new(Failing, None).err().expect("a fault");
    assert_eq!(fault.to_string(), "cannot be read: the tape is torn");
}

#[cfg(feature = "gzip")]
#[test]
fn what_came_before_an_error_is_read() {
    let packed = gzip(LOG.as_bytes());
    let source = Source::new(&packed[..packed.len() - 1], None);
    let (mut raw, mut read) = (source.expect("a beginning").raw, Vec::new());
    raw.read_to_end(&mut read).expect_err("a file that breaks off");
    assert_eq!(read, LOG.as_bytes());
    raw.read_to_end(&mut read).expect_err("no end after an error");
}

#[cfg(feature = "encodings")]
#[test]
fn a_marked_utf_16_file_is_read() {
    let raw: Vec<u8> = format!("\u{feff}{LOG}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&raw, None).expect("a log"), LOG);
    assert_eq!(read(&raw, Some(Encoding::Utf16)).expect("a log"), LOG);
}

#[cfg(not(feature = "gzip"))]
#[test]
fn without_gzip_a_gzipped_log_says_so() {
    let wanted = "this is gzipped, and the feature `gzip` was not built in; unpack it first";
    assert_eq!(said(b"\x1f\x8b\x08\0"), wanted);
}

#[cfg(not(feature = "zstd"))]
#[test]
fn without_zstd_a_packed_log_says_so() {
    let wanted = "this is packed by zstd, and the feature `zstd` was not built in; unpack it first, \
                  for example by `zstd -d`";
    assert_eq!(said(b"\x28\xb5\x2f\xfd\0"), wanted);
}

/// What holds for every packing: a packer, its name in messages, and files of its own to the test.
#[cfg(any(feature = "gzip", feature = "zstd"))]
fn packs(pack: fn(&[u8]) -> Vec<u8>, broken: &str) {
    assert_eq!(read(&pack(LOG.as_bytes()), None).expect("a log"), LOG);
    assert_eq!(read(&pack(format!("\u{feff}{LOG}").as_bytes()), None).expect("a log"), LOG);
    assert_eq!(said(&pack(&pack(LOG.as_bytes()))), "this was compressed twice; unpack it once");
    assert_eq!(said(&pack(b"")), "the file is empty; an event log begins with a header row");
    assert!(said(&pack(b"PK\x03\x04abc")).starts_with("this is a zip archive"));
    ends_only_at_members(pack, broken);
    rests_are_refused(pack, broken);
}

/// Cut off at any byte, a file of two members is broken, but between the two.
#[cfg(any(feature = "gzip", feature = "zstd"))]
fn ends_only_at_members(pack: fn(&[u8]) -> Vec<u8>, broken: &str) {
    let (first, second) = LOG.split_at(LOG.len() / 2);
    let (one, two) = (pack(first.as_bytes()), pack(second.as_bytes()));
    let both = [&one[..], &two].concat();
    assert_eq!(read(&both, None).expect("a log"), LOG);
    // less than the first bytes by which a packing is told is plain to the source, and no log to the parser
    for length in 4..both.len() {
        match read(&both[..length], None) {
            Ok(text) => assert_eq!((length, &text[..]), (one.len(), first)),
            Err(fault) => assert!(fault.to_string().starts_with(broken), "{length}: {fault}"),
        }
    }
}

#[cfg(any(feature = "gzip", feature = "zstd"))]
fn rests_are_refused(pack: fn(&[u8]) -> Vec<u8>, broken: &str) {
    for rest in [&b"a"[..], b"\0\0\0\0\0\0\0\0", b"rest of an older file", LOG.as_bytes()] {
        let bytes = [&pack(LOG.as_bytes()), rest].concat();
        assert!(said(&bytes).starts_with(broken), "{rest:?}");
    }
}

#[cfg(feature = "gzip")]
fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a vector takes any bytes");
    encoder.finish().expect("a vector takes any bytes")
}

#[cfg(feature = "gzip")]
#[test]
fn gzip_is_unpacked_and_broken_gzip_refused() {
    packs(gzip, "the gzipped data is broken or breaks off (after line 0): ");
    assert_eq!(Source::new(&gzip(b"a")[..], None).expect("a log").packing, Packing::Gzip);
}

#[cfg(feature = "gzip")]
#[test]
fn a_damaged_byte_of_gzip_is_an_error_or_harmless() {
    let log = LOG.repeat(20);
    let packed = gzip(log.as_bytes());
    // past the header, whose date is free; the last bits before the check sum are free as well
    for place in 10..packed.len() {
        let mut damaged = packed.clone();
        damaged[place] ^= 0x10;
        assert!(read(&damaged, None).map_or(true, |text| text == log), "byte {place}");
    }
}

#[cfg(feature = "zstd")]
fn zstd(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("a level that is");
    encoder.include_checksum(true).expect("a switch that is");
    encoder.write_all(bytes).expect("a vector takes any bytes");
    encoder.finish().expect("a vector takes any bytes")
}

#[cfg(feature = "zstd")]
#[test]
fn zstd_is_unpacked_and_broken_zstd_refused() {
    packs(zstd, "the data packed by zstd cannot be unpacked (after line 0): ");
    assert_eq!(Source::new(&zstd(b"a")[..], None).expect("a log").packing, Packing::Zstd);
}

#[cfg(feature = "zstd")]
#[test]
fn frames_that_decoders_skip_are_skipped() {
    let skipped = b"\x50\x2a\x4d\x18\x04\0\0\0abcd";
    let (first, second) = LOG.split_at(LOG.len() / 2);
    let packed =
        [&skipped[..], &zstd(first.as_bytes()), skipped, &zstd(second.as_bytes()), skipped];
    assert_eq!(read(&packed.concat(), None).expect("a log"), LOG);
}

#[cfg(all(feature = "gzip", feature = "zstd"))]
#[test]
fn one_packing_within_another_is_refused() {
    let wanted = "this was compressed twice; unpack it once";
    assert_eq!(said(&gzip(&zstd(LOG.as_bytes()))), wanted);
    assert_eq!(said(&zstd(&gzip(LOG.as_bytes()))), wanted);
}
