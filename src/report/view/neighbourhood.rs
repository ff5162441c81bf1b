//! Whether the surroundings of a touchpoint are hot.

use super::{Quantity, Subject, View};
use crate::score::{NeighbourhoodScore, NeighbourhoodView};

impl View {
    /// Local Gi* of complaints on the graph, the hottest first; touchpoints without one are left out.
    #[must_use]
    pub fn neighbourhood(found: &NeighbourhoodView) -> Self {
        let mut view = blank(found);
        let z = |score: &NeighbourhoodScore| score.z.unwrap_or(0.0);
        let mut scores: Vec<&NeighbourhoodScore> =
            found.scores.iter().filter(|score| score.z.is_some()).collect();
        scores.sort_by(|a, b| {
            z(b).total_cmp(&z(a)).then(a.touchpoint.index().cmp(&b.touchpoint.index()))
        });
        for score in scores {
            let figures = vec![
                score.z.into(),
                score.p.into(),
                score.q.into(),
                (score.neighbours as f64).into(),
                score.residual.into(),
            ];
            view.row(Subject::Touchpoint(score.touchpoint), figures);
        }
        view.notes.extend(found.absent.clone());
        view
    }
}

fn blank(found: &NeighbourhoodView) -> View {
    let draws = found.draws;
    View::new("neighbourhood", "Where the surroundings complain", "投诉集中的邻域")
        .column(Quantity::Number, "z", "Gi* z", "Gi* z 值")
        .column(Quantity::Chance, "p", "p", "p")
        .column(Quantity::Chance, "q", "q", "q")
        .column(Quantity::Count, "neighbours", "neighbours", "邻接触点")
        .column(Quantity::Share, "residual", "own shrunk rate less the mean", "自身收缩率减均值")
        .note(
            &format!(
                "Of a touchpoint and those that customers come from or go to, weighted by transitions; p by dealing the complaints out {draws} times by visits alone, two-sided. A high z may come from the neighbours alone; the families above judge a touchpoint by itself."
            ),
            &format!(
                "触点及其前后触点，按转移加权；p 值由仅按访问量重新分配投诉 {draws} 次得到，双侧。z 值高可能仅因邻接触点；上方各族按触点自身判定。"
            ),
        )
}
