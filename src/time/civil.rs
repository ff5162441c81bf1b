//! The calendar: dates in, days since 1970 out, and clocks as the date crate has them.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::Micros;

/// The first microsecond of the year -9999, since 1970.
pub(super) const EARLIEST: i64 = days_before_year(-9_999) * Micros::PER_DAY;

/// The first microsecond after the year 9999, since 1970.
pub(super) const END: i64 = days_before_year(10_000) * Micros::PER_DAY;

/// Days of a year before each month and after the last, in common and in leap years.
const DAYS_BEFORE_MONTH: [[u16; 13]; 2] = [
    [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365],
    [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366],
];

/// Days since 1970 of a date in the years -9999 to 9999, if there is such a date.
pub(super) fn days(year: i32, month: u8, day: u8) -> Option<i64> {
    let exists = (1..=days_in_month(year, month)?).contains(&day);
    let before = DAYS_BEFORE_MONTH[usize::from(is_leap(year))][usize::from(month) - 1];
    exists.then(|| days_before_year(year) + i64::from(before) + i64::from(day) - 1)
}

/// Days of a month, if there is such a month.
pub(super) fn days_in_month(year: i32, month: u8) -> Option<u8> {
    let before = &DAYS_BEFORE_MONTH[usize::from(is_leap(year))];
    let month = usize::from(month);
    let length = before.get(month)? - before.get(month.checked_sub(1)?)?;
    u8::try_from(length).ok()
}

/// A year that 25 divides is a leap year if 16 divides it too, which is to say 400.
fn is_leap(year: i32) -> bool {
    year & (if year % 25 == 0 { 15 } else { 3 }) == 0
}

/// Days from 1970 to the first day of a year, from -9999 on.
const fn days_before_year(year: i32) -> i64 {
    days_of_years(year) - days_of_years(1970)
}

/// Days from the first of the year -12000, with which a cycle of 400 years begins, to the first of a later one.
const fn days_of_years(year: i32) -> i64 {
    let years = (year + 12_000).cast_unsigned();
    let last = years - 1;
    (years * 365 + last / 4 - last / 100 + last / 400 + 1) as i64
}

/// Microseconds since 1970 of a clock; finer decimals are cut off, before 1970 too.
pub(super) fn micros(clock: DateTime) -> Option<i64> {
    let day = days(clock.year().into(), clock.month().cast_unsigned(), clock.day().cast_unsigned());
    let seconds =
        (i64::from(clock.hour()) * 60 + i64::from(clock.minute())) * 60 + i64::from(clock.second());
    let fraction = i64::from(clock.subsec_nanosecond() / 1_000);
    Some(day? * Micros::PER_DAY + seconds * Micros::PER_SECOND + fraction)
}

/// The clock at so many microseconds since 1970; `None` outside the years -9999 to 9999.
pub(super) fn clock(micros: i64) -> Option<DateTime> {
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(SignedDuration::from_micros(micros)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_day_of_the_calendar_is_one_after_the_day_before() {
        let mut date = Date::MIN;
        let mut expected = EARLIEST / Micros::PER_DAY;
        loop {
            let (month, day) = (date.month().cast_unsigned(), date.day().cast_unsigned());
            assert_eq!(days(date.year().into(), month, day), Some(expected), "{date}");
            let Ok(tomorrow) = date.tomorrow() else { break };
            (date, expected) = (tomorrow, expected + 1);
        }
        assert_eq!((expected + 1) * Micros::PER_DAY, END);
        assert_eq!(days(1970, 1, 1), Some(0));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2024, 0, 1), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0)]
        {
            assert_eq!(days(year, month, day), None, "{year} {month} {day}");
        }
        assert!(days(2000, 2, 29).is_some() && days(-400, 2, 29).is_some());
    }

    proptest! {
        #[test]
        fn clocks_are_read_back(micros in EARLIEST..END) {
            prop_assert_eq!(clock(micros).and_then(super::micros), Some(micros));
        }
    }

    #[test]
    fn the_calendar_ends_where_its_ends_are_said_to_be() {
        for micros in [EARLIEST, END - 1] {
            assert_eq!(clock(micros).and_then(super::micros), Some(micros));
        }
        for micros in [EARLIEST - 1, END, i64::MIN, i64::MAX] {
            assert_eq!(clock(micros), None);
        }
    }
}
