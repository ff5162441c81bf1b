//! How long journeys take, by hand and against what was observed.

use proptest::prelude::*;
use touchpoint::chain::{AbsorbingChain, VisitTime, VisitTimes};
use touchpoint::event_log::EventLog;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{TimestampMeans, TouchpointId};

use crate::support::{event, log};
use crate::{assert_near, graph, journeys, small_map};

const DAY: f64 = 86_400.0;

/// Sojourns at `t0` of one and three days, at `t1` of three days and of a silence.
fn two() -> EventLog {
    log([
        event("a", 0.0, "t0"),
        event("a", 1.0, "t1"),
        event("a", 4.0, "t4"),
        event("b", 0.0, "t0"),
        event("b", 3.0, "t1"),
    ])
}

fn days(mean: f64, second_moment: f64) -> Option<VisitTime> {
    VisitTime::new(mean * DAY, second_moment * DAY * DAY)
}

#[test]
fn times_by_hand() {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let chain = AbsorbingChain::new(&map, &graph(&map, &two()), &[]);
    let flow = chain.flow().expect("few states");
    // one journey takes four days, the other three until it falls silent
    let by_start = vec![days(2.0, 5.0), days(3.0, 9.0)];
    let times = VisitTimes::new(by_start, TimestampMeans::Start);
    let length = chain.time_to_end(&times);
    assert!(length.settled);
    assert_near(&[length.from_start.mean / DAY, length.by_touchpoint[1].mean / DAY], &[3.5, 1.5]);
    assert_near(&[length.from_start.variance / DAY / DAY], &[1.0 + 2.25]);
    let saved = flow.bypass(&times);
    let seconds: Vec<f64> = saved.iter().map(|b| b.seconds.expect("timed") / DAY).collect();
    assert_near(&seconds, &[2.0, 1.5]);
    assert_near(&[saved[1].visits, saved[1].journeys], &[1.0, 1.0]);
    // where events mark completion, what was timed is the way to t1
    let times = VisitTimes::new(vec![None, days(2.0, 5.0)], TimestampMeans::Complete);
    let length = chain.time_to_end(&times);
    assert_near(&[length.from_start.mean / DAY, length.by_touchpoint[1].mean], &[2.0, 0.0]);
    assert_near(&[length.from_start.variance / DAY / DAY], &[1.0]);
    let saved = flow.bypass(&times);
    assert_eq!(saved[0].seconds, None);
    assert_near(&[saved[1].seconds.expect("timed") / DAY], &[2.0]);
}

#[test]
fn a_second_moment_is_no_less_than_the_means_square() {
    assert!(VisitTime::new(2.0, 4.0).is_some());
    for (mean, second_moment) in [(2.0, 3.9), (-1.0, 4.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
        assert_eq!(VisitTime::new(mean, second_moment), None);
    }
}

fn log_that_means(walks: &[Vec<(usize, f64)>], means: TimestampMeans) -> EventLog {
    let mut builder = EventLog::builder().means(means);
    for (number, walk) in walks.iter().enumerate() {
        let (name, mut day) = (format!("j{number}"), 0.0);
        for (touchpoint, gap) in walk {
            builder.push(event(&name, day, &format!("t{touchpoint}"))).expect("a good event");
            day += gap;
        }
    }
    builder.finish()
}

proptest! {
    /// Nothing is censored, so the observed time solves the chain's own equations.
    #[test]
    fn the_expected_time_is_the_observed_time(walks in journeys(), completes in any::<bool>()) {
        let means = if completes { TimestampMeans::Complete } else { TimestampMeans::Start };
        let map = small_map("patience: 10d, session_gap: 2d, observation_end: 1971-12-31");
        let log = log_that_means(&walks, means);
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let times = VisitTimes::from_graph(&graph, means);
        let chain = AbsorbingChain::new(&map, &graph, &[]);
        let timed = |id: TouchpointId| {
            let mean = times.of(id).map_or(0.0, |visit| visit.mean);
            mean * graph.traffic(id).sojourn.count() as f64
        };
        let ends = JourneySummary::from_journeys(&journeys).ends;
        let ended = (ends.completed + ends.closed + ends.abandoned) as f64;
        let observed = (0..7).map(TouchpointId).map(timed).sum::<f64>() / ended;
        let expected = chain.time_to_end(&times).from_start.mean;
        prop_assert!((expected - observed).abs() <= 1e-9 * observed.max(1.0), "{expected} {observed}");
        let flow = chain.flow().expect("few states");
        let parts: f64 = flow.bypass(&times).iter().filter_map(|bypass| bypass.seconds).sum();
        prop_assert!((parts - expected).abs() <= 1e-9 * expected.max(1.0), "{parts} {expected}");
    }

    #[test]
    fn moments_are_those_of_the_times(exponents in prop::collection::vec(0.0..14.0_f64, 1..200)) {
        let map = small_map("");
        let seconds: Vec<f64> = exponents.iter().map(|exponent| exponent.exp().round()).collect();
        let walks: Vec<_> = seconds.iter().map(|time| vec![(0, time / DAY), (4, 0.0)]).collect();
        let log = log_that_means(&walks, TimestampMeans::Start);
        let times = VisitTimes::from_graph(&graph(&map, &log), TimestampMeans::Start);
        let visit = times.of(TouchpointId(0)).expect("timed");
        let mean_of = |power: i32| {
            let sum: f64 = seconds.iter().map(|time| time.powi(power)).sum();
            sum / seconds.len() as f64
        };
        prop_assert!((visit.mean / mean_of(1) - 1.0).abs() < 0.004);
        prop_assert!((visit.second_moment / mean_of(2) - 1.0).abs() < 0.008);
        prop_assert!(visit.second_moment >= visit.mean * visit.mean);
    }
}

/// Many buckets, each of many times.
#[test]
fn moments_of_many_times() {
    let map = small_map("");
    let seconds = |number: u32| (f64::from(number) / 2_000.0).exp().round();
    let walks: Vec<_> =
        (0..20_000).map(|number| vec![(0, seconds(number) / DAY), (4, 0.0)]).collect();
    let log = log_that_means(&walks, TimestampMeans::Start);
    let times = VisitTimes::from_graph(&graph(&map, &log), TimestampMeans::Start);
    let visit = times.of(TouchpointId(0)).expect("timed");
    let exact =
        |power: i32| (0..20_000).map(|number| seconds(number).powi(power)).sum::<f64>() / 20_000.0;
    assert!((visit.mean / exact(1) - 1.0).abs() < 0.005, "{} {}", visit.mean, exact(1));
    assert!((visit.second_moment / exact(2) - 1.0).abs() < 0.01);
}
