//! Clocks: the ends of limits, worked out by hand, and what holds of all of them.

use proptest::prelude::*;
use touchpoint::rules::pack::{Clock, Limit, Roll, Unit};
use touchpoint::rules::{Calendar, Counting, Due, Stretch};
use touchpoint::time::{Date, LocalDays, Micros, TimeFormat, TimeParser, Timestamp};

const HOUR: i64 = 3_600 * Micros::PER_SECOND;

fn zone(name: &str) -> LocalDays {
    LocalDays::new(name).expect("a zone")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A moment in UTC, or with an offset.
fn at(text: &str) -> Timestamp {
    let mut parser = TimeParser::new(&[TimeFormat::Iso8601], Some("UTC")).expect("UTC is a zone");
    parser.parse(text.as_bytes()).expect("a moment").0
}

/// Noon of a day of UTC, which is the same day in Shanghai and in London, and in New York.
fn noon(day: &str) -> Timestamp {
    at(&format!("{day}T12:00:00Z"))
}

/// A stretch from noon to noon.
fn stretch(from: &str, until: &str) -> Stretch {
    (noon(from), Some(noon(until)))
}

fn limit(text: &str) -> Limit {
    let unit = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let amount = text[..text.len() - unit.len()].parse().expect("a number");
    let unit = match unit {
        "h" => Unit::Hour,
        "d" => Unit::CalendarDay,
        "bd" => Unit::BusinessDay,
        "w" => Unit::Week,
        _ => panic!("{unit} is no unit"),
    };
    Limit::new(amount, unit)
}

fn last_day(counting: &Counting, start: &str, length: &str, suspended: &[Stretch]) -> String {
    let due = counting.due(noon(start), limit(length), suspended);
    due.day().map_or_else(|| format!("{due:?}"), |day| day.to_string())
}

#[test]
fn chinese_limits_are_natural_days_with_and_without_the_roll_of_the_civil_code() {
    let shanghai = zone("Asia/Shanghai");
    let strict = Counting::new(&shanghai).calendar(Calendar::built_in("cn"));
    let rolled = strict.roll(Roll::NextOpenDay);
    for (received, length, plain, with_roll) in [
        ("2026-02-01", "15d", "2026-02-16", "2026-02-24"),
        ("2026-02-10", "15d", "2026-02-25", "2026-02-25"),
        ("2026-02-10", "30d", "2026-03-12", "2026-03-12"),
        ("2026-02-10", "60d", "2026-04-11", "2026-04-13"),
        ("2026-03-01", "30d", "2026-03-31", "2026-03-31"),
        // the Saturday on which it ends is worked
        ("2026-02-13", "15d", "2026-02-28", "2026-02-28"),
    ] {
        assert_eq!(last_day(&strict, received, length, &[]), plain, "{received} {length}");
        assert_eq!(last_day(&rolled, received, length, &[]), with_roll, "{received} {length}");
    }
}

#[test]
fn british_business_days_leave_out_christmas() {
    let london = zone("Europe/London");
    let england = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
    for (length, last) in [
        ("3bd", "2026-12-17"),
        ("15bd", "2027-01-07"),
        ("35bd", "2027-02-04"),
        ("8w", "2027-02-08"),
    ] {
        assert_eq!(last_day(&england, "2026-12-14", length, &[]), last, "{length}");
    }
    // 4 January 2027 is a holiday in Scotland alone, in the place of the 2nd
    let scotland = england.calendar(Calendar::built_in("uk-scotland"));
    assert_eq!(last_day(&scotland, "2026-12-14", "15bd", &[]), "2027-01-08");
}

#[test]
fn american_limits_are_business_days_and_calendar_days() {
    let new_york = zone("America/New_York");
    let counting = Counting::new(&new_york).calendar(Calendar::built_in("us-federal"));
    for (start, length, last) in [
        ("2026-11-20", "10bd", "2026-12-07"),
        ("2026-11-20", "20bd", "2026-12-21"),
        ("2026-11-20", "45d", "2027-01-04"),
        ("2026-11-20", "90d", "2027-02-18"),
        ("2026-11-23", "15d", "2026-12-08"),
        ("2026-11-23", "60d", "2027-01-22"),
    ] {
        assert_eq!(last_day(&counting, start, length, &[]), last, "{length}");
    }
}

#[test]
fn a_limit_in_days_ends_with_the_local_day() {
    let shanghai = zone("Asia/Shanghai");
    let counting = Counting::new(&shanghai);
    // 23:30 of 9 February in Shanghai
    let due = counting.due(at("2026-02-09T15:30:00Z"), limit("15d"), &[]);
    assert_eq!(due.day(), Some(date("2026-02-24")));
    assert_eq!(due.end(), Some(at("2026-02-24T16:00:00Z")));
    // half an hour later it is the 10th there
    let due = counting.due(at("2026-02-09T16:00:00Z"), limit("15d"), &[]);
    assert_eq!(due.day(), Some(date("2026-02-25")));
}

#[test]
fn leap_days_and_year_ends_are_days() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc);
    for (start, length, last) in [
        ("2024-02-28", "1d", "2024-02-29"),
        ("2023-02-28", "1d", "2023-03-01"),
        ("2024-02-29", "52w", "2025-02-27"),
        ("2025-12-31", "1d", "2026-01-01"),
    ] {
        assert_eq!(last_day(&counting, start, length, &[]), last, "{start} {length}");
    }
}

