//! What is held against the rules: log, register and packs, and as of when.

use touchpoint::complaint::Complaints;
use touchpoint::event_log::EventLog;
use touchpoint::journey::Journeys;
use touchpoint::rules::{Calendars, Pack};
use touchpoint::time::{Date, LocalDays, Timestamp};

use super::arguments::Case;
use crate::cli::arguments::Talk;
use crate::cli::failure::Failure;
use crate::cli::input::{MapAndLog, Watch};
use crate::cli::values::AsOf;

/// A case that was read.
pub(super) struct Read {
    pub(super) packs: Vec<Pack>,
    pub(super) calendars: Calendars,
    pub(super) input: MapAndLog,
    as_of: Option<AsOf>,
}

impl Case {
    /// Reads everything; rules are about a map that says what rows record.
    pub(super) fn read(&self, talk: Talk) -> Result<Read, Failure> {
        if self.packs.packs.is_empty() {
            let why = "name the packs to check by --pack, for example --pack cn; `touchpoint rules list` shows them";
            return Err(Failure::new(why));
        }
        let packs = self.packs.read()?;
        let calendars = self.packs.calendars()?;
        let files = self.input.files()?;
        let watch = Watch { whole: true, ..Watch::begin(talk, self.input.machine)? };
        let input = self.input.read(&files, watch)?;
        refuse_a_proposed_map(&input)?;
        Ok(Read { packs, calendars, input, as_of: self.as_of })
    }
}

/// A map that was guessed from the log does not say what its rows record.
pub(super) fn refuse_a_proposed_map(input: &MapAndLog) -> Result<(), Failure> {
    if input.proposed.is_none() {
        return Ok(());
    }
    let why = "rules need a map that says by `records` what rows of the log record; docs/rules.md shows how";
    Err(Failure::new(why))
}

impl Read {
    pub(super) fn log(&self) -> &EventLog {
        self.input.log.outline()
    }

    pub(super) fn complaints(&self) -> Option<&Complaints> {
        self.input.complaints.as_ref()
    }

    pub(super) fn journeys(&self) -> Journeys<'_> {
        Journeys::new(&self.input.map, self.log())
    }

    /// What is known: as asked, a day from its beginning in the pack's zone; else what was when observation of the log
    /// ended.
    pub(super) fn as_of(&self, pack: &Pack) -> Timestamp {
        match self.as_of {
            Some(AsOf::Moment(moment)) => moment,
            Some(AsOf::Day(day)) => days(pack).start_of(day).unwrap_or_default(),
            None => self.journeys().observed_until(),
        }
    }
}

/// The days of a pack's zone.
pub(super) fn days(pack: &Pack) -> LocalDays {
    LocalDays::new(&pack.zone).expect("the reader of packs checks zones")
}

/// The local day of a moment.
pub(super) fn day_of(pack: &Pack, moment: Timestamp) -> Date {
    let epoch = Date::new(1970, 1, 1).expect("a date");
    days(pack).date_of(moment).unwrap_or(epoch)
}
