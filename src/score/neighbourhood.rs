//! Whether complaints gather in a neighbourhood of the graph: a family of the scorecard and the graph in, a second view
//! of hotspots out.
//!
//! A touchpoint's own rate stays the first view. This one asks whether the touchpoints that customers come from and go
//! to have high rates too, as where one broken process spreads over several touchpoints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::scorecard::{Family, Score};
use crate::graph::measures::Counted;
use crate::graph::{Node, TouchpointGraph};
use crate::map::{Language, Text, TouchpointId};
use crate::metric::Law;
use crate::stats::local::{GetisOrd, Own, getis_ord};
use crate::stats::multinomial::Multinomial;
use crate::stats::multiplicity::benjamini_hochberg;
use crate::stats::shrinkage::{GammaPoisson, gamma_poisson};

/// Draws that give p-values four digits.
const DRAWS: u32 = 9_999;

/// How neighbourhoods are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    draws: u32,
    seed: u64,
    counted: Counted,
}

/// Local Gi* of the touchpoints' rates.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NeighbourhoodView {
    /// Draws behind the p-values.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
    /// Which transitions make neighbours.
    pub counted: Counted,
    /// Why there is no view; it then has no scores.
    pub absent: Option<Text>,
    /// Touchpoints that were tested.
    pub tests: usize,
    /// One a touchpoint, in map order.
    pub scores: Vec<NeighbourhoodScore>,
}

/// One touchpoint and its neighbours.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NeighbourhoodScore {
    /// The touchpoint, by its place on the map.
    pub touchpoint: TouchpointId,
    /// How many touchpoints with a rate directly precede or follow it.
    pub neighbours: usize,
    /// Its shrunk rate less the common mean; `None` without exposure.
    pub residual: Option<f64>,
    /// How far the residuals of the touchpoint and its neighbours, by weight, are above the mean, in standard errors;
    /// `None` without neighbours, or where rates vary no more than by chance.
    pub z: Option<f64>,
    /// Two-sided p-value, by dealing the same number of events out by exposure alone.
    pub p: Option<f64>,
    /// Benjamini-Hochberg q-value among the touchpoints tested.
    pub q: Option<f64>,
}

impl Default for Neighbourhood {
    fn default() -> Self {
        Self { draws: DRAWS, seed: 1, counted: Counted::All }
    }
}

impl Neighbourhood {
    /// With another number of draws; 0 leaves p-values at 1.
    #[must_use]
    pub fn draws(mut self, draws: u32) -> Self {
        self.draws = draws;
        self
    }

    /// With another seed; the same seed gives the same draws, whatever the number of threads.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// With neighbours by this count of transitions.
    #[must_use]
    pub fn counted(mut self, counted: Counted) -> Self {
        self.counted = counted;
        self
    }

