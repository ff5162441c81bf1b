//! Where customers leave: the probability that a visit is the journey's last, or is followed by a loss.

mod columns;
mod follow;
mod segment;

use columns::{
    CENSORED, CLOSED, COLUMNS, CUSTOMERS, ENDED_HERE, Horizon, LOST, MATURED, MATURED_JOURNEYS,
    RESUMED, SILENT, VISITS, WENT_ON,
};
use follow::Follow;
use segment::Segment;

use super::patience_cells::PatienceCells;
use super::question::{About, Aside, Columns, Detail, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{JourneyMap, Support, Text, Touchpoint};
use crate::stats::duration::LifeCell;
use crate::time::Micros;

/// Drop-off per at-risk visit, by Aalen and Johansen's estimator within patience.
#[derive(Clone, Debug)]
pub struct DropOff {
    cells: Option<PatienceCells>,
    segment: Option<Segment>,
}

impl DropOff {
    /// The name of the metric in code, JSON and CSV, where it is not of one [segment](Self::within) alone.
    pub const KEY: &'static str = "drop_off";

    /// The name of the metric where it is of one [segment](Self::within) alone.
    pub const KEY_WITHIN: &'static str = "drop_off_within";

    /// With the patience of the map; without patience the question has no answer.
    #[must_use]
    pub fn new(map: &JourneyMap) -> Self {
        Self { cells: map.rules().patience.map(PatienceCells::new), segment: None }
    }

    /// Asks of the journeys alone whose first event has this value in this attribute column: the same columns, filled by
    /// a segment. Its key is [`KEY_WITHIN`](Self::KEY_WITHIN).
    #[must_use]
    pub fn within(mut self, column: &str, value: &str) -> Self {
        self.segment = Some(Segment::new(column, value));
        self
    }

    /// The time at which each cell of the life table ends, in seconds from the visit on: 0 for the moment itself, patience
    /// for the last; none without patience.
    #[must_use]
    pub fn cell_ends_seconds(&self) -> Vec<f64> {
        let ends = self.cells.as_ref().map(PatienceCells::ends);
        ends.into_iter().flatten().map(Micros::as_seconds).collect()
    }

    /// What became of the visits behind these sums, cell by cell: lost, gone on (`other`) or censored; then silence, as
    /// a loss at the instant of patience.
    #[must_use]
    pub fn life_cells(sums: Sums<'_>) -> Vec<LifeCell> {
        let silence =
            LifeCell { cause: sums.counts[SILENT] as f64, instant: true, ..LifeCell::default() };
        columns::cells(sums, Horizon::Patience).chain([silence]).collect()
    }

    /// Whether a visit behind these sums was followed for longer than patience: else survival at patience is not known.
    #[must_use]
    pub fn is_followed(sums: Sums<'_>) -> bool {
        sums.counts[MATURED] > 0
    }
}

impl Metric for DropOff {
    fn about(&self) -> About {
        About {
            key: self.segment.as_ref().map_or(Self::KEY, |_| Self::KEY_WITHIN),
            name: self
                .segment
                .as_ref()
                .map_or_else(|| Text::both("Drop-off", "流失"), Segment::name),
            per: Text::both("at-risk visit", "次在途访问"),
            unit: Unit::Share,
            law: Law::Share,
            meaning: "The probability that an at-risk visit is followed by a lost touchpoint, or by no event, within patience.",
            formula: "Aalen-Johansen incidence of lost within patience, plus Kaplan-Meier survival at patience, from a life table of 23 cells: the moment itself, seven geometric cells up to a sixteenth of patience, fifteen sixteenths. Each visit's clock starts at its own event; silence is dated at patience; follow-up that ends earlier is censored (within a cell, evenly).",
            source: "Aalen and Johansen (1978), Scand. J. Statist. 5:141; Kaplan and Meier (1958), JASA 53:457.",
            limits: "Assumes that a visit's follow-up ends for reasons that have nothing to do with the customer (the log's end). A visit resumed after patience counts as dropped, and is shown beside. Where no visit was followed for longer than patience there is no figure, and where few were it is not ranked. Beside it stands the same share at half and at double the patience, of the same visits: how far it hangs on the choice of patience; at half patience an event at that very moment is too late. It is undefined where nobody was followed so far. End touchpoints are not asked.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: COLUMNS, amounts: 0 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let has_end =
            journeys.map().touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
        if let Some(segment) = &self.segment {
            segment.column_in(journeys.log()).ok_or_else(|| segment.absence())?;
        }
        match (&self.cells, has_end) {
            (None, _) => {
                Err(Text::both("the map sets no patience", "地图未设定等待期限 (patience)"))
            }
            (_, false) => Err(Text::both("the map names no end", "地图未指明旅程终点 (end)")),
            _ => Ok(()),
        }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.end.map(|_| Text::both("an end", "终点"))
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        let Some(cells) = &self.cells else { return };
        let follow = Follow::new(cells, journeys.observed_until());
        match &self.segment {
            None => follow.observe(walks.walks(), tally),
            Some(segment) => {
                let log = journeys.log();
                let Some(column) = segment.column_in(log) else { return };
                let holds = |walk: &_| segment.holds(log, column, walk);
                follow.observe(walks.walks().filter(holds), tally);
            }
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        columns::share(sums, Horizon::Patience)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        // losses alone do not carry a figure that rests on few who were followed to patience
        let events = (sums.counts[LOST] + sums.counts[SILENT]).min(sums.counts[MATURED]);
        (Support { customers: sums.counts[CUSTOMERS], events }, sums.counts[VISITS])
    }

    fn asides(&self) -> Vec<Aside> {
        columns::asides()
    }

    fn aside(&self, aside: usize, sums: Sums<'_>) -> Option<f64> {
        columns::share(sums, *Horizon::BESIDE.get(aside)?)
    }

    fn target(&self, touchpoint: &Touchpoint) -> Option<f64> {
        touchpoint.targets.drop_off
    }

    fn details(&self, _: usize, sums: Sums<'_>) -> Vec<Detail> {
        let count = |column: usize| sums.counts[column];
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        let drop_off = self.estimate(sums);
        let closed = drop_off.zip(share(count(CLOSED), count(WENT_ON))).map(|(d, c)| (1.0 - d) * c);
        let among_others =
            drop_off.zip(closed).filter(|(_, c)| *c < 1.0).map(|(d, c)| (d / (1.0 - c)).min(1.0));
        vec![
            Detail::count("lost", "followed by a lost touchpoint", "随后到达流失触点", count(LOST)),
            Detail::count("silent", "followed by silence", "随后沉默", count(SILENT)),
            Detail::count("resumed", "resumed later", "之后恢复", count(RESUMED)),
            Detail::count("censored", "still open", "尚未可知", count(CENSORED)),
            Detail::share(
                "plain_share",
                "plain share of visits",
                "简单占比",
                share(count(LOST) + count(SILENT), count(VISITS)),
            ),
            Detail::share(
                "ends_here",
                "ends here, per matured journey",
                "在此结束（每个成熟旅程）",
                share(count(ENDED_HERE), count(MATURED_JOURNEYS)),
            ),
            Detail::share("closed_here", "closed here", "在此关闭", closed),
            Detail::share(
                "among_not_closed",
                "drop-off among those not closed",
                "未关闭者的流失",
                among_others,
            ),
        ]
    }
}
