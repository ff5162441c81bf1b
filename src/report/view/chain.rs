//! What the absorbing chain says: of a whole journey, and of how much it hangs on each touchpoint.

use std::collections::BTreeMap;

use super::{Figure, Quantity, Subject, View};
use crate::chain::{Bypass, Dependence, JourneyLength, Passages, Repair};
use crate::map::{Text, TouchpointId};
use crate::score::ChainDoubt;

/// What was worked out on the chain, for [`View::chain`].
#[derive(Clone, Debug)]
pub struct ChainAnswers<'a> {
    /// With intervals from the bootstrap.
    pub doubt: &'a ChainDoubt,
    /// Visits until the end.
    pub steps: &'a JourneyLength,
    /// Seconds until the end.
    pub seconds: &'a JourneyLength,
    /// How often journeys come to each touchpoint; `None` on chains of more than 2,000.
    pub passages: Option<&'a Passages>,
    /// What would be lost without each touchpoint; of complaints too, as the first reward.
    pub dependence: &'a [Dependence],
    /// What skipping each would save.
    pub bypass: &'a [Bypass],
    /// What each would be worth at its benchmark.
    pub repairs: &'a [Repair],
}

/// Changes are told for so many journeys.
const JOURNEYS: f64 = 1_000.0;

impl View {
    /// The journey as a whole, and how much it hangs on each touchpoint, those that it most depends on first.
    #[must_use]
    pub fn chain(answers: &ChainAnswers<'_>) -> Vec<Self> {
        vec![journey(answers), touchpoints(answers)]
    }
}

fn journey(answers: &ChainAnswers<'_>) -> View {
    let ChainAnswers { doubt, steps, seconds, .. } = answers;
    let mut view = View::new("chain_journey", "A journey, by the chain", "按链推算的旅程")
        .column(Quantity::Share, "completed", "completed", "完成")
        .column(Quantity::Share, "closed", "closed", "关闭")
        .column(Quantity::Share, "abandoned", "abandoned", "放弃")
        .column(Quantity::Number, "steps", "steps to the end", "到结束的步数")
        .column(Quantity::Number, "steps_deviation", "their deviation", "步数标准差")
        .column(Quantity::Seconds, "time", "time to the end", "到结束的时间")
        .column(Quantity::Seconds, "time_deviation", "its deviation", "时间标准差")
        .column_for_programs(Quantity::Number, "residual");
    let residual = steps.residual.max(seconds.residual);
    let name = Text::both("from the start", "自开始");
    let figures = vec![
        (doubt.completed.value, doubt.completed.interval).into(),
        (doubt.closed.value, doubt.closed.interval).into(),
        (doubt.abandoned.value, doubt.abandoned.interval).into(),
        steps.from_start.mean.into(),
        steps.from_start.variance.sqrt().into(),
        seconds.from_start.mean.into(),
        seconds.from_start.variance.sqrt().into(),
        residual.into(),
    ];
    view.row(Subject::Named("start".to_owned(), name), figures);
    let why = doubt.without_intervals.clone();
    view.notes.extend(why);
    view.note(
        "Silence takes no time here; deviations are between journeys. Intervals are percentiles of the bootstrap by customer.",
        "此处沉默不计时间；标准差为旅程之间的差异。区间为按客户重抽样的百分位。",
    )
}

fn touchpoints(answers: &ChainAnswers<'_>) -> View {
    let mut view = blank_touchpoints();
    let mut order: Vec<&Dependence> = answers.dependence.iter().collect();
    let effect = |dependence: &Dependence| dependence.completed.effect.unwrap_or(0.0);
    order.sort_by(|a, b| {
        effect(b).total_cmp(&effect(a)).then(a.touchpoint.index().cmp(&b.touchpoint.index()))
    });
    let changes = Changes::new(answers);
    for dependence in order {
        let figures = figures(answers, &changes, dependence);
        view.row(Subject::Touchpoint(dependence.touchpoint), figures);
    }
    view
}

/// What would change at each touchpoint.
struct Changes<'a> {
    repairs: BTreeMap<TouchpointId, &'a Repair>,
    bypass: BTreeMap<TouchpointId, &'a Bypass>,
}

impl<'a> Changes<'a> {
    fn new(answers: &ChainAnswers<'a>) -> Self {
        Self {
            repairs: answers.repairs.iter().map(|repair| (repair.touchpoint, repair)).collect(),
            bypass: answers.bypass.iter().map(|bypass| (bypass.touchpoint, bypass)).collect(),
        }
    }
}

fn blank_touchpoints() -> View {
    View::new("chain", "What journeys hang on", "旅程依赖哪些触点")
        .column(Quantity::Share, "reached", "reached by", "经过的旅程")
        .column(Quantity::Share, "dependence", "completions through it", "经由此处的完成")
        .column(Quantity::Number, "repair", "repair, completions per 1,000", "修复：每千旅程多完成")
        .column(Quantity::Share, "complaints", "complaints through it", "经由此处的投诉")
        .column(Quantity::Number, "visits", "visits per journey", "每旅程访问")
        .column(Quantity::Seconds, "time", "time per journey", "每旅程用时")
        .column_for_programs(Quantity::Number, "visits_variance")
        .column_for_programs(Quantity::Share, "abandonment")
        .column_for_programs(Quantity::Number, "repair_complaints")
        .note(
            "Repair: if customers there went on as at the benchmark, the drop-off of the others of its kind; an association, not a promise. It stands where more is lost than there; touchpoints that protect, inform or give a choice are left out.",
            "修复：假如此处客户与同类其余触点一样继续前行；是关联，不是承诺。仅列流失高于同类者；保护性触点以及涉及知情权、自主选择权的触点不列入。",
        )
        .note(
            "Completions through it would be lost if every journey stopped there: dependence says what passes, not what mending is worth.",
            "若所有旅程止于此处，将失去经由此处的完成：依赖说明有多少经过，不说明改进值多少。",
        )
}

fn figures(
    answers: &ChainAnswers<'_>,
    changes: &Changes<'_>,
    dependence: &Dependence,
) -> Vec<Figure> {
    let (id, place) = (dependence.touchpoint, dependence.touchpoint.index());
    let doubt = answers.doubt;
    let removal = doubt.removal.get(place).and_then(|removal| removal.interval);
    let visits = doubt.visits.get(place).and_then(|visits| visits.interval);
    let (repair, bypass) = (changes.repairs.get(&id), changes.bypass.get(&id));
    let complaints = dependence.rewards.first().and_then(|complaints| complaints.effect);
    vec![
        dependence.reached.into(),
        (dependence.completed.effect, removal).into(),
        repair.map(|repair| JOURNEYS * repair.completed).into(),
        complaints.into(),
        (doubt.visits.get(place).and_then(|visits| visits.value), visits).into(),
        bypass.and_then(|bypass| bypass.seconds).into(),
        variance(answers.passages, id).into(),
        (dependence.abandoned.without - dependence.abandoned.with).into(),
        repair.and_then(|repair| repair.rewards.first()).map(|change| JOURNEYS * change).into(),
    ]
}

fn variance(passages: Option<&Passages>, touchpoint: TouchpointId) -> Option<f64> {
    passages?.variance.get(touchpoint.index()).copied()
}
