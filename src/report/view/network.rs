//! Measures of the graph as context: they say where journeys pass, not where they hurt.

use super::{Figure, Quantity, Subject, View};
use crate::graph::Node;
use crate::graph::measures::{
    Betweenness, NextStepEntropy, Ranks, TouchpointNetwork, VariantCoverage,
};
use crate::map::{Text, TouchpointId};

/// What was measured, for [`View::network`]; every list goes by the nodes of the network.
#[derive(Clone, Debug)]
pub struct NetworkAnswers<'a> {
    /// The graph.
    pub network: &'a TouchpointNetwork,
    /// `PageRank`.
    pub ranks: Option<&'a Ranks>,
    /// Reverse `PageRank` from the touchpoints that complaints are about.
    pub complaint_sources: Option<&'a Ranks>,
    /// Betweenness by hops.
    pub betweenness: Option<&'a Betweenness>,
    /// How unsure the next step is.
    pub entropies: &'a [Option<NextStepEntropy>],
    /// The entropy of a whole path, in nats.
    pub path_entropy: Option<f64>,
    /// Touchpoints that every way to completion passes.
    pub unavoidable: &'a [TouchpointId],
    /// How many paths tell the most of the story.
    pub variants: &'a VariantCoverage,
}

/// The share of walks that few paths should cover.
const COVERED: f64 = 0.8;

impl View {
    /// The paths as a whole, and each touchpoint's place in the graph, by `PageRank`.
    #[must_use]
    pub fn network(answers: &NetworkAnswers<'_>) -> Vec<Self> {
        vec![paths(answers), touchpoints(answers)]
    }
}

fn paths(answers: &NetworkAnswers<'_>) -> View {
    let variants = answers.variants;
    let mut view = View::new("paths", "How varied the paths are", "路径有多分散")
        .column(Quantity::Count, "variants", "distinct paths", "不同路径")
        .column(Quantity::Count, "variants_for_80", "cover 80 %", "覆盖 80%")
        .column(Quantity::Share, "goods_coverage", "next path was seen", "下一条路径已见过")
        .column(Quantity::Number, "chao1", "paths there may be", "路径总数估计")
        .column(Quantity::Number, "path_entropy_bits", "entropy in bits", "熵（比特）");
    let figures = vec![
        (variants.variants as f64).into(),
        variants.needed(COVERED).map(|needed| needed as f64).into(),
        variants.goods_coverage.into(),
        variants.chao1.into(),
        answers.path_entropy.map(|nats| nats / std::f64::consts::LN_2).into(),
    ];
    let name = Text::both("all walks", "全部旅程");
    view.row(Subject::Named("walks".to_owned(), name), figures);
    view.note(
        "Good's coverage, Chao's lower bound, and the entropy of a path whose steps depend on the touchpoint alone.",
        "分别为 Good 覆盖率、Chao 下界，以及一阶路径的熵。",
    )
}

fn touchpoints(answers: &NetworkAnswers<'_>) -> View {
    let mut view = View::new("network", "Places in the graph", "在图中的位置")
        .column(Quantity::Share, "page_rank", "PageRank", "PageRank")
        .column(Quantity::Share, "complaint_sources", "complaints come from", "投诉来源")
        .column(Quantity::Share, "betweenness", "betweenness", "中介度")
        .column(Quantity::Share, "next_step_entropy", "next step unsure", "下一步不确定性")
        .column(Quantity::Words, "unavoidable", "unavoidable", "必经");
    let mut places: Vec<(usize, TouchpointId)> = touchpoint_places(answers.network);
    let rank = |place: usize| of(answers.ranks, place).unwrap_or(0.0);
    places.sort_by(|(a, _), (b, _)| rank(*b).total_cmp(&rank(*a)).then(a.cmp(b)));
    for (place, touchpoint) in places {
        view.row(Subject::Touchpoint(touchpoint), figures(answers, place, touchpoint));
    }
    view.note(
        "Context, not findings: these say where journeys pass, not where they hurt. Start and the ends have their part of the shares. Unavoidable: every path to completion passes.",
        "仅为背景：说明旅程经过哪里，不说明问题在哪里。起点与终点也占份额。必经：所有完成路径都经过。",
    )
}

fn touchpoint_places(network: &TouchpointNetwork) -> Vec<(usize, TouchpointId)> {
    let nodes = network.nodes().iter().enumerate();
    nodes
        .filter_map(|(place, node)| match node {
            Node::Touchpoint(touchpoint) => Some((place, *touchpoint)),
            Node::Start | Node::End(_) => None,
        })
        .collect()
}

fn figures(answers: &NetworkAnswers<'_>, place: usize, touchpoint: TouchpointId) -> Vec<Figure> {
    let betweenness = answers.betweenness.and_then(|found| found.normalised.as_ref());
    let entropy = answers.entropies.get(place).copied().flatten();
    let is_unavoidable = answers.unavoidable.contains(&touchpoint);
    let said = if is_unavoidable { Text::both("yes", "是") } else { Text::default() };
    vec![
        of(answers.ranks, place).into(),
        of(answers.complaint_sources, place).into(),
        betweenness.and_then(|found| found.get(place).copied()).into(),
        entropy.and_then(|entropy| entropy.normalised).into(),
        Figure::Words(said),
    ]
}

fn of(ranks: Option<&Ranks>, place: usize) -> Option<f64> {
    ranks?.values.get(place).copied()
}
