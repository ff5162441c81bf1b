//! Calendars: what the built-in ones say, and everything that can be wrong with one.

mod support;

use std::collections::BTreeMap;

use touchpoint::map::Language;
use touchpoint::rules::{Calendar, Calendars};
use touchpoint::time::{Date, Weekday};

/// A calendar of one year, with what is added.
fn year(added: &str) -> String {
    format!("id: house\nfrom: 2026-01-01\nto: 2026-12-31\nsources: [the house]\n{added}")
}

fn calendar(text: &str) -> Calendar {
    Calendar::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn built_in(id: &str) -> &'static Calendar {
    Calendar::built_in(id).expect("a built-in calendar")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The days from one to another, both included.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.plus_days(1)).take_while(move |day| *day <= to)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The days of a year that are closed and not of the weekend.
fn closed_weekdays(id: &str, year: i32) -> Vec<String> {
    let first = Date::new(year, 1, 1).expect("a date");
    let last = Date::new(year, 12, 31).expect("a date");
    days(first, last)
        .filter(|day| !is_weekend(*day) && built_in(id).is_open(*day) == Some(false))
        .map(|day| day.to_string()[5..].to_owned())
        .collect()
}

#[test]
fn the_state_council_moves_workdays_to_weekends() {
    let china = built_in("cn");
    for open in ["2026-02-14", "2026-02-28", "2026-05-09", "2026-02-24", "2020-02-03"] {
        assert_eq!(china.is_open(date(open)), Some(true), "{open}");
    }
    for day in days(date("2026-02-15"), date("2026-02-23")) {
        assert_eq!((china.is_open(day), china.name_of(day)), (Some(false), Some("春节")), "{day}");
    }
    assert_eq!(china.name_of(date("2026-02-14")), Some("春节"));
    assert_eq!(china.is_open(date("2026-02-07")), Some(false));
}

#[test]
fn bank_holidays_differ_by_nation_and_stand_in_for_those_on_a_weekend() {
    let common = ["01-01", "04-03", "05-04", "05-25", "12-25", "12-28"];
    let and = |others: &[&'static str]| {
        let mut all = [&common[..], others].concat();
        all.sort_unstable();
        all
    };
    assert_eq!(closed_weekdays("uk-england-wales", 2026), and(&["04-06", "08-31"]));
    assert_eq!(closed_weekdays("uk-scotland", 2026), and(&["01-02", "06-15", "08-03", "11-30"]));
    assert_eq!(
        closed_weekdays("uk-northern-ireland", 2026),
        and(&["03-17", "04-06", "07-13", "08-31"])
    );
    let england = built_in("uk-england-wales");
    assert_eq!(england.is_open(date("2027-01-01")), Some(false));
    assert_eq!(england.name_of(date("2026-12-28")), Some("Boxing Day (substitute day)"));
    for one_off in ["2022-06-03", "2022-09-19", "2023-05-08"] {
        assert_eq!(england.is_open(date(one_off)), Some(false), "{one_off}");
    }
}

#[test]
fn federal_holidays_on_a_weekend_are_observed_beside_it() {
    assert_eq!(
        closed_weekdays("us-federal", 2026),
        [
            "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11",
            "11-26", "12-25"
        ]
    );
    // the New Year's Day of 2028 is a Saturday, Juneteenth and Christmas Day of 2027 are too
    assert_eq!(
        closed_weekdays("us-federal", 2027),
        [
            "01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11",
            "11-25", "12-24", "12-31"
        ]
    );
    assert_eq!(closed_weekdays("us-federal", 2020).len(), 10, "before Juneteenth was a holiday");
}

#[test]
fn nothing_is_said_of_days_that_are_not_covered() {
    for id in Calendars::new().ids() {
        let calendar = built_in(id);
        let (first, last) = calendar.coverage();
        assert_eq!(first, date("2019-01-01"), "{id}");
        for day in [first.plus_days(-1), last.plus_days(1), Some(date("9999-12-31"))] {
            assert_eq!(
                day.map(|day| (calendar.is_open(day), calendar.next_open(day))),
                Some((None, None))
            );
        }
        assert!(calendar.is_open(first).is_some() && calendar.is_open(last).is_some());
    }
    assert_eq!(built_in("cn").coverage().1, date("2026-12-25"));
    assert_eq!(built_in("us-federal").coverage().1, date("2028-12-31"));
}

#[test]
fn every_built_in_calendar_says_where_it_was_read() {
    for id in Calendars::new().ids() {
        let calendar = built_in(id);
        assert_eq!(calendar.id(), id);
        assert!(!calendar.sources().is_empty() && !calendar.notes().is_empty(), "{id}");
        assert!(
            calendar.title().in_language(Language::Zh)
                != calendar.title().in_language(Language::En)
        );
    }
}

#[test]
fn china_is_open_when_the_notices_as_collected_say_so() {
    let Some(path) = support::shared("facts/calendars/cn.csv") else { return };
    let text = std::fs::read_to_string(path).expect("a reference file");
    let listed: BTreeMap<&str, bool> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(day, rest)| (day, rest.starts_with("work")))
        .collect();
    let china = built_in("cn");
    let (first, last) = china.coverage();
    for day in days(first, last) {
        let open = listed.get(day.to_string().as_str()).copied().unwrap_or(!is_weekend(day));
        assert_eq!(china.is_open(day), Some(open), "{day}");
    }
}

