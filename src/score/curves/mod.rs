//! Drop-off over time: the evidence of drop-off in, a curve a touchpoint and tests of their equality out.

mod course;
mod difference;
mod pooled;
mod segments;

pub use course::{CurvePoint, CurveShare};
pub use difference::CurveTest;
pub use segments::{SegmentComparison, TouchpointComparison};

use std::collections::BTreeMap;

use serde::Serialize;

use super::scorecard::ComparedWith;
use crate::map::{JourneyMap, TouchpointId};
use crate::metric::{DropOff, Evidence, Metric};
use pooled::Pooled;

/// Coverage of the intervals.
const LEVEL: f64 = 0.95;

/// What became of the visits to one touchpoint in the time up to patience.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DropOffCurve {
    /// The touchpoint, by its place on the map.
    pub touchpoint: TouchpointId,
    /// Distinct customers.
    pub customers: u64,
    /// At-risk visits.
    pub visits: u64,
    /// The share that drops off within patience, 0 to 1, as the scorecard has it; `None` where nobody was followed for
    /// longer.
    pub drop_off: Option<f64>,
    /// The ends of 23 spans of time, up to where anybody was followed; the last, patience, only where the drop-off is
    /// known, which is then what is lost there and what still waits.
    pub points: Vec<CurvePoint>,
    /// What its curve is compared with.
    pub compared_with: ComparedWith,
    /// Whether its curve differs from that of all others that it is compared with; `None` where that cannot be told.
    pub difference: Option<CurveTest>,
}

/// The drop-off curves of all touchpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DropOffCurves {
    /// Coverage of the intervals.
    pub level: f64,
    /// One curve a touchpoint that was visited at risk, in map order.
    pub touchpoints: Vec<DropOffCurve>,
}

impl DropOffCurves {
    /// From the evidence of the [`DropOff`] that is among the metrics it was collected for; no event is touched. `None`
    /// where there is none, or the map sets no patience.
    ///
    /// # Panics
    ///
    /// Where evidence, metrics and map do not belong together.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::metric::{DropOff, Evidence, Metric};
    /// use touchpoint::prelude::*;
    /// use touchpoint::score::DropOffCurves;
    /// use touchpoint::time::{Micros, Timestamp};
    ///
    /// let map = JourneyMap::from_yaml("
    /// id: loan
    /// stages: [apply]
    /// touchpoints: [{ id: form, stage: apply }, { id: granted, stage: apply, end: goal }]
    /// rules: { patience: 10d, observation_end: 1970-02-01 }
    /// ")?;
    /// let mut log = EventLog::builder();
    /// for (journey, day, touchpoint) in [("a", 0, "form"), ("a", 4, "granted"), ("b", 0, "form")] {
    ///     let time = Timestamp(day * Micros::PER_DAY);
    ///     log.push(NewEvent { journey, time, touchpoint, ..NewEvent::default() })?;
    /// }
    /// let log = log.finish();
    /// let metrics: Vec<Box<dyn Metric>> = vec![Box::new(DropOff::new(&map))];
    /// let evidence = Evidence::collect(&Journeys::new(&map, &log), &metrics);
    /// let curves = DropOffCurves::new(&map, &metrics, &evidence).expect("the map sets a patience");
    /// let shares: Vec<(f64, f64)> =
    ///     curves.touchpoints[0].points.iter().map(|p| (p.seconds, p.waiting.value)).collect();
    /// assert_eq!(shares[0], (0.0, 1.0));
    /// assert_eq!(shares[22], (864_000.0, 0.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(map: &JourneyMap, metrics: &[Box<dyn Metric>], evidence: &Evidence) -> Option<Self> {
        let place = metrics.iter().position(|metric| metric.about().key == DropOff::KEY)?;
        if !is_of_drop_off(map, evidence, place) {
            return None;
        }
        let ends = DropOff::new(map).cell_ends_seconds();
        let rows = Rows::new(map, evidence, place, metrics[place].as_ref());
        let mut touchpoints: Vec<DropOffCurve> =
            rows.visited.iter().map(|(row, own)| rows.curve(*row, own, &ends)).collect();
        CurveTest::adjust(touchpoints.iter_mut().filter_map(|curve| curve.difference.as_mut()));
        Some(Self { level: LEVEL, touchpoints })
    }

    /// The curve of a touchpoint; `None` where it was never visited at risk.
    #[must_use]
    pub fn of(&self, touchpoint: TouchpointId) -> Option<&DropOffCurve> {
        self.touchpoints.iter().find(|curve| curve.touchpoint == touchpoint)
    }
}

/// The touchpoints that were visited at risk, and those that they are compared with.
struct Rows<'a> {
    metric: &'a dyn Metric,
    visited: Vec<(usize, Pooled)>,
    all: Pooled,
    kinds: Vec<Pooled>,
    /// The place of each row's kind, for those that are compared within it.
    kind_of: BTreeMap<usize, usize>,
}

impl<'a> Rows<'a> {
    fn new(map: &JourneyMap, evidence: &Evidence, place: usize, metric: &'a dyn Metric) -> Self {
        let pooled = |rows: &[usize]| Pooled::new(evidence, place, rows);
        let visited: Vec<(usize, Pooled)> = asked_rows(map, metric)
            .map(|row| (row, pooled(&[row])))
            .filter(|(_, own)| metric.support(own.sums()).1 > 0)
            .collect();
        let rows: Vec<usize> = visited.iter().map(|(row, _)| *row).collect();
        let kinds = map.by_kind(rows.iter().map(|&row| TouchpointId(row as u32)));
        let kinds = kinds.into_iter().filter(|(kind, members)| kind.is_some() && members.len() > 1);
        let kinds = kinds.map(|(_, members)| members.into_iter().map(TouchpointId::index));
        let kinds: Vec<Vec<usize>> = kinds.map(Iterator::collect).collect();
        let places = kinds.iter().enumerate();
        let places = places.flat_map(|(place, rows)| rows.iter().map(move |row| (*row, place)));
        Self {
            metric,
            kind_of: places.collect(),
            kinds: kinds.iter().map(|rows| pooled(rows)).collect(),
            all: pooled(&rows),
            visited,
        }
    }

    fn curve(&self, row: usize, own: &Pooled, ends: &[f64]) -> DropOffCurve {
        let (group, compared_with) = match self.kind_of.get(&row) {
            Some(kind) => (&self.kinds[*kind], ComparedWith::Kind),
            None => (&self.all, ComparedWith::All),
        };
        let (support, visits) = self.metric.support(own.sums());
        DropOffCurve {
            touchpoint: TouchpointId(row as u32),
            customers: support.customers,
            visits,
            drop_off: self.metric.estimate(own.sums()),
            points: course::course(own, self.metric, ends, LEVEL),
            compared_with,
            difference: CurveTest::of_one(&[own.clone(), group.less(own)], self.metric),
        }
    }
}

/// The rows of the touchpoints that a metric asks of.
fn asked_rows(map: &JourneyMap, metric: &dyn Metric) -> impl Iterator<Item = usize> {
    let touchpoints = map.touchpoints().iter().enumerate();
    touchpoints
        .filter(move |(_, touchpoint)| metric.not_asked(map, touchpoint).is_none())
        .map(|(row, _)| row)
}

/// Whether a metric's columns are those of drop-off: a metric of one's own may have taken its key.
fn is_of_drop_off(map: &JourneyMap, evidence: &Evidence, place: usize) -> bool {
    map.rules().patience.is_some() && evidence.columns(place) == DropOff::new(map).columns()
}
