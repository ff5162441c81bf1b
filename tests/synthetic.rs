//! The generated logs: the same bytes for the same seed, and the rates that their truth states.

use std::collections::BTreeMap;
use std::fs;

use touchpoint::map::JourneyMap;
use touchpoint::synthetic::{
    Breach, Breaches, Event, Family, PlantedBreach, Problem, RegisterRow, Scenario, SyntheticLog,
    Trouble, complaint_study, drop_off_study,
};
use touchpoint::time::{Micros, Timestamp};

const PATIENCE: Micros = Micros::days(14);

fn csv(log: &SyntheticLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    log.write_csv(&mut bytes).expect("memory takes all that is written");
    bytes
}

fn register_csv(log: &SyntheticLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    log.write_register_csv(&mut bytes).expect("memory takes all that is written");
    bytes
}

fn walks(log: &SyntheticLog) -> impl Iterator<Item = &[Event]> {
    log.events().chunk_by(|before, after| before.journey == after.journey)
}

/// Each event with the one before and the one after it in its journey.
fn in_context(walk: &[Event]) -> impl Iterator<Item = (Option<&Event>, &Event, Option<&Event>)> {
    (0..walk.len()).map(|i| (i.checked_sub(1).map(|i| &walk[i]), &walk[i], walk.get(i + 1)))
}

#[derive(Default)]
struct Tally {
    visits: f64,
    failed: f64,
    matured: f64,
    at_risk: f64,
    left: f64,
    complaints: f64,
}

/// The ends of both scenarios; what comes after them is aftercare, and not at risk.
const ENDS: [&str; 5] = ["declined", "disbursed", "withdrawn", "done", "left"];

/// Counts by touchpoint; drop-off and complaints over the visits before the last 14 days.
fn tally(log: &SyntheticLog, lost: &str) -> BTreeMap<usize, Tally> {
    let ids: Vec<&str> = log.scenario().touchpoint_ids().collect();
    let end = log.scenario().observation_end();
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for walk in walks(log) {
        let mut ended = false;
        for (before, event, after) in in_context(walk) {
            ended |= ENDS.contains(&ids[event.touchpoint]);
            let here = tallies.entry(event.touchpoint).or_default();
            here.visits += 1.0;
            here.failed += f64::from(event.failed);
            let matured = end - event.time > PATIENCE;
            here.matured += f64::from(matured);
            if matured && !ended {
                here.at_risk += 1.0;
                let stays = after.is_some_and(|after| {
                    after.time - event.time <= PATIENCE && ids[after.touchpoint] != lost
                });
                here.left += f64::from(!stays);
            }
            if event.complaint.is_some() && before.is_none_or(|before| before.complaint.is_none()) {
                blame(walk, event, end, &mut tallies);
            }
        }
    }
    tallies
}

/// Counts a complaint where it was caused: at the place it names, else at the one before it.
fn blame(walk: &[Event], complaint: &Event, end: Timestamp, tallies: &mut BTreeMap<usize, Tally>) {
    let earlier = walk.iter().rev().filter(|event| event.time < complaint.time);
    let cause = earlier
        .into_iter()
        .find(|event| complaint.about.is_none_or(|about| about == event.touchpoint))
        .expect("a complaint follows its cause");
    if end - cause.time > PATIENCE {
        tallies.entry(cause.touchpoint).or_default().complaints += 1.0;
    }
}

/// Within 4.5 standard errors, or 1e-9 where nothing varies.
fn agrees(hits: f64, trials: f64, expected: f64) -> bool {
    let error = (expected * (1.0 - expected) / trials).sqrt();
    (hits / trials - expected).abs() <= 4.5 * error + 1e-9
}

