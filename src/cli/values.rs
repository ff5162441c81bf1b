//! Values of options: text in, checked values out.

use touchpoint::map::{Failed, TimeFormat};
use touchpoint::report::Format;
use touchpoint::time::{Date, Micros, TimeParser, Timestamp};

use super::rules::Period;

/// A share of rows, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share(pub(super) f64);

/// Bytes of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory(pub(super) u64);

/// A column and values.
#[derive(Clone, Debug)]
pub(super) struct ColumnValues {
    pub(super) column: String,
    pub(super) values: Vec<String>,
}

impl From<ColumnValues> for Failed {
    fn from(ColumnValues { column, values }: ColumnValues) -> Self {
        Self { column, values }
    }
}

/// `1%` or `0.01`.
pub(super) fn share(text: &str) -> Result<Share, String> {
    let (number, whole) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim_end(), 100.0),
        None => (text, 1.0),
    };
    let share = number.parse::<f64>().map(|number| number / whole).ok();
    share.filter(|share| (0.0..=1.0).contains(share)).map(Share).ok_or_else(|| {
        "write a percentage such as 1% or a share from 0 to 1 such as 0.01".to_owned()
    })
}

/// `column=value,value`.
pub(super) fn column_values(text: &str) -> Result<ColumnValues, String> {
    let parts = text.split_once('=').filter(|(column, _)| !column.is_empty());
    let (column, values) = parts.ok_or("write COLUMN=VALUE or COLUMN=VALUE,VALUE")?;
    Ok(ColumnValues {
        column: column.to_owned(),
        values: values.split(',').map(str::to_owned).collect(),
    })
}

/// A format of tables.
pub(super) fn table_format(text: &str) -> Result<Format, String> {
    let format: Format = text.parse().map_err(|fault| format!("{fault}"))?;
    let wanted = || format!("{format} shows the graph, and this has none; {TABLE_FORMATS}");
    if format.is_of_graph() { Err(wanted()) } else { Ok(format) }
}

/// What may be written of tables.
pub(super) const TABLE_FORMATS: &str = "write text, markdown, csv or json";

/// A length of time longer than nothing.
pub(super) fn span(text: &str) -> Result<Micros, String> {
    let span: Micros = text.parse().map_err(|fault| format!("{fault}"))?;
    if span.0 > 0 { Ok(span) } else { Err("must be longer than nothing".to_owned()) }
}

/// As of when something was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AsOf {
    /// From the beginning of a day, wherever the rules count days.
    Day(Date),
    Moment(Timestamp),
}

/// A date, or a timestamp with an offset.
pub(super) fn as_of(text: &str) -> Result<AsOf, String> {
    text.parse().map(AsOf::Day).or_else(|_| moment(text).map(AsOf::Moment))
}

/// A date, midnight UTC, or a timestamp.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    let mut parser =
        TimeParser::new(&[TimeFormat::Iso8601], Some("UTC")).map_err(|fault| fault.to_string())?;
    let wanted = "write a date such as 2024-06-30 or a timestamp such as 2024-06-30T18:00:00+08:00";
    parser.parse(text.as_bytes()).map(|(moment, _)| moment).map_err(|_| wanted.to_owned())
}

/// A form of timestamps by its name, or a strptime pattern.
pub(super) fn time_format(text: &str) -> Result<TimeFormat, String> {
    let Ok(format) = text.parse::<TimeFormat>();
    let checked = TimeParser::new(std::slice::from_ref(&format), None);
    checked.map(|_| format).map_err(|fault| {
        format!("{fault}; write a form such as `%d.%m.%Y %H:%M`, iso8601, epoch_seconds, epoch_millis, epoch_micros or epoch_nanos")
    })
}

/// `2026-04-01..2026-06-30`, both days in it.
pub(super) fn period(text: &str) -> Result<Period, String> {
    let wanted = "write two dates such as 2026-04-01..2026-06-30, the earlier first";
    let days = text.split_once("..").and_then(|(first, last)| {
        let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some(Period { first, last })
    });
    days.ok_or_else(|| wanted.to_owned())
}

/// A number of days: `5d` or `5`.
pub(super) fn days(text: &str) -> Result<u32, String> {
    const MOST: u32 = 3_660;
    let days = text.strip_suffix('d').unwrap_or(text).parse().ok();
    let wanted = || format!("write a number of days up to {MOST}, such as 5d");
    days.filter(|days| *days <= MOST).ok_or_else(wanted)
}

/// One ASCII character, or `tab`.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte]
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n\0".contains(byte) =>
        {
            Ok(*byte)
        }
        _ => Err("write one character such as `;`, or `tab`".to_owned()),
    }
}

/// One ASCII character that begins no value.
pub(super) fn comment(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Ok(*byte),
        _ => Err("write one character such as `#`".to_owned()),
    }
}

/// A zone that is known.
pub(super) fn zone(text: &str) -> Result<String, String> {
    let checked = TimeParser::new(&[TimeFormat::Iso8601], Some(text));
    checked.map(|_| text.to_owned()).map_err(|fault| fault.to_string())
}

/// How many to show: to show none is no report.
pub(super) fn top(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "write a whole number from 1".to_owned())
}

/// `500MB`, `1GiB` or `2G`; a letter alone is the binary unit, as in other programs.
pub(super) fn memory(text: &str) -> Result<Memory, String> {
    const LEAST: u64 = 1 << 20;
    let wanted = || "write a number and a unit such as 500MB, 1GiB or 2G".to_owned();
    let bytes = bytes(text).ok_or_else(wanted)?;
    if bytes < LEAST {
        return Err(format!("{bytes} bytes are too few, 1MiB is the least; {}", wanted()));
    }
    Ok(Memory(bytes))
}

fn bytes(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    number.parse::<u64>().ok()?.checked_mul(unit_bytes(unit.trim_start())?)
}

fn unit_bytes(unit: &str) -> Option<u64> {
    let unit = unit.to_ascii_lowercase();
    let Some(prefix) = unit.chars().next().filter(|prefix| *prefix != 'b') else {
        return matches!(unit.as_str(), "" | "b").then_some(1);
    };
    let power = "kmgt".find(prefix)? as u32 + 1;
    match &unit[1..] {
        "" | "ib" => Some(1_024_u64.pow(power)),
        "b" => Some(1_000_u64.pow(power)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_a_unit() {
        let bytes = |text| memory(text).map(|memory| memory.0).ok();
        assert_eq!(bytes("1GiB"), Some(1 << 30));
        assert_eq!(bytes("500MB"), Some(500_000_000));
        assert_eq!(bytes("2G"), Some(2 << 30));
        assert_eq!(bytes("64 mib"), Some(64 << 20));
        assert_eq!(bytes("1048576"), Some(1 << 20));
        for none in ["", "G", "4", "1.5G", "-1G", "1GX", "1bb", "1Gbé", "é", "99999999999999T"] {
            assert_eq!(bytes(none), None, "{none}");
        }
    }
}
