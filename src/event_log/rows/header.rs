//! The header row: headings in, the places of the columns that are needed out.

use crate::event_log::LogFault;
use crate::map::{ColumnNames, LogSection};
use crate::yaml::nearest;

/// The headings of a log.
#[derive(Debug)]
pub(in crate::event_log) struct Header {
    headings: Vec<String>,
}

/// Where in a row each thing stands.
#[derive(Debug)]
pub(in crate::event_log) struct Places {
    pub(super) customer: Option<usize>,
    pub(super) journey: Vec<usize>,
    pub(super) time: usize,
    pub(super) time_of_day: Option<usize>,
    pub(super) touchpoint: usize,
    pub(super) channel: Option<usize>,
    pub(super) failed: Option<usize>,
    pub(super) complaint: Option<usize>,
    pub(super) complained_about: Option<usize>,
    pub(super) satisfaction: Option<usize>,
    pub(super) handling: Option<usize>,
    pub(super) attributes: Vec<usize>,
    pub(super) filter: Vec<usize>,
}

impl Header {
    pub(in crate::event_log) fn new(headings: Vec<String>) -> Self {
        Self { headings }
    }

    pub(in crate::event_log) fn headings(&self) -> &[String] {
        &self.headings
    }

    pub(in crate::event_log) fn len(&self) -> usize {
        self.headings.len()
    }

    pub(in crate::event_log) fn heading(&self, place: usize) -> &str {
        &self.headings[place]
    }

    /// Finds the columns that a section names; others may be missing, or there twice.
    pub(in crate::event_log) fn places(&self, section: &LogSection) -> Result<Places, LogFault> {
        let ColumnNames { customer, journey, channel, failed, complaint, .. } = &section.columns;
        let names = &section.columns;
        Ok(Places {
            customer: self.place_if(customer.as_deref())?,
            journey: self.all(journey.iter())?,
            time: self.place(&names.time)?,
            time_of_day: self.place_if(names.time_of_day.as_deref())?,
            touchpoint: self.place(&names.touchpoint)?,
            channel: self.place_if(channel.as_deref())?,
            failed: self.place_if(failed.as_ref().map(|failed| failed.column.as_str()))?,
            complaint: self
                .place_if(complaint.as_ref().map(|complaint| complaint.column().as_str()))?,
            complained_about: self.place_if(names.complained_about.as_deref())?,
            satisfaction: self.place_if(names.satisfaction.as_deref())?,
            handling: self.place_if(names.handling.as_deref())?,
            attributes: self.all(names.attributes.iter())?,
            filter: self.all(section.filter.iter().map(|(column, _)| column))?,
        })
    }

    fn all<'s>(&self, names: impl Iterator<Item = &'s String>) -> Result<Vec<usize>, LogFault> {
        names.map(|name| self.place(name)).collect()
    }

    fn place_if(&self, name: Option<&str>) -> Result<Option<usize>, LogFault> {
        name.map(|name| self.place(name)).transpose()
    }

    pub(super) fn place(&self, name: &str) -> Result<usize, LogFault> {
        let mut found = (0..self.len()).filter(|&place| self.headings[place] == name);
        let first = found.next().ok_or_else(|| self.missing(name))?;
        match found.next() {
            None => Ok(first),
            Some(second) => {
                let (first, second) = (first + 1, second + 1);
                Err(LogFault::ColumnTwice { column: name.to_owned(), first, second })
            }
        }
    }

    fn missing(&self, name: &str) -> LogFault {
        if let Some(delimiter) = self.other_delimiter() {
            return LogFault::Delimiter { heading: self.headings[0].clone(), delimiter };
        }
        LogFault::MissingColumn {
            column: name.to_owned(),
            nearest: nearest(name, self.headings.iter().map(String::as_str)).map(str::to_owned),
            columns: self.headings.clone(),
        }
    }

    /// What delimits a header that was taken for one column.
    fn other_delimiter(&self) -> Option<u8> {
        let [only] = &self.headings[..] else { return None };
        b";\t|,".iter().copied().find(|delimiter| only.as_bytes().contains(delimiter))
    }
}
