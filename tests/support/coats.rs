//! The same text in other bytes: the encodings and packings that the reader takes off.

use touchpoint::map::Encoding;

/// What bytes are called in a message, the bytes, and the encoding that has to be named.
pub type Coat = (&'static str, Vec<u8>, Option<Encoding>);

/// A text in every encoding and packing that the crate was built with.
pub fn coats(text: &str) -> Vec<Coat> {
    #[cfg_attr(
        not(any(feature = "encodings", feature = "gzip", feature = "zstd")),
        expect(unused_mut, reason = "without features there is UTF-8 alone")
    )]
    let mut coats: Vec<Coat> = vec![("UTF-8", text.as_bytes().to_vec(), None)];
    #[cfg(feature = "encodings")]
    coats.extend([
        ("GB18030", encoded(text, Encoding::Gb18030), Some(Encoding::Gb18030)),
        ("UTF-16LE", encoded(&format!("\u{feff}{text}"), Encoding::Utf16), None),
        ("UTF-16BE", encoded(&format!("\u{feff}{text}"), Encoding::Utf16Be), None),
    ]);
    #[cfg(feature = "gzip")]
    coats.push(("gzip", gzip(text.as_bytes()), None));
    #[cfg(feature = "zstd")]
    coats.push(("zstd", zstd::encode_all(text.as_bytes(), 1).expect("bytes in memory"), None));
    coats
}

#[cfg(feature = "encodings")]
pub fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
        Encoding::Latin1 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

#[cfg(feature = "gzip")]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("a vector takes any bytes");
    encoder.finish().expect("a vector takes any bytes")
}

/// A file's text, unpacked where it is gzipped.
#[cfg(feature = "gzip")]
pub fn unpacked(path: &std::path::Path) -> String {
    let bytes = std::fs::read(path).expect("a file that can be read");
    if !bytes.starts_with(b"\x1f\x8b") {
        return String::from_utf8(bytes).expect("UTF-8");
    }
    let text = std::io::read_to_string(flate2::read::MultiGzDecoder::new(&bytes[..]));
    text.expect("gzipped UTF-8")
}

/// The rows in another order, but for those of one journey and one moment, between which the file's order decides.
///
/// The text has no quotes; journey and time are told by their headings.
pub fn shuffled(text: &str, journey: &str, time: &str) -> String {
    use std::collections::{HashMap, VecDeque};
    let (header, rows) = text.split_once('\n').expect("a header");
    let rows: Vec<&str> = rows.lines().collect();
    let place = |name: &str| header.split(',').position(|heading| heading == name).expect(name);
    let (journey, time) = (place(journey), place(time));
    let key = |row: &str| {
        let field = |place| row.split(',').nth(place).expect("a field").to_owned();
        (field(journey), field(time))
    };
    let mut ties: HashMap<(String, String), VecDeque<&str>> = HashMap::new();
    for row in &rows {
        ties.entry(key(row)).or_default().push_back(row);
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    // multiples of the golden ratio are in no order that a log is in
    order.sort_by_key(|&row| (row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let next = |row: usize| ties.get_mut(&key(rows[row])).and_then(VecDeque::pop_front);
    let rows: Vec<&str> = order.into_iter().filter_map(next).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}
