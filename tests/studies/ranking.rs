//! Where raw rates mislead: planted problems found by the shrunk value, and by what other programs rank by.

use std::fmt;
use std::ops::Range;

use rayon::prelude::*;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::TouchpointId;
use touchpoint::score::{Score, Scorer};
use touchpoint::synthetic::{Problem, Scenario, SyntheticLog, Trouble};

use crate::shared::{key_of, mean, monte_carlo_error};
use crate::support::synthetic;

#[test]
fn shrunk_values_find_what_raw_rates_miss() {
    let study = RankingStudy::run(Trouble::DropOff, 0..12);
    println!("{study}");
    study.check();
}

#[test]
#[ignore = "1,000 logs of 2,000 journeys"]
fn ranking_study() {
    for trouble in
        [Trouble::DropOff, Trouble::Complaints, Trouble::Failure, Trouble::Slow, Trouble::Rework]
    {
        let study = RankingStudy::run(trouble, 0..200);
        println!("{study}");
        study.check();
    }
}

/// What touchpoints are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ranking {
    Shrunk,
    LowerEnd,
    Raw,
    /// Walks that visit the touchpoint more than once, as pm4py counts rework.
    Reworks,
    /// Walks whose last event is there, as retentioneering counts.
    EndShare,
}

impl Ranking {
    const ALL: [Self; 5] = [Self::Shrunk, Self::LowerEnd, Self::Raw, Self::Reworks, Self::EndShare];

    fn value(self, score: &Score, beside: Beside) -> Option<f64> {
        match self {
            Self::Shrunk => score.shrunk,
            Self::LowerEnd => score.interval.map(|interval| interval.low),
            Self::Raw => score.value,
            Self::Reworks => Some(beside.reworks),
            Self::EndShare => Some(beside.ends),
        }
    }
}

/// What other programs count of a touchpoint.
#[derive(Clone, Copy, Debug, Default)]
struct Beside {
    reworks: f64,
    ends: f64,
}

/// Sixteen busy touchpoints with twenty-four quiet ones beside them, of which the quietest has a dozen visits; a problem
/// at four.
fn scenario(trouble: Trouble) -> Scenario {
    let scenario = Scenario::line_with_detours(16, 24, 0.4).days(120).journeys(2_000);
    let (places, factor) = match trouble {
        Trouble::Rework => (["t4", "t7", "t10", "t13"], 3.0),
        Trouble::Slow => (["t4", "t10", "d1", "d3"], 2.0),
        _ => (["t4", "t10", "d1", "d3"], 3.0),
    };
    let plant = |scenario: Scenario, place| scenario.plant(Problem::new(place, trouble, factor));
    places.into_iter().fold(scenario, plant)
}

/// The share of the planted touchpoints at the top, log by log, for each ranking; the top has as many places as there are
/// planted touchpoints.
struct RankingStudy {
    trouble: Trouble,
    found: Vec<[f64; Ranking::ALL.len()]>,
}

impl RankingStudy {
    fn run(trouble: Trouble, seeds: Range<u64>) -> Self {
        let scenario = scenario(trouble);
        let log = |seed| scenario.clone().seed(seed).generate();
        Self {
            trouble,
            found: seeds.into_par_iter().map(|seed| found(&log(seed), trouble)).collect(),
        }
    }

    fn of(&self, ranking: Ranking) -> Vec<f64> {
        let place = Ranking::ALL.into_iter().position(|known| known == ranking);
        let place = place.expect("all rankings are studied");
        self.found.iter().map(|found| found[place]).collect()
    }

    /// The shrunk value finds most of them, and no fewer than the raw figure does, up to chance.
    fn check(&self) {
        let (shrunk, raw) = (self.of(Ranking::Shrunk), self.of(Ranking::Raw));
        assert!(mean(&shrunk) >= 0.8, "{self}");
        assert!(mean(&raw) <= mean(&shrunk) + 2.0 * monte_carlo_error(&shrunk), "{self}");
    }
}

impl fmt::Display for RankingStudy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {} logs:", self.trouble, self.found.len())?;
        for ranking in Ranking::ALL {
            let found = self.of(ranking);
            let (share, error) = (100.0 * mean(&found), 100.0 * monte_carlo_error(&found));
            write!(f, " {ranking:?} {share:.1} +/- {error:.1} %")?;
        }
        Ok(())
    }
}

/// The share of the planted touchpoints that each ranking has at its top.
fn found(log: &SyntheticLog, trouble: Trouble) -> [f64; Ranking::ALL.len()] {
    let (map, events) = synthetic(log);
    let journeys = Journeys::new(&map, &events);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let card = Scorer::new(&map).score_journeys(&graph, &journeys);
    let family = trouble.family();
    let scores = &card.family(key_of(family)).expect("a family").scores;
    let (planted, spill_over) = (log.truth().planted(family), log.truth().spill_over(family));
    let id = |score: &Score| map.touchpoint(score.touchpoint).id.as_str();
    let mut judged: Vec<&Score> = scores
        .iter()
        .filter(|score| score.value.is_some() && !spill_over.contains(&id(score)))
        .collect();
    let ends = ends(log);
    let beside = |touchpoint: TouchpointId| Beside {
        reworks: graph.traffic(touchpoint).walks_with_repeats as f64,
        ends: ends[touchpoint.index()],
    };
    Ranking::ALL.map(|ranking| {
        let value = |score: &Score| ranking.value(score, beside(score.touchpoint)).unwrap_or(-1.0);
        judged.sort_by(|one, other| {
            value(other).total_cmp(&value(one)).then(one.touchpoint.cmp(&other.touchpoint))
        });
        let top = judged.iter().take(planted.len());
        top.filter(|score| planted.contains(&id(score))).count() as f64 / planted.len() as f64
    })
}

/// For each touchpoint the journeys whose last event is there.
fn ends(log: &SyntheticLog) -> Vec<f64> {
    let mut ends = vec![0.0; log.scenario().touchpoint_ids().count()];
    for walk in log.events().chunk_by(|before, after| before.journey == after.journey) {
        ends[walk[walk.len() - 1].touchpoint] += 1.0;
    }
    ends
}
