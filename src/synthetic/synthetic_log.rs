//! The generated log: events in memory, as CSV, with the map that reads it and the truth about it.

use std::io::{self, Write};

use super::register::{self, RegisterRow};
use super::{Event, LabelledEvent, Scenario, Truth, map_text};
use crate::time::{Micros, Timestamp};

/// The columns that every generated log has, before those of its attributes.
pub(super) const COLUMNS: [&str; 10] = [
    "customer_id",
    "journey_id",
    "event_time",
    "event_code",
    "channel",
    "result",
    "complaint_category",
    "complained_about",
    "satisfaction",
    "handling_seconds",
];

/// A generated log and the truth about it.
#[derive(Clone, Debug)]
pub struct SyntheticLog {
    scenario: Scenario,
    events: Vec<Event>,
    register: Vec<RegisterRow>,
    truth: Truth,
}

impl SyntheticLog {
    pub(super) fn new(
        scenario: Scenario,
        events: Vec<Event>,
        register: Vec<RegisterRow>,
        truth: Truth,
    ) -> Self {
        Self { scenario, events, register, truth }
    }

    /// The scenario that it was made of.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The events in numbers, by customer, journey and time.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The complaint register in the order of receipt: the log's complaints with their handling, and rows that are no
    /// complaints; empty for a scenario without one.
    #[must_use]
    pub fn register(&self) -> &[RegisterRow] {
        &self.register
    }

    /// What an analysis should find.
    #[must_use]
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// The events in the labels of the log, in the same order.
    #[must_use]
    pub fn labelled(&self) -> impl ExactSizeIterator<Item = LabelledEvent<'_>> {
        self.events.iter().map(|event| self.label(event))
    }

    /// The attribute columns, in the order of each event's values.
    pub fn attribute_columns(&self) -> impl Iterator<Item = &str> {
        self.scenario.attributes.iter().map(|attribute| attribute.column)
    }

    fn label(&self, event: &Event) -> LabelledEvent<'_> {
        let scenario = &self.scenario;
        let touchpoint = |place: usize| scenario.touchpoints[place].label.as_str();
        let columns = scenario.attributes.iter().zip(event.attributes);
        LabelledEvent {
            customer: customer_id(event.customer),
            journey: journey_id(event.journey),
            time: event.time,
            touchpoint: touchpoint(event.touchpoint),
            channel: event.channel.map(|channel| scenario.channels[usize::from(channel)].label),
            failed: event.failed,
            complaint: event.complaint.map(|category| scenario.categories[usize::from(category)]),
            complained_about: event.about.map(touchpoint),
            satisfaction: event.satisfaction.map(f64::from),
            handling: event.handling,
            attributes: columns
                .map(|(column, value)| column.values[usize::from(value)].0)
                .collect(),
        }
    }

    /// Writes the log as CSV: local times without offset, in the columns that [`map_yaml`](Self::map_yaml) names.
    ///
    /// # Errors
    ///
    /// What the writer returns.
    pub fn write_csv(&self, out: impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(COLUMNS.into_iter().chain(self.attribute_columns()))?;
        for event in self.labelled() {
            let local = local(event.time, self.scenario.zone_ahead);
            let satisfaction =
                event.satisfaction.map_or_else(String::new, |answer| answer.to_string());
            let handling =
                event.handling.map_or_else(String::new, |time| time.as_seconds().to_string());
            let fields = [
                event.customer.as_str(),
                &event.journey,
                &local,
                event.touchpoint,
                event.channel.unwrap_or_default(),
                if event.failed { "FAIL" } else { "OK" },
                event.complaint.unwrap_or_default(),
                event.complained_about.unwrap_or_default(),
                &satisfaction,
                &handling,
            ];
            csv.write_record(fields.into_iter().chain(event.attributes.iter().copied()))?;
        }
        csv.flush()
    }

    /// Writes the register as CSV: times as in the log, what was not done when the log ends is blank; the header alone for
    /// a scenario without a register.
    ///
    /// # Errors
    ///
    /// What the writer returns.
    pub fn write_register_csv(&self, out: impl Write) -> io::Result<()> {
        register::write(&self.scenario, &self.register, out)
    }

    /// The designed map, commented, with the section that reads this log.
    #[must_use]
    pub fn map_yaml(&self) -> String {
        map_text::of(&self.scenario)
    }

    /// The truth as JSON.
    ///
    /// # Panics
    ///
    /// Never: the truth holds nothing that JSON cannot say.
    #[must_use]
    pub fn truth_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.truth).expect("the truth is plain JSON");
        text.push('\n');
        text
    }
}

/// `C0000001`: by number.
pub(super) fn customer_id(number: u64) -> String {
    format!("C{:07}", number + 1)
}

/// `J0000001`: by number.
pub(super) fn journey_id(number: u64) -> String {
    format!("J{:07}", number + 1)
}

/// The clock of a zone that is always so far ahead of UTC: `2026-03-02 09:15:33`.
pub(super) fn local(time: Timestamp, ahead: Micros) -> String {
    (time + ahead).to_string().replace('T', " ").replace('Z', "")
}
