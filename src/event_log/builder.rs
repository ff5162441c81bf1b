//! Events in memory, pushed in any order.

use crate::time::{Micros, Timestamp};

/// One event as it is pushed; what a log does not have stays `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewEvent<'a> {
    /// Customer id; where absent the journey is the customer.
    pub customer: Option<&'a str>,
    /// Journey id.
    pub journey: &'a str,
    /// When.
    pub time: Timestamp,
    /// The touchpoint's label in the log.
    pub touchpoint: &'a str,
    /// The channel's label in the log.
    pub channel: Option<&'a str>,
    /// Whether it failed.
    pub failed: bool,
    /// Whether a complaint was received here, and its category (empty where none is known).
    pub complaint: Option<&'a str>,
    /// The label of the touchpoint complained about.
    pub complained_about: Option<&'a str>,
    /// Satisfaction on the map's scale.
    pub satisfaction: Option<f64>,
    /// Handling time.
    pub handling: Option<Micros>,
    /// One value for each attribute column, in their order.
    pub attributes: &'a [&'a str],
}

/// Collects events in any order; [`finish`](Self::finish) sorts them into journeys.
#[derive(Debug, Default)]
pub struct EventLogBuilder {}
