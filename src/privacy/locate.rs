//! From a pseudonym back to the id and the row.

use super::key::{IdOf, Key};
use crate::complaint::Complaints;
use crate::event_log::{CustomerNo, EventLog, JourneyNo, RowPlace};

/// Whom a pseudonym stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Located {
    /// What the id names.
    pub of: IdOf,
    /// The id as it stands in the log or the register; bytes that are no UTF-8 are replaced.
    pub id: String,
    /// Where it stands first.
    pub place: Place,
}

/// Where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In the event log; the row is `None` where the log was not read from a file.
    Log(Option<RowPlace>),
    /// In the complaint register.
    Register {
        /// The line in its file, from 1.
        line: u64,
    },
}

/// Finds the id behind a pseudonym: customers and journeys of the log first, then what the register alone names.
///
/// Every id is turned into its pseudonym until one fits, so that it takes a microsecond or two for each. Blanks around
/// the pseudonym and capitals are no matter. Of a log in parts, ask every part.
///
/// ```
/// use touchpoint::event_log::{EventLog, NewEvent};
/// use touchpoint::privacy::{IdOf, Key, locate};
///
/// let mut log = EventLog::builder();
/// log.push(NewEvent { journey: "J-7", touchpoint: "apply", ..NewEvent::default() })?;
/// let key = Key::new([7; 32])?;
/// let pseudonym = key.pseudonym(IdOf::Journey, b"J-7");
/// let found = locate(&key, &pseudonym, &log.finish(), None).expect("the only journey");
/// assert_eq!((found.of, found.id.as_str()), (IdOf::Journey, "J-7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn locate(
    key: &Key,
    pseudonym: &str,
    log: &EventLog,
    register: Option<&Complaints>,
) -> Option<Located> {
    let wanted = Wanted { key, pseudonym: pseudonym.trim().to_ascii_lowercase() };
    wanted.customer(log).or_else(|| wanted.journey(log)).or_else(|| wanted.in_register(register?))
}

struct Wanted<'a> {
    key: &'a Key,
    pseudonym: String,
}

impl Wanted<'_> {
    fn is(&self, of: IdOf, id: &[u8]) -> bool {
        self.key.pseudonym(of, id) == self.pseudonym
    }

    /// Where no customer is named, the journey's id names its customer.
    fn customer(&self, log: &EventLog) -> Option<Located> {
        let mut customers = (0..log.customers() as u32).map(CustomerNo);
        let found = customers.find(|no| self.is(IdOf::Customer, log.customer_id(*no)))?;
        let first = log.journeys_of(found).next().map(JourneyNo);
        let place = Place::Log(first.and_then(|no| log.first_row_of(no)));
        let id = String::from_utf8_lossy(log.customer_id(found)).into_owned();
        Some(Located { of: IdOf::Customer, id, place })
    }

    fn journey(&self, log: &EventLog) -> Option<Located> {
        let mut journeys = (0..log.journeys() as u32).map(JourneyNo);
        let found = journeys.find(|no| self.is(IdOf::Journey, log.journey_id(*no).as_bytes()))?;
        let place = Place::Log(log.first_row_of(found));
        Some(Located { of: IdOf::Journey, id: log.journey_id(found), place })
    }

    fn in_register(&self, register: &Complaints) -> Option<Located> {
        register.list().iter().find_map(|complaint| {
            let ids = [
                (IdOf::Complaint, Some(complaint.id.as_str())),
                (IdOf::Customer, complaint.customer.as_deref()),
                (IdOf::Journey, complaint.journey.as_deref()),
            ];
            let named = ids.into_iter().filter_map(|(of, id)| Some((of, id?)));
            let (of, id) = named.into_iter().find(|(of, id)| self.is(*of, id.as_bytes()))?;
            let place = Place::Register { line: complaint.line };
            Some(Located { of, id: id.to_owned(), place })
        })
    }
}
