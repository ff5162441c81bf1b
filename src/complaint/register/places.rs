//! Where in a row of a register each thing stands.

use crate::event_log::{LogFault, Table};
use crate::map::{ComplaintsSection, RegisterColumns};

/// The columns of a register by their places in a row.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) id: usize,
    pub(super) received: usize,
    pub(super) customer: Option<usize>,
    pub(super) journey: Option<usize>,
    pub(super) touchpoint: Option<usize>,
    pub(super) channel: Option<usize>,
    pub(super) business: Option<usize>,
    pub(super) reason: Option<usize>,
    pub(super) product: Option<usize>,
    pub(super) branch: Option<usize>,
    pub(super) region: Option<usize>,
    pub(super) owner: Option<usize>,
    pub(super) class: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) answered: Option<usize>,
    pub(super) upheld: Option<usize>,
    pub(super) redress: Option<usize>,
    pub(super) repeat_of: Option<usize>,
    pub(super) merged_into: Option<usize>,
    pub(super) forwarded_by: Option<usize>,
    pub(super) complainants: Option<usize>,
    pub(super) vulnerable: Option<usize>,
    pub(super) timely: Option<usize>,
    /// Columns of moments but that of receipt, each behind the place of its event's type.
    pub(super) moments: Vec<(u16, usize)>,
    pub(super) attributes: Vec<usize>,
}

impl Places {
    /// Finds the columns that a section names; others may be missing, or there twice.
    pub(super) fn new(
        table: &Table<'_>,
        section: &ComplaintsSection,
        moment_types: &[String],
    ) -> Result<Self, LogFault> {
        let columns = &section.columns;
        let place = |name: &Option<String>| name.as_ref().map(|name| table.place(name)).transpose();
        Ok(Self {
            id: table.place(&columns.id)?,
            received: table.place(&columns.received)?,
            customer: place(&columns.customer)?,
            journey: place(&columns.journey)?,
            touchpoint: place(&columns.touchpoint)?,
            channel: place(&columns.channel)?,
            business: place(&columns.business)?,
            reason: place(&columns.reason)?,
            product: place(&columns.product)?,
            branch: place(&columns.branch)?,
            region: place(&columns.region)?,
            owner: place(&columns.owner)?,
            class: place(&columns.class)?,
            status: place(&columns.status)?,
            answered: place(&columns.answered)?,
            upheld: place(&columns.upheld)?,
            redress: place(&columns.redress)?,
            repeat_of: place(&columns.repeat_of)?,
            merged_into: place(&columns.merged_into)?,
            forwarded_by: place(&columns.forwarded_by)?,
            complainants: place(&columns.complainants)?,
            vulnerable: place(&columns.vulnerable)?,
            timely: place(&columns.timely)?,
            moments: moments(table, section, moment_types)?,
            attributes: section
                .attributes
                .values()
                .map(|name| table.place(name))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn moments(
    table: &Table<'_>,
    section: &ComplaintsSection,
    types: &[String],
) -> Result<Vec<(u16, usize)>, LogFault> {
    let number = |event: &str| types.iter().position(|known| known == event).unwrap_or(0) as u16;
    moment_columns(section).map(|(event, name)| Ok((number(event), table.place(name)?))).collect()
}

/// The columns of moments but that of receipt, each behind the type of its event.
fn moment_columns(section: &ComplaintsSection) -> impl Iterator<Item = (&str, &String)> {
    let RegisterColumns { decided, answered, .. } = &section.columns;
    let usual = [(DECIDED, decided), (ANSWERED, answered)];
    let usual = usual.into_iter().filter_map(|(event, name)| Some((event, name.as_ref()?)));
    usual.chain(section.moments.iter().map(|(event, name)| (event.as_str(), name)))
}

pub(super) const RECEIVED: &str = "complaint.received";
pub(super) const DECIDED: &str = "complaint.decided";
pub(super) const ANSWERED: &str = "complaint.response_sent";

/// The types of events whose moments a register records, each once.
pub(super) fn moment_types(section: &ComplaintsSection) -> Vec<String> {
    let mut types = vec![RECEIVED.to_owned()];
    for (event, _) in moment_columns(section) {
        if !types.iter().any(|known| known == event) {
            types.push(event.to_owned());
        }
    }
    types
}

/// The attributes that a register has columns for, by the names that rules use.
pub(super) fn attributes_with_columns(section: &ComplaintsSection) -> Vec<&'static str> {
    let columns = &section.columns;
    let named = [
        ("channel", &columns.channel),
        ("business", &columns.business),
        ("reason", &columns.reason),
        ("product", &columns.product),
        ("branch", &columns.branch),
        ("region", &columns.region),
        ("owner", &columns.owner),
        ("status", &columns.status),
        ("upheld", &columns.upheld),
        ("redress", &columns.redress),
        ("repeat_of", &columns.repeat_of),
        ("merged_into", &columns.merged_into),
        ("complainants", &columns.complainants),
        ("vulnerable", &columns.vulnerable),
        ("timely", &columns.timely),
    ];
    let named = named.into_iter().filter(|(_, column)| column.is_some()).map(|(name, _)| name);
    let is_forwarded = columns.forwarded_by.is_some() || section.forwarded_by.is_some();
    named.chain(is_forwarded.then_some("forwarded_by")).collect()
}
