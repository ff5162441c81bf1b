//! A part of a log, sorted, as it stands in a file.

use super::batch::{read_columns, write_columns};
use super::file::{Reader, SpillFile};
use crate::event_log::account::Account;
use crate::event_log::first_rows::FirstRows;
use crate::event_log::latest::Latest;
use crate::event_log::names::Names;
use crate::event_log::{EventLog, LogFault, ReadCounts};
use std::sync::Arc;

/// A part of a log on disk.
#[derive(Debug)]
pub(in crate::event_log) struct PartFile {
    file: SpillFile,
    counts: ReadCounts,
}

impl PartFile {
    /// Writes a part.
    pub(super) fn write(log: &EventLog, mut file: SpillFile) -> Result<Self, LogFault> {
        file.append(|to| {
            for names in [&log.journey_ids, &log.customer_ids] {
                to.number(names.len())?;
                to.number(names.size())?;
                to.names(names, 0..names.len() as u32)?;
            }
            to.values(&log.journey_starts)?;
            to.values(&log.customer_starts)?;
            to.values(log.first_rows.lines())?;
            write_columns(&log.columns, to)
        })?;
        Ok(Self { file, counts: log.account.counts })
    }

    /// Reads the part; what all parts have in common comes from the outline of the log.
    pub(in crate::event_log) fn read(&self, outline: &EventLog) -> Result<EventLog, LogFault> {
        let mut from = Reader::new(&self.file)?;
        let (journey_ids, customer_ids) = (read_names(&mut from)?, read_names(&mut from)?);
        Ok(EventLog {
            journey_ids,
            customer_ids,
            journey_starts: from.values()?,
            customer_starts: from.values()?,
            first_rows: FirstRows::of(from.values()?),
            columns: read_columns(&mut from)?,
            has_customers: outline.has_customers,
            several_customers: 0,
            vocabulary: Arc::clone(&outline.vocabulary),
            means: outline.means,
            bounds: outline.bounds,
            latest: Latest::default(),
            account: Account {
                counts: self.counts,
                file_starts: Arc::clone(&outline.account.file_starts),
                ..Account::default()
            },
            whole: outline.whole.clone(),
        })
    }
}

fn read_names(from: &mut Reader<'_>) -> Result<Names, LogFault> {
    let mut names = Names::with_capacity(from.number()?, from.number()?);
    from.names(|name| names.push(name))?;
    Ok(names)
}
