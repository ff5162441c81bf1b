//! Evidence in, a [`Scorecard`] out: estimates with intervals, shrunk values, tests, ranks and hotspots.
//!
//! Nothing here touches an event or a file: everything is a function of the evidence's sums.

mod attribution;
mod bootstrap;
mod chain_doubt;
mod completions;
mod contrast;
mod curves;
mod family_scores;
mod groups;
mod hotspot;
mod impact;
mod interval;
mod neighbourhood;
mod parts;
mod pool;
mod scorecard;
mod scorer;
mod shrink;

pub use attribution::{
    Attribution, AttributionMethod, AttributionTable, CreditFigure, CreditRow, MethodFigures,
};
pub use bootstrap::{Bootstrap, Resampled};
pub use chain_doubt::{ChainBootstrap, ChainDoubt, Doubted};
pub use curves::{
    CurvePoint, CurveShare, CurveTest, DropOffCurve, DropOffCurves, SegmentComparison,
    TouchpointComparison,
};
pub use neighbourhood::{Neighbourhood, NeighbourhoodScore, NeighbourhoodView};
pub use scorecard::{
    AsideScore, ChainFigures, ComparedWith, Family, Impact, PartScore, Score, Scorecard, Settings,
    Shrinkage, Standing,
};
pub use scorer::Scorer;
