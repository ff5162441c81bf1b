//! The transitions that walks took, found by the numbers of their nodes.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::transition::Transition;

/// From one node to another, by their numbers.
pub(super) type Nodes = (u32, u32);

/// Transitions in order of first appearance.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    places: Places,
    taken: Vec<(Nodes, Transition)>,
}

impl Transitions {
    pub(super) fn new(nodes: usize) -> Self {
        Self { places: Places::new(nodes), taken: Vec::new() }
    }

    /// The transition between two nodes; a new one where no walk took it yet.
    pub(super) fn of(&mut self, nodes: Nodes) -> &mut Transition {
        let place = self.places.of(nodes);
        if *place == NOT_TAKEN {
            *place = self.taken.len() as u32;
            self.taken.push((nodes, Transition::default()));
        }
        &mut self.taken[*place as usize].1
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (nodes, transition) in &other.taken {
            self.of(*nodes).merge(transition);
        }
    }

    /// All that were taken, in the order of nodes.
    pub(super) fn into_sorted(mut self) -> Vec<(Nodes, Transition)> {
        self.taken.sort_unstable_by_key(|(nodes, _)| *nodes);
        self.taken
    }
}

const NOT_TAKEN: u32 = u32::MAX;
/// A table for each pair of so many nodes takes 1 MiB, which a processor keeps at hand.
const MOST_NODES_IN_TABLE: usize = 512;

/// Where a transition stands among those taken.
#[derive(Clone, Debug)]
enum Places {
    /// Of every pair of nodes, row by row.
    Table { nodes: usize, places: Vec<u32> },
    /// Of the pairs that were asked for.
    Map(HashMap<Nodes, u32, FixedState>),
}

impl Places {
    fn new(nodes: usize) -> Self {
        if nodes <= MOST_NODES_IN_TABLE {
            Self::Table { nodes, places: vec![NOT_TAKEN; nodes * nodes] }
        } else {
            Self::Map(HashMap::with_hasher(FixedState::default()))
        }
    }

    fn of(&mut self, nodes @ (from, to): Nodes) -> &mut u32 {
        match self {
            Self::Table { nodes, places } => &mut places[from as usize * *nodes + to as usize],
            Self::Map(places) => places.entry(nodes).or_insert(NOT_TAKEN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_nodes_and_few_keep_the_same_transitions() {
        let taken = [(3, 4), (0, 9), (3, 4), (9, 0), (0, 1)];
        let counted = |nodes| {
            let mut transitions = Transitions::new(nodes);
            for nodes in taken {
                transitions.of(nodes).all += 1;
            }
            transitions.into_sorted()
        };
        let all: Vec<_> = counted(10).iter().map(|(nodes, one)| (*nodes, one.all)).collect();
        assert_eq!(all, [((0, 1), 1), ((0, 9), 1), ((3, 4), 2), ((9, 0), 1)]);
        assert_eq!(counted(10), counted(MOST_NODES_IN_TABLE + 1));
    }
}
