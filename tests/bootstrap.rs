//! Customers drawn anew: sums to the last digit, doubt as by hand, and the same whoever computes it.

mod support;

use support::synthetic;
use touchpoint::event_log::{CustomerNo, EventLog, JourneyNo};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{CustomerWalks, Journeys};
use touchpoint::map::{JourneyMap, Support, Text, Touchpoint};
use touchpoint::metric::{
    About, Aside, Columns, Evidence, Law, Metric, Sums, Tally, Totals, Unit, built_in,
};
use touchpoint::score::{Bootstrap, Family, Scorecard, Scorer, Standing};
use touchpoint::stats::resampling::{Replicates, bootstrap_weights};
use touchpoint::stats::shrinkage::Fit;
use touchpoint::synthetic::{Problem, Scenario, Trouble};

/// Customers of several journeys each, at touchpoints whose rates vary.
fn line(journeys: u64) -> (JourneyMap, EventLog) {
    let line = Scenario::line(12).vary(0.4).journeys_per_customer(2.0);
    synthetic(&line.journeys(journeys).seed(3).generate())
}

fn scored(map: &JourneyMap, log: &EventLog, bootstrap: Bootstrap) -> Scorecard {
    let journeys = Journeys::new(map, log);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    Scorer::new(map).bootstrap(bootstrap).score_journeys(&graph, &journeys)
}

#[test]
fn replicates_are_the_sums_of_each_list_of_weights() {
    let (map, log) = line(1_500);
    let journeys = Journeys::new(&map, &log);
    let metrics = built_in(&map, &TouchpointGraph::from_journeys(&map, &journeys));
    let evidence = Evidence::collect(&journeys, &metrics);
    let weights = |replicate: u32| -> Vec<u32> {
        let drawn = bootstrap_weights(5, replicate, evidence.buckets());
        // the last lists are beyond what fits a digit
        if replicate > 60 {
            drawn.into_iter().map(|weight| weight * 4_000).collect()
        } else {
            drawn
        }
    };
    let replicates = evidence.replicates(70, weights, Totals::clone);
    assert_eq!(replicates.len(), 70);
    for (replicate, totals) in (0..).zip(&replicates) {
        assert!(*totals == evidence.reweighted(&weights(replicate)), "replicate {replicate}");
    }
    let whole = evidence.reweighted(&vec![1; evidence.buckets()]);
    for row in 0..evidence.rows() {
        let sum: u64 =
            (0..evidence.buckets()).map(|bucket| evidence.bucket(3, row, bucket).counts[0]).sum();
        assert_eq!(whole.sums(3, row).counts[0], sum);
    }
}

#[test]
fn any_number_of_threads_draws_the_same() {
    let (map, log) = line(400);
    let options = Bootstrap::default().replicates(120);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| scored(&map, &log, options))
    };
    assert_eq!(with(1), with(3));
    assert_ne!(with(1), scored(&map, &log, options.seed(2)));
}

/// Failed visits and visits of each customer at each touchpoint, customers in the order of their ids.
fn failures(map: &JourneyMap, log: &EventLog) -> Vec<Vec<[f64; 2]>> {
    let names: Vec<&str> = log.label_names().iter().map(String::as_str).collect();
    let touchpoint = |event: usize| {
        let label = names[log.labels()[event].0 as usize];
        map.touchpoints().iter().position(|known| known.id.eq_ignore_ascii_case(label))
    };
    let mut customers: Vec<CustomerNo> = (0..log.customers() as u32).map(CustomerNo).collect();
    customers.sort_by_key(|customer| log.customer_id(*customer));
    let counts = |customer: CustomerNo| {
        let mut counts = vec![[0.0; 2]; map.touchpoints().len()];
        let journeys = log.journeys_of(customer).map(JourneyNo);
        for event in journeys.flat_map(|journey| log.events_of(journey)) {
            let count = &mut counts[touchpoint(event).expect("a known touchpoint")];
            count[0] += f64::from(u8::from(log.failed(event)));
            count[1] += 1.0;
        }
        counts
    };
    customers.into_iter().map(counts).collect()
}

