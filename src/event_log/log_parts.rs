//! A log that need not fit into memory: parts, each with all that its customers did.

use std::ops::Deref;

use super::spill::Spilled;
use super::{EventLog, LogError};

/// A log held whole, or in parts on disk, each with all journeys of its customers.
///
/// Sums over the parts are sums over the log. Every part speaks of labels, channels and categories by the same numbers,
/// and answers for the whole where it is asked when the log began and ended and how many
/// [customers](EventLog::all_customers) there are in all.
///
/// Files on disk are removed when this is dropped.
///
/// ```
/// use touchpoint::event_log::{EventLog, LogParts, NewEvent};
///
/// let mut log = EventLog::builder();
/// log.push(NewEvent { journey: "1", touchpoint: "apply", ..NewEvent::default() })?;
/// let parts = LogParts::from(log.finish());
/// let mut events = 0;
/// for part in parts.parts() {
///     events += part?.events();
/// }
/// assert_eq!((parts.len(), events), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LogParts {
    /// The log, or what is known of it without its events.
    outline: EventLog,
    spilled: Option<Spilled>,
}

impl From<EventLog> for LogParts {
    fn from(log: EventLog) -> Self {
        Self { outline: log, spilled: None }
    }
}

impl LogParts {
    pub(super) fn on_disk(outline: EventLog, spilled: Spilled) -> Self {
        Self { outline, spilled: Some(spilled) }
    }

    /// How many parts there are, at least one.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is always a part")]
    pub fn len(&self) -> usize {
        self.spilled.as_ref().map_or(1, |spilled| spilled.parts.len())
    }

    /// What is known of the log as a whole: its account, names, columns and first and last moments. It has no events,
    /// unless the log is held whole.
    #[must_use]
    pub fn outline(&self) -> &EventLog {
        &self.outline
    }

    /// The log, if it is held whole.
    #[must_use]
    pub fn whole(&self) -> Option<&EventLog> {
        if self.spilled.is_none() { Some(&self.outline) } else { None }
    }

    /// A part by its number from 0: held in memory until it is dropped.
    ///
    /// # Errors
    ///
    /// The part cannot be read back from disk.
    ///
    /// # Panics
    ///
    /// Where there is no such part.
    pub fn part(&self, number: usize) -> Result<PartRef<'_>, LogError> {
        match &self.spilled {
            None => {
                assert_eq!(number, 0, "a log that is held whole is one part");
                Ok(PartRef(Held::Whole(&self.outline)))
            }
            Some(spilled) => {
                let part = spilled.parts[number].read(&self.outline)?;
                Ok(PartRef(Held::Read(Box::new(part))))
            }
        }
    }

    /// One part after another; for the sake of memory, drop each before the next.
    pub fn parts(&self) -> impl Iterator<Item = Result<PartRef<'_>, LogError>> {
        (0..self.len()).map(|number| self.part(number))
    }

    /// The log, if it is held whole.
    pub(super) fn into_whole(self) -> EventLog {
        assert!(self.spilled.is_none(), "whoever asks for a whole log lets nothing be spilled");
        self.outline
    }
}

impl EventLog {
    /// The log as the one part of itself.
    #[must_use]
    pub fn into_parts(self) -> LogParts {
        self.into()
    }
}

/// A part of a log while it is looked at.
#[derive(Debug)]
pub struct PartRef<'a>(Held<'a>);

#[derive(Debug)]
enum Held<'a> {
    Whole(&'a EventLog),
    Read(Box<EventLog>),
}

impl Deref for PartRef<'_> {
    type Target = EventLog;

    fn deref(&self) -> &EventLog {
        match &self.0 {
            Held::Whole(log) => log,
            Held::Read(log) => log,
        }
    }
}