#[test]
fn a_calendar_has_its_own_weekend() {
    let gulf = calendar(&year(
        "weekend: [friday, saturday]\nopen: [{ day: 2026-01-03, name: Stocktaking }]\n",
    ));
    assert_eq!(gulf.weekend(), [Weekday::Friday, Weekday::Saturday]);
    let open = |day| gulf.is_open(date(day));
    assert_eq!(
        [open("2026-01-01"), open("2026-01-02"), open("2026-01-03"), open("2026-01-04")],
        [Some(true), Some(false), Some(true), Some(true)]
    );
    let always = calendar(&year("weekend: []\n"));
    assert_eq!(always.is_open(date("2026-01-04")), Some(true));
}

#[test]
fn an_own_calendar_takes_the_place_of_the_one_with_its_id() {
    let calendars = Calendars::new().with(calendar(&year("").replace("id: house", "id: cn")));
    assert_eq!(
        calendars.ids(),
        ["cn", "uk-england-wales", "uk-northern-ireland", "uk-scotland", "us-federal"]
    );
    let spring_festival = date("2026-02-16");
    assert_eq!(calendars.get("cn").and_then(|cn| cn.is_open(spring_festival)), Some(true));
    assert_eq!(built_in("cn").is_open(spring_festival), Some(false));
    assert!(calendars.get("mars").is_none() && Calendar::built_in("mars").is_none());
    let own = calendars.with(calendar(&year("")));
    assert_eq!(own.ids()[1], "house");
}

#[test]
fn every_fault_is_told_in_full() {
    let listed = |days: &str| year(&format!("closed:\n{days}"));
    for (text, told) in [
        (
            "id: house\n".to_owned(),
            "line 1, column 1: the calendar lacks the key `sources`\n\
             line 1, column 1: the calendar lacks the key `from`\n\
             line 1, column 1: the calendar lacks the key `to`",
        ),
        (
            String::new(),
            "line 1, column 1: the calendar is empty; it needs at least `id`, `from`, `to` and `sources`",
        ),
        (
            year("").replace("to: 2026", "to: 2025"),
            "line 3, column 5: the calendar ends on 2025-12-31, before it begins on 2026-01-01",
        ),
        (
            year("").replace("to: 2026", "to: 2126"),
            "line 3, column 5: the calendar is longer than 100 years",
        ),
        (
            year("").replace("2026-12-31", "2026-02-29"),
            "line 3, column 5: `to` is `2026-02-29`; it must be a date such as 2024-06-30",
        ),
        (
            listed(
                "  - { day: 2027-01-01, name: New Year }\n  - { day: 2026-12-30, to: 2027-01-02, name: Break }\n",
            ),
            "line 6, column 12: 2027-01-01 lies outside the days of the calendar, 2026-01-01 to 2026-12-31\n\
             line 7, column 12: 2027-01-01 lies outside the days of the calendar, 2026-01-01 to 2026-12-31",
        ),
        (
            listed(
                "  - { day: 2026-05-04, name: May }\n  - { day: 2026-05-01, to: 2026-05-05, name: Labour }\n",
            ),
            "line 7, column 12: 2026-05-04 is listed on line 6 already",
        ),
        (
            listed(
                "  - { day: 2026-05-03, name: May }\nopen:\n  - { day: 2026-05-03, name: May }\n  - { day: 2026-05-04, name: May }\n",
            ),
            "line 8, column 12: 2026-05-03 is listed on line 6 already\n\
             line 9, column 12: 2026-05-04 is open anyway: it is no day of the weekend",
        ),
        (
            listed("  - { day: 2026-05-03, to: 2026-05-01, name: May }\n"),
            "line 6, column 12: the days end on 2026-05-01, before they begin on 2026-05-03",
        ),
        (
            listed("  - { day: 2026-05-03 }\n  - 2026-05-04\n"),
            "line 6, column 5: item 1 of `closed` lacks the key `name`\n\
             line 7, column 5: item 2 of `closed` is `2026-05-04`; it must be a mapping with at least `day` and `name`",
        ),
        (
            year("weekend: [sunday, sonday, sunday]\nhours: 9-17\n"),
            "line 5, column 19: item 2 of `weekend` is `sonday`; it must be `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday` or `sunday`; did you mean `monday`?\n\
             line 5, column 27: `weekend` lists `sunday` twice\n\
             line 6, column 1: unknown key `hours` of the calendar; its keys are `closed`, `from`, `id`, `notes`, `open`, `sources`, `title`, `to` and `weekend`",
        ),
        (
            year("").replace("[the house]", "[]"),
            "line 4, column 10: `sources` is an empty list; it must be a list such as [a, b]",
        ),
    ] {
        let error = Calendar::from_yaml(&text).expect_err(&text);
        assert_eq!(error.to_string(), told, "{text}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Calendar::from_path("no/such/calendar.yaml").expect_err("no such file");
    assert!(
        error.to_string().starts_with("cannot read the calendar `no/such/calendar.yaml`: "),
        "{error}"
    );
    assert!(error.faults().is_empty());
}

#[test]
fn a_hostile_list_of_days_is_refused_at_once() {
    let item = "  - { day: 2026-01-01, to: 2125-12-31, name: x }\n";
    let text = year(&format!("closed:\n{}", item.repeat(20_000)))
        .replace("to: 2026-12-31", "to: 2125-12-31");
    let error = Calendar::from_reader(text.as_bytes()).expect_err("listed twice");
    assert_eq!(error.faults().len(), 1_001);
}

#[test]
fn every_key_has_a_description_for_editors() {
    let schema = Calendar::json_schema();
    let keys = schema["properties"].as_object().expect("keys");
    assert!(
        keys.len() == 9 && keys.values().all(|key| key["description"].is_string()),
        "{schema:#}"
    );
}
