//! Whether a pack's calendars are there and reach far enough.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use serde::Serialize;

use super::{Asked, Clock, Combination, Limit, Pack, Roll, Rule, Unit};
use crate::position::{Fault, Position, quoted};
use crate::time::Date;

/// The first and the last day that a calendar covers, by its id; `None` where there is no such calendar.
pub type Coverage<'a> = dyn Fn(&str) -> Option<(Date, Date)> + 'a;

/// A calendar that does not serve a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "gap", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CalendarGap {
    /// There is no such calendar.
    Unknown {
        /// Where the pack names it.
        position: Position,
        /// Its id.
        calendar: String,
    },
    /// It begins after a rule does that counts by it.
    Begins {
        /// Where the rule's id stands.
        position: Position,
        /// Its id.
        calendar: String,
        /// The rule's.
        rule: String,
        /// The first day on which the rule holds.
        holds: Date,
        /// The first day that the calendar covers.
        begins: Date,
    },
    /// It ends before the pack is to be reviewed, or before a rule ends that counts by it.
    Ends {
        /// Where the rule's id stands.
        position: Position,
        /// Its id.
        calendar: String,
        /// The rule's.
        rule: String,
        /// The last day on which the rule holds, or that on which the pack is to be reviewed if it comes first.
        holds: Date,
        /// The last day that the calendar covers.
        ends: Date,
    },
}

impl CalendarGap {
    /// Where in the pack it shows: the key that names the calendar, or the id of the rule that counts by it.
    #[must_use]
    pub const fn position(&self) -> Position {
        match self {
            Self::Unknown { position, .. }
            | Self::Begins { position, .. }
            | Self::Ends { position, .. } => *position,
        }
    }

    /// The same as a fault of the pack's text.
    #[must_use]
    pub fn fault(&self) -> Fault {
        Fault { position: self.position(), message: self.message() }
    }

    fn message(&self) -> String {
        match self {
            Self::Unknown { calendar, .. } => {
                format!("the calendar {} is not known", quoted(calendar))
            }
            Self::Begins { calendar, rule, holds, begins, .. } => format!(
                "rule {} holds from {holds}, the calendar {} by which it counts begins on {begins}",
                quoted(rule),
                quoted(calendar)
            ),
            Self::Ends { calendar, rule, holds, ends, .. } => format!(
                "rule {} is relied on until {holds}, the calendar {} by which it counts ends on {ends}",
                quoted(rule),
                quoted(calendar)
            ),
        }
    }
}

impl fmt::Display for CalendarGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl Error for CalendarGap {}

impl Pack {
    /// Holds the pack against the calendars at hand: each one that it names is there, and covers the days of the rules
    /// that count business days or closed days by it. What does not is told in the order of the text, with its place.
    /// `covers` gives the first and the last day of a calendar.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::rules::Pack;
    ///
    /// let pack = Pack::from_yaml("
    /// pack: house
    /// version: 1.0.0
    /// jurisdiction: CN
    /// timezone: Asia/Shanghai
    /// calendar: cn
    /// rules:
    ///   - id: H-1
    ///     basis: house
    ///     severity: low
    ///     rights: [respect]
    ///     effective_from: 2024-01-01
    ///     trigger: complaint.received
    ///     require: { within: { what: complaint.contacted, limit: 2bd } }
    /// ")?;
    /// let covered = Some(("2025-01-01".parse()?, "2026-12-31".parse()?));
    /// let gaps = pack.lint(&|id| covered.filter(|_| id == "cn"));
    /// assert_eq!(
    ///     gaps[0].to_string(),
    ///     "line 8, column 9: rule `H-1` holds from 2024-01-01, the calendar `cn` by which it counts begins on 2025-01-01",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lint(&self, covers: &Coverage<'_>) -> Vec<CalendarGap> {
        let mut gaps = self.unknown_calendars(covers);
        for rule in &self.rules {
            for calendar in rule.calendars(self.calendar.as_deref()) {
                if let Some(covered) = covers(calendar) {
                    gaps.extend(rule.gaps(calendar, covered, self.review_by));
                }
            }
        }
        gaps.sort_by_key(CalendarGap::position);
        gaps
    }

    fn unknown_calendars(&self, covers: &Coverage<'_>) -> Vec<CalendarGap> {
        let clocks = self.rules.iter().flat_map(Rule::clocks);
        let named = clocks.filter_map(|clock| clock.calendar.as_ref()).chain(&self.calendar);
        let unknown: BTreeSet<&String> =
            named.filter(|calendar| covers(calendar).is_none()).collect();
        unknown
            .into_iter()
            .map(|calendar| CalendarGap::Unknown {
                position: self.calendar_keys.of(calendar),
                calendar: calendar.clone(),
            })
            .collect()
    }
}

impl Rule {
    fn parts(&self) -> &[Asked] {
        match &self.asks {
            Combination::All(parts) | Combination::Any(parts) => parts,
        }
    }

    fn clocks(&self) -> impl Iterator<Item = &Clock> {
        self.parts().iter().filter_map(|part| match part {
            Asked::Deadline(deadline) => Some(&deadline.clock),
            _ => None,
        })
    }

    /// The calendars by which it counts, each once, in the order of their ids.
    fn calendars<'a>(&'a self, usual: Option<&'a str>) -> BTreeSet<&'a str> {
        let exempting = self.exemptions.iter().filter_map(|exemption| exemption.within);
        let group = self.trigger.group.as_ref().and_then(|group| group.within);
        let counts = exempting.chain(group).any(is_business);
        let parts = self.parts().iter().filter_map(|part| part.calendar(usual));
        parts.chain(usual.filter(|_| counts)).collect()
    }

    fn gaps(
        &self,
        calendar: &str,
        (begins, ends): (Date, Date),
        review_by: Option<Date>,
    ) -> Vec<CalendarGap> {
        let (position, calendar, rule) = (self.position, calendar.to_owned(), self.id.clone());
        let last = [self.effective_to, review_by].into_iter().flatten().min();
        let late =
            self.effective_from.filter(|from| *from < begins).map(|holds| CalendarGap::Begins {
                position,
                calendar: calendar.clone(),
                rule: rule.clone(),
                holds,
                begins,
            });
        let short = last.filter(|last| *last > ends).map(|holds| CalendarGap::Ends {
            position,
            calendar,
            rule,
            holds,
            ends,
        });
        late.into_iter().chain(short).collect()
    }
}

impl Asked {
    /// The calendar by which it counts, where it does.
    fn calendar<'a>(&'a self, usual: Option<&'a str>) -> Option<&'a str> {
        let counts = |limit: Option<Limit>| limit.is_some_and(is_business);
        match self {
            Self::Deadline(deadline) => {
                let clock = &deadline.clock;
                let tiers = deadline.tiers.iter();
                let mut limits = tiers.flat_map(|tier| {
                    tier.limits.iter().map(|(_, limit)| *limit).chain([tier.limit])
                });
                let needed = clock.roll == Roll::NextOpenDay || limits.any(is_business);
                clock.calendar.as_deref().or(usual).filter(|_| needed)
            }
            Self::Precedes(precedes) => usual.filter(|_| counts(precedes.max_age)),
            Self::Absent(absent) => usual.filter(|_| counts(absent.within)),
            Self::CountAtLeast(count) => usual.filter(|_| counts(count.within)),
            Self::Matches(_) | Self::Spans(_) | Self::Declare(_) => None,
        }
    }
}

fn is_business(limit: Limit) -> bool {
    limit.unit == Unit::BusinessDay
}
