//! Whose complaints they are: a register and a log in, the customer and the journey of each row out.

use hashbrown::HashMap;

use super::{Complaint, Complaints};
use crate::event_log::{CustomerNo, EventLog, JourneyNo};
use crate::journey::{About, Filed, FiledComplaint};
use crate::map::{JourneyMap, TouchpointId};

/// The rows of a register among the customers of a log, or of a part of one; found by their ids.
///
/// A row belongs to the customer that it names; where it names none that the log has, to the customer of the journey
/// that it names. Of a log that names no customers, each journey is one.
///
/// ```
/// use touchpoint::complaint::{Join, RegisterReader};
/// use touchpoint::event_log::{EventLog, NewEvent};
/// use touchpoint::journey::Journeys;
/// use touchpoint::map::JourneyMap;
/// use touchpoint::time::{Micros, Timestamp};
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints: [{ id: form, stage: apply }]
/// rules: { observation_end: 2026-06-30 }
/// complaints: { columns: { id: no, received: at, journey: loan } }
/// ")?;
/// let mut log = EventLog::builder();
/// let time = Timestamp(20_500 * Micros::PER_DAY);
/// log.push(NewEvent { journey: "17", time, touchpoint: "form", ..NewEvent::default() })?;
/// let log = log.finish();
///
/// let csv = "no,at,loan\nC1,2026-03-01T09:00:00Z,17\nC2,2026-03-02T09:00:00Z,18\n";
/// let complaints = RegisterReader::for_map(&map)?.read(csv.as_bytes())?;
/// let filed = Join::new(&complaints, &log).filed(&map);
/// let journeys = Journeys::new(&map, &log).with_filed(&filed);
/// assert_eq!(filed.complaints().len(), 1);
/// assert!(journeys.has_complaints());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Join<'a> {
    complaints: &'a Complaints,
    owners: Vec<Option<Owner>>,
}

/// Whose a row is.
#[derive(Clone, Copy, Debug)]
struct Owner {
    customer: CustomerNo,
    /// Where the row names one of the customer's own.
    journey: Option<JourneyNo>,
}

impl<'a> Join<'a> {
    /// Looks up the ids of all rows in one pass over the ids of the log.
    #[must_use]
    pub fn new(complaints: &'a Complaints, log: &EventLog) -> Self {
        let found = Found::new(complaints.list(), log);
        let owners = complaints.list().iter().map(|complaint| found.owner(complaint)).collect();
        Self { complaints, owners }
    }

    /// The customer of a row, by its place in the register.
    #[must_use]
    pub fn customer_of(&self, place: usize) -> Option<CustomerNo> {
        Some((*self.owners.get(place)?)?.customer)
    }

    /// The journey that a row names, if it is one of its customer's.
    #[must_use]
    pub fn journey_of(&self, place: usize) -> Option<JourneyNo> {
        (*self.owners.get(place)?)?.journey
    }

    /// The rows that are known to be complaints, and whose customers are in the log.
    #[must_use]
    pub fn filed(&self, map: &JourneyMap) -> Filed {
        let names = Touchpoints::new(map);
        let rows = self.complaints.list().iter().zip(&self.owners).zip(0_u32..);
        Filed::new(rows.filter(|((complaint, _), _)| complaint.class.is_complaint()).filter_map(
            |((complaint, owner), place)| {
                let about = names.about(complaint);
                Some(FiledComplaint::new((*owner)?.customer, complaint.received, place, about))
            },
        ))
    }
}

impl Complaints {
    /// What each row says it is about, by its place: the touchpoint that it names by a label of the log, or by the id
    /// of the map.
    #[must_use]
    pub fn about(&self, map: &JourneyMap) -> Vec<About> {
        let names = Touchpoints::new(map);
        self.list.iter().map(|complaint| names.about(complaint)).collect()
    }
}

/// The touchpoints of a map by label, then by id.
struct Touchpoints<'m> {
    map: &'m JourneyMap,
    by_id: HashMap<&'m str, TouchpointId>,
}

impl<'m> Touchpoints<'m> {
    fn new(map: &'m JourneyMap) -> Self {
        let ids = map.touchpoints().iter().map(|touchpoint| touchpoint.id.as_str());
        Self { map, by_id: ids.zip((0..).map(TouchpointId)).collect() }
    }

    fn about(&self, complaint: &Complaint) -> About {
        let Some(name) = complaint.touchpoint.as_deref() else { return About::Unsaid };
        let touchpoint = self.map.by_log_name(name).or_else(|| self.by_id.get(name).copied());
        touchpoint.map_or(About::OffTheMap, About::Touchpoint)
    }
}

/// The ids of a register, each with what the log knows by it.
struct Found<'c> {
    customers: HashMap<&'c [u8], Option<CustomerNo>>,
    journeys: HashMap<&'c [u8], Option<Owner>>,
}

impl<'c> Found<'c> {
    fn new(rows: &'c [Complaint], log: &EventLog) -> Self {
        let customers = rows.iter().filter_map(|row| row.customer.as_deref());
        let journeys = rows.iter().filter_map(|row| row.journey.as_deref());
        let mut found = Self {
            customers: customers.map(|id| (id.as_bytes(), None)).collect(),
            journeys: journeys.map(|id| (id.as_bytes(), None)).collect(),
        };
        for customer in (0..log.customers() as u32).map(CustomerNo) {
            found.meet(customer, log);
        }
        found
    }

    fn meet(&mut self, customer: CustomerNo, log: &EventLog) {
        if log.has_customer_column()
            && let Some(found) = self.customers.get_mut(log.customer_id(customer))
        {
            *found = Some(customer);
        }
        if self.journeys.is_empty() {
            return;
        }
        for journey in log.journeys_of(customer).map(JourneyNo) {
            if let Some(found) = self.journeys.get_mut(log.journey_id_bytes(journey)) {
                *found = Some(Owner { customer, journey: Some(journey) });
            }
        }
    }

    fn owner(&self, row: &Complaint) -> Option<Owner> {
        let customer = row.customer.as_ref().and_then(|id| *self.customers.get(id.as_bytes())?);
        let by_journey = row.journey.as_ref().and_then(|id| *self.journeys.get(id.as_bytes())?);
        let Some(customer) = customer else { return by_journey };
        let own = by_journey.filter(|owner| owner.customer == customer);
        Some(own.unwrap_or(Owner { customer, journey: None }))
    }
}
