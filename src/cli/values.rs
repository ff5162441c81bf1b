//! Values of options: text in, checked values out.

use touchpoint::map::{Failed, TimeFormat};
use touchpoint::time::{Micros, TimeParser, Timestamp};

/// A share of rows, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share(pub(super) f64);

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

/// A length of time longer than nothing.
pub(super) fn span(text: &str) -> Result<Micros, String> {
    let span: Micros = text.parse().map_err(|fault| format!("{fault}"))?;
    if span.0 > 0 { Ok(span) } else { Err("must be longer than nothing".to_owned()) }
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
