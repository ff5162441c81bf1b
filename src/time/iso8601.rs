//! ISO 8601 by hand, which is many times as fast as the date crate; what it does not recognise is left to that.

use jiff::civil::Time;
use jiff::fmt::temporal::DateTimeParser;

use super::reading::{Placed, Reading};
use super::zone;
use super::{ClockChange, Micros, civil};

/// Reads ISO 8601; decimals beyond microseconds are cut off.
#[derive(Clone, Debug)]
pub(super) struct Iso8601 {
    /// Those that were read last, each in its slot.
    months: [Month; SLOTS],
}

/// For the months of four years, of which each has room for sixteen.
const SLOTS: usize = 64;

impl Default for Iso8601 {
    fn default() -> Self {
        Self { months: [Month::default(); SLOTS] }
    }
}

impl Iso8601 {
    /// The clock that a text names.
    pub(super) fn read(&mut self, text: &[u8], changes: ClockChange) -> Option<Reading> {
        self.scan(text).or_else(|| by_jiff(text, changes))
    }

    /// Microseconds from 1970 to midnight, and on to the moment, of `YYYY-MM-DDThh:mm:ss[.mmm]Z`: what most programs write.
    #[inline]
    pub(super) fn scan_utc(&mut self, text: &[u8]) -> Option<(i64, i64)> {
        let (clock, rest) = text.split_first_chunk::<19>()?;
        let millis = match *rest {
            [b'Z'] => 0,
            [b'.', tenths, h, m, b'Z'] => {
                let tenths = tenths.wrapping_sub(b'0');
                let below = number([h, m]).filter(|_| tenths < 10)?;
                i64::from(tenths) * 100 + i64::from(below)
            }
            _ => return None,
        };
        let (date, [b'T' | b' ', time @ ..]) = clock.split_first_chunk()? else { return None };
        let [hours, minutes, seconds] = three_numbers(time.try_into().ok()?)?;
        Some((self.midnight(date)?, since_midnight(hours, minutes, seconds)? + millis * 1_000))
    }

    /// `YYYY-MM-DD`, `T` or a blank, `hh:mm[:ss[.digits]]`, and `Z`, `±hh`, `±hhmm`, `±hh:mm` or nothing.
    #[inline]
    pub(super) fn scan(&mut self, text: &[u8]) -> Option<Reading> {
        let (date, rest) = text.split_first_chunk()?;
        let midnight = self.midnight(date)?;
        let rest = match rest {
            [] => return Some(Reading::local(midnight)),
            [b'T' | b't' | b' ', rest @ ..] => rest,
            _ => return None,
        };
        let (time, rest) = time_of_day(rest)?;
        Some(Reading { clock: midnight + time, placed: placed(rest)? })
    }

    /// Microseconds from 1970 to the first of a date, which must exist.
    #[inline]
    fn midnight(&mut self, [month @ .., d1, d2]: &[u8; 10]) -> Option<i64> {
        let known = &mut self.months[slot(*month)];
        if *month != known.written {
            *known = Month::read(*month)?;
        }
        known.midnight(number([*d1, *d2])?)
    }
}

/// Where a month is kept; the months of a year and of its neighbours have a slot each, so that a log in the order of journeys finds most of its months.
#[inline]
fn slot([_, _, _, year, _, tens, ones, _]: [u8; 8]) -> usize {
    let month = (tens & 1) * 10 + (ones & 15);
    usize::from((year & 3) * 16 + month) % SLOTS
}

/// A month as it was written.
#[derive(Clone, Copy, Debug, Default)]
struct Month {
    /// `YYYY-MM-`.
    written: [u8; 8],
    /// Microseconds from 1970 to its first day.
    first: i64,
    /// Its number of days.
    length: u8,
}

impl Month {
    fn read(written: [u8; 8]) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-'] = written else { return None };
        let year = i32::from(number([y1, y2])?) * 100 + i32::from(number([y3, y4])?);
        let month = number([m1, m2])?;
        let first = civil::days(year, month, 1)? * Micros::PER_DAY;
        Some(Self { written, first, length: civil::days_in_month(year, month)? })
    }

    fn midnight(&self, day: u8) -> Option<i64> {
        let exists = 0 < day && day <= self.length;
        exists.then(|| self.first + (i64::from(day) - 1) * Micros::PER_DAY)
    }
}

/// Microseconds since midnight, and what follows the time.
#[inline]
fn time_of_day(text: &[u8]) -> Option<(i64, &[u8])> {
    match text.split_first_chunk::<8>() {
        Some((time, rest)) if time[5] == b':' => {
            let [hours, minutes, seconds] = three_numbers(*time)?;
            let (fraction, rest) = fraction(rest)?;
            Some((since_midnight(hours, minutes, seconds)? + fraction, rest))
        }
        _ => {
            let ([h1, h2, b':', m1, m2], rest) = text.split_first_chunk()? else { return None };
            Some((since_midnight(number([*h1, *h2])?, number([*m1, *m2])?, 0)?, rest))
        }
    }
}

