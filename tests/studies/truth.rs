//! What the figures of a scenario are in truth: in closed form, or from logs so large that chance hardly shows.

use rayon::prelude::*;
use touchpoint::score::{Score, Scorecard};
use touchpoint::synthetic::{Scenario, SyntheticLog};

use crate::shared::analyse;

/// Journeys in one of the large logs.
const JOURNEYS: u64 = 50_000;
/// Their seeds begin here, so that no studied log is among them.
const FIRST_SEED: u64 = 1 << 40;

/// The truth about one touchpoint.
#[derive(Clone, Debug, Default)]
pub(crate) struct TruePlace {
    pub(crate) drop_off: TrueRate,
    pub(crate) complaints: TrueRate,
    pub(crate) friction: TrueFriction,
}

/// A rate per visit, and how many events a journey contributes to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TrueRate {
    pub(crate) rate: f64,
    pub(crate) events_per_journey: f64,
}

/// What friction is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TrueFriction {
    /// Mean of the time before it is rounded up: gamma of shape 2.
    pub(crate) mean_seconds: f64,
    /// Probability that a visit is charged to another part than waiting.
    pub(crate) charged_whole: f64,
    pub(crate) events_per_journey: f64,
}

impl TrueFriction {
    /// Seconds per visit at this benchmark and cap: the whole time with the one probability, what lies beyond the
    /// benchmark with the other; what a visit is charged to does not depend on its time.
    pub(crate) fn at(&self, benchmark: Option<f64>, cap: f64) -> f64 {
        let waiting = benchmark.map_or(0.0, |from| mean_between(self.mean_seconds, from, cap));
        let whole = mean_between(self.mean_seconds, 0.0, cap);
        self.charged_whole * whole + (1.0 - self.charged_whole) * waiting
    }
}

/// `E[max(0, min(N, to) - from)]` for a gamma time of shape 2 that is rounded up to whole seconds `N`: the integral of
/// `P(N > t)`, which is `P(T > k)` from `k` to `k + 1`.
fn mean_between(mean: f64, from: f64, to: f64) -> f64 {
    let survival = |second: f64| (1.0 + 2.0 * second / mean) * f64::exp(-2.0 * second / mean);
    let mut sum = 0.0;
    let mut second = from.floor();
    while second < to {
        sum += survival(second) * ((second + 1.0).min(to) - second.max(from)).max(0.0);
        second += 1.0;
    }
    sum
}

/// The truth about every touchpoint, in map order, with the help of so many logs of 50,000 journeys.
pub(crate) fn true_places(scenario: &Scenario, logs: u64) -> Vec<TruePlace> {
    let scenario = scenario.clone().journeys(JOURNEYS);
    let seen: Vec<Vec<Seen>> = (0..logs)
        .into_par_iter()
        .map(|log| see(&scenario.clone().seed(FIRST_SEED + log).generate()))
        .collect();
    let places = 0..scenario.touchpoint_ids().count();
    places.map(|place| TruePlace::of(seen.iter().map(|log| &log[place]), logs)).collect()
}

/// A touchpoint in one large log.
struct Seen {
    closed_form: Option<f64>,
    drop_off: Share,
    complaints: Share,
    mean_seconds: f64,
    charged_whole: Share,
    charged: f64,
}

/// A mean over exposures.
#[derive(Clone, Copy, Default)]
struct Share {
    sum: f64,
    exposure: f64,
}

impl Share {
    fn of(score: &Score) -> Self {
        let exposure = score.exposure as f64;
        Self { sum: score.value.unwrap_or(0.0) * exposure, exposure }
    }

    fn pooled(shares: impl Iterator<Item = Self>) -> Self {
        shares.fold(Self::default(), |all, one| Self {
            sum: all.sum + one.sum,
            exposure: all.exposure + one.exposure,
        })
    }

    fn mean(self) -> f64 {
        if self.exposure > 0.0 { self.sum / self.exposure } else { 0.0 }
    }
}

fn see(log: &SyntheticLog) -> Vec<Seen> {
    let (_, card) = analyse(log);
    let places = log.scenario().touchpoint_ids().enumerate();
    places.map(|(place, id)| Seen::of(log, &card, place, id)).collect()
}

impl Seen {
    fn of(log: &SyntheticLog, card: &Scorecard, place: usize, id: &str) -> Self {
        let score = |key: &str| &card.family(key).expect("a family").scores[place];
        let friction = score("friction");
        let mean_seconds = log.scenario().mean_seconds(id).expect("its own touchpoint");
        Self {
            closed_form: log.truth().expected(id).and_then(|rates| rates.drop_off),
            drop_off: Share::of(score("drop_off")),
            complaints: Share::of(score("complaints")),
            mean_seconds,
            charged_whole: charged_whole(friction, mean_seconds),
            charged: friction.support.events as f64,
        }
    }
}

/// The seconds charged to other parts than waiting, over the mean time of a visit.
fn charged_whole(friction: &Score, mean_seconds: f64) -> Share {
    let others = friction.parts.iter().filter(|part| part.key != "waiting");
    let seconds: f64 = others.filter_map(|part| part.value).sum();
    let exposure = friction.exposure as f64;
    let sum = detail(friction, "cap")
        .map_or(0.0, |cap| seconds * exposure / mean_between(mean_seconds, 0.0, cap));
    Share { sum, exposure }
}

/// A number beside a score.
pub(crate) fn detail(score: &Score, key: &str) -> Option<f64> {
    score.details.iter().find(|detail| detail.key == key)?.value
}

impl TruePlace {
    fn of<'a>(logs: impl Iterator<Item = &'a Seen> + Clone, count: u64) -> Self {
        let journeys = (count * JOURNEYS) as f64;
        let rate = |share: fn(&Seen) -> Share, known: Option<f64>| {
            let share = Share::pooled(logs.clone().map(share));
            let rate = known.unwrap_or(share.mean());
            TrueRate { rate, events_per_journey: rate * share.exposure / journeys }
        };
        let first = logs.clone().next().expect("at least one log");
        Self {
            drop_off: rate(|seen| seen.drop_off, first.closed_form),
            complaints: rate(|seen| seen.complaints, None),
            friction: TrueFriction {
                mean_seconds: first.mean_seconds,
                charged_whole: rate(|seen| seen.charged_whole, None).rate,
                events_per_journey: logs.map(|seen| seen.charged).sum::<f64>() / journeys,
            },
        }
    }
}

#[test]
fn the_mean_of_a_time_adds_up() {
    let mean = mean_between(120.0, 0.0, 1e5);
    assert!((mean - 120.5).abs() < 0.01, "{mean}: half a second more than before rounding up");
    let parts = mean_between(120.0, 0.0, 77.5) + mean_between(120.0, 77.5, 1e5);
    assert!((mean - parts).abs() < 1e-9);
}

#[test]
fn large_logs_agree_with_the_closed_form() {
    let scenario = Scenario::line(4).days(60).names_cause(1.0);
    let log = scenario.journeys(JOURNEYS).generate();
    for (seen, id) in see(&log).iter().zip(["t1", "t2", "t3", "t4"]) {
        let expected = log.truth().expected(id).expect("a touchpoint");
        let drop_off = expected.drop_off.expect("a closed form");
        let complaints = expected.complaints.expect("a closed form");
        assert!((seen.drop_off.mean() / drop_off - 1.0).abs() < 0.06, "{id}");
        // the second of a journey about the same touchpoint is a repeat
        let firsts = seen.complaints.mean() / complaints;
        assert!((0.9..1.05).contains(&firsts), "{id}: {firsts}");
    }
}