fn rates_match(log: &SyntheticLog, lost: &str) {
    let tallies = tally(log, lost);
    for (place, expected) in log.truth().expected.iter().enumerate() {
        let Some(tally) = tallies.get(&place) else { continue };
        let checks = [
            ("drop-off", tally.left, tally.at_risk, expected.drop_off),
            ("complaints", tally.complaints, tally.matured, expected.complaints),
            ("failure", tally.failed, tally.visits, expected.failure),
        ];
        for (name, hits, trials, rate) in checks {
            let Some(rate) = rate else { continue };
            let id = &expected.touchpoint;
            assert!(agrees(hits, trials, rate), "{id}: {name} {hits} of {trials}, expected {rate}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let make = |seed| Scenario::retail_loan().journeys(300).seed(seed).generate();
    let (one, same, other) = (make(3), make(3), make(4));
    assert_eq!(csv(&one), csv(&same));
    assert_eq!(register_csv(&one), register_csv(&same));
    assert_eq!(one.truth_json(), same.truth_json());
    assert_ne!(csv(&one), csv(&other));
    assert_eq!(one.map_yaml(), other.map_yaml(), "the design knows no chance");
}

#[test]
fn a_customer_is_the_same_however_many_there_are() {
    let few = Scenario::retail_loan().journeys(100).generate();
    let many = Scenario::retail_loan().journeys(1_000).generate();
    let first = |log: &SyntheticLog| -> Vec<Event> {
        log.events().iter().filter(|event| event.journey < 90).copied().collect()
    };
    assert_eq!(first(&few), first(&many));
}

#[test]
fn every_row_of_the_csv_holds_its_event() {
    let log = Scenario::retail_loan().journeys(300).generate();
    let bytes = csv(&log);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(reader.headers().expect("a header").len(), 13);
    let rows: Vec<_> =
        reader.records().map(|row| row.expect("a row of the header's width")).collect();
    assert_eq!(rows.len(), log.events().len());
    for (row, event) in rows.iter().zip(log.labelled()) {
        assert_eq!(
            [&row[0], &row[1], &row[3]],
            [event.customer.as_str(), &event.journey, event.touchpoint]
        );
        assert_eq!(&row[5] == "FAIL", event.failed);
        assert_eq!(&row[6], event.complaint.unwrap_or_default());
        assert_eq!(event.as_new().attributes, [&row[10], &row[11], &row[12]]);
    }
}

#[test]
fn times_are_local_and_begin_at_midnight_in_shanghai() {
    let log = Scenario::retail_loan().journeys(2_000).generate();
    let text = String::from_utf8(csv(&log)).expect("text");
    let days: Vec<&str> = text
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').nth(2))
        .map(|time| &time[..10])
        .collect();
    assert_eq!(days.iter().min(), Some(&"2026-03-02"));
    assert_eq!(days.iter().max(), Some(&"2026-06-29"));
}

#[test]
fn gaps_are_positive_and_shorter_than_half_the_patience_save_for_those_who_come_back() {
    let log = Scenario::retail_loan().journeys(5_000).generate();
    let mut returns = 0;
    for pair in walks(&log).flat_map(|walk| walk.windows(2)) {
        let gap = pair[1].time - pair[0].time;
        assert!(gap >= Micros::seconds(1), "{pair:?}");
        if gap > Micros(PATIENCE.0 / 2) {
            assert!(gap > PATIENCE, "{pair:?}");
            returns += 1;
        }
    }
    assert!((1..100).contains(&returns), "{returns} came back");
}

#[test]
fn the_log_is_cut_at_its_end() {
    let log = Scenario::line(5).journeys(2_000).days(20).generate();
    let end = log.scenario().observation_end();
    assert!(log.events().iter().all(|event| event.time < end));
}

#[test]
fn the_loan_has_the_rates_that_its_truth_states() {
    rates_match(&Scenario::retail_loan().journeys(60_000).seed(11).generate(), "withdrawn");
}

#[test]
fn varied_touchpoints_have_the_rates_that_their_truth_states() {
    let log = Scenario::line(8).vary(0.3).journeys(40_000).seed(5).generate();
    rates_match(&log, "left");
    let rate = |id: &str| log.truth().expected(id).and_then(|rates| rates.failure).expect("a rate");
    assert!((rate("t1") - rate("t2")).abs() > 1e-6);
    assert!((1..=8).all(|n| (0.021..=0.039).contains(&rate(&format!("t{n}")))));
}

#[test]
fn planted_rates_are_multiplied() {
    let problem = Problem::new("t3", Trouble::Failure, 4.0);
    let log = Scenario::line(6).plant(problem).journeys(20_000).generate();
    rates_match(&log, "left");
    let truth = log.truth();
    assert_eq!(truth.planted(Family::Failure), ["t3"]);
    assert_eq!(truth.spill_over(Family::Friction), ["t3"]);
    assert_eq!(truth.expected("t3").and_then(|rates| rates.failure), Some(0.12));
}

#[test]
fn a_log_without_problems_has_nothing_to_find() {
    let log = Scenario::retail_loan().without_problems().journeys(10).generate();
    for family in Family::ALL {
        assert!(
            log.truth().planted(family).is_empty() && log.truth().spill_over(family).is_empty()
        );
    }
}

#[test]
fn slow_and_sent_back_show_in_times_and_ways() {
    let shape = |log: &SyntheticLog| {
        let review = log.scenario().touchpoint_ids().position(|id| id == "review");
        let supplement = log.scenario().touchpoint_ids().position(|id| id == "supplement");
        let steps: Vec<_> = walks(log)
            .flat_map(|walk| walk.windows(2))
            .filter(|pair| {
                Some(pair[0].touchpoint) == review && pair[1].time - pair[0].time <= PATIENCE
            })
            .collect();
        let back =
            steps.iter().filter(|pair| Some(pair[1].touchpoint) == supplement).count() as f64;
        let seconds: f64 =
            steps.iter().map(|pair| (pair[1].time - pair[0].time).as_seconds()).sum();
        (back / steps.len() as f64, seconds / steps.len() as f64)
    };
    let ill = shape(&Scenario::retail_loan().journeys(20_000).generate());
    let well = shape(&Scenario::retail_loan().without_problems().journeys(20_000).generate());
    assert!((2.5..3.5).contains(&(ill.0 / well.0)), "{ill:?} {well:?}");
    assert!((2.8..4.0).contains(&(ill.1 / well.1)), "{ill:?} {well:?}");
}

#[test]
fn complainers_repeat_as_often_as_asked() {
    let log = Scenario::line(4).repeat_complainers(0.5).journeys(20_000).generate();
    let complaints =
        walks(&log).flat_map(in_context).filter(|(_, event, _)| event.complaint.is_some());
    let (mut all, mut repeats) = (0.0, 0.0);
    for (before, _, _) in complaints {
        all += 1.0;
        repeats += f64::from(before.is_some_and(|before| before.complaint.is_some()));
    }
    // a repeat needs the complainer not to leave first: .96 of .5
    assert!(agrees(repeats, all, 0.48), "{repeats} of {all}");
}

#[test]
fn frail_customers_leave_the_expected_rates_open() {
    let log = Scenario::line(4).frail_customers(1).journeys(100).generate();
    let rates = log.truth().expected("t1").expect("a touchpoint");
    assert_eq!((rates.drop_off, rates.complaints, rates.failure), (None, None, Some(0.03)));
}

#[test]
fn customers_have_as_many_journeys_as_asked() {
    let log = Scenario::line(4).journeys(10_000).journeys_per_customer(4.0).generate();
    assert!((2_300..2_700).contains(&log.truth().customers), "{}", log.truth().customers);
}

#[test]
fn a_big_ring_has_journeys_as_long_as_a_small_one() {
    let visits =
        |count| Scenario::line(count).journeys(5_000).generate().events().len() as f64 / 5_000.0;
    assert!((visits(10) / visits(10_000) - 1.0).abs() < 0.05);
}

#[test]
fn detours_are_visited_as_seldom_as_asked() {
    let log = Scenario::line_with_detours(12, 4, 0.5).journeys(20_000).days(365).generate();
    let mut visits: BTreeMap<usize, f64> = BTreeMap::new();
    log.events().iter().for_each(|event| *visits.entry(event.touchpoint).or_default() += 1.0);
    // after the twelve stand the hotline and two ends; four in a hundred fall silent before they can go on
    for number in 1..=4 {
        let weight = 0.5 / number as f64;
        let share = visits[&(14 + number)] / visits[&(number - 1)];
        let expected = 0.92 * weight / (1.0 + weight);
        assert!((share / expected - 1.0).abs() < 0.06, "d{number}: {share}, expected {expected}");
    }
    rates_match(&log, "left");
}

#[test]
fn those_who_come_back_have_left_all_the_same() {
    let make = |share| Scenario::drop_off_study().days(60).comes_back(share).generate();
    let returns = |log: &SyntheticLog| {
        let gaps = walks(log).flat_map(|walk| walk.windows(2));
        gaps.filter(|pair| pair[1].time - pair[0].time > PATIENCE).count()
    };
    assert_eq!(returns(&make(0.0)), 0);
    // a fifth of 20,000 fall silent; those of the last 17 days have no time to come back
    assert!((700..860).contains(&returns(&make(0.25))), "{}", returns(&make(0.25)));
}

#[test]
fn arrivals_grow_from_week_to_week() {
    let log = Scenario::line(4).days(28).weekly_growth(0.2).journeys(40_000).generate();
    let begin = log.scenario().observation_end().0 - Micros::days(28).0;
    let week = |walk: &[Event]| (walk[0].time.0 - begin) / Micros::days(7).0;
    let journeys = |wanted| walks(&log).filter(|walk| week(walk) == wanted).count() as f64;
    for before in 0..3 {
        let growth = journeys(before + 1) / journeys(before);
        assert!((growth - 1.2).abs() < 0.05, "{before}: {growth}");
    }
}

#[test]
fn a_slow_touchpoint_takes_as_many_times_as_long() {
    let slow = Scenario::line(4).plant(Problem::new("t2", Trouble::Slow, 3.0));
    assert_eq!(slow.mean_seconds("t1"), Some(120.0));
    assert_eq!(slow.mean_seconds("t2"), Some(360.0));
    assert_eq!(slow.mean_seconds("t9"), None);
}

#[test]
fn silence_dated_at_the_last_event_is_wrong_and_dated_at_patience_is_right() {
    let log = drop_off_study(1);
    let end = log.scenario().observation_end();
    let (mut visits, mut open, mut dropped, mut matured) = (0.0, 0.0, 0.0, 0.0);
    for walk in walks(&log) {
        let waited = end - walk[0].time > PATIENCE;
        visits += 1.0;
        matured += f64::from(waited);
        dropped += f64::from(waited && walk.len() == 1);
        open += f64::from(!waited && walk.len() == 1);
    }
    let near =
        |share: f64, expected: f64| assert!((share - expected).abs() < 0.012, "{share} {expected}");
    near(open / visits, 0.22);
    near(dropped / visits, 0.107);
    near(dropped / (visits - open), 0.137);
    near(dropped / matured, 0.2);
}

#[test]
fn complaints_over_all_visits_are_too_few_and_over_matured_visits_right() {
    let log = complaint_study(1);
    let (end, look_back) = (log.scenario().observation_end(), Micros::days(30));
    let expected = log.truth().expected("visit").and_then(|rates| rates.complaints);
    assert_eq!(expected, Some(0.77687));
    let (mut visits, mut soon, mut matured, mut matured_soon) = (0.0, 0.0, 0.0, 0.0);
    for walk in walks(&log) {
        let complained = walk.get(1).is_some_and(|next| next.time - walk[0].time <= look_back);
        let mature = end - walk[0].time >= look_back;
        visits += 1.0;
        soon += f64::from(complained);
        matured += f64::from(mature);
        matured_soon += f64::from(mature && complained);
    }
    assert!((soon / visits - 0.63_f64).abs() < 0.015);
    assert!(agrees(matured_soon, matured, 0.776_87));
}

#[test]
fn the_map_of_the_largest_ring_is_shorter_than_a_mebibyte() {
    let map = Scenario::line(10_000).journeys(1).generate().map_yaml();
    assert!(map.len() < 1 << 20, "{}", map.len());
}

#[test]
#[should_panic(expected = "a problem's touchpoint is in the scenario")]
fn a_problem_needs_its_touchpoint() {
    let _ = Scenario::line(4).plant(Problem::new("t9", Trouble::Slow, 2.0)).generate();
}

#[test]
fn the_bundled_loan_is_what_the_generator_makes() {
    let log = Scenario::retail_loan().journeys(5_000).seed(7).generate();
    let bundled = |name: &str| {
        let path = format!("{}/data/retail-loan/{name}", env!("CARGO_MANIFEST_DIR"));
        fs::read(path).expect("a bundled file")
    };
    assert!(bundled("map.yaml") == log.map_yaml().into_bytes(), "map.yaml");
    assert!(bundled("truth.json") == log.truth_json().into_bytes(), "truth.json");
    assert!(bundled("events.csv") == csv(&log), "events.csv");
    assert!(bundled("complaints.csv") == register_csv(&log), "complaints.csv");
}

/// The class of complaints; enquiries, reports and petitions have others.
const COMPLAINT: &str = "投诉";

/// The first event of a touchpoint in a walk.
fn first<'a>(log: &SyntheticLog, walk: &'a [Event], id: &str) -> Option<&'a Event> {
    let place = log.scenario().touchpoint_ids().position(|known| known == id);
    walk.iter().find(|event| Some(event.touchpoint) == place)
}

/// How late the first `needed` of a journey is at the first `step`; `None` where it is in time, or there is no step.
fn late_by(log: &SyntheticLog, walk: &[Event], step: &str, needed: &str) -> Option<Micros> {
    let step = first(log, walk, step)?.time;
    let needed = first(log, walk, needed).expect("what is needed is there").time;
    (needed > step).then(|| needed - step)
}

/// What comes too late in journeys: rule, journey, by how long.
fn late_in_journeys(log: &SyntheticLog) -> Vec<(&'static str, u64, Micros)> {
    let orders = [
        ("CN-01", "contract", "fees"),
        ("CN-03", "contract", "offer"),
        ("CN-04", "fee-debit", "fees"),
        ("CN-11", "scoring", "credit-consent"),
    ];
    let rules = orders.into_iter().flat_map(|(rule, step, needed)| {
        let late =
            move |walk: &[Event]| Some((rule, walk[0].journey, late_by(log, walk, step, needed)?));
        walks(log).filter_map(late)
    });
    rules.collect()
}

/// Whole days in Shanghai from the receipt of a row to a moment.
fn days(row: &RegisterRow, moment: Timestamp) -> i64 {
    let day = |time: Timestamp| (time.0 + Micros::seconds(8 * 3_600).0).div_euclid(Micros::PER_DAY);
    day(moment) - day(row.received)
}

/// The last day of a complaint's limit, by what was recorded in time: 15, 30 or 60.
fn limit(row: &RegisterRow) -> i64 {
    let by = |moment: Option<Timestamp>, last| moment.is_some_and(|at| days(row, at) <= last);
    match (by(row.complexity_set, 15), by(row.extension_approved, 30) && by(row.extension_told, 30))
    {
        (false, _) => 15,
        (true, false) => 30,
        (true, true) => 60,
    }
}

/// How many days after the last a step was taken, or is overdue when the log ends.
fn days_late(log: &SyntheticLog, row: &RegisterRow, step: Option<Timestamp>, last: i64) -> i64 {
    let end = Timestamp(log.scenario().observation_end().0 - 1);
    (days(row, step.unwrap_or(end)) - last).max(0)
}

/// What comes too late in the register: rule, row, by how many days.
fn late_in_register(log: &SyntheticLog) -> Vec<(&'static str, u64, i64)> {
    let mut late = Vec::new();
    for row in log.register() {
        let mut add = |rule, step, last| {
            let days = days_late(log, row, step, last);
            late.extend((days > 0).then_some((rule, row.number, days)));
        };
        let done = row.decided.zip(row.answered).map(|(decided, answered)| decided.max(answered));
        add("CN-15", done, limit(row));
        add("CN-22", row.acknowledged, 1);
        if row.extension_approved.is_some() {
            let due =
                if row.complexity_set.is_some_and(|at| days(row, at) <= 15) { 30 } else { 15 };
            add("CN-16", row.extension_told, due);
        }
    }
    late
}

#[test]
fn a_clean_loan_keeps_every_order_and_every_clock() {
    for seed in 1..=6 {
        let clean = Scenario::retail_loan().breaches(Breaches::None).journeys(8_000).seed(seed);
        let log = clean.generate();
        assert_eq!(late_in_journeys(&log), []);
        assert_eq!(late_in_register(&log), []);
        assert!(log.truth().breaches.is_empty());
    }
}

#[test]
fn each_planted_breach_is_late_by_what_the_truth_says_and_nothing_else_is() {
    let log = Scenario::retail_loan().seed(7).generate();
    let breaches = &log.truth().breaches;
    assert_eq!(breaches.iter().map(|planted| planted.breach).collect::<Vec<_>>(), Breach::ALL);
    let said = |planted: &PlantedBreach| {
        (planted.rule, planted.journey.clone().or(planted.complaint.clone()), planted.by)
    };
    let journeys = late_in_journeys(&log).into_iter();
    let journeys =
        journeys.map(|(rule, number, by)| (rule, Some(format!("J{:07}", number + 1)), by));
    let rows = late_in_register(&log).into_iter();
    let rows = rows
        .map(|(rule, number, by)| (rule, Some(format!("T{:06}", number + 1)), Micros::days(by)));
    assert_eq!(
        journeys.chain(rows).collect::<Vec<_>>(),
        breaches.iter().map(said).collect::<Vec<_>>()
    );
}

#[test]
fn breaches_can_be_planted_one_by_one_and_leave_the_rest_of_the_log_alone() {
    let make = |breaches| Scenario::retail_loan().breaches(breaches).journeys(900).generate();
    let (clean, all) = (make(Breaches::None), make(Breaches::All));
    for breach in Breach::ALL {
        let planted = make(Breaches::Only(breach)).truth().breaches.clone();
        let wanted = all.truth().breaches.iter().filter(|planted| planted.breach == breach);
        assert_eq!(planted, wanted.cloned().collect::<Vec<_>>());
    }
    let touched = walks(&clean).zip(walks(&all)).filter(|(clean, all)| clean != all).count();
    assert_eq!(touched, 2);
    let rows = clean.register().iter().zip(all.register());
    assert_eq!(rows.filter(|(clean, all)| clean != all).count(), 3);
}

#[test]
fn the_register_holds_the_complaints_of_the_log_and_rows_that_are_none() {
    let log = Scenario::retail_loan().generate();
    let mut received: Vec<_> = log
        .events()
        .iter()
        .filter(|event| event.complaint.is_some())
        .map(|event| (event.time, Some(event.customer), Some(event.journey), event.about))
        .collect();
    received.sort_unstable();
    let mut filed: Vec<_> = log
        .register()
        .iter()
        .filter(|row| row.class == COMPLAINT)
        .map(|row| (row.received, row.customer, row.journey, row.touchpoint))
        .collect();
    filed.sort_unstable();
    assert_eq!(filed, received);
    let classes = log.register().iter().map(|row| row.class);
    assert_eq!(classes.collect::<std::collections::BTreeSet<_>>().len(), 4);
    assert!(log.register().is_sorted_by_key(|row| row.received));
}

#[test]
fn a_row_that_repeats_another_comes_after_it_in_the_same_journey() {
    let log = Scenario::retail_loan().generate();
    let rows = log.register();
    let repeats =
        rows.iter().filter_map(|row| Some((row, &rows[usize::try_from(row.repeat_of?).ok()?])));
    let mut count = 0;
    for (row, earlier) in repeats {
        assert_eq!((earlier.journey, earlier.repeat_of), (row.journey, None));
        assert!(earlier.received < row.received);
        count += 1;
    }
    assert!((50..150).contains(&count), "{count}");
}

#[test]
fn some_cases_are_open_when_the_log_ends_and_no_step_lies_after_it() {
    let log = Scenario::retail_loan().generate();
    let end = log.scenario().observation_end();
    let rows = log.register();
    let moments = |row: &RegisterRow| {
        [
            row.acknowledged,
            row.complexity_set,
            row.extension_approved,
            row.extension_told,
            row.decided,
            row.answered,
        ]
    };
    assert!(rows.iter().flat_map(moments).flatten().all(|moment| moment < end));
    assert!(rows.iter().filter(|row| row.answered.is_none()).count() > 30);
    assert!(rows.iter().any(|row| row.answered.is_some_and(|at| days(row, at) > 30)));
}

#[test]
fn the_fee_is_debited_a_second_before_the_loan_is_paid_out() {
    let log = Scenario::retail_loan().breaches(Breaches::None).generate();
    let mut paid = 0;
    for walk in walks(&log) {
        let (debit, out) = (first(&log, walk, "fee-debit"), first(&log, walk, "disbursed"));
        assert_eq!(debit.map(|debit| debit.time + Micros::seconds(1)), out.map(|out| out.time));
        paid += u64::from(out.is_some());
    }
    assert!(paid > 2_000, "{paid}");
}

#[test]
fn the_map_says_what_the_loans_rows_and_its_register_record() {
    let yaml = Scenario::retail_loan().journeys(1).generate().map_yaml();
    let map = JourneyMap::from_yaml(&yaml).expect("a map");
    let recorded = map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.records);
    let events: Vec<&str> = recorded.map(|recorded| recorded.event.as_str()).collect();
    let wanted = [
        "consent.granted",
        "pi.collected",
        "apr.disclosed",
        "disclosure.shown",
        "fee.disclosed",
        "identity.verified",
        "contract.signed",
        "payment.debited",
    ];
    assert_eq!(events, wanted);
    let begins = map.touchpoints().iter().filter(|touchpoint| touchpoint.begins);
    assert_eq!(begins.map(|touchpoint| touchpoint.id.as_str()).collect::<Vec<_>>(), ["register"]);
    let register = map.complaints().expect("a section on complaints");
    assert_eq!((register.moments.len(), register.classes.len()), (4, 4));
    assert!(register.since.is_some());
    assert_eq!((map.denominators().sizes.len(), map.denominators().peers.len()), (3, 2));
}

#[test]
fn a_scenario_without_a_register_writes_its_header_alone() {
    let log = Scenario::line(4).breaches(Breaches::All).journeys(50).generate();
    assert!(log.register().is_empty() && log.truth().breaches.is_empty());
    assert_eq!(String::from_utf8_lossy(&register_csv(&log)).lines().count(), 1);
}
