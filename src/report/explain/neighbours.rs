//! Where visitors came from and went to.

use super::Explanation;
use crate::graph::{Node, Transition};
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::node::node_name;
use crate::report::numbers::UNDEFINED;
use crate::report::style::Style;

/// Transitions that are shown each way.
const SHOWN: usize = 5;

impl Explanation<'_> {
    pub(super) fn write_neighbours(&self, document: &mut Document) {
        let (graph, here) = (self.analysis.graph, Node::Touchpoint(self.touchpoint));
        let ways = [
            (self.say.came_from(), graph.previous(here).collect::<Vec<_>>()),
            (self.say.went_to(), graph.next(here).collect()),
        ];
        for (heading, transitions) in ways.into_iter().filter(|(_, ways)| !ways.is_empty()) {
            let hidden = transitions.len().saturating_sub(SHOWN) as u64;
            document.heading(heading);
            document.table(self.transitions(transitions));
            if hidden > 0 {
                let more = self.say.more_neighbours(&self.say.count(hidden));
                document.styled(Style::Faint, more);
            }
        }
    }

    /// The most taken first; ties in the order of nodes.
    fn transitions(&self, mut transitions: Vec<(Node, &Transition)>) -> Table {
        let say = self.say;
        let total: u64 = transitions.iter().map(|(_, transition)| transition.at_risk).sum();
        transitions.sort_by_key(|(_, t)| (std::cmp::Reverse(t.at_risk), std::cmp::Reverse(t.all)));
        let mut table = Table::new(vec![
            Column::words(say.touchpoint()),
            Column::numbers(say.at_risk()),
            Column::numbers(say.share_of_all()),
            Column::numbers(say.all()),
            Column::numbers(say.median_time()),
        ]);
        for (node, transition) in transitions.into_iter().take(SHOWN) {
            table.row(self.transition(node, transition, total));
        }
        table
    }

    fn transition(&self, node: Node, transition: &Transition, total: u64) -> Vec<Cell> {
        let say = self.say;
        let undefined = || UNDEFINED.to_owned();
        let share = (total > 0).then(|| transition.at_risk as f64 / total as f64);
        let median = transition.durations.median().map(|median| say.seconds(median.as_seconds()));
        vec![
            Cell::plain(node_name(self.analysis.map, node, say)),
            Cell::plain(say.count(transition.at_risk)),
            Cell::plain(share.map_or_else(undefined, |share| say.share(share))),
            Cell::plain(say.count(transition.all)),
            Cell::plain(median.unwrap_or_else(undefined)),
        ]
    }
}
