//! Completions that are lost where customers leave: the scores of drop-off and the chain in, completions out.

use super::scorecard::{Family, Score, Standing};
use crate::chain::AbsorbingChain;
use crate::map::{JourneyMap, Prices, TouchpointId};

/// Up to this many touchpoints all are asked about, by one factorisation.
const ASKED_AT_ONCE: usize = 256;
/// On larger maps the first hotspots alone, each by a solution of its own.
const ASKED_ONE_BY_ONE: u32 = 32;

/// By touchpoint, how many more journeys of the log would complete if customers there went on as those of the rest do;
/// `None` where nothing is lost, or repair is not asked about.
///
/// The chain knows one journey; the log holds as many as its visits at risk are times those that a journey is expected
/// to make.
pub(super) fn lost_completions(
    map: &JourneyMap,
    chain: &AbsorbingChain,
    visits: &[f64],
    drop_off: &Family,
) -> Vec<Option<f64>> {
    let benchmarks: Vec<Option<f64>> = drop_off.scores.iter().map(Score::benchmark).collect();
    let flow = if map.touchpoints().len() <= ASKED_AT_ONCE { chain.flow() } else { None };
    let flow = flow.unwrap_or_else(|| chain.flow_through(&first_hotspots(drop_off)));
    let mut lost = vec![None; drop_off.scores.len()];
    if !flow.is_settled() {
        return lost;
    }
    for repair in flow.repairs(map, &benchmarks, &[]) {
        let place = repair.touchpoint.index();
        let journeys = drop_off.scores[place].exposure as f64 / visits[place];
        lost[place] =
            Some(repair.completed * journeys).filter(|completions| completions.is_finite());
    }
    lost
}

fn first_hotspots(drop_off: &Family) -> Vec<TouchpointId> {
    let first = drop_off.scores.iter().filter(|score| {
        score.standing == Standing::Hotspot
            && score.rank.is_some_and(|rank| rank <= ASKED_ONE_BY_ONE)
    });
    first.map(|score| score.touchpoint).collect()
}

/// Says of every score what is lost at its touchpoint.
pub(super) fn tell(family: &mut Family, lost: &[Option<f64>]) {
    for score in &mut family.scores {
        if let Some(impact) = &mut score.impact {
            impact.completions = lost.get(score.touchpoint.index()).copied().flatten();
        }
    }
}

/// A drop-off costs the completion that would have come.
pub(super) fn price(family: &mut Family, prices: Option<&Prices>) {
    let price = prices.and_then(|prices| prices.per_lost_completion);
    for impact in family.scores.iter_mut().filter_map(|score| score.impact.as_mut()) {
        impact.money =
            impact.completions.zip(price).map(|(completions, price)| completions * price);
    }
}