#[inline]
fn since_midnight(hours: u8, minutes: u8, seconds: u8) -> Option<i64> {
    let whole = (u32::from(hours) * 60 + u32::from(minutes)) * 60 + u32::from(seconds);
    let exists = hours < 24 && minutes < 60 && seconds < 60;
    exists.then_some(i64::from(whole) * Micros::PER_SECOND)
}

/// The decimals of a second in microseconds, if there are any, and what follows them.
#[inline]
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    match text {
        [b'.' | b',', rest @ ..] => decimals(rest),
        _ => Some((0, text)),
    }
}

/// At least one decimal.
#[inline]
fn decimals(text: &[u8]) -> Option<(i64, &[u8])> {
    let (mut rest, mut micros, mut unit) = (text, 0, 100_000);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        micros += unit * u32::from(digit - b'0');
        unit /= 10;
        rest = after;
    }
    (rest.len() < text.len()).then_some((i64::from(micros), rest))
}

/// Where a clock hangs by what follows its time; the inner `None` where nothing does.
#[expect(clippy::option_option, reason = "the outer is a fault, the inner an absence")]
#[inline]
fn placed(text: &[u8]) -> Option<Option<Placed>> {
    if text.is_empty() { Some(None) } else { Some(Some(Placed::at_offset(offset(text)?))) }
}

/// An offset, in microseconds.
#[inline]
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, hours, minutes) = match *text {
        [b'Z' | b'z'] => return Some(0),
        [sign, h1, h2] => (sign, [h1, h2], *b"00"),
        [sign, h1, h2, m1, m2] | [sign, h1, h2, b':', m1, m2] => (sign, [h1, h2], [m1, m2]),
        _ => return None,
    };
    let ahead = since_midnight(number(hours)?, number(minutes)?, 0)?;
    match sign {
        b'+' => Some(ahead),
        b'-' => Some(-ahead),
        _ => None,
    }
}

/// The offset that a text is, in microseconds: `+08`, `+0800` or `+08:00`.
pub(super) fn whole_offset(text: &str) -> Option<i64> {
    offset(text.as_bytes())
}

/// The number of two digits.
#[inline]
fn number([tens, ones]: [u8; 2]) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| tens * 10 + ones)
}

/// The numbers of `12:34:56`: its eight bytes are checked and added up in one word.
#[inline]
fn three_numbers(text: [u8; 8]) -> Option<[u8; 3]> {
    let form = *b"00:00:00";
    // Digits become their values and separators 0, of which only other bytes are greater.
    let values = u64::from_le_bytes(text) ^ u64::from_le_bytes(form);
    let wrong = (values.wrapping_add(TO_HIGHEST_BIT) | values) & HIGHEST_BITS;
    if wrong != 0 {
        return None;
    }
    // No sum is above 99, so that none runs over into the next byte.
    let [first, _, _, second, _, _, third, _] = (values * 10 + (values >> 8)).to_le_bytes();
    Some([first, second, third])
}

/// What lifts the least byte that is too great to its highest bit; one that runs over has that bit itself.
const TO_HIGHEST_BIT: u64 = u64::from_le_bytes([118, 118, 127, 118, 118, 127, 118, 118]);

const HIGHEST_BITS: u64 = u64::from_le_bytes([128; 8]);

