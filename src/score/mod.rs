//! Evidence in, a [`Scorecard`] out: estimates with intervals, shrunk values, tests, ranks and hotspots.
//!
//! Nothing here touches an event or a file: everything is a function of the evidence's sums.

mod contrast;
mod curves;
mod groups;
mod hotspot;
mod impact;
mod interval;
mod pool;
mod scorecard;
mod scorer;
mod shrink;

pub use curves::{
    CurvePoint, CurveShare, CurveTest, DropOffCurve, DropOffCurves, SegmentComparison,
    TouchpointComparison,
};
pub use scorecard::{
    AsideScore, ChainFigures, ComparedWith, Family, Impact, PartScore, Score, Scorecard, Settings,
    Standing,
};
pub use scorer::Scorer;
