//! The rows of a chain from counts of transitions: Start, the touchpoints, and the pools of those that are topped up.

use std::iter::once;

use super::absorbing_chain::{ENDS, Shares, state};
use super::absorbing_matrix::AbsorbingMatrix;
use super::observed_row::{ObservedRow, scale, total};
use super::step_counts::StepCounts;
use super::thin_rows::Pools;
use crate::graph::Node;
use crate::map::{End, JourneyMap, TouchpointId};

/// What the rows of a chain are made of.
pub(super) struct ObservedRows<'a> {
    steps: &'a StepCounts,
    drop_off: &'a [Option<f64>],
    ends: Vec<Option<End>>,
    /// `None` for ends.
    observed: Vec<Option<ObservedRow>>,
}

impl<'a> ObservedRows<'a> {
    pub(super) fn new(
        map: &JourneyMap,
        steps: &'a StepCounts,
        drop_off: &'a [Option<f64>],
    ) -> Self {
        let ids = (0..steps.touchpoints() as u32).map(TouchpointId);
        let ends: Vec<Option<End>> = ids.clone().map(|id| map.touchpoint(id).end).collect();
        let row = |(id, end): (TouchpointId, &Option<End>)| {
            end.is_none().then(|| ObservedRow::of(map, steps.out_of(id)))
        };
        let observed = ids.zip(&ends).map(row).collect();
        Self { steps, drop_off, ends, observed }
    }

    /// Rows by what was observed alone.
    pub(super) fn matrix(&self) -> AbsorbingMatrix {
        let touchpoints = self.observed.iter().enumerate();
        matrix(self.steps, touchpoints.map(|(place, row)| self.shares(place, row.as_ref())))
    }

    /// Thin rows that have a way to an end are topped up by their pools; the rows as they are where there are none.
    pub(super) fn topped_up(&self, map: &JourneyMap, least: u64) -> AbsorbingMatrix {
        let plain = self.matrix();
        let is_open = |state: u32| plain.stuck().binary_search(&state).is_err();
        let is_asked = |place: usize| {
            let is_thin = (1..least).contains(&self.visits(place));
            is_thin && self.observed[place].is_some() && is_open(state_at(place))
        };
        let asked: Vec<bool> = (0..self.observed.len()).map(is_asked).collect();
        let pools = Pools::new(map, &self.observed, &asked, is_open);
        if pools.rows.is_empty() {
            return plain;
        }
        let touchpoints = self.observed.iter().enumerate().map(|(place, row)| {
            let pooled = pools.of(place, self.visits(place) as f64 / least as f64);
            let topped_up = row.as_ref().zip(pooled);
            let topped_up =
                topped_up.and_then(|(row, pool)| row.topped_up(self.share(place), pool));
            topped_up.unwrap_or_else(|| self.shares(place, row.as_ref()))
        });
        let passed_through = pools.rows.iter().map(|row| (row.clone(), [0.0; ENDS.len()]));
        matrix(self.steps, touchpoints.chain(passed_through))
    }

    fn visits(&self, place: usize) -> u64 {
        self.steps.visits(TouchpointId(place as u32))
    }

    fn shares(&self, place: usize, row: Option<&ObservedRow>) -> Shares {
        match self.ends[place] {
            Some(end) => absorbed(end),
            None => row.map_or_else(Shares::default, |row| row.shares(self.share(place))),
        }
    }

    fn share(&self, place: usize) -> Option<f64> {
        self.drop_off.get(place).copied().flatten()
    }
}

/// Start's row, and those that follow it.
fn matrix(steps: &StepCounts, rows: impl Iterator<Item = Shares>) -> AbsorbingMatrix {
    let (rows, exits): (Vec<_>, Vec<_>) =
        once(start_shares(steps)).chain(rows).map(|(row, exits)| (row, exits.to_vec())).unzip();
    AbsorbingMatrix::of_sound(rows, exits)
}

/// Nowhere where nobody begins: of customers drawn anew none may.
fn start_shares(steps: &StepCounts) -> Shares {
    let mut first = Vec::new();
    for &(to, count) in steps.out_of_start() {
        if let Node::Touchpoint(to) = to {
            first.push((state(to), count as f64));
        }
    }
    let walks = total(&first);
    first.retain(|_| walks > 0.0);
    scale(&mut first, 1.0, walks);
    (first, [0.0; ENDS.len()])
}

fn absorbed(end: End) -> Shares {
    let exit = match end {
        End::Goal => [1.0, 0.0, 0.0],
        End::Closed => [0.0, 1.0, 0.0],
        End::Lost => [0.0, 0.0, 1.0],
    };
    (Vec::new(), exit)
}

fn state_at(place: usize) -> u32 {
    state(TouchpointId(place as u32))
}