/// The rarer forms: basic ISO 8601 (`20240305T143000Z`), leap seconds, offsets with seconds, zones in brackets.
#[cold]
fn by_jiff(text: &[u8], changes: ClockChange) -> Option<Reading> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let pieces = PARSER.parse_pieces(text).ok()?;
    let clock = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let micros = civil::micros(clock)?;
    if let Some(offset) = pieces.to_numeric_offset() {
        return Some(Reading::at_offset(micros, zone::micros(offset)));
    }
    let zone = pieces.to_time_zone().ok()?;
    Some(Reading { clock: micros, placed: zone.map(|zone| zone::place(&zone, clock, changes)) })
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8]) -> Option<Reading> {
        Iso8601::default().read(text, ClockChange::Compatible)
    }

    fn scan(text: &[u8]) -> Option<Reading> {
        Iso8601::default().scan(text)
    }

    fn crate_alone(text: &[u8]) -> Option<Reading> {
        by_jiff(text, ClockChange::Compatible)
    }

    proptest! {
        #[test]
        fn by_hand_and_by_the_date_crate_are_one(
            micros in -62_135_596_800_000_000_i64..253_402_200_000_000_000,
            offset in -86_399_i32..86_400,
        ) {
            let moment = jiff::Timestamp::from_microsecond(micros).expect("within jiff's range");
            let offset = Offset::from_seconds(offset / 60 * 60).expect("under a day");
            let ahead = zone::micros(offset);
            for (text, reading) in [
                (moment.to_string(), Reading::utc(micros)),
                (moment.display_with_offset(offset).to_string(), Reading::at_offset(micros + ahead, ahead)),
                (Offset::UTC.to_datetime(moment).to_string(), Reading::local(micros)),
            ] {
                prop_assert_eq!(crate_alone(text.as_bytes()), Some(reading), "{}", text);
                // Years before 0 or after 9999 have signs.
                if text.as_bytes()[0].is_ascii_digit() {
                    prop_assert_eq!(scan(text.as_bytes()), Some(reading), "{}", text);
                }
            }
        }

        #[test]
        fn what_the_hand_takes_the_date_crate_takes(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]([Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9]([.,][0-9]{1,9})?)?([Zz]|[+-][0-2][0-9](:?[0-6][0-9])?)?)?") {
            if let Some(reading) = scan(text.as_bytes()) {
                prop_assert_eq!(crate_alone(text.as_bytes()), Some(reading), "{}", text);
            }
        }

        #[test]
        fn what_was_read_before_changes_nothing(texts in prop::collection::vec("20(19|2[0-3])-0[1-3]-(2[0-9]|3[01])", 1..20)) {
            let mut reader = Iso8601::default();
            for text in texts {
                prop_assert_eq!(reader.scan(text.as_bytes()), scan(text.as_bytes()));
            }
        }

        #[test]
        fn bytes_are_three_numbers_exactly_where_they_are_digits_with_colons(text in prop::array::uniform8(0x2b_u8..0x3e)) {
            let [h1, h2, c1, m1, m2, c2, s1, s2] = text;
            let by_two = || Some([number([h1, h2])?, number([m1, m2])?, number([s1, s2])?]);
            prop_assert_eq!(three_numbers(text), by_two().filter(|_| (c1, c2) == (b':', b':')));
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
        assert_eq!(read(text), Some(Reading::utc(123_456)));
        assert_eq!(read(b"1969-12-31T23:59:59.9999999Z"), Some(Reading::utc(-1)));
        assert_eq!(crate_alone(b"1969-12-31T23:59:59.9999999Z"), Some(Reading::utc(-1)));
    }

    #[test]
    fn the_months_of_neighbouring_years_have_a_slot_each() {
        let slots: hashbrown::HashSet<usize> = (2020..2024)
            .flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}-")))
            .map(|text| slot(text.as_bytes().try_into().expect("eight bytes")))
            .collect();
        assert_eq!(slots.len(), 48);
    }

    #[test]
    fn one_wrong_byte_is_found_wherever_it_stands() {
        let good = *b"12:34:56";
        assert_eq!(three_numbers(good), Some([12, 34, 56]));
        for place in 0..good.len() {
            for byte in 0..=u8::MAX {
                let mut text = good;
                text[place] = byte;
                let is_good =
                    if good[place] == b':' { byte == b':' } else { byte.is_ascii_digit() };
                assert_eq!(three_numbers(text).is_some(), is_good, "{text:?}");
            }
        }
    }

    #[test]
    fn every_precision_and_every_offset_is_read() {
        let noon = 1_709_640_000_000_000;
        for (text, micros) in [
            ("2024-03-05T12:00", 0),
            ("2024-03-05 12:00:01", 1_000_000),
            ("2024-03-05T12:00:00.5", 500_000),
            ("2024-03-05T12:00:00,25", 250_000),
            ("2024-03-05T12:00:00.123456", 123_456),
            ("2024-03-05T12:00:00.123456789", 123_456),
        ] {
            for (offset, minutes) in [
                ("Z", 0),
                ("z", 0),
                ("+00:00", 0),
                ("+08", 480),
                ("+0800", 480),
                ("+08:00", 480),
                ("-03:30", -210),
                ("-0330", -210),
                ("-12", -720),
                ("+05:45", 345),
            ] {
                let ahead = minutes * 60 * Micros::PER_SECOND;
                let text = format!("{text}{offset}");
                let expected = Reading::at_offset(noon + micros, ahead);
                assert_eq!(scan(text.as_bytes()), Some(expected), "{text}");
            }
            assert_eq!(scan(text.as_bytes()), Some(Reading::local(noon + micros)), "{text}");
        }
        assert_eq!(scan(b"2024-03-05"), Some(Reading::local(noon - Micros::PER_DAY / 2)));
    }

    #[test]
    fn rarer_forms_are_left_to_the_date_crate() {
        let (noon, hour) = (1_709_640_000_000_000, 3_600 * Micros::PER_SECOND);
        for (text, reading) in [
            ("20240305T120000Z", Reading::utc(noon)),
            ("2024-03-05T12", Reading::local(noon)),
            ("2024-03-05T20:00[Asia/Shanghai]", Reading::at_offset(noon + 8 * hour, 8 * hour)),
            ("-000001-01-01T00:00Z", Reading::utc(-62_198_755_200_000_000)),
        ] {
            let found = (scan(text.as_bytes()), read(text.as_bytes()));
            assert_eq!(found, (None, Some(reading)), "{text}");
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
