//! Timestamps as logs write them: bytes in, moments out.

use super::Timestamp;
use crate::map::TimeFormat;

/// Why timestamps cannot be read as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFault {
    /// The zone is none.
    #[error(
        "`{found}` is no time zone; write a name such as Asia/Shanghai, UTC or an offset such as +08:00"
    )]
    Zone {
        /// The zone as it stood.
        found: String,
    },
    /// The pattern is none, or says too little.
    #[error("`{pattern}` is no form of a timestamp: {why}")]
    Pattern {
        /// The pattern as it stood.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// No form was given.
    #[error("no form of timestamps is given")]
    NoFormat,
}

/// Why a text is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampFault {
    /// It is of none of the forms.
    #[error("not a timestamp of a form that was asked for")]
    NotOfForm,
    /// It carries no offset, and no zone was given.
    #[error("no offset, and no zone was given")]
    NoZone,
    /// It lies outside the years 1970 to 2100.
    #[error("outside the years 1970 to 2100")]
    OutOfRange,
}

/// Reads timestamps of a few forms, tried in order.
#[derive(Clone, Debug)]
pub struct TimeParser {
    formats: Vec<TimeFormat>,
}

impl TimeParser {
    /// A parser of these forms; `zone` is that of timestamps without an offset: an IANA name, `UTC` or an offset.
    ///
    /// # Errors
    ///
    /// The zone or a pattern is none.
    pub fn new(formats: &[TimeFormat], _zone: Option<&str>) -> Result<Self, TimeFault> {
        Ok(Self { formats: formats.to_vec() })
    }

    /// The moment that a text names, and the place of its form in the list of forms.
    ///
    /// # Errors
    ///
    /// The text is of none of the forms, has no zone, or is not plausible.
    pub fn parse(&mut self, text: &[u8]) -> Result<(Timestamp, usize), TimestampFault> {
        let _ = (text, &self.formats);
        Err(TimestampFault::NotOfForm)
    }
}
