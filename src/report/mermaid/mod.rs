//! The graph for Mermaid, which wikis and merge requests draw: a flowchart, a journey diagram and a Sankey diagram.
//!
//! Mermaid refuses texts of more than 50,000 characters and flowcharts of more than 500 lines, so names are cut and of large
//! graphs the busiest part is drawn; a comment says what was left out.

mod flowchart;
mod journey;
mod sankey;
mod words;

use super::exported::{Exported, Flow, Place};

pub use flowchart::mermaid_flowchart;
pub use journey::mermaid_journey;
pub use sankey::mermaid_sankey;

/// Columns of a name.
const COLUMNS: usize = 48;

/// The first lines: the title, and whom it is for.
fn head(exported: &Exported<'_>) -> String {
    let title = words::in_front_matter(&exported.title());
    format!("---\ntitle: {title}\n---\n%% {}\n", exported.audience())
}

/// Of these the first so many, by how much passes them; in their own order.
fn busiest<T>(mut all: Vec<T>, most: usize, traffic: impl Fn(&T) -> u64) -> Vec<T> {
    if all.len() <= most {
        return all;
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(traffic(&all[place])));
    let mut is_kept = vec![false; all.len()];
    order[..most].iter().for_each(|&place| is_kept[place] = true);
    let mut kept = is_kept.into_iter();
    all.retain(|_| kept.next().unwrap_or(false));
    all
}

fn visits(place: &Place<'_>) -> u64 {
    place.visits.shown().unwrap_or(0)
}

fn traffic(flow: &Flow) -> u64 {
    flow.count.shown().unwrap_or(0)
}

/// A comment where something was left out.
fn left_out(exported: &Exported<'_>, shown: [usize; 2], what: [&'static str; 2]) -> String {
    let [shown, of] = shown.map(|count| exported.say().count(count as u64));
    if shown == of {
        return String::new();
    }
    match exported.page.language {
        crate::map::Language::En => format!("%% {shown} of {of} {}, the busiest\n", what[0]),
        crate::map::Language::Zh => format!("%% {of} 个{}中最繁忙的 {shown} 个\n", what[1]),
    }
}

#[cfg(test)]
mod tests {
    use super::busiest;

    #[test]
    fn the_busiest_stay_in_their_order() {
        assert_eq!(busiest(vec![1, 5, 2, 4], 2, |count| *count), [5, 4]);
        assert_eq!(busiest(vec![3, 3, 3], 2, |count| *count), [3, 3]);
        assert_eq!(busiest(vec![1], 2, |count| *count), [1]);
    }
}
