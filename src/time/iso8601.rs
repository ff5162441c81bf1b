//! ISO 8601 by hand, which is several times as fast as the date crate; what it does not recognise is left to that.

use jiff::civil::Time;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::Offset;

use super::Micros;
use super::reading::Reading;

/// The moment that a text of ISO 8601 names; decimals beyond microseconds are cut off.
pub(super) fn read(text: &[u8]) -> Option<Reading> {
    scan(text).or_else(|| by_jiff(text))
}

/// `YYYY-MM-DD`, `T` or a blank, `hh:mm[:ss[.digits]]`, and `Z`, `±hh`, `±hhmm`, `±hh:mm` or nothing.
fn scan(text: &[u8]) -> Option<Reading> {
    let mut rest = text;
    let midnight = days(&mut rest)? * Micros::PER_DAY;
    if rest.is_empty() {
        return Some(Reading::Local(midnight));
    }
    take(&mut rest, b"T").or_else(|| take(&mut rest, b" "))?;
    let local = midnight + time_of_day(&mut rest)?;
    if rest.is_empty() {
        return Some(Reading::Local(local));
    }
    Some(Reading::Instant(local - offset(rest)?))
}

/// Days since 1970 of a date, which must exist.
fn days(rest: &mut &[u8]) -> Option<i64> {
    let year = number::<4>(rest)?;
    take(rest, b"-")?;
    let month = number::<2>(rest).filter(|month| (1..=12).contains(month))?;
    take(rest, b"-")?;
    let day = number::<2>(rest).filter(|day| (1..=days_in(year, month)).contains(day))?;
    Some(days_from_civil(year, month, day))
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`, for years from 0.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn time_of_day(rest: &mut &[u8]) -> Option<i64> {
    let hours = number::<2>(rest).filter(|&hours| hours < 24)?;
    take(rest, b":")?;
    let minutes = number::<2>(rest).filter(|&minutes| minutes < 60)?;
    let whole = (hours * 60 + minutes) * 60 * Micros::PER_SECOND;
    Some(whole + seconds(rest)?)
}

fn seconds(rest: &mut &[u8]) -> Option<i64> {
    if take(rest, b":").is_none() {
        return Some(0);
    }
    let whole = number::<2>(rest).filter(|&seconds| seconds < 60)? * Micros::PER_SECOND;
    if take(rest, b".").or_else(|| take(rest, b",")).is_none() {
        return Some(whole);
    }
    Some(whole + decimals(rest)?)
}

/// At least one decimal of a second, in microseconds.
fn decimals(rest: &mut &[u8]) -> Option<i64> {
    let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(length);
    *rest = after;
    let padded = digits.iter().copied().chain(std::iter::repeat(b'0'));
    let micros = padded.take(6).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (length > 0).then_some(micros)
}

/// The offset that a text ends with, in microseconds.
fn offset(text: &[u8]) -> Option<i64> {
    let (&sign, mut rest) = text.split_first()?;
    let sign = match sign {
        b'Z' => return rest.is_empty().then_some(0),
        b'+' => Micros::PER_SECOND,
        b'-' => -Micros::PER_SECOND,
        _ => return None,
    };
    let hours = number::<2>(&mut rest).filter(|&hours| hours < 24)?;
    if rest.is_empty() {
        return Some(sign * hours * 3600);
    }
    let _ = take(&mut rest, b":");
    let minutes = number::<2>(&mut rest).filter(|&minutes| minutes < 60)?;
    rest.is_empty().then_some(sign * (hours * 60 + minutes) * 60)
}

/// The offset that a text is, in microseconds: `+08`, `+0800` or `+08:00`.
pub(super) fn whole_offset(text: &str) -> Option<i64> {
    offset(text.as_bytes())
}

fn number<const DIGITS: usize>(rest: &mut &[u8]) -> Option<i64> {
    let (digits, after) = rest.split_first_chunk::<DIGITS>()?;
    *rest = after;
    digits.iter().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
    })
}

fn take(rest: &mut &[u8], prefix: &[u8]) -> Option<()> {
    *rest = rest.strip_prefix(prefix)?;
    Some(())
}

/// The rarer forms: basic ISO 8601 (`20240305T143000Z`), lower case, leap seconds, offsets with seconds, zones in brackets.
fn by_jiff(text: &[u8]) -> Option<Reading> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let pieces = PARSER.parse_pieces(text).ok()?;
    let local = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    if let Some(offset) = pieces.to_numeric_offset() {
        return instant(offset.to_timestamp(local));
    }
    if let Some(zone) = pieces.to_time_zone().ok()? {
        return instant(zone.to_timestamp(local));
    }
    let as_if_utc = Offset::UTC.to_timestamp(local).ok()?;
    Some(Reading::Local(as_if_utc.as_microsecond()))
}

fn instant(moment: Result<jiff::Timestamp, jiff::Error>) -> Option<Reading> {
    Some(Reading::Instant(moment.ok()?.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn by_hand_and_by_the_date_crate_are_one(
            micros in -62_135_596_800_000_000_i64..253_402_200_000_000_000,
            offset in -86_399_i32..86_400,
        ) {
            let moment = jiff::Timestamp::from_microsecond(micros).expect("within jiff's range");
            let offset = Offset::from_seconds(offset / 60 * 60).expect("under a day");
            for text in [moment.to_string(), moment.display_with_offset(offset).to_string()] {
                prop_assert_eq!(scan(text.as_bytes()), Some(Reading::Instant(micros)), "{}", text);
                prop_assert_eq!(by_jiff(text.as_bytes()), Some(Reading::Instant(micros)), "{}", text);
            }
            let local = Offset::UTC.to_datetime(moment).to_string();
            prop_assert_eq!(scan(local.as_bytes()), Some(Reading::Local(micros)), "{}", local);
            prop_assert_eq!(by_jiff(local.as_bytes()), Some(Reading::Local(micros)), "{}", local);
        }

        // Before 1970 the date crate cuts decimals off towards 1970, and such a moment is refused anyway.
        #[test]
        fn what_the_hand_takes_the_date_crate_takes(text in "(19[89]|20[0-9])[0-9]-[0-3][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,9})?)?(Z|[+-][0-2][0-9](:?[0-6][0-9])?)?)?") {
            if let Some(reading) = scan(text.as_bytes()) {
                prop_assert_eq!(by_jiff(text.as_bytes()), Some(reading), "{}", text);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(text in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&text);
        }

        #[test]
        fn no_near_miss_makes_it_panic(text in "[0-9TZ:+,. -]{0,40}") {
            let _ = read(text.as_bytes());
        }
    }

    #[test]
    fn decimals_beyond_microseconds_are_cut_off() {
        let text = b"1970-01-01T00:00:00.123456999999Z";
        assert_eq!(read(text), Some(Reading::Instant(123_456)));
    }

    #[test]
    fn rarer_forms_are_left_to_the_date_crate() {
        let noon = Reading::Instant(1_709_640_000_000_000);
        for text in ["20240305T120000Z", "2024-03-05t12:00:00z", "2024-03-05T20:00[Asia/Shanghai]"]
        {
            assert_eq!(
                (scan(text.as_bytes()), read(text.as_bytes())),
                (None, Some(noon)),
                "{text}"
            );
        }
    }

    #[test]
    fn dates_and_times_that_do_not_exist_are_none() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-01-00",
            "2024-01-01T24:00",
            "2024-01-01T",
            "2024-01-01T10",
            "2024-01-01T10:60",
            "2024-01-01T10:00:00.",
            "2024-01-01T10:00+8",
            "2024-1-1",
            "2024-01-01T10:00Zulu",
            "2024-01-01 ",
            "",
            "yesterday",
        ] {
            assert!(scan(text.as_bytes()).is_none(), "{text}");
        }
    }
}
