//! The calendars that come with the library, and those of its user beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Calendar;

/// A calendar that comes with the library; it is read when it is first asked for.
struct BuiltIn {
    id: &'static str,
    text: &'static str,
    calendar: OnceLock<Calendar>,
}

macro_rules! built_in {
    ($($id:literal),+) => {
        [$(BuiltIn {
            id: $id,
            text: include_str!(concat!("../../../data/calendars/", $id, ".yaml")),
            calendar: OnceLock::new(),
        }),+]
    };
}

static BUILT_IN: [BuiltIn; 5] =
    built_in!["cn", "uk-england-wales", "uk-northern-ireland", "uk-scotland", "us-federal"];

impl BuiltIn {
    fn calendar(&'static self) -> &'static Calendar {
        self.calendar.get_or_init(|| {
            Calendar::from_yaml(self.text).expect("the library's own calendars were checked")
        })
    }
}

impl Calendar {
    /// A calendar that comes with the library: `cn`, `uk-england-wales`, `uk-northern-ireland`, `uk-scotland` or
    /// `us-federal`.
    #[must_use]
    pub fn built_in(id: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|built_in| built_in.id == id).map(BuiltIn::calendar)
    }
}

/// Calendars by id: those that come with the library, and a user's own.
///
/// ```
/// use touchpoint::rules::{Calendar, Calendars};
///
/// let house = "{ id: house, from: 2026-01-01, to: 2026-12-31, sources: [the house's own] }";
/// let calendars = Calendars::new().with(Calendar::from_yaml(house)?);
/// assert!(calendars.get("house").is_some() && calendars.get("us-federal").is_some());
/// # Ok::<(), touchpoint::rules::CalendarError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    own: BTreeMap<String, Calendar>,
}

impl Calendars {
    /// Those that come with the library.
    #[must_use]
    pub const fn new() -> Self {
        Self { own: BTreeMap::new() }
    }

    /// With one more; it takes the place of another with its id, so that a later coverage can be had.
    #[must_use]
    pub fn with(mut self, calendar: Calendar) -> Self {
        self.own.insert(calendar.id().to_owned(), calendar);
        self
    }

    /// A calendar by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Calendar> {
        self.own.get(id).or_else(|| Calendar::built_in(id))
    }

    /// The ids of all, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|built_in| built_in.id);
        let all: BTreeSet<&str> = self.own.keys().map(String::as_str).chain(built_in).collect();
        all.into_iter().collect()
    }
}
