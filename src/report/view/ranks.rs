//! How sure the order of the touchpoints is.

use super::{Quantity, Subject, View};
use crate::map::Language;
use crate::score::{Family, Resampled, Score, Scorecard};

impl View {
    /// Ranks with their doubt, one view for each family that was drawn anew; none without a bootstrap.
    #[must_use]
    pub fn ranks(scorecard: &Scorecard) -> Vec<Self> {
        let families = scorecard.families.iter();
        families.filter_map(|family| ranks_of(family, scorecard)).collect()
    }
}

fn ranks_of(family: &Family, scorecard: &Scorecard) -> Option<View> {
    let bootstrap = scorecard.settings.bootstrap?;
    let mut ranked: Vec<(&Score, Resampled, f64)> = family
        .scores
        .iter()
        .filter_map(|score| {
            let resampled = score.resampled?;
            Some((score, resampled, resampled.among_worst?))
        })
        .collect();
    ranked.sort_by(|(_, a, a_worst), (_, b, b_worst)| {
        let place = |resampled: &Resampled| resampled.mean_rank.unwrap_or(f64::INFINITY);
        b_worst.total_cmp(a_worst).then(place(a).total_cmp(&place(b)))
    });
    if ranked.is_empty() {
        return None;
    }
    let mut view = blank(family, bootstrap.worst, bootstrap.replicates);
    for (score, resampled, among_worst) in ranked {
        let figures = vec![
            among_worst.into(),
            resampled.mean_rank.into(),
            (score.value, resampled.bca).into(),
            (score.value, resampled.percentile).into(),
            resampled.std_error.into(),
        ];
        view.row(Subject::Touchpoint(score.touchpoint), figures);
    }
    Some(view)
}

fn blank(family: &Family, worst: u32, replicates: u32) -> View {
    let [en, zh] = [Language::En, Language::Zh].map(|language| family.name.in_language(language));
    let figure = Quantity::of(family.unit);
    View::new(
        format!("ranks_{}", family.key),
        &format!("How sure the order is: {}", en.to_lowercase()),
        &format!("排序有多可靠：{zh}"),
    )
    .column(
        Quantity::Share,
        "among_worst",
        &format!("among the worst {worst}"),
        &format!("列入最差 {worst} 个"),
    )
    .column(Quantity::Number, "mean_rank", "mean rank", "平均名次")
    .column(figure, "bca", "figure, BCa interval", "数值与 BCa 区间")
    .column_for_programs(figure, "percentile")
    .column_for_programs(figure, "std_error")
    .note(
        &format!(
            "Customers drawn anew {replicates} times, with benchmark, cap and prior held; by the raw figure among all touchpoints with support, where hotspots are judged against their kind."
        ),
        &format!("对客户重抽样 {replicates} 次，基准、上限与先验保持不变；在全部样本足够的触点中按原始数值排序，而热点是与同类比较。"),
    )
}
