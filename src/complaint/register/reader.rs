//! The CSV reader of registers: bytes in, [`Complaints`] with their account out.

use std::hash::BuildHasher;
use std::io::Read;
use std::path::Path;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::places::{Places, attributes_with_columns, moment_types};
use super::row::{Accepted, RowFault, RowReader};
use super::{Complaints, RegisterError, RegisterFault};
use crate::event_log::{RejectReason, Table, TableRow, open};
use crate::map::{ComplaintsSection, JourneyMap};
use crate::position::quoted;
use crate::time::TimeParser;

/// Reads complaint registers from CSV, plain or packed, in any of a few encodings.
///
/// Every row is accepted, or rejected with its place and the reason; none is lost. Columns that the section does not
/// name, such as what customers wrote, are not kept.
///
/// ```
/// use touchpoint::complaint::RegisterReader;
/// use touchpoint::map::ComplaintsSection;
///
/// let csv = "no,received,text\n1,2026-03-05T14:30:00Z,too slow\n2,yesterday,\n";
/// let complaints = RegisterReader::new(&ComplaintsSection::new("no", "received")).read(csv.as_bytes())?;
/// assert_eq!((complaints.list().len(), complaints.counts().rejected), (1, 1));
/// assert_eq!(complaints.list()[0].received.to_string(), "2026-03-05T14:30:00Z");
/// # Ok::<(), touchpoint::complaint::RegisterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RegisterReader {
    section: ComplaintsSection,
}

impl RegisterReader {
    /// A reader of registers such as the section describes.
    #[must_use]
    pub fn new(section: &ComplaintsSection) -> Self {
        Self { section: section.clone() }
    }

    /// A reader of the register of a map.
    ///
    /// # Errors
    ///
    /// The map has no `complaints` section.
    pub fn for_map(map: &JourneyMap) -> Result<Self, RegisterError> {
        Ok(Self::new(map.complaints().ok_or(RegisterFault::NoComplaintsSection)?))
    }

    /// The zone of moments without an offset, in place of the section's.
    #[must_use]
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.section.zone = Some(zone.into());
        self
    }

    /// Reads a register from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or [`read`](Self::read) fails on what it holds.
    pub fn read_path(&self, path: impl AsRef<Path>) -> Result<Complaints, RegisterError> {
        let path = path.as_ref();
        let in_file = |fault| RegisterError { file: Some(path.display().to_string()), fault };
        let file = open(path).map_err(|fault| in_file(fault.into()))?;
        self.read(file).map_err(|error| in_file(error.fault))
    }

    /// Reads a register.
    ///
    /// # Errors
    ///
    /// The input as a whole is no such register.
    pub fn read(&self, input: impl Read) -> Result<Complaints, RegisterError> {
        Ok(self.read_table(input)?)
    }

    fn read_table(&self, input: impl Read) -> Result<Complaints, RegisterFault> {
        check(&self.section)?;
        let times = self.times()?;
        let table = Table::new(input, self.section.delimiter, self.section.encoding)?;
        let types = moment_types(&self.section);
        let places = Places::new(&table, &self.section, &types)?;
        let (columns, encoding) = (table.columns(), table.encoding());
        let mut register = Register {
            rows: RowReader::new(&self.section, places, columns, encoding, times),
            complaints: self.no_complaints(types),
            ids: Ids::default(),
        };
        table.for_each_row(|row| register.take(row))?;
        Ok(register.finish(self.section.zone.as_ref()))
    }

    fn times(&self) -> Result<TimeParser, RegisterFault> {
        let ComplaintsSection { formats, zone, clock_changes, .. } = &self.section;
        let times = TimeParser::new(formats, zone.as_deref()).map_err(RegisterFault::Time)?;
        Ok(times.clock_changes(*clock_changes))
    }

    fn no_complaints(&self, moment_types: Vec<String>) -> Complaints {
        Complaints {
            moment_types,
            attribute_names: self.section.attributes.keys().cloned().collect(),
            columns: attributes_with_columns(&self.section),
            since: self.section.since,
            source: self.section.source,
            ..Complaints::default()
        }
    }
}

fn check(section: &ComplaintsSection) -> Result<(), RegisterFault> {
    match section.delimiter {
        b'"' | b'\n' | b'\r' | 0 => {
            Err(RegisterFault::Section("has a delimiter that delimits nothing"))
        }
        0x80.. => Err(RegisterFault::Section("has a delimiter that is no ASCII character")),
        _ if section.moments.len() > usize::from(u16::MAX) - 3 => {
            Err(RegisterFault::Section("has too many columns of moments"))
        }
        _ => Ok(()),
    }
}

/// A register on its way.
struct Register {
    rows: RowReader,
    complaints: Complaints,
    ids: Ids,
}

impl Register {
    fn take(&mut self, row: &TableRow<'_>) -> Result<(), RegisterFault> {
        self.complaints.counts.rows += 1;
        match self.rows.read(row).and_then(|accepted| self.unique(accepted)) {
            Ok(accepted) => self.accept(accepted),
            Err(fault) if fault.lacks_zone => return Err(no_zone(&fault, row)),
            Err(fault) => {
                self.complaints.counts.rejected += 1;
                self.complaints.ledger.add(fault.reject(row));
            }
        }
        Ok(())
    }

    /// The same complaint, if no earlier one has its id.
    fn unique(&mut self, accepted: Accepted) -> Result<Accepted, RowFault> {
        let list = &self.complaints.list;
        let id = &accepted.complaint.id;
        let Some(earlier) = self.ids.find_or_add(id, list.len(), |place| &list[place].id) else {
            return Ok(accepted);
        };
        let line = list[earlier].line;
        let message = format!("{} is the id of the complaint on line {line} already", quoted(id));
        Err(RowFault::new(self.rows.id_place(), RejectReason::DuplicateId, message))
    }

    fn accept(&mut self, accepted: Accepted) {
        let counts = &mut self.complaints.counts;
        counts.accepted += 1;
        *counts.by_class.entry(accepted.complaint.class).or_default() += 1;
        counts.received_at_midnight += u64::from(accepted.received_at_midnight);
        counts.answered_before_received += u64::from(accepted.answered_before_received);
        counts.neither_yes_nor_no += accepted.neither_yes_nor_no;
        self.complaints.list.push(accepted.complaint);
    }

    fn finish(mut self, zone: Option<&String>) -> Complaints {
        self.complaints.zone_assumed = zone.filter(|_| self.rows.zone_used()).cloned();
        self.complaints
    }
}

fn no_zone(fault: &RowFault, row: &TableRow<'_>) -> RegisterFault {
    let place = fault.place.unwrap_or(0);
    RegisterFault::NoZone {
        position: row.position(fault.place),
        column: row.heading(place).to_owned(),
        found: String::from_utf8_lossy(row.field(place)).into_owned(),
    }
}

/// The ids of rows so far, as places in the list.
#[derive(Default)]
struct Ids {
    places: HashTable<usize>,
    hasher: RandomState,
}

impl Ids {
    /// The place of an id; one that is not there gets a place.
    fn find_or_add<'l>(
        &mut self,
        id: &str,
        place: usize,
        id_at: impl Fn(usize) -> &'l String,
    ) -> Option<usize> {
        let hash = self.hasher.hash_one(id);
        let found = self.places.find(hash, |&known| id_at(known) == id).copied();
        if found.is_none() {
            let rehash = |&known: &usize| self.hasher.hash_one(id_at(known).as_str());
            self.places.insert_unique(hash, place, rehash);
        }
        found
    }
}
