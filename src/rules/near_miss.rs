//! Types of events that a map records and nobody knows, with the type that was probably meant.

use std::fmt;

use hashbrown::HashSet;
use serde::Serialize;

use super::Pack;
use super::event_types::event_types;
use crate::map::JourneyMap;
use crate::position::quoted;
use crate::yaml::nearest;

/// Comparing with every type takes time, so a hostile map gets few suggestions.
const MOST: usize = 20;

/// A type of event that a touchpoint records, that no pack knows, and that is a slip away from one that a pack may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NearMiss {
    /// The touchpoint's id.
    pub touchpoint: String,
    /// The type that its rows record, as the map has it.
    pub recorded: String,
    /// The type that was probably meant.
    pub meant: String,
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "touchpoint {} records {}, which no pack knows; did you mean {}?",
            quoted(&self.touchpoint),
            quoted(&self.recorded),
            quoted(&self.meant)
        )
    }
}

/// The first types of events that a map records, that none of these packs knows, and that a slip explains, in the order
/// of the map: 20 are looked into at most. A map may record what no rule asks for, so this is no fault.
///
/// ```
/// use touchpoint::map::JourneyMap;
/// use touchpoint::rules::near_misses;
///
/// let map = JourneyMap::from_yaml("
/// id: m
/// stages: [sign]
/// touchpoints: [{ id: contract, stage: sign, records: [contract.singed] }]
/// ")?;
/// assert_eq!(
///     near_misses(&map, &[])[0].to_string(),
///     "touchpoint `contract` records `contract.singed`, which no pack knows; did you mean `contract.signed`?",
/// );
/// # Ok::<(), touchpoint::map::MapError>(())
/// ```
#[must_use]
pub fn near_misses(map: &JourneyMap, packs: &[Pack]) -> Vec<NearMiss> {
    let own = packs.iter().flat_map(|pack| &pack.events).map(String::as_str);
    let types: Vec<&str> = event_types().iter().copied().chain(own).collect();
    let known: HashSet<&str> = types.iter().copied().collect();
    let touchpoints = map.touchpoints().iter();
    let recorded = touchpoints.flat_map(|touchpoint| {
        touchpoint.records.iter().map(move |recorded| (&touchpoint.id, &recorded.event))
    });
    let unknown = recorded.filter(|(_, event)| !known.contains(event.as_str())).take(MOST);
    let near_miss = |(touchpoint, event): (&String, &String)| {
        let meant = nearest(event, types.iter().copied())?;
        Some(NearMiss {
            touchpoint: touchpoint.clone(),
            recorded: event.clone(),
            meant: meant.to_owned(),
        })
    };
    unknown.filter_map(near_miss).collect()
}
