//! Touchpoints that protect customers, and the time that they were exempted.

use super::words::both;
use super::{Protective, named};
use crate::map::TouchpointId;
use crate::metric::Friction;
use crate::report::{Analysis, Audience};

/// Those that the map marks, in its order; the public sees no sum of seconds.
pub(super) fn all(analysis: &Analysis<'_>, audience: Audience) -> Vec<Protective> {
    let mut all = Vec::new();
    for (id, touchpoint) in analysis.touchpoints() {
        let Some(reason) = &touchpoint.protective else { continue };
        let time = exempted(analysis, id).filter(|_| audience == Audience::Internal);
        let said = both(|say| {
            let name = named::touchpoint(analysis, id, say);
            let reason = named::reason(reason, say);
            time.map_or_else(
                || say.protects(&name, &reason),
                |time| say.protects_time(&name, &reason, &say.seconds(time)),
            )
        });
        all.push(Protective { touchpoint: id, said });
    }
    all
}

/// Seconds, where there were any.
fn exempted(analysis: &Analysis<'_>, touchpoint: TouchpointId) -> Option<f64> {
    let friction = analysis.scorecard.family(Friction::KEY)?;
    let score = friction.scores.iter().find(|score| score.touchpoint == touchpoint)?;
    let exempted = score.details.iter().find(|detail| detail.key == "exempted")?;
    exempted.value.filter(|seconds| *seconds > 0.0)
}
