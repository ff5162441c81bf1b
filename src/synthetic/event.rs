//! One generated event, in numbers and in the labels of the log.

use crate::event_log::NewEvent;
use crate::time::{Micros, Timestamp};

/// The most attribute columns that a scenario may have.
pub(super) const ATTRIBUTES: usize = 3;

/// One generated event; places are positions in the scenario's own lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The customer's number, from 0.
    pub customer: u64,
    /// The journey's number, from 0.
    pub journey: u64,
    /// When; whole seconds.
    pub time: Timestamp,
    /// The touchpoint's place.
    pub touchpoint: usize,
    /// The channel's place.
    pub channel: Option<u8>,
    /// Whether it failed.
    pub failed: bool,
    /// The complaint's category, where one was received here.
    pub complaint: Option<u8>,
    /// The touchpoint complained about, where the complaint names it.
    pub about: Option<usize>,
    /// Satisfaction, 1 to 5, where the customer was asked.
    pub satisfaction: Option<u8>,
    /// Handling time, where the touchpoint records it; whole seconds.
    pub handling: Option<Micros>,
    /// The place of each attribute's value.
    pub attributes: [u8; ATTRIBUTES],
}

/// One generated event as the log writes it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LabelledEvent<'a> {
    /// The customer's id.
    pub customer: String,
    /// The journey's id.
    pub journey: String,
    /// When.
    pub time: Timestamp,
    /// The touchpoint's label.
    pub touchpoint: &'a str,
    /// The channel's label.
    pub channel: Option<&'a str>,
    /// Whether it failed.
    pub failed: bool,
    /// The complaint's category.
    pub complaint: Option<&'a str>,
    /// The label of the touchpoint complained about.
    pub complained_about: Option<&'a str>,
    /// Satisfaction, 1 to 5.
    pub satisfaction: Option<f64>,
    /// Handling time.
    pub handling: Option<Micros>,
    /// One value for each attribute column.
    pub attributes: Vec<&'a str>,
}

impl LabelledEvent<'_> {
    /// As the event that a log's builder takes.
    #[must_use]
    pub fn as_new(&self) -> NewEvent<'_> {
        NewEvent {
            customer: Some(&self.customer),
            journey: &self.journey,
            time: self.time,
            touchpoint: self.touchpoint,
            channel: self.channel,
            failed: self.failed,
            complaint: self.complaint,
            complained_about: self.complained_about,
            satisfaction: self.satisfaction,
            handling: self.handling,
            attributes: &self.attributes,
        }
    }
}
