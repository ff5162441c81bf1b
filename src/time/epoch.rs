//! Timestamps as a number of units since 1970.

use super::reading::Reading;

/// The moment so many units after 1970, where a unit is `10^exponent` microseconds; decimals are allowed, and cut off beyond microseconds.
pub(super) fn read(text: &[u8], exponent: i32) -> Option<Reading> {
    let (is_negative, text) = match text.strip_prefix(b"-") {
        Some(text) => (true, text),
        None => (false, text),
    };
    let micros = micros(text, exponent)?;
    Some(Reading::utc(if is_negative { -micros } else { micros }))
}

fn micros(text: &[u8], exponent: i32) -> Option<i64> {
    let point = text.iter().position(|&byte| byte == b'.').unwrap_or(text.len());
    let (whole, decimals) = (&text[..point], text.get(point + 1..).unwrap_or_default());
    let digits = whole.iter().chain(decimals);
    let is_number = !whole.is_empty() && digits.clone().all(u8::is_ascii_digit);
    let wanted = usize::try_from(whole.len() as i128 + i128::from(exponent)).unwrap_or(0);
    let padded = digits.chain(std::iter::repeat(&b'0')).take(wanted.min(MOST_DIGITS));
    let sum = padded.fold(0_i64, |sum, digit| append(sum, *digit));
    is_number.then_some(if wanted > MOST_DIGITS { i64::MAX } else { sum })
}

/// More digits than any plausible moment has, leading zeros included.
const MOST_DIGITS: usize = 32;

fn append(sum: i64, digit: u8) -> i64 {
    sum.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_units_is_read_in_microseconds() {
        for (text, exponent, micros) in [
            ("1709640000", 6, Some(1_709_640_000_000_000)),
            ("1709640000.25", 6, Some(1_709_640_000_250_000)),
            ("1709640000123", 3, Some(1_709_640_000_123_000)),
            ("1709640000123.0", 3, Some(1_709_640_000_123_000)),
            ("1709640000123456", 0, Some(1_709_640_000_123_456)),
            ("1709640000123456789", -3, Some(1_709_640_000_123_456)),
            ("12", -3, Some(0)),
            ("0", 6, Some(0)),
            ("-1", 6, Some(-1_000_000)),
            ("99999999999999999999999999999999999", 6, Some(i64::MAX)),
            ("", 6, None),
            (".5", 6, None),
            ("1.7e9", 6, None),
            ("1.2.3", 6, None),
            ("-", 6, None),
        ] {
            assert_eq!(read(text.as_bytes(), exponent), micros.map(Reading::utc), "{text}");
        }
    }
}
