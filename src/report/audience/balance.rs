//! Which counts have to be hidden so that none of few customers can be worked out.
//!
//! Counts that add up are arrows between points at which what arrives equals what leaves: a line of a table with its
//! total, a table with both margins, and the journeys that flow through touchpoints are all of that form. What is shown
//! drops out of the sums; so a hidden count can be worked out if and only if its arrow is a bridge among the hidden
//! ones, for only then does no cycle let it vary (Gusfield 1988, A graph theoretic approach to statistical data
//! security).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A count is of few customers if it is of one to four.
pub(super) const FEW: u64 = 5;

/// Whether so many customers could be recognised; none cannot.
pub(super) const fn is_few(customers: u64) -> bool {
    customers > 0 && customers < FEW
}

/// Counts that add up, and how many customers stand behind each.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    /// For each point the arrows at it, and where they lead.
    points: Vec<Vec<(usize, usize)>>,
    arrows: Vec<Arrow>,
}

#[derive(Clone, Copy, Debug)]
struct Arrow {
    from: usize,
    to: usize,
    customers: u64,
    /// Whether the count would be shown if it were not of few.
    is_told: bool,
}

impl Balance {
    /// So many points, and no counts yet.
    pub(super) fn new(points: usize) -> Self {
        Self { points: vec![Vec::new(); points], arrows: Vec::new() }
    }

    /// Adds a count of so many customers that is shown if it may be; returns its number.
    pub(super) fn told(&mut self, from: usize, to: usize, customers: u64) -> usize {
        self.add(Arrow { from, to, customers, is_told: true })
    }

    /// Adds a count that is not shown, whatever it is.
    pub(super) fn untold(&mut self, from: usize, to: usize, customers: u64) -> usize {
        self.add(Arrow { from, to, customers, is_told: false })
    }

    fn add(&mut self, arrow: Arrow) -> usize {
        let number = self.arrows.len();
        self.points[arrow.from].push((number, arrow.to));
        if arrow.from != arrow.to {
            self.points[arrow.to].push((number, arrow.from));
        }
        self.arrows.push(arrow);
        number
    }

    /// Whether each count is hidden: those of few customers, and others of as few as possible, until none of few can be
    /// worked out, and no sum of hidden counts that can is of few.
    pub(super) fn hidden(&self) -> Vec<bool> {
        let mut hidden: Vec<bool> =
            self.arrows.iter().map(|arrow| !arrow.is_told || is_few(arrow.customers)).collect();
        // every round hides a count more, or is the last
        while self.cover_bridges(&mut hidden) || self.cover_small_sums(&mut hidden) {}
        hidden
    }

    /// Closes a cycle through each count of few customers that is a bridge; says whether anything more was hidden.
    fn cover_bridges(&self, hidden: &mut [bool]) -> bool {
        let mut is_bridge = self.bridges(hidden);
        let is_open = |number: &usize| is_bridge[*number] && is_few(self.arrows[*number].customers);
        let open: Vec<usize> = (0..self.arrows.len()).filter(is_open).collect();
        let mut has_hidden = false;
        for number in open {
            // the way round another may have led through it
            if !is_bridge[number] {
                continue;
            }
            for on_way in self.cheapest_way_round(number, hidden).unwrap_or_default() {
                has_hidden |= !hidden[on_way];
                (hidden[on_way], is_bridge[on_way]) = (true, false);
            }
        }
        has_hidden
    }

    /// Where all that is unknown at a point goes one way, its sum can be worked out, and must not be of few either.
    fn cover_small_sums(&self, hidden: &mut [bool]) -> bool {
        let is_bridge = self.bridges(hidden);
        let mut has_hidden = false;
        for (point, arrows) in self.points.iter().enumerate() {
            if !self.has_small_sum(point, hidden, &is_bridge) {
                continue;
            }
            let shown = arrows.iter().map(|(number, _)| *number).filter(|number| !hidden[*number]);
            let some = shown.filter(|number| self.arrows[*number].customers > 0);
            let Some(least) = some.min_by_key(|number| self.arrows[*number].customers) else {
                continue;
            };
            // alone it could be worked out, and would cover nothing
            let way = self.cheapest_way_round(least, hidden).unwrap_or_default();
            way.into_iter().chain([least]).for_each(|number| hidden[number] = true);
            has_hidden = true;
        }
        has_hidden
    }

