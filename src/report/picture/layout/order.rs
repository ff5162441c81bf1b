//! Which row a card stands in: what flows within a column flows downwards, as far as one order can have it.

use std::collections::BTreeMap;

use super::{Card, Cell, Cells, Flow};

/// More rounds than any order of a few cards needs.
const MOST_ROUNDS: usize = 32;

pub(super) fn cells(columns: usize, cards: &[Card], flows: &[Flow]) -> Cells {
    let mut cards: Vec<Card> = cards.iter().copied().filter(|it| it.column < columns).collect();
    cards.sort_unstable_by_key(|card| (card.group, card.id));
    cards.dedup_by_key(|card| card.id);
    let pull = Pull::new(&cards, flows);
    let mut cells = Cells { by_id: BTreeMap::new(), rows: 0 };
    for column in 0..columns {
        let mut stack: Vec<Card> =
            cards.iter().copied().filter(|card| card.column == column).collect();
        let mut rounds = 0..MOST_ROUNDS;
        while rounds.next().is_some() && pull.improve(&mut stack) {}
        cells.rows = cells.rows.max(stack.len());
        for (row, card) in stack.iter().enumerate() {
            cells.by_id.insert(card.id, Cell { column, row });
        }
    }
    cells
}

/// How much speaks for a card to stand above another.
struct Pull {
    /// Net flow from a card to another of its column.
    net: BTreeMap<(usize, usize), i128>,
    /// What comes from the left and the beginning, less what goes to the right.
    from_left: BTreeMap<usize, i128>,
}

impl Pull {
    fn new(cards: &[Card], flows: &[Flow]) -> Self {
        let columns: BTreeMap<usize, usize> = cards.iter().map(|it| (it.id, it.column)).collect();
        let mut pull = Self { net: BTreeMap::new(), from_left: BTreeMap::new() };
        for flow in flows {
            let weight = i128::from(flow.weight);
            let Some(to) = columns.get(&flow.to) else { continue };
            let from = flow.from.and_then(|from| Some((from, *columns.get(&from)?)));
            match from {
                Some((from, column)) if column == *to => {
                    *pull.net.entry((from, flow.to)).or_default() += weight;
                    *pull.net.entry((flow.to, from)).or_default() -= weight;
                }
                Some((from, column)) if column < *to => {
                    *pull.from_left.entry(flow.to).or_default() += weight;
                    *pull.from_left.entry(from).or_default() -= weight;
                }
                Some(_) => {}
                None => *pull.from_left.entry(flow.to).or_default() += weight,
            }
        }
        pull
    }

    /// What is gained where the first stands above the second.
    fn above(&self, first: usize, second: usize) -> i128 {
        let left = |id| self.from_left.get(&id).copied().unwrap_or(0);
        let net = self.net.get(&(first, second)).copied().unwrap_or(0);
        // flow within the column counts for more: it is what is drawn downwards
        4 * net + left(first) - left(second)
    }

    /// Moves each card to where most is gained; says whether anything was.
    fn improve(&self, stack: &mut Vec<Card>) -> bool {
        let mut has_moved = false;
        for place in 0..stack.len() {
            let best = (0..stack.len()).map(|to| (self.gain(stack, place, to), to));
            let best = best.max_by_key(|(gain, to)| (*gain, std::cmp::Reverse(*to)));
            if let Some((_, to)) = best.filter(|(gain, _)| *gain > 0) {
                let card = stack.remove(place);
                stack.insert(to, card);
                has_moved = true;
            }
        }
        has_moved
    }

    /// What is gained by moving a card to another place; nothing out of its group.
    fn gain(&self, stack: &[Card], from: usize, to: usize) -> i128 {
        let card = stack[from];
        let (passed, sign) =
            if to < from { (&stack[to..from], 1) } else { (&stack[from + 1..=to], -1) };
        if to == from || passed.iter().any(|other| other.group != card.group) {
            return 0;
        }
        passed
            .iter()
            .map(|other| sign * (self.above(card.id, other.id) - self.above(other.id, card.id)))
            .sum()
    }
}
