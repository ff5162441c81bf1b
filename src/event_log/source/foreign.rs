//! Files that are no logs, known by their first bytes, and what to do with each.

use crate::event_log::LogFault;

/// A kind of file that is no log. Its sign holds a byte that no text has, or more letters than chance would put there.
struct Kind {
    /// Where the sign stands.
    at: usize,
    sign: &'static [u8],
    what: &'static str,
    remedy: &'static str,
}

const UNPACK: &str = "unpack it and give the CSV file within";
const SAVE: &str = "save the sheet with the log as CSV in UTF-8 and give that";
/// A workbook of today is a zip archive, and which name comes first in it differs from program to program.
const UNPACK_OR_SAVE: &str =
    "unpack it and give the CSV file within, or save the sheet with the log as CSV in UTF-8";
const UTF8: &str = "convert it to UTF-8, for example by `iconv -f UTF-32 -t UTF-8`";

#[rustfmt::skip]
const KINDS: [Kind; 11] = [
    Kind { at: 0, sign: b"PK\x03\x04", what: "a zip archive or a workbook (.xlsx, .ods)", remedy: UNPACK_OR_SAVE },
    Kind { at: 0, sign: b"PK\x05\x06", what: "an empty zip archive", remedy: "give a CSV file" },
    Kind { at: 0, sign: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", what: "an old workbook (.xls)", remedy: SAVE },
    Kind { at: 0, sign: b"7z\xbc\xaf\x27\x1c", what: "a 7z archive", remedy: UNPACK },
    Kind { at: 257, sign: b"ustar\0", what: "a tar archive", remedy: UNPACK },
    Kind { at: 257, sign: b"ustar  \0", what: "a tar archive", remedy: UNPACK },
    Kind { at: 0, sign: b"\xfd7zXZ\0", what: "packed by xz", remedy: "unpack it by `xz -d`" },
    Kind { at: 4, sign: b"1AY&SY", what: "packed by bzip2", remedy: "unpack it by `bzip2 -d`" },
    Kind { at: 0, sign: b"PAR1\x15", what: "a Parquet file", remedy: "export it as CSV" },
    Kind { at: 0, sign: b"\xff\xfe\0\0", what: "UTF-32", remedy: UTF8 },
    Kind { at: 0, sign: b"\0\0\xfe\xff", what: "UTF-32", remedy: UTF8 },
];

pub(super) fn refuse(first: &[u8]) -> Result<(), LogFault> {
    let kind = KINDS.iter().find(|kind| kind.is(first));
    kind.map_or(Ok(()), |kind| Err(LogFault::Foreign { what: kind.what, remedy: kind.remedy }))
}

impl Kind {
    fn is(&self, first: &[u8]) -> bool {
        first.get(self.at..).is_some_and(|bytes| bytes.starts_with(self.sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(first: &[u8]) -> String {
        refuse(first).expect_err("no log").to_string()
    }

    #[test]
    fn what_is_no_log_is_named_with_what_to_do() {
        assert_eq!(
            said(b"PK\x03\x04abc"),
            "this is a zip archive or a workbook (.xlsx, .ods); unpack it and give the CSV file within, \
             or save the sheet with the log as CSV in UTF-8"
        );
        assert_eq!(said(b"PK\x05\x06\0\0"), "this is an empty zip archive; give a CSV file");
        assert_eq!(
            said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"),
            "this is an old workbook (.xls); save the sheet with the log as CSV in UTF-8 and give that"
        );
        assert_eq!(
            said(b"7z\xbc\xaf\x27\x1c"),
            "this is a 7z archive; unpack it and give the CSV file within"
        );
        assert_eq!(said(b"\xfd7zXZ\0\0"), "this is packed by xz; unpack it by `xz -d`");
        assert_eq!(said(b"BZh91AY&SY\0"), "this is packed by bzip2; unpack it by `bzip2 -d`");
        assert_eq!(said(b"PAR1\x15\x04"), "this is a Parquet file; export it as CSV");
        assert_eq!(
            said(b"\xff\xfe\0\0c\0\0\0"),
            "this is UTF-32; convert it to UTF-8, for example by `iconv -f UTF-32 -t UTF-8`"
        );
    }

    #[test]
    fn a_tar_archive_is_seen_though_it_begins_with_a_name() {
        let of = |sign: &[u8]| [&[b'a'; 257], sign].concat();
        let wanted = "this is a tar archive; unpack it and give the CSV file within";
        assert_eq!(said(&of(b"ustar\x0000")), wanted);
        assert_eq!(said(&of(b"ustar  \0")), wanted);
    }

    #[test]
    fn headings_that_begin_as_other_files_do_are_headings() {
        for header in ["PAR1,at,step", "BZh,at,step", "PK,at,step", "7z,at,step", ""] {
            assert!(refuse(header.as_bytes()).is_ok(), "{header}");
        }
    }
}