#[test]
fn hours_pass_as_they_pass_where_clocks_are_turned() {
    for (name, start, last) in [
        ("Europe/London", "2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z"),
        ("Europe/London", "2026-10-23T12:00:00+01:00", "2026-10-26T11:00:00Z"),
        ("America/New_York", "2026-03-06T12:00:00-05:00", "2026-03-09T13:00:00-04:00"),
    ] {
        let days = zone(name);
        let due = Counting::new(&days).due(at(start), limit("72h"), &[]);
        assert_eq!(due.end(), Some(at(last) + Micros(1)), "{name} {start}");
    }
    // the last moment is the last of a day there, and of the next in UTC
    let new_york = zone("America/New_York");
    let due = Counting::new(&new_york).due(at("2026-03-08T03:00:00Z"), limit("24h"), &[]);
    assert_eq!(due.day(), Some(date("2026-03-08")));
}

#[test]
fn a_day_has_the_length_that_clocks_give_it() {
    for (name, start, end) in [
        ("Europe/London", "2026-03-27T12:00:00Z", "2026-03-29T23:00:00Z"),
        ("Europe/London", "2026-10-23T12:00:00Z", "2026-10-26T00:00:00Z"),
        ("America/New_York", "2026-03-06T12:00:00Z", "2026-03-09T04:00:00Z"),
        ("America/New_York", "2026-10-30T12:00:00Z", "2026-11-02T05:00:00Z"),
    ] {
        let days = zone(name);
        let due = Counting::new(&days).due(at(start), limit("2d"), &[]);
        assert_eq!(due.end(), Some(at(end)), "{name} {start}");
    }
}

#[test]
fn a_saturday_that_is_worked_is_a_business_day() {
    let shanghai = zone("Asia/Shanghai");
    let counting = Counting::new(&shanghai).calendar(Calendar::built_in("cn"));
    assert_eq!(last_day(&counting, "2026-02-13", "1bd", &[]), "2026-02-14");
    assert_eq!(last_day(&counting, "2026-02-13", "2bd", &[]), "2026-02-24");
    assert_eq!(last_day(&counting, "2026-02-24", "4bd", &[]), "2026-02-28");
}

#[test]
fn a_limit_that_starts_on_a_holiday_counts_from_the_next_open_day() {
    let london = zone("Europe/London");
    let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
    for start in ["2026-12-25", "2026-12-26", "2026-12-28"] {
        assert_eq!(last_day(&counting, start, "1bd", &[]), "2026-12-29", "{start}");
    }
    let with_first = counting.count_first_day(true);
    assert_eq!(last_day(&with_first, "2026-12-28", "1bd", &[]), "2026-12-29");
    assert_eq!(last_day(&with_first, "2026-12-29", "1bd", &[]), "2026-12-29");
}

#[test]
fn where_the_first_day_counts_a_limit_ends_a_day_earlier() {
    let utc = zone("UTC");
    let counting = Counting::by(&first_day_counts(), &utc, None);
    assert_eq!(last_day(&counting, "2026-02-10", "15d", &[]), "2026-02-24");
    assert_eq!(last_day(&counting, "2026-02-10", "1w", &[]), "2026-02-16");
    assert_eq!(last_day(&counting, "2026-02-10", "0d", &[]), "2026-02-10");
    let due = counting.due(noon("2026-02-10"), limit("24h"), &[]);
    assert_eq!(due.day(), Some(date("2026-02-11")));
}

fn first_day_counts() -> Clock {
    let mut clock = Clock::default();
    clock.count_first_day = true;
    clock
}

#[test]
fn a_limit_of_nothing_ends_where_it_begins() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc);
    for length in ["0d", "0w", "0bd"] {
        assert_eq!(last_day(&counting, "2026-02-10", length, &[]), "2026-02-10", "{length}");
    }
    let due = counting.due(noon("2026-02-10"), limit("0h"), &[]);
    assert_eq!(due.end(), Some(noon("2026-02-10") + Micros(1)));
}

