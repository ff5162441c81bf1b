//! The complaints of a register.

use std::borrow::Cow;
use std::sync::Arc;

use super::RegisterCounts;
use crate::event_log::Ledger;
use crate::map::{ComplaintClass, ComplaintsSection, JourneyMap, RegisterSource};
use crate::time::Timestamp;

/// A row of a register. A text is `None` where its field is blank or its column is not there; texts that many rows share
/// are held once.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is named by what its column holds")]
pub struct Complaint {
    pub id: String,
    /// The line of its first field in the file, from 1.
    pub line: u64,
    pub customer: Option<Arc<str>>,
    pub journey: Option<Arc<str>>,
    pub received: Timestamp,
    pub class: ComplaintClass,
    /// As the register names it.
    pub touchpoint: Option<Arc<str>>,
    pub channel: Option<Arc<str>>,
    pub business: Option<Arc<str>>,
    pub reason: Option<Arc<str>>,
    pub product: Option<Arc<str>>,
    pub branch: Option<Arc<str>>,
    pub region: Option<Arc<str>>,
    pub owner: Option<Arc<str>>,
    pub status: Option<Arc<str>>,
    pub upheld: Option<Arc<str>>,
    pub forwarded_by: Option<Arc<str>>,
    pub repeat_of: Option<Arc<str>>,
    pub merged_into: Option<Arc<str>>,
    /// Money paid or refunded, in the currency of the register.
    pub redress: Option<f64>,
    /// How many people complain together, at least 1.
    pub complainants: u32,
    pub vulnerable: Option<bool>,
    /// The publisher's word on whether it was answered in time.
    pub timely: Option<bool>,
    /// Moments by the place of their event's type in [`Complaints::moment_types`], in order of time, then of place;
    /// `complaint.received` is among them.
    pub moments: Vec<(u16, Timestamp)>,
    /// Values of the further columns, in the order of [`Complaints::attribute_names`].
    pub attributes: Vec<Option<Arc<str>>>,
}

impl Complaint {
    /// An attribute that every register may have.
    fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let text = match name {
            "class" => {
                let class = self.class;
                return (class != ComplaintClass::Unknown).then(|| class.key().into());
            }
            "complainants" => return Some(self.complainants.to_string().into()),
            "redress" => return self.redress.map(|amount| amount.to_string().into()),
            "vulnerable" => return self.vulnerable.map(|is| yes_or_no(is).into()),
            "timely" => return self.timely.map(|is| yes_or_no(is).into()),
            "channel" => &self.channel,
            "business" => &self.business,
            "reason" => &self.reason,
            "product" => &self.product,
            "branch" => &self.branch,
            "region" => &self.region,
            "owner" => &self.owner,
            "status" => &self.status,
            "upheld" => &self.upheld,
            "forwarded_by" => &self.forwarded_by,
            "repeat_of" => &self.repeat_of,
            "merged_into" => &self.merged_into,
            _ => return None,
        };
        text.as_deref().map(Cow::Borrowed)
    }
}

const fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// A register that was read: its rows in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Complaints {
    pub(super) list: Vec<Complaint>,
    pub(super) moment_types: Vec<String>,
    pub(super) attribute_names: Vec<String>,
    /// The columns that the register has, by the names of `RegisterColumns`.
    pub(super) columns: Vec<&'static str>,
    pub(super) since: Option<Timestamp>,
    pub(super) source: RegisterSource,
    pub(super) counts: RegisterCounts,
    pub(super) ledger: Ledger,
    pub(super) zone_assumed: Option<String>,
}

impl Complaints {
    /// The rows in the order of the file, whatever their class.
    #[must_use]
    pub fn list(&self) -> &[Complaint] {
        &self.list
    }

    /// The types of events whose moments it records: `complaint.received` first, then `complaint.decided` and
    /// `complaint.response_sent` where it has their columns, then those of the map's `moments`.
    #[must_use]
    pub fn moment_types(&self) -> &[String] {
        &self.moment_types
    }

    /// The names of the further columns, as rules know them.
    #[must_use]
    pub fn attribute_names(&self) -> &[String] {
        &self.attribute_names
    }

    /// From when it is complete: as the map says, else its first complaint.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.since.or_else(|| self.list.iter().map(|complaint| complaint.received).min())
    }

    /// A map for a register without an event log: its touchpoints are those that complaints name, in the order of their
    /// letters.
    ///
    /// ```
    /// use touchpoint::complaint::{Preset, RegisterReader};
    ///
    /// let csv = "Date received,Product,Sub-product,Issue,Sub-issue,Company,State,Tags,Submitted via,Date sent to company,\
    ///            Company response to consumer,Timely response?,Complaint ID\n\
    ///            03/22/23,Loan,Payday loan,Getting the loan,None,Lender,GA,None,Web,03/22/23,In progress,Yes,6731964\n";
    /// let section = Preset::Cfpb.section();
    /// let complaints = RegisterReader::new(&section).read(csv.as_bytes())?;
    /// let map = complaints.map(&section);
    /// assert_eq!(map.touchpoints()[0].id, "Getting the loan");
    /// # Ok::<(), touchpoint::complaint::RegisterError>(())
    /// ```
    #[must_use]
    pub fn map(&self, section: &ComplaintsSection) -> JourneyMap {
        let complaints = self.list.iter().filter(|complaint| complaint.class.is_complaint());
        let named = complaints.filter_map(|complaint| complaint.touchpoint.as_deref());
        JourneyMap::of_labels("complaints", named).with_complaints(Some(section.clone()))
    }

    /// Through whose hands the complaints came.
    #[must_use]
    pub fn source(&self) -> RegisterSource {
        self.source
    }

    /// How many rows went where.
    #[must_use]
    pub fn counts(&self) -> &RegisterCounts {
        &self.counts
    }

    /// The rows that were set aside, without their text.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The zone that was taken for moments without an offset; `None` where every moment had one.
    #[must_use]
    pub fn zone_assumed(&self) -> Option<&str> {
        self.zone_assumed.as_deref()
    }

    /// What it says of a complaint's attribute, by the name that [rules use](Self::has_attribute); yes and no are
    /// texts. `None` where the field is blank, there is no such attribute, or the map does not explain the class.
    #[must_use]
    pub fn attribute_of<'c>(&self, complaint: &'c Complaint, name: &str) -> Option<Cow<'c, str>> {
        let further = self.attribute_names.iter().position(|attribute| attribute == name);
        match further {
            Some(place) => complaint.attributes.get(place)?.as_deref().map(Cow::Borrowed),
            None => complaint.attribute(name),
        }
    }

    /// Whether it has a column for an attribute, by the name that rules use: a further column, or `class`, `channel`,
    /// `business`, `reason`, `product`, `branch`, `region`, `owner`, `status`, `upheld`, `forwarded_by`, `repeat_of`,
    /// `merged_into`, `complainants`, `vulnerable`, `redress`, `timely`. The class is always known.
    #[must_use]
    pub fn has_attribute(&self, name: &str) -> bool {
        name == "class"
            || self.columns.contains(&name)
            || self.attribute_names.iter().any(|attribute| attribute == name)
    }
}
