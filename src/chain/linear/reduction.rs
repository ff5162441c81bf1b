//! Elimination of a large chain state by state, where few others are in touch with each: rows and leaks in, the
//! eliminated states with what solves for either side out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::chain::rows::Rows;

/// Shares that may be kept: 160 MB.
const KEPT: usize = 10_000_000;
/// Shares that may be merged, a second or so.
const MERGED: usize = 100_000_000;

/// Shares of other states, by state.
type Shares = Vec<(u32, f64)>;

/// A chain reduced to nothing, the states with the fewest ways through them first, and nothing ever subtracted: see
/// [`Factors`](super::factors::Factors).
///
/// The order is that of Markowitz, *Management Science* 3 (1957) 255.
#[derive(Clone, Debug)]
pub(super) struct Reduction(Vec<Step>);

/// A state as it is eliminated.
#[derive(Clone, Debug)]
struct Step {
    state: u32,
    pivot: f64,
    /// Its shares of the states that are left.
    shares: Shares,
    /// The multiplier of each state that leads to it.
    multipliers: Shares,
}

impl Reduction {
    /// `None` where too much would have to be kept.
    pub(super) fn new(rows: &Rows, leaks: &[f64]) -> Option<Self> {
        let mut chain = Remaining::new(rows, leaks);
        let mut steps = Vec::with_capacity(rows.len());
        let mut kept = 0;
        while let Some(state) = chain.next() {
            let step = chain.eliminate(state);
            kept += step.shares.len() + step.multipliers.len();
            steps.push(step);
            if kept > KEPT || chain.merged > MERGED {
                return None;
            }
        }
        Some(Self(steps))
    }

    /// Solves `(D - P) x = c`.
    pub(super) fn solve(&self, constants: &[f64]) -> Vec<f64> {
        let mut values = constants.to_vec();
        for step in &self.0 {
            let known = values[step.state as usize];
            for &(from, multiplier) in &step.multipliers {
                values[from as usize] += multiplier * known;
            }
        }
        for step in self.0.iter().rev() {
            let known = gathered(&step.shares, &values);
            let value = &mut values[step.state as usize];
            *value = (*value + known) / step.pivot;
        }
        values
    }

    /// Solves `y (D - P) = s`.
    pub(super) fn solve_transposed(&self, constants: &[f64]) -> Vec<f64> {
        let mut values = constants.to_vec();
        for step in &self.0 {
            let value = values[step.state as usize] / step.pivot;
            values[step.state as usize] = value;
            for &(to, share) in &step.shares {
                values[to as usize] += share * value;
            }
        }
        for step in self.0.iter().rev() {
            values[step.state as usize] += gathered(&step.multipliers, &values);
        }
        values
    }
}

fn gathered(shares: &Shares, values: &[f64]) -> f64 {
    shares.iter().map(|(state, share)| share * values[*state as usize]).sum()
}

/// The chain that is watched on the states that are left.
struct Remaining {
    /// In order of states, without self-loops.
    rows: Vec<Shares>,
    leaks: Vec<f64>,
    /// The states that lead to each; those that are gone too.
    before: Vec<Vec<u32>>,
    /// How many states that are left lead to each.
    arrivals: Vec<usize>,
    gone: Vec<bool>,
    /// How many ways lead through each state, as of some time.
    ways: BinaryHeap<Reverse<(usize, u32)>>,
    merged: usize,
}

impl Remaining {
    fn new(rows: &Rows, leaks: &[f64]) -> Self {
        let size = rows.len();
        let rows: Vec<Shares> = (0..size).map(|state| others(rows.row(state), state)).collect();
        let mut before = vec![Vec::new(); size];
        for (from, row) in (0..).zip(&rows) {
            for (to, _) in row {
                before[*to as usize].push(from);
            }
        }
        let arrivals = before.iter().map(Vec::len).collect();
        let (gone, leaks) = (vec![false; size], leaks.to_vec());
        let ways = BinaryHeap::new();
        let mut chain = Self { rows, leaks, before, arrivals, gone, ways, merged: 0 };
        chain.ways =
            (0..size as u32).map(|state| Reverse((chain.ways_through(state), state))).collect();
        chain
    }

    /// The state with the fewest ways through it.
    fn next(&mut self) -> Option<u32> {
        while let Some(Reverse((ways, state))) = self.ways.pop() {
            if self.gone[state as usize] {
                continue;
            }
            let now = self.ways_through(state);
            if now <= ways {
                return Some(state);
            }
            self.ways.push(Reverse((now, state)));
        }
        None
    }

    fn ways_through(&self, state: u32) -> usize {
        self.rows[state as usize].len() * self.arrivals[state as usize]
    }

    fn eliminate(&mut self, state: u32) -> Step {
        self.gone[state as usize] = true;
        let shares = std::mem::take(&mut self.rows[state as usize]);
        let mut before = std::mem::take(&mut self.before[state as usize]);
        before.retain(|from| !self.gone[*from as usize]);
        let leak = self.leaks[state as usize];
        let pivot = leak + shares.iter().map(|(_, share)| share).sum::<f64>();
        let mut multipliers = Vec::with_capacity(before.len());
        for from in before {
            let multiplier = self.pass_on(from, state, &shares, pivot);
            self.leaks[from as usize] += multiplier * leak;
            multipliers.push((from, multiplier));
        }
        for (to, _) in &shares {
            self.arrivals[*to as usize] -= 1;
            self.ways.push(Reverse((self.ways_through(*to), *to)));
        }
        Step { state, pivot, shares, multipliers }
    }

    /// Leads what went from one state to another on to where that leads; gives the multiplier.
    fn pass_on(&mut self, from: u32, through: u32, shares: &Shares, pivot: f64) -> f64 {
        let row = std::mem::take(&mut self.rows[from as usize]);
        self.merged += row.len() + shares.len();
        let part =
            row.iter().find(|(to, _)| *to == through).map_or(0.0, |(_, share)| share / pivot);
        let mut merged = Vec::with_capacity(row.len() + shares.len());
        let mut added = shares.iter().filter(|(to, _)| *to != from).peekable();
        for (to, share) in row.into_iter().filter(|(to, _)| *to != through) {
            while let Some(&(next, more)) = added.next_if(|(next, _)| *next < to) {
                self.lead(from, next);
                merged.push((next, part * more));
            }
            let more = added.next_if(|(next, _)| *next == to).map_or(0.0, |(_, more)| part * more);
            merged.push((to, share + more));
        }
        for &(next, more) in added {
            self.lead(from, next);
            merged.push((next, part * more));
        }
        self.rows[from as usize] = merged;
        part
    }

    /// Notes that one state now leads to another.
    fn lead(&mut self, from: u32, to: u32) {
        self.before[to as usize].push(from);
        self.arrivals[to as usize] += 1;
    }
}

/// Shares of other states, each state once and in order.
fn others(row: &[(u32, f64)], own: usize) -> Shares {
    let mut row: Shares = row.iter().copied().filter(|(to, _)| *to as usize != own).collect();
    row.sort_by_key(|(to, _)| *to);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    row
}