    /// Looks at a family of rates, such as complaints, on the graph that belongs to it; a family of means, such as friction,
    /// has no events to deal out, and its view is [absent](NeighbourhoodView::absent).
    ///
    /// Rates are shrunk by a gamma-Poisson prior among all touchpoints, on the effective events that the family's
    /// standard errors tell of, so that one customer's many complaints do not pass for many customers'. Weights are the
    /// transitions between two touchpoints in either direction over all of the touchpoint's; repeats of the same
    /// touchpoint are left out, and the touchpoint itself weighs as much as its heaviest neighbour. Where the map names
    /// kinds the family shrinks within them, and its shrunk values differ from those here.
    ///
    /// p-values deal the effective events out by effective exposure alone (a multinomial draw: Poisson counts given
    /// their sum), shrink them by the same prior and count how often z is as far from 0: `(r + 1) / (m + 1)`.
    ///
    /// Sources: Ord & Getis, *Geogr. Anal.* 27 (1995) 286; Besag & Newell, *J. R. Stat. Soc. A* 154 (1991) 143, for
    /// drawing counts instead of exchanging rates of unequal variance.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use touchpoint::prelude::*;
    /// use touchpoint::score::Neighbourhood;
    ///
    /// # fn view(map: &JourneyMap, graph: &TouchpointGraph, card: &Scorecard) {
    /// let complaints = card.family("complaints").expect("a built-in family");
    /// let view = Neighbourhood::default().seed(1).of(complaints, graph);
    /// for score in view.scores.iter().filter(|score| score.q.is_some_and(|q| q <= 0.1)) {
    ///     println!("{}: z {:?}", map.touchpoint(score.touchpoint).id, score.z);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn of(&self, family: &Family, graph: &TouchpointGraph) -> NeighbourhoodView {
        if !matches!(family.law, Law::Rate | Law::Share) {
            return self.absent(family);
        }
        let places = Places::new(family, graph, self.counted);
        let mut scores: Vec<NeighbourhoodScore> =
            family.scores.iter().map(|score| blank(score.touchpoint)).collect();
        let found = places.z_values(&places.events);
        let p = self.p_values(&places, &found);
        for (place, &row) in places.rows.iter().enumerate() {
            let score = &mut scores[row];
            score.neighbours = places.weights[place].len().saturating_sub(1);
            score.residual = places.residual(place, places.events[place]);
            (score.z, score.p) = (found[place], p[place]);
        }
        let tests = add_q_values(&mut scores);
        NeighbourhoodView { tests, scores, ..self.blank() }
    }

    fn absent(&self, family: &Family) -> NeighbourhoodView {
        let [en, zh] = [Language::En, Language::Zh].map(|lang| family.name.in_language(lang));
        let absent = Text::both(
            format!("no neighbourhoods: {en} is a mean, and has no events to deal out"),
            format!("无邻域视图：{zh}为均值，没有可重新分配的事件"),
        );
        NeighbourhoodView { absent: Some(absent), ..self.blank() }
    }

    fn blank(&self) -> NeighbourhoodView {
        let Self { draws, seed, counted } = *self;
        NeighbourhoodView { draws, seed, counted, absent: None, tests: 0, scores: Vec::new() }
    }

    fn p_values(&self, places: &Places, found: &[Option<f64>]) -> Vec<Option<f64>> {
        if found.iter().all(Option::is_none) {
            return vec![None; found.len()];
        }
        let exceeded = self.exceeded(places, found);
        let p = |(z, exceeded): (&Option<f64>, u32)| {
            z.map(|_| (f64::from(exceeded) + 1.0) / (f64::from(self.draws) + 1.0))
        };
        found.iter().zip(exceeded).map(p).collect()
    }

    /// In how many draws each z was as far from 0 as the one found; whole numbers, so their sum has no order.
    fn exceeded(&self, places: &Places, found: &[Option<f64>]) -> Vec<u32> {
        let total: f64 = places.events.iter().sum();
        let chance = Multinomial::new(whole(total), &places.exposure);
        let draw = |number: u32| {
            let mut counts = Vec::new();
            chance.draw(self.seed, number.into(), &mut counts);
            let events: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
            let drawn = places.z_values(&events);
            drawn
                .iter()
                .zip(found)
                .map(|(drawn, found)| u32::from(is_as_far(*drawn, *found)))
                .collect()
        };
        sum_draws(self.draws, found.len(), draw)
    }
}

/// A draw in which nothing varies has no neighbourhood, and is not as far.
fn is_as_far(drawn: Option<f64>, found: Option<f64>) -> bool {
    // the same counts in another order of sums
    const ROUNDING: f64 = 1e-9;
    drawn.zip(found).is_some_and(|(drawn, found)| drawn.abs() >= found.abs() * (1.0 - ROUNDING))
}

#[cfg(feature = "parallel")]
fn sum_draws(draws: u32, places: usize, draw: impl Fn(u32) -> Vec<u32> + Send + Sync) -> Vec<u32> {
    use rayon::prelude::*;

    (0..draws).into_par_iter().map(draw).reduce(|| vec![0; places], add)
}

#[cfg(not(feature = "parallel"))]
fn sum_draws(draws: u32, places: usize, draw: impl Fn(u32) -> Vec<u32>) -> Vec<u32> {
    (0..draws).map(draw).fold(vec![0; places], add)
}

#[allow(clippy::needless_pass_by_value, reason = "the other is spent")]
fn add(mut sum: Vec<u32>, other: Vec<u32>) -> Vec<u32> {
    for (sum, other) in sum.iter_mut().zip(&other) {
        *sum += other;
    }
    sum
}

fn blank(touchpoint: TouchpointId) -> NeighbourhoodScore {
    NeighbourhoodScore { touchpoint, neighbours: 0, residual: None, z: None, p: None, q: None }
}

