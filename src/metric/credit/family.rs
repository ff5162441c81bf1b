//! Credit as a metric: one outcome shared by one rule.

use super::WHOLE_CREDIT;
use super::outcome::Outcome;
use super::rule::CreditRule;
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{End, JourneyMap, Support, Text, Touchpoint};
use crate::metric::{About, Columns, Detail, Law, Metric, Sums, Tally, Unit};

const VISITS: usize = 0;
const CUSTOMERS: usize = 1;
/// Outcomes on whose way the touchpoint was met; nowhere, those with nothing to credit.
const OUTCOMES: usize = 2;
/// The credit, in units of 2^-60 of an outcome.
const CREDIT: usize = 0;

/// Credit for an outcome per visit that could take it; its [total](Metric::total) is the credit.
///
/// Credits are kept as whole numbers of 2^-60, so that their sums do not depend on any order, and those of all rows add
/// up to the number of outcomes exactly; the last row holds the outcomes that had nothing to credit.
///
/// # Examples
///
/// ```
/// use touchpoint::metric::{Credit, CreditRule, Metric, Outcome};
///
/// let credit = Credit::new(Outcome::Completions, CreditRule::Linear);
/// assert_eq!(credit.about().key, "completions_linear");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    outcome: Outcome,
    rule: CreditRule,
}

impl Credit {
    /// Shares an outcome by a rule.
    #[must_use]
    pub const fn new(outcome: Outcome, rule: CreditRule) -> Self {
        Self { outcome, rule }
    }

    /// What is shared.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How it is shared.
    #[must_use]
    pub const fn rule(&self) -> CreditRule {
        self.rule
    }

    fn key(self) -> &'static str {
        use CreditRule as Rule;
        match (self.outcome, self.rule) {
            (Outcome::Completions, Rule::First) => "completions_first",
            (Outcome::Completions, Rule::Last) => "completions_last",
            (Outcome::Completions, Rule::Linear) => "completions_linear",
            (Outcome::Completions, Rule::Position) => "completions_position",
            (Outcome::Completions, Rule::TimeDecay { .. }) => "completions_time_decay",
            (Outcome::Completions, Rule::Shapley) => "completions_shapley",
            (Outcome::Complaints, Rule::First) => "complaints_first",
            (Outcome::Complaints, Rule::Last) => "complaints_last",
            (Outcome::Complaints, Rule::Linear) => "complaints_linear",
            (Outcome::Complaints, Rule::Position) => "complaints_position",
            (Outcome::Complaints, Rule::TimeDecay { .. }) => "complaints_time_decay",
            (Outcome::Complaints, Rule::Shapley) => "complaints_shapley",
        }
    }
}

impl Metric for Credit {
    fn about(&self) -> About {
        let (what, what_zh) = self.outcome.names();
        let (how, how_zh) = self.rule.names();
        let (per, per_zh) = self.outcome.exposure_names();
        About {
            key: self.key(),
            name: Text::both(format!("{what}, {how}"), format!("{what_zh}（{how_zh}）")),
            per: Text::both(per, per_zh),
            unit: Unit::Count,
            law: Law::Mean,
            meaning: match self.outcome {
                Outcome::Completions => {
                    "The touchpoint's credit for completed journeys, per at-risk visit."
                }
                Outcome::Complaints => "The touchpoint's credit for complaints, per visit.",
            },
            formula: self.rule.formula(),
            source: self.rule.source(),
            limits: match self.outcome {
                Outcome::Completions => {
                    "Credit is a convention, not a cause. Credited are the at-risk visits of the whole journey before the goal, which takes none itself. Visits of journeys that are still open are in the denominator, so in a young log figures are low, and their shares are not."
                }
                Outcome::Complaints => {
                    "Credit is a convention, not a cause. Each first complaint per journey and touchpoint looks back over the customer's visits within the look-back, the last 1,000 at most, whatever it names; intake takes none. Complaints without a visit to go back to are nowhere's. Visits within the look-back of the log's end are in the denominator."
                }
            },
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: 3, amounts: 1 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let goal = |touchpoint: &Touchpoint| touchpoint.end == Some(End::Goal);
        match self.outcome {
            Outcome::Completions if !journeys.map().touchpoints().iter().any(goal) => {
                Err(Text::both("the map names no goal", "地图未指明旅程目标 (end: goal)"))
            }
            Outcome::Complaints if !journeys.has_complaints() => {
                Err(Text::both("the log has no column for complaints", "日志没有投诉列"))
            }
            _ => Ok(()),
        }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        let reason = match self.outcome {
            Outcome::Completions => Text::both("an end", "终点"),
            Outcome::Complaints => Text::both("takes complaints in", "投诉受理渠道"),
        };
        (!self.outcome.credits(touchpoint)).then_some(reason)
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        self.outcome.for_each_exposure(journeys, walks, |visit| {
            let is_new = tally.is_new_customer(visit.touchpoint);
            let mut row = tally.row(visit.touchpoint);
            row.count(VISITS, 1);
            row.count(CUSTOMERS, u64::from(is_new));
        });
        // kept apart from the tally, which is written while the marks are read
        let mut marks = std::mem::take(tally.marks());
        self.outcome.for_each_path(journeys, walks, |path| {
            if path.is_empty() {
                tally.count(tally.nowhere(), OUTCOMES, 1);
                tally.amount(tally.nowhere(), CREDIT, WHOLE_CREDIT);
            }
            self.rule.share_out(path, &mut marks, |touchpoint, amount| {
                tally.amount(touchpoint, CREDIT, amount);
            });
            marks.clear();
            for visit in path {
                if marks.mark(visit.touchpoint) {
                    tally.count(visit.touchpoint, OUTCOMES, 1);
                }
            }
        });
        *tally.marks() = marks;
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[VISITS] > 0).then(|| credit(sums) / sums.counts[VISITS] as f64)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        let support = Support { customers: sums.counts[CUSTOMERS], events: sums.counts[OUTCOMES] };
        (support, sums.counts[VISITS])
    }

    fn total(&self, sums: Sums<'_>) -> Option<f64> {
        Some(credit(sums))
    }

    fn details(&self, _: usize, sums: Sums<'_>) -> Vec<Detail> {
        let outcomes = sums.counts[OUTCOMES];
        vec![
            Detail {
                key: "credit",
                name: Text::both("credit", "归因数"),
                unit: Unit::Count,
                value: Some(credit(sums)),
            },
            Detail::count(
                "outcomes",
                "outcomes on the way to which it was met",
                "途经该触点的结果",
                outcomes,
            ),
        ]
    }
}

/// In outcomes.
fn credit(sums: Sums<'_>) -> f64 {
    sums.amounts[CREDIT] as f64 / WHOLE_CREDIT as f64
}
