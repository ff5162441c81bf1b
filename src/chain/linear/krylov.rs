//! Accelerated sweeps: compressed rows and constants in, values out that hardly move any more.

use super::sweeps::{Sweeps, largest};
use super::tile::{add_multiple, dot};

/// Directions that are kept before starting anew.
const DIRECTIONS: usize = 24;
/// Directions that each round takes at the least, so that it gets somewhere.
const LEAST: usize = 4;
/// A round ends where what is left to move is this part of the largest value, in the mean square.
const LEFT: f64 = 1e-12;
/// Where a sweep moves no value by more than this part of the largest, all are settled.
const SETTLED: f64 = 1e-11;

/// Sweeps until values settle, about so many times at most.
///
/// Each round combines the sweeps' own directions so that what is left to move is least: GMRES on the map of one
/// sweep. Source: Saad & Schultz, *SIAM J. Sci. Stat. Comput.* 7 (1986) 856.
pub(super) fn settled(rows: &Sweeps, constants: &[f64], sweeps: usize) -> Vec<f64> {
    let mut values = constants.to_vec();
    let mut before = values.clone();
    rows.sweep(&mut values, constants);
    for _ in 0..sweeps.div_ceil(DIRECTIONS) {
        let scale = largest(&values);
        let moves: Vec<f64> = values.iter().zip(&before).map(|(to, from)| to - from).collect();
        if largest(&moves) <= SETTLED * scale {
            break;
        }
        add_multiple(&mut before, 1.0, &combined(rows, moves, LEFT * scale));
        keep_sign(&mut before, constants);
        values.copy_from_slice(&before);
        rows.sweep(&mut values, constants);
    }
    values
}

/// Where no constant is negative no value is, but for what the combination is off.
fn keep_sign(values: &mut [f64], constants: &[f64]) {
    if constants.iter().all(|constant| *constant >= 0.0) {
        for value in values {
            *value = value.max(0.0);
        }
    }
}

/// The combination of directions after which least is left to move.
fn combined(rows: &Sweeps, moves: Vec<f64>, enough: f64) -> Vec<f64> {
    let target = enough * (moves.len() as f64).sqrt();
    let mut space = Space::new(moves);
    for place in 0..DIRECTIONS {
        if space.left() == 0.0 || (place >= LEAST && space.left() <= target) {
            break;
        }
        let mut next = space.directions[place].clone();
        rows.sweep_plain(&mut next);
        space.add(next);
    }
    space.combination()
}

/// Orthogonal directions, and the triangle that says how a sweep maps them onto each other.
struct Space {
    directions: Vec<Vec<f64>>,
    /// Column by column: the upper triangle after the rotations.
    columns: Vec<Vec<f64>>,
    rotations: Vec<(f64, f64)>,
    goal: Vec<f64>,
}

impl Space {
    fn new(mut moves: Vec<f64>) -> Self {
        let length = dot(&moves, &moves).sqrt();
        scale(&mut moves, 1.0 / length);
        Self {
            directions: vec![moves],
            columns: Vec::new(),
            rotations: Vec::new(),
            goal: vec![length],
        }
    }

    fn left(&self) -> f64 {
        self.goal[self.goal.len() - 1].abs()
    }

    /// Adds what a sweep made of the last direction.
    fn add(&mut self, swept: Vec<f64>) {
        let last = self.directions.len() - 1;
        let mut next = swept;
        for (next, own) in next.iter_mut().zip(&self.directions[last]) {
            *next = own - *next;
        }
        let mut column = Vec::with_capacity(last + 2);
        for direction in &self.directions {
            let along = dot(direction, &next);
            add_multiple(&mut next, -along, direction);
            column.push(along);
        }
        let length = dot(&next, &next).sqrt();
        column.push(length);
        self.rotate(column);
        if length > 0.0 {
            scale(&mut next, 1.0 / length);
        }
        self.directions.push(next);
    }

    fn rotate(&mut self, mut column: Vec<f64>) {
        for (place, (cos, sin)) in self.rotations.iter().enumerate() {
            let (a, b) = (column[place], column[place + 1]);
            column[place] = cos * a + sin * b;
            column[place + 1] = cos * b - sin * a;
        }
        let last = column.len() - 2;
        let length = column[last].hypot(column[last + 1]);
        let (cos, sin) = (column[last] / length, column[last + 1] / length);
        column[last] = length;
        column.truncate(last + 1);
        self.rotations.push((cos, sin));
        self.columns.push(column);
        let goal = self.goal[last];
        self.goal[last] = cos * goal;
        self.goal.push(-sin * goal);
    }

    fn combination(mut self) -> Vec<f64> {
        let mut sum = vec![0.0; self.directions[0].len()];
        for place in (0..self.columns.len()).rev() {
            let factor = self.goal[place] / self.columns[place][place];
            add_multiple(&mut sum, factor, &self.directions[place]);
            add_multiple(&mut self.goal[..place], -factor, &self.columns[place]);
        }
        sum
    }
}

fn scale(values: &mut [f64], factor: f64) {
    for value in values {
        *value *= factor;
    }
}