fn add_q_values(scores: &mut [NeighbourhoodScore]) -> usize {
    let tested: Vec<usize> = (0..scores.len()).filter(|&row| scores[row].p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|&row| scores[row].p).collect();
    for (&row, q) in tested.iter().zip(benjamini_hochberg(&p)) {
        scores[row].q = Some(q);
    }
    tested.len()
}

/// The touchpoints that have a rate, with what they weigh to each other.
struct Places {
    /// Each place's row in the family.
    rows: Vec<usize>,
    /// Effective events.
    events: Vec<f64>,
    /// Effective exposure.
    exposure: Vec<f64>,
    /// Neighbours with their weights, and the place itself; empty without neighbours.
    weights: Vec<Vec<(u32, f64)>>,
    rates: Option<GammaPoisson>,
}

impl Places {
    fn new(family: &Family, graph: &TouchpointGraph, counted: Counted) -> Self {
        let (mut rows, mut events, mut exposure) = (Vec::new(), Vec::new(), Vec::new());
        for (row, score) in family.scores.iter().enumerate() {
            if let Some((own_events, own_exposure)) = effective(score) {
                rows.push(row);
                events.push(own_events);
                exposure.push(own_exposure);
            }
        }
        let touchpoints: Vec<TouchpointId> =
            rows.iter().map(|&row| family.scores[row].touchpoint).collect();
        let weights = weights(&touchpoints, graph, counted);
        let rates = gamma_poisson(&events, &exposure);
        Self { rows, events, exposure, weights, rates }
    }

    fn residual(&self, place: usize, events: f64) -> Option<f64> {
        let rates = self.rates.as_ref()?;
        Some(rates.shrink(events, self.exposure[place]) - rates.mean)
    }

    fn z_values(&self, events: &[f64]) -> Vec<Option<f64>> {
        let residuals: Option<Vec<f64>> = events
            .iter()
            .enumerate()
            .map(|(place, events)| self.residual(place, *events))
            .collect();
        let found =
            residuals.and_then(|residuals| getis_ord(&residuals, &self.weights, Own::Included));
        let z = |place: Option<GetisOrd>| place?.z;
        found.map_or_else(|| vec![None; events.len()], |places| places.into_iter().map(z).collect())
    }
}

/// Events and exposure that would vary as much if customers had one event each, as in the family's intervals.
fn effective(score: &Score) -> Option<(f64, f64)> {
    let (value, exposure) = (score.value?, score.exposure as f64);
    let effective = match score.std_error {
        Some(error) if error > 0.0 => (value / (error * error)).min(exposure),
        _ => exposure.min(score.support.customers as f64),
    };
    (effective > 0.0 && value >= 0.0).then_some((value * effective, effective))
}

/// Transitions in either direction, over all of the place's; itself as much as its heaviest neighbour.
fn weights(
    touchpoints: &[TouchpointId],
    graph: &TouchpointGraph,
    counted: Counted,
) -> Vec<Vec<(u32, f64)>> {
    let places: BTreeMap<TouchpointId, u32> = touchpoints
        .iter()
        .enumerate()
        .map(|(place, touchpoint)| (*touchpoint, place as u32))
        .collect();
    let mut counts: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); touchpoints.len()];
    for (from, to, transition) in graph.transitions() {
        let (Node::Touchpoint(from), Node::Touchpoint(to)) = (from, to) else { continue };
        let (Some(&a), Some(&b)) = (places.get(&from), places.get(&to)) else { continue };
        let count = counted.of(transition);
        if a != b && count > 0 {
            *counts[a as usize].entry(b).or_default() += count;
            *counts[b as usize].entry(a).or_default() += count;
        }
    }
    counts.iter().enumerate().map(|(place, counts)| standardised(place as u32, counts)).collect()
}

fn standardised(place: u32, counts: &BTreeMap<u32, u64>) -> Vec<(u32, f64)> {
    let sum: u64 = counts.values().sum();
    let mut row: Vec<(u32, f64)> =
        counts.iter().map(|(neighbour, count)| (*neighbour, *count as f64 / sum as f64)).collect();
    if let Some(heaviest) = row.iter().map(|(_, weight)| *weight).reduce(f64::max) {
        row.push((place, heaviest));
    }
    row
}

#[expect(clippy::cast_sign_loss, reason = "a sum of events is not negative")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}
