//! Whom journeys belong to, found before they are sorted.

use crate::event_log::EventLogBuilder;
use crate::time::Timestamp;

/// For each journey the number of the customer of its earliest event that names one, of one moment the first that came.
pub(super) fn holders(builder: &EventLogBuilder) -> Vec<Option<u32>> {
    let mut earliest: Vec<Option<(Timestamp, u32)>> = vec![None; builder.journeys.len()];
    for segment in builder.segments.iter() {
        let times = &segment.columns.times;
        for (event, (&time, &journey)) in times.iter().zip(&segment.journeys).enumerate() {
            let Some(customer) = segment.customers.get(event) else { continue };
            let slot = &mut earliest[journey as usize];
            if slot.is_none_or(|(before, _)| time < before) {
                *slot = Some((time, customer));
            }
        }
    }
    earliest.into_iter().map(|slot| slot.map(|(_, customer)| customer)).collect()
}
