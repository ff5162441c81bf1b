//! The touchpoints, channels and attributes that a scenario is designed of.

use crate::map::{Actor, End};

/// What happens at one visit, on average; the probabilities exclude each other, save failure and switch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rates {
    /// The customer is never heard of again.
    pub(super) silent: f64,
    /// The customer withdraws: the next event is the lost end.
    pub(super) withdraw: f64,
    /// The customer complains of it.
    pub(super) complaint: f64,
    /// The customer asks for help before going on.
    pub(super) ask: f64,
    /// The visit fails.
    pub(super) failure: f64,
    /// A failed visit is tried again at once.
    pub(super) retry: f64,
    /// The customer arrives by another channel than the one used so far.
    pub(super) switch: f64,
    /// Mean seconds of the visit itself.
    pub(super) seconds: f64,
    /// Mean seconds that the customer then takes until the next step.
    pub(super) pause: f64,
    /// The customer is asked how satisfied they are.
    pub(super) asked: f64,
}

/// By which channel a visit comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Way {
    /// The customer's own.
    #[default]
    Own,
    /// Always this one.
    Only(u8),
    /// The log names none.
    Unnamed,
}

/// One designed touchpoint.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of the map of its own")]
pub(super) struct Design {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) en: String,
    pub(super) zh: String,
    pub(super) stage: usize,
    pub(super) kind: &'static str,
    pub(super) owner: &'static str,
    pub(super) rights: &'static [&'static str],
    /// The map's `targets`, as YAML.
    pub(super) targets: &'static str,
    /// Why its time protects the customer, in English and in Chinese.
    pub(super) protective: Option<[&'static str; 2]>,
    pub(super) actor: Actor,
    pub(super) contact: bool,
    pub(super) intake: bool,
    pub(super) end: Option<End>,
    pub(super) way: Way,
    /// Whether the log holds handling seconds.
    pub(super) timed: bool,
    /// The category of most complaints about it.
    pub(super) category: u8,
    pub(super) rates: Rates,
    /// The backstage step that the system takes just before it.
    pub(super) herald: Option<usize>,
    /// Whether journeys that are seen from their beginning begin here.
    pub(super) begins: bool,
    /// The events that its rows record, each as YAML.
    pub(super) records: &'static [&'static str],
    /// Where customers go on to, by weight.
    pub(super) onward: Vec<(usize, f64)>,
    /// A remark for the map.
    pub(super) note: &'static str,
}

/// One channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChannelDesign {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
    /// Share of the customers who begin here.
    pub(super) share: f64,
    /// Channels to which the design expects a switch.
    pub(super) switch_to: &'static [&'static str],
}

impl Design {
    /// Whether the customer does not meet it.
    pub(super) fn is_backstage(&self) -> bool {
        self.actor != Actor::Customer
    }
}

/// One attribute column: its values by weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    pub(super) column: &'static str,
    pub(super) values: &'static [(&'static str, f64)],
    /// Whether each journey has its own value, and not the customer.
    pub(super) of_journey: bool,
}

/// A stage: id and its names.
#[derive(Clone, Copy, Debug)]
pub(super) struct StageDesign {
    pub(super) id: &'static str,
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}
