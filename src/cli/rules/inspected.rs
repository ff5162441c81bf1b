//! What `touchpoint analyze --pack` finds under rules.

use touchpoint::journey::Journeys;
use touchpoint::report::{Audience, CustomersBehind, InspectionAnswers, VerdictTables};
use touchpoint::rules::{Calendars, Checker, Inspection, Pack};

use super::arguments::Packs;
use super::case::refuse_a_proposed_map;
use crate::cli::failure::Failure;
use crate::cli::input::MapAndLog;

/// A pack, and what log and register hold under it.
pub(in crate::cli) struct Inspected {
    pack: Pack,
    found: Inspection,
    /// Counted for the public alone.
    customers: Option<CustomersBehind>,
}

impl Inspected {
    pub(in crate::cli) fn answers(&self) -> InspectionAnswers<'_> {
        let answers = InspectionAnswers::new(&self.pack, &self.found);
        match &self.customers {
            Some(customers) => answers.public(customers),
            None => answers,
        }
    }
}

impl Packs {
    /// Whether any pack is named.
    pub(in crate::cli) fn are_named(&self) -> bool {
        !self.packs.is_empty()
    }

    /// What is found under the packs that are named, as of the end of observation; none where none is named.
    pub(in crate::cli) fn inspected(
        &self,
        read: &MapAndLog,
        audience: Audience,
    ) -> Result<Vec<Inspected>, Failure> {
        if !self.are_named() {
            return Ok(Vec::new());
        }
        refuse_a_proposed_map(read)?;
        let calendars = self.calendars()?;
        let packs = self.read()?.into_iter();
        Ok(packs.map(|pack| inspect(pack, read, &calendars, audience)).collect())
    }
}

fn inspect(pack: Pack, read: &MapAndLog, calendars: &Calendars, audience: Audience) -> Inspected {
    let (log, complaints) = (read.log.outline(), read.complaints.as_ref());
    let journeys = Journeys::new(&read.map, log);
    let checker = Checker::new(&pack, &read.map, calendars, journeys.observed_until());
    let found = checker.inspect(&journeys, complaints);
    let customers = (audience == Audience::Public).then(|| {
        let verdicts = checker.verdicts(&journeys, complaints, |_| true);
        VerdictTables::new(&pack, &read.map, log, complaints).customers(&verdicts)
    });
    Inspected { pack, found, customers }
}
