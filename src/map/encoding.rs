//! How the characters of a log are written as bytes.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// How the characters of a log are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little-endian unless a byte order mark says otherwise.
    Utf16,
    /// UTF-16, big-endian unless a byte order mark says otherwise.
    Utf16Be,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
    /// Latin-1 (ISO 8859-1), as browsers read it: Windows-1252.
    Latin1,
}

/// Why a text names no encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not utf-8, utf-16, utf-16be, gb18030 (or gbk) or latin-1")]
pub struct EncodingFault {
    /// The text as it stood.
    pub found: String,
}

/// An encoding is written by the first of its names.
const NAMES: [(&str, Encoding); 8] = [
    ("utf-8", Encoding::Utf8),
    ("utf-16", Encoding::Utf16),
    ("utf-16be", Encoding::Utf16Be),
    ("gb18030", Encoding::Gb18030),
    ("gbk", Encoding::Gb18030),
    ("latin-1", Encoding::Latin1),
    ("latin1", Encoding::Latin1),
    ("iso-8859-1", Encoding::Latin1),
];

impl FromStr for Encoding {
    type Err = EncodingFault;

    /// `utf-8`, `utf-16`, `utf-16be`, `gb18030` or `gbk`, `latin-1` or `latin1` or `iso-8859-1`; in any case.
    fn from_str(text: &str) -> Result<Self, EncodingFault> {
        let named = NAMES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        named.map(|(_, encoding)| encoding).ok_or_else(|| EncodingFault { found: text.to_owned() })
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = NAMES.iter().find(|(_, encoding)| encoding == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

impl Serialize for Encoding {
    /// The name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_has_one_name_that_is_written_and_several_that_are_read() {
        for (text, name) in [
            ("UTF-8", "utf-8"),
            ("utf-16", "utf-16"),
            ("utf-16BE", "utf-16be"),
            ("GBK", "gb18030"),
            ("gb18030", "gb18030"),
            ("Latin1", "latin-1"),
            ("iso-8859-1", "latin-1"),
        ] {
            let encoding: Encoding = text.parse().expect(text);
            assert_eq!(encoding.to_string(), name);
            assert_eq!(name.parse(), Ok(encoding));
        }
        assert_eq!(
            "big5".parse::<Encoding>().expect_err("not among them").to_string(),
            "`big5` is not utf-8, utf-16, utf-16be, gb18030 (or gbk) or latin-1"
        );
    }
}
