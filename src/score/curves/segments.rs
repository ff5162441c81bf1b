//! Whether drop-off differs between segments of the journeys: evidence of several segments in, tests out.

use serde::Serialize;

use super::difference::CurveTest;
use super::pooled::Pooled;
use super::{asked_rows, is_of_drop_off};
use crate::map::{JourneyMap, Text, TouchpointId};
use crate::metric::{DropOff, Evidence, Metric};

/// Drop-off of several segments side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SegmentComparison {
    /// The segments' names, in the order of their metrics.
    #[serde(skip)]
    pub segments: Vec<Text>,
    /// Whether segments differ at the same touchpoints: all touchpoints together, compared one by one, so that segments
    /// which meet other touchpoints do not differ for that.
    pub overall: Option<CurveTest>,
    /// Touchpoint by touchpoint, those that any segment met, in map order.
    pub touchpoints: Vec<TouchpointComparison>,
}

/// One touchpoint in several segments.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TouchpointComparison {
    /// The touchpoint, by its place on the map.
    pub touchpoint: TouchpointId,
    /// The drop-off of each segment; `None` where it is undefined.
    pub drop_off: Vec<Option<f64>>,
    /// Whether the curves of those segments differ in which at least five drop-offs are expected; `None` where these are
    /// fewer than two. or the smallest has
    /// fewer customers than there are segments.
    pub difference: Option<CurveTest>,
}

impl SegmentComparison {
    /// Compares the segments whose drop-off the evidence was collected for; `None` where there are fewer than two.
    ///
    /// A customer with journeys in two segments counts as one: segments share the buckets of customers.
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
    /// use touchpoint::score::SegmentComparison;
    ///
    /// # fn example(map: &JourneyMap, log: &EventLog) -> Option<()> {
    /// let segments: Vec<Box<dyn Metric>> = ["branch", "online"]
    ///     .into_iter()
    ///     .map(|value| Box::new(DropOff::new(map).within("segment", value)) as Box<dyn Metric>)
    ///     .collect();
    /// let evidence = Evidence::collect(&Journeys::new(map, log), &segments);
    /// let comparison = SegmentComparison::new(map, &segments, &evidence)?;
    /// println!("p = {:?}", comparison.overall.map(|test| test.p));
    /// # Some(())
    /// # }
    /// ```
    #[must_use]
    pub fn new(map: &JourneyMap, metrics: &[Box<dyn Metric>], evidence: &Evidence) -> Option<Self> {
        let places: Vec<usize> = (0..metrics.len())
            .filter(|&place| metrics[place].about().key == DropOff::KEY_WITHIN)
            .filter(|&place| is_of_drop_off(map, evidence, place))
            .collect();
        let metric = metrics[*places.first().filter(|_| places.len() > 1)?].as_ref();
        let rows: Vec<(usize, Vec<Pooled>)> = asked_rows(map, metric)
            .map(|row| {
                (row, places.iter().map(|&place| Pooled::new(evidence, place, &[row])).collect())
            })
            .filter(|(_, segments): &(usize, Vec<Pooled>)| {
                segments.iter().any(|pooled| pooled.met_in().next().is_some())
            })
            .collect();
        let mut touchpoints: Vec<TouchpointComparison> = rows
            .iter()
            .map(|(row, segments)| TouchpointComparison::new(*row, segments, metric))
            .collect();
        CurveTest::adjust(touchpoints.iter_mut().filter_map(|one| one.difference.as_mut()));
        let strata: Vec<Vec<Pooled>> = rows.into_iter().map(|(_, segments)| segments).collect();
        Some(Self {
            segments: places.iter().map(|&place| metrics[place].about().name).collect(),
            overall: CurveTest::new(&strata, metric),
            touchpoints,
        })
    }
}

impl TouchpointComparison {
    fn new(row: usize, segments: &[Pooled], metric: &dyn Metric) -> Self {
        Self {
            touchpoint: TouchpointId(row as u32),
            drop_off: segments.iter().map(|pooled| metric.estimate(pooled.sums())).collect(),
            difference: CurveTest::of_one(segments, metric),
        }
    }
}