fn rate(customers: &[Vec<[f64; 2]>], row: usize, weights: &[u32]) -> f64 {
    let sum = |column: usize| -> f64 {
        let each = customers.iter().zip(weights);
        each.map(|(counts, &weight)| f64::from(weight) * counts[row][column]).sum()
    };
    sum(0) / sum(1)
}

fn by_hand(customers: &[Vec<[f64; 2]>], row: usize, replicates: u32) -> Replicates {
    let drawn = (0..replicates)
        .map(|replicate| rate(customers, row, &bootstrap_weights(1, replicate, customers.len())));
    Replicates::new(drawn.collect()).expect("every replicate has visits")
}

/// Those whose figure varies between customers; nothing fails at the hotline.
fn varying(family: &Family) -> impl Iterator<Item = (usize, &touchpoint::score::Score)> {
    let scores = family.scores.iter().enumerate();
    scores.filter(|(_, score)| score.std_error.is_some_and(|error| error > 0.0))
}

#[test]
fn up_to_1024_customers_it_is_customers_who_are_drawn() {
    let (map, log) = line(1_200);
    assert!(log.customers() < 1_024);
    let customers = failures(&map, &log);
    let card = scored(&map, &log, Bootstrap::default().replicates(200));
    let family = card.family("failure").expect("a built-in family");
    for (row, score) in varying(family) {
        let resampled = score.resampled.expect("it was asked for");
        let by_hand = by_hand(&customers, row, 200);
        let (got, want) =
            (resampled.percentile.expect("enough"), by_hand.percentile(0.95).expect("enough"));
        assert!((got.low - want.low).abs() < 1e-12 && (got.high - want.high).abs() < 1e-12);
        assert_eq!(resampled.replicates, 200);
        let bca = resampled.bca.expect("the customers differ");
        assert!(
            bca.low < score.value.expect("visited") && bca.high > score.value.expect("visited")
        );
    }
}

#[test]
fn above_1024_customers_buckets_tell_what_customers_would() {
    let (map, log) = line(12_000);
    assert!(log.customers() > 5_000);
    let customers = failures(&map, &log);
    let card = scored(&map, &log, Bootstrap::default());
    assert_eq!(card.settings.buckets, 256);
    let family = card.family("failure").expect("a built-in family");
    let (mut drawn, mut left_out, mut touchpoints) = (0.0, 0.0, 0.0);
    for (row, score) in varying(family) {
        let exact = by_hand(&customers, row, 400).std_error().expect("many");
        let buckets = score.resampled.and_then(|resampled| resampled.std_error).expect("many");
        drawn += buckets / exact;
        left_out += score.std_error.expect("many") / exact;
        touchpoints += 1.0;
    }
    assert!(touchpoints >= 12.0);
    for ratio in [drawn / touchpoints, left_out / touchpoints] {
        assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
    }
}

#[test]
fn a_planted_problem_is_surely_the_worst_and_the_rest_share_their_places() {
    let planted =
        Scenario::line(12).journeys(3_000).seed(4).plant(Problem::new("t5", Trouble::Failure, 4.0));
    let (map, log) = synthetic(&planted.generate());
    let card = scored(&map, &log, Bootstrap::default().replicates(300).worst(2));
    let family = card.family("failure").expect("a built-in family");
    let ranked: Vec<_> = family
        .scores
        .iter()
        .filter_map(|score| Some((score, score.resampled?, score.resampled?.among_worst?)))
        .collect();
    let sum: f64 = ranked.iter().map(|(_, _, among)| among).sum();
    assert!((sum - 2.0).abs() < 1e-9);
    let places = ranked.iter().filter_map(|(_, resampled, _)| resampled.mean_rank).sum::<f64>();
    let count = ranked.len() as f64;
    assert!((places - count * (count + 1.0) / 2.0).abs() < 1e-9);
    let (worst, resampled, among) = &ranked[4];
    assert_eq!((resampled.mean_rank, *among), (Some(1.0), 1.0));
    assert!(worst.above_rest.is_some_and(|above| above > 0.999));
    assert!(matches!(family.shrinkage[0].fit, Fit::Likelihood));
}

