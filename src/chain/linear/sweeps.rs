//! Compressed rows in the order of sweeps: `x = H x + c`, self-loops solved for.

use crate::chain::rows::Rows;

/// Rows of what flows from or to a state, as shares of what leaves it, placed in the order in which they are swept.
#[derive(Clone, Debug)]
pub(super) struct Sweeps {
    /// The state at each place.
    states: Vec<u32>,
    starts: Vec<usize>,
    columns: Vec<u32>,
    shares: Vec<f64>,
}

/// A share at a place of a row and a place of a column.
type Entry = (u32, u32, f64);

impl Sweeps {
    /// For what is gathered from each state on: states come after those that they lead to.
    pub(super) fn onward(rows: &Rows, leaving: &[f64], order: &[u32]) -> Self {
        let places = places(order);
        let entries = order.iter().flat_map(|&from| {
            let place = places[from as usize];
            let row = rows.row(from as usize).iter().filter(move |(to, _)| *to != from);
            let (places, leaving) = (&places, leaving[from as usize]);
            row.map(move |&(to, share)| (place, places[to as usize], share / leaving))
        });
        Self::compressed(order.to_vec(), entries)
    }

    /// For what arrives at each state: states come before those that they lead to.
    pub(super) fn backward(rows: &Rows, leaving: &[f64], order: &[u32]) -> Self {
        let states: Vec<u32> = order.iter().rev().copied().collect();
        let places = places(&states);
        let entries = states.iter().flat_map(|&from| {
            let place = places[from as usize];
            let row = rows.row(from as usize).iter().filter(move |(to, _)| *to != from);
            let places = &places;
            row.map(move |&(to, share)| (places[to as usize], place, share / leaving[to as usize]))
        });
        Self::compressed(states.clone(), entries)
    }

    /// By counting: rows in order, and in each row the entries in the order given.
    fn compressed(states: Vec<u32>, entries: impl Iterator<Item = Entry> + Clone) -> Self {
        let mut starts = vec![0; states.len() + 1];
        for (row, _, _) in entries.clone() {
            starts[row as usize + 1] += 1;
        }
        for row in 0..states.len() {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; starts[states.len()]];
        let mut shares = vec![0.0; columns.len()];
        for (row, column, share) in entries {
            let place = &mut next[row as usize];
            columns[*place] = column;
            shares[*place] = share;
            *place += 1;
        }
        Self { states, starts, columns, shares }
    }

    /// Values of states, in the order of places.
    pub(super) fn arranged(&self, values: &[f64]) -> Vec<f64> {
        self.states.iter().map(|state| values[*state as usize]).collect()
    }

    /// Values in the order of places, back in that of states.
    pub(super) fn restored(&self, placed: &[f64]) -> Vec<f64> {
        let mut values = vec![0.0; placed.len()];
        for (state, value) in self.states.iter().zip(placed) {
            values[*state as usize] = *value;
        }
        values
    }

    /// One sweep of Gauss and Seidel: each value is set to what its row makes of the others.
    pub(super) fn sweep(&self, values: &mut [f64], constants: &[f64]) {
        for (row, constant) in constants.iter().enumerate() {
            values[row] = constant + self.product(row, values);
        }
    }

    /// One sweep without constants.
    pub(super) fn sweep_plain(&self, values: &mut [f64]) {
        for row in 0..values.len() {
            values[row] = self.product(row, values);
        }
    }

    /// The largest miss of an equation, relative to the largest value; infinite where a value is no number.
    pub(super) fn residual(&self, values: &[f64], constants: &[f64]) -> f64 {
        if !values.iter().all(|value| value.is_finite()) {
            return f64::INFINITY;
        }
        let miss = |(row, constant): (usize, &f64)| {
            (constant + self.product(row, values) - values[row]).abs()
        };
        let worst = constants.iter().enumerate().map(miss).fold(0.0, f64::max);
        if worst > 0.0 { worst / largest(values) } else { 0.0 }
    }

    fn product(&self, row: usize, values: &[f64]) -> f64 {
        let entries = self.starts[row]..self.starts[row + 1];
        let shares = &self.shares[entries.clone()];
        let columns = &self.columns[entries];
        shares.iter().zip(columns).map(|(share, column)| share * values[*column as usize]).sum()
    }
}

/// The largest value, whatever its sign.
pub(super) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| value.abs().max(largest))
}

fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, state) in (0..).zip(order) {
        places[*state as usize] = place;
    }
    places
}