    fn has_small_sum(&self, point: usize, hidden: &[bool], is_bridge: &[bool]) -> bool {
        let arrows = self.points[point].iter().map(|(number, _)| *number);
        let unknown = arrows.filter(|number| hidden[*number] && !is_bridge[*number]);
        // a loop arrives as often as it leaves
        let unknown = unknown.map(|number| &self.arrows[number]).filter(|it| it.from != it.to);
        let unknown: Vec<&Arrow> = unknown.collect();
        let goes_one_way = unknown.iter().all(|arrow| arrow.from == point)
            || unknown.iter().all(|arrow| arrow.to == point);
        goes_one_way && is_few(unknown.iter().map(|arrow| arrow.customers).sum())
    }

    /// The arrows by which one comes from an arrow's end back to its beginning, whatever way they point, such that the
    /// fewest customers more are hidden; `None` where there is no way (Dijkstra).
    fn cheapest_way_round(&self, around: usize, hidden: &[bool]) -> Option<Vec<usize>> {
        let Arrow { from: goal, to: begin, .. } = self.arrows[around];
        let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; self.points.len()];
        let mut queue = BinaryHeap::from([Reverse((0, begin))]);
        while let Some(Reverse((cost, point))) = queue.pop() {
            if point == goal {
                break;
            }
            if best[point].is_some_and(|(known, ..)| cost > known) {
                continue;
            }
            for &(number, next) in &self.points[point] {
                let more = if hidden[number] { 0 } else { 1 + self.arrows[number].customers };
                let cost = cost + more;
                let is_better = best[next].is_none_or(|(known, ..)| cost < known);
                if number != around && next != begin && is_better {
                    best[next] = Some((cost, number, point));
                    queue.push(Reverse((cost, next)));
                }
            }
        }
        let mut way = Vec::new();
        let mut point = goal;
        while point != begin {
            let (_, number, before) = best[point]?;
            way.push(number);
            point = before;
        }
        Some(way)
    }

    /// Whether each hidden arrow is a bridge among the hidden ones (Tarjan 1974); a loop is none.
    fn bridges(&self, hidden: &[bool]) -> Vec<bool> {
        let mut search = Search::new(self, hidden);
        for point in 0..self.points.len() {
            search.visit_all_from(point);
        }
        search.is_bridge
    }
}

/// A search in depth, without recursion, since a chain of touchpoints may be long.
struct Search<'a> {
    balance: &'a Balance,
    hidden: &'a [bool],
    /// When each point was reached, from 1; 0 where it was not yet.
    reached: Vec<usize>,
    /// The earliest point that can be reached from it by one step back.
    earliest: Vec<usize>,
    time: usize,
    is_bridge: Vec<bool>,
}

/// A point on the way, the arrow by which it was reached, and how many of its arrows were tried.
struct Step {
    point: usize,
    by: Option<usize>,
    tried: usize,
}

impl<'a> Search<'a> {
    fn new(balance: &'a Balance, hidden: &'a [bool]) -> Self {
        let points = balance.points.len();
        Self {
            balance,
            hidden,
            reached: vec![0; points],
            earliest: vec![0; points],
            time: 0,
            is_bridge: vec![false; balance.arrows.len()],
        }
    }

    fn visit_all_from(&mut self, point: usize) {
        if self.reached[point] > 0 {
            return;
        }
        let mut way = vec![self.reach(point, None)];
        while let Some(step) = way.last_mut() {
            let Some(&(number, next)) = self.balance.points[step.point].get(step.tried) else {
                let done = way.pop().expect("a step that was looked at");
                self.leave(&done, way.last());
                continue;
            };
            step.tried += 1;
            if !self.hidden[number] || step.by == Some(number) {
                continue;
            }
            if self.reached[next] == 0 {
                way.push(self.reach(next, Some(number)));
            } else {
                self.earliest[step.point] = self.earliest[step.point].min(self.reached[next]);
            }
        }
    }

    fn reach(&mut self, point: usize, by: Option<usize>) -> Step {
        self.time += 1;
        (self.reached[point], self.earliest[point]) = (self.time, self.time);
        Step { point, by, tried: 0 }
    }

    fn leave(&mut self, done: &Step, before: Option<&Step>) {
        let (Some(before), Some(by)) = (before, done.by) else { return };
        self.is_bridge[by] = self.earliest[done.point] > self.reached[before.point];
        self.earliest[before.point] = self.earliest[before.point].min(self.earliest[done.point]);
    }
}

#[cfg(test)]
mod tests;