#[test]
fn suspended_days_are_not_counted() {
    let shanghai = zone("Asia/Shanghai");
    let counting = Counting::new(&shanghai).calendar(Calendar::built_in("cn"));
    // over the Spring Festival: nine days off and two make-up Saturdays beside them
    let festival = [stretch("2026-02-14", "2026-02-26")];
    assert_eq!(last_day(&counting, "2026-02-10", "15d", &festival), "2026-03-09");
    assert_eq!(last_day(&counting, "2026-02-10", "5bd", &[]), "2026-02-24");
    assert_eq!(last_day(&counting, "2026-02-10", "5bd", &festival), "2026-02-27");
    // over holidays alone it costs no business day
    let holidays = [stretch("2026-02-15", "2026-02-24")];
    assert_eq!(last_day(&counting, "2026-02-10", "5bd", &holidays), "2026-02-24");
}

#[test]
fn the_day_of_suspension_is_left_out_and_the_day_of_resumption_counts() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc);
    let due = |suspended: &[Stretch]| last_day(&counting, "2026-06-01", "3d", suspended);
    assert_eq!(due(&[stretch("2026-06-02", "2026-06-03")]), "2026-06-05");
    assert_eq!(due(&[stretch("2026-06-04", "2026-06-06")]), "2026-06-06");
    assert_eq!(due(&[stretch("2026-06-05", "2026-06-09")]), "2026-06-04", "after the last day");
    assert_eq!(due(&[stretch("2026-05-20", "2026-06-02")]), "2026-06-04", "before the first");
    assert_eq!(due(&[stretch("2026-05-20", "2026-06-04")]), "2026-06-06");
    assert_eq!(due(&[stretch("2026-06-02", "2026-06-02")]), "2026-06-04", "of no length");
    assert_eq!(due(&[stretch("2026-06-03", "2026-06-02")]), "2026-06-04", "the wrong way round");
}

#[test]
fn stretches_that_overlap_count_once_in_any_order() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc);
    let mut stretches = [
        stretch("2026-06-07", "2026-06-09"),
        stretch("2026-06-03", "2026-06-06"),
        stretch("2026-06-02", "2026-06-05"),
        stretch("2026-06-04", "2026-06-05"),
    ];
    assert_eq!(last_day(&counting, "2026-06-01", "3d", &stretches), "2026-06-10");
    stretches.reverse();
    assert_eq!(last_day(&counting, "2026-06-01", "3d", &stretches), "2026-06-10");
}

#[test]
fn a_clock_that_is_not_set_going_again_stands_unless_the_limit_ended_before() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc).calendar(Calendar::built_in("uk-england-wales"));
    let standing = [(noon("2026-06-04"), None)];
    for length in ["3d", "3bd", "1w", "73h"] {
        assert_eq!(counting.due(noon("2026-06-01"), limit(length), &standing), Due::Standing);
    }
    assert_eq!(last_day(&counting, "2026-06-01", "2d", &standing), "2026-06-03");
    assert_eq!(last_day(&counting, "2026-06-01", "2bd", &standing), "2026-06-03");
    assert_eq!(last_day(&counting, "2026-06-01", "72h", &standing), "2026-06-04");
}

#[test]
fn hours_stand_still_to_the_microsecond() {
    let utc = zone("UTC");
    let (from, until) = (at("2026-06-01T13:00:00Z"), at("2026-06-01T13:00:01.000001Z"));
    let due = Counting::new(&utc).due(noon("2026-06-01"), limit("2h"), &[(from, Some(until))]);
    assert_eq!(due.end(), Some(at("2026-06-01T14:00:01.000002Z")));
}

