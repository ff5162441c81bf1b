//! Where one step of the chain may lead.

use serde::Serialize;

use crate::journey::JourneyEnd;
use crate::map::TouchpointId;

/// Where a visit leads in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Destination {
    /// To another segment of the journey, which begins where segments begin.
    NextSegment,
    /// To a touchpoint; goals and lost touchpoints are ones too.
    Touchpoint(TouchpointId),
    /// To the end of the journey without another visit: `abandoned` is silence.
    End(JourneyEnd),
}
