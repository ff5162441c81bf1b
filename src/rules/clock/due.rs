//! What a clock says.

use serde::Serialize;

use crate::time::{Date, Timestamp};

/// A stretch during which a clock stands still: from a moment, until another, or `None` while it lasts.
pub type Stretch = (Timestamp, Option<Timestamp>);

/// The end of a limit, or why it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Due {
    /// It ends.
    At {
        /// The last day, local; for hours the day of the last moment.
        day: Date,
        /// The first moment that is too late: the beginning of the next local day, or for hours the microsecond after
        /// the last moment.
        end: Timestamp,
    },
    /// The clock stands still, and nothing is known that sets it going again.
    Standing,
    /// A calendar is needed and none is given, or it does not cover the days that are counted.
    Uncovered,
    /// The limit ends after the year 9999, or the moment has no date.
    BeyondCalendar,
}

impl Due {
    /// The last day, where there is one.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::At { day, .. } => Some(day),
            _ => None,
        }
    }

    /// The first moment that is too late, where there is one.
    #[must_use]
    pub const fn end(self) -> Option<Timestamp> {
        match self {
            Self::At { end, .. } => Some(end),
            _ => None,
        }
    }
}