#[test]
fn nothing_is_guessed_where_the_calendar_ends() {
    let shanghai = zone("Asia/Shanghai");
    let plain = Counting::new(&shanghai);
    let china = plain.calendar(Calendar::built_in("cn"));
    let due = |counting: &Counting, start: &str, length: &str| {
        counting.due(noon(start), limit(length), &[])
    };
    assert_eq!(due(&plain, "2026-02-10", "5bd"), Due::Uncovered, "without a calendar");
    assert_eq!(due(&plain.roll(Roll::NextOpenDay), "2026-02-10", "5d"), Due::Uncovered);
    assert_eq!(last_day(&china, "2026-12-24", "1bd", &[]), "2026-12-25");
    assert_eq!(due(&china, "2026-12-24", "2bd"), Due::Uncovered);
    assert_eq!(due(&china, "2018-12-30", "3bd"), Due::Uncovered);
    assert_eq!(last_day(&china, "2018-12-31", "1bd", &[]), "2019-01-02");
    assert_eq!(last_day(&china, "2026-12-24", "15d", &[]), "2027-01-08");
    assert_eq!(due(&china.roll(Roll::NextOpenDay), "2026-12-24", "15d"), Due::Uncovered);
    let resumed_after_it = [stretch("2026-12-24", "2027-01-05")];
    assert_eq!(china.due(noon("2026-12-23"), limit("1bd"), &resumed_after_it), Due::Uncovered);
    assert_eq!(
        china.due(noon("2026-12-23"), limit("5bd"), &[(noon("2027-02-01"), None)]),
        Due::Uncovered
    );
}

#[test]
fn what_lies_beyond_all_dates_says_so() {
    let utc = zone("UTC");
    let counting = Counting::new(&utc).calendar(Calendar::built_in("cn"));
    let most = [Unit::Hour, Unit::CalendarDay, Unit::Week].map(|unit| Limit::new(u32::MAX, unit));
    for longest in most {
        assert_eq!(counting.due(noon("2026-02-10"), longest, &[]), Due::BeyondCalendar);
        assert_eq!(counting.back(noon("2026-02-10"), longest), None);
    }
    for moment in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
        for length in ["1h", "1d", "1bd", "1w"] {
            assert_eq!(counting.due(moment, limit(length), &[]), Due::BeyondCalendar);
            assert_eq!(counting.back(moment, limit(length)), None);
        }
        let stretches = [(Timestamp(i64::MIN), Some(moment)), (moment, Some(Timestamp(i64::MAX)))];
        for length in ["1h", "1d", "1w"] {
            let due = counting.due(noon("2026-02-10"), limit(length), &stretches);
            assert!(matches!(due, Due::At { .. } | Due::BeyondCalendar), "{due:?}");
        }
    }
    let last_but_one = utc.start_of(date("9999-12-30")).expect("a moment");
    assert_eq!(counting.due(last_but_one, limit("1d"), &[]), Due::BeyondCalendar);
}

#[test]
fn lateness_is_whole_days_or_exact_for_hours() {
    let shanghai = zone("Asia/Shanghai");
    let counting = Counting::new(&shanghai);
    let due = counting.due(noon("2026-02-10"), limit("15d"), &[]);
    let late = |moment| counting.lateness(due, Unit::CalendarDay, at(moment));
    assert_eq!(late("2026-02-25T23:59:59.999999+08:00"), None);
    assert_eq!(late("2026-02-26T00:00:00+08:00"), Some(Micros::days(1)));
    assert_eq!(late("2026-03-02T23:00:00+08:00"), Some(Micros::days(5)));
    let due = counting.due(noon("2026-02-10"), limit("72h"), &[]);
    let late = |moment| counting.lateness(due, Unit::Hour, moment);
    assert_eq!(late(noon("2026-02-13")), None);
    assert_eq!(late(noon("2026-02-13") + Micros(1)), Some(Micros(1)));
    assert_eq!(late(noon("2026-02-14")), Some(Micros(24 * HOUR)));
    assert_eq!(counting.lateness(Due::Standing, Unit::Hour, noon("2026-02-14")), None);
}

#[test]
fn a_look_back_reaches_the_beginning_of_its_first_day() {
    let london = zone("Europe/London");
    let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
    for (from, length, first) in [
        ("2026-06-10", "0d", "2026-06-10T00:00:00+01:00"),
        ("2026-06-10", "1d", "2026-06-09T00:00:00+01:00"),
        ("2026-06-10", "1w", "2026-06-03T00:00:00+01:00"),
        ("2026-06-10", "90d", "2026-03-12T00:00:00Z"),
        ("2026-12-29", "2bd", "2026-12-23T00:00:00Z"),
        ("2026-03-30", "24h", "2026-03-29T12:00:00Z"),
    ] {
        assert_eq!(counting.back(noon(from), limit(length)), Some(at(first)), "{from} {length}");
    }
    let with_first = counting.count_first_day(true);
    assert_eq!(
        with_first.back(noon("2026-06-10"), limit("1d")),
        Some(at("2026-06-10T00:00:00+01:00"))
    );
    assert_eq!(counting.back(noon("2019-01-03"), limit("2bd")), None, "before the calendar");
    assert_eq!(counting.calendar(None).back(noon("2026-06-10"), limit("2bd")), None);
}