/// Seconds between visits, in two parts, with a share beside.
struct Gaps;

impl Metric for Gaps {
    fn about(&self) -> About {
        About {
            key: "gaps",
            name: Text::both("Gaps", "间隔"),
            per: Text::both("visit", "次访问"),
            unit: Unit::Seconds,
            law: Law::Mean,
            meaning: "Seconds since the visit before.",
            formula: "Seconds over visits that have one before.",
            source: "Counting.",
            limits: "None.",
        }
    }

    fn columns(&self) -> Columns {
        // visits, customers, those after a failure; seconds by whether the visit before failed
        Columns { counts: 3, amounts: 2 }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.end.map(|_| Text::both("an end", "终点"))
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        for walk in walks.walks() {
            for pair in walk.visits.windows(2) {
                let failed = journeys.log().failed(pair[0].event);
                let is_new = tally.is_new_customer(pair[1].touchpoint);
                tally.count(pair[1].touchpoint, 0, 1);
                tally.count(pair[1].touchpoint, 1, u64::from(is_new));
                tally.count(pair[1].touchpoint, 2, u64::from(failed));
                let gap = (pair[1].time - pair[0].time).0;
                tally.amount(pair[1].touchpoint, usize::from(failed), gap.into());
            }
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        Some(self.part(0, sums)? + self.part(1, sums)?)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        (Support { customers: sums.counts[1], events: sums.counts[0] }, sums.counts[0])
    }

    fn parts(&self) -> Vec<(&'static str, Text)> {
        vec![
            ("succeeded", Text::both("after success", "成功后")),
            ("failed", Text::both("after failure", "失败后")),
        ]
    }

    fn part(&self, part: usize, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[0] > 0).then(|| sums.amounts[part] as f64 / 1e6 / sums.counts[0] as f64)
    }

    fn asides(&self) -> Vec<Aside> {
        let name = Text::both("after a failure", "失败后占比");
        vec![Aside { key: "after_failure", name, unit: Unit::Share, law: Law::Share }]
    }

    fn aside(&self, _: usize, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[0] > 0).then(|| sums.counts[2] as f64 / sums.counts[0] as f64)
    }
}

#[test]
fn a_metric_of_a_users_own_gets_all_that_the_built_in_ones_get() {
    let slow = Scenario::line(8).vary(0.2).journeys(2_000).seed(2).plant(Problem::new(
        "t3",
        Trouble::Slow,
        30.0,
    ));
    let (map, log) = synthetic(&slow.generate());
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let metrics: Vec<Box<dyn Metric>> = vec![Box::new(Gaps)];
    let evidence = Evidence::collect(&journeys, &metrics);
    let scorer = Scorer::new(&map).bootstrap(Bootstrap::default().replicates(200));
    let card = scorer.score(&graph, &journeys, &metrics, &evidence);
    let family = card.family("gaps").expect("it was asked");
    for (_, score) in varying(family) {
        assert!(score.shrunk.is_some() && score.rest.is_some() && score.p.is_some());
        let resampled = score.resampled.expect("it was asked for");
        assert!(resampled.bca.is_some() && resampled.mean_rank.is_some());
        assert!(score.parts.iter().all(|part| part.interval.is_some()));
        let sum: f64 = score.parts.iter().filter_map(|part| part.value).sum();
        assert!((sum - score.value.expect("visited")).abs() < 1e-6 * sum);
        let aside = &score.asides[0];
        let (value, interval) = (aside.value.expect("visited"), aside.interval.expect("varies"));
        assert!(interval.low < value && value < interval.high);
    }
    assert!(varying(family).count() >= 8);
    let parts = varying(family).filter(|(_, score)| score.parts[0].shrunk.is_some()).count();
    assert!(parts >= 8);
    assert!(!family.shrinkage.is_empty());
    assert!(
        family
            .scores
            .iter()
            .all(|score| score.standing != Standing::Hotspot || score.rank.is_some())
    );
}