/// A limit that a property holds of, in calendar days or by a calendar.
fn any_limit() -> impl Strategy<Value = Limit> {
    let unit =
        prop::sample::select(&[Unit::Hour, Unit::CalendarDay, Unit::BusinessDay, Unit::Week][..]);
    (0_u32..40, unit).prop_map(|(amount, unit)| Limit::new(amount, unit))
}

/// A moment of 2025 or the first half of 2026.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    (0..18 * 30 * 24 * 60_i64)
        .prop_map(|minutes| noon("2025-01-01") + Micros::seconds(minutes * 60))
}

fn any_stretch() -> impl Strategy<Value = Stretch> {
    (any_moment(), 0..40 * 24_i64)
        .prop_map(|(from, hours)| (from, Some(from + Micros(hours * HOUR))))
}

/// Days counted one by one, the plain way.
fn counted_one_by_one(
    start: Date,
    length: u32,
    calendar: Option<&Calendar>,
    gaps: &[(Date, Date)],
) -> Date {
    let counts = |day: Date| {
        calendar.is_none_or(|calendar| calendar.is_open(day) == Some(true))
            && !gaps.iter().any(|(from, until)| (*from..*until).contains(&day))
    };
    let mut day = start;
    let mut left = length;
    while left > 0 {
        day = day.plus_days(1).expect("a date");
        left -= u32::from(counts(day));
    }
    day
}

proptest! {
    #[test]
    fn a_longer_limit_is_not_due_earlier(
        start in any_moment(), limit in any_limit(), suspended in prop::collection::vec(any_stretch(), 0..4),
    ) {
        let london = zone("Europe/London");
        for roll in [Roll::None, Roll::NextOpenDay] {
            let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales")).roll(roll);
            let due = |limit| counting.due(start, limit, &suspended).end();
            let longer = Limit::new(limit.amount + 1, limit.unit);
            prop_assert!(due(limit).is_some() && due(limit) <= due(longer));
        }
    }

    #[test]
    fn a_later_start_is_not_due_earlier(
        start in any_moment(), hours in 0..24 * 40_i64, limit in any_limit(),
        suspended in prop::collection::vec(any_stretch(), 0..4),
    ) {
        let london = zone("Europe/London");
        let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
        let due = |start| counting.due(start, limit, &suspended).end();
        prop_assert!(due(start) <= due(start + Micros(hours * HOUR)));
    }

    #[test]
    fn to_suspend_some_days_is_to_be_due_so_many_days_later(
        start in any_moment(), length in 1_u32..40, after in 0_i64..40, suspended in 0_i64..40,
    ) {
        let utc = zone("UTC");
        let counting = Counting::new(&utc);
        let from = start + Micros::days(1 + after % i64::from(length));
        let stretch = (from, Some(from + Micros::days(suspended)));
        let limit = Limit::new(length, Unit::CalendarDay);
        let plain = counting.due(start, limit, &[]).day().expect("a date");
        prop_assert_eq!(counting.due(start, limit, &[stretch]).day(), plain.plus_days(suspended));
    }

    #[test]
    fn days_are_those_that_are_counted_one_by_one(
        start in any_moment(), length in 0_u32..40, by_calendar in any::<bool>(),
        suspended in prop::collection::vec(any_stretch(), 0..5),
    ) {
        let london = zone("Europe/London");
        let calendar = by_calendar.then(|| Calendar::built_in("uk-scotland")).flatten();
        let unit = if by_calendar { Unit::BusinessDay } else { Unit::CalendarDay };
        let day = |moment| london.date_of(moment).expect("a date");
        let gaps: Vec<_> =
            suspended.iter().filter_map(|(from, until)| Some((day(*from), day((*until)?)))).collect();
        let due = Counting::new(&london).calendar(calendar).due(start, Limit::new(length, unit), &suspended);
        prop_assert_eq!(due.day(), Some(counted_one_by_one(day(start), length, calendar, &gaps)));
    }

    #[test]
    fn a_look_back_is_undone_by_the_limit_from_its_first_day(
        from in any_moment(), length in 1_u32..60, by_calendar in any::<bool>(),
    ) {
        let london = zone("Europe/London");
        let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
        let unit = if by_calendar { Unit::BusinessDay } else { Unit::CalendarDay };
        let limit = Limit::new(length, unit);
        let first = counting.back(from, limit).expect("it is covered");
        let due = counting.due(first, limit, &[]).day();
        let day = london.date_of(from).expect("a date");
        let open = Calendar::built_in("uk-england-wales").and_then(|calendar| calendar.next_open(day));
        prop_assert_eq!(due, if by_calendar { open } else { Some(day) });
    }
}
