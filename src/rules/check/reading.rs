//! Where a log keeps an attribute of what its rows record: each has a few numbers, and a text for each number.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::truth::Value;
use crate::event_log::EventLog;
use crate::map::{AttributeSource, JourneyMap, Recorded, TouchpointId};

/// Where an attribute comes from.
#[derive(Clone, Debug)]
pub(super) enum Reading<'a> {
    Unrecorded,
    Constant(Cow<'a, str>),
    Column {
        column: usize,
        /// Its values in the words of rules.
        values: Option<&'a BTreeMap<String, String>>,
    },
    /// The channels' names by number.
    Channel(Vec<&'a str>),
    Failed {
        failed: &'a str,
        otherwise: &'a str,
    },
}

impl<'a> Reading<'a> {
    /// Where an attribute of what a touchpoint's rows record comes from: what the map says of it, else the log's own.
    pub(super) fn new(
        name: &str,
        recorded: &'a Recorded,
        touchpoint: TouchpointId,
        map: &'a JourneyMap,
        log: &'a EventLog,
    ) -> Self {
        let column = |name: &str| log.attribute_names().iter().position(|column| column == name);
        match (recorded.attributes.get(name), name) {
            (Some(AttributeSource::Constant(values)), _) => Self::Constant(values.join(";").into()),
            (Some(AttributeSource::Column { column: from, values }), _) => match column(from) {
                Some(column) => Self::Column { column, values: Some(values) },
                None => Self::Unrecorded,
            },
            (Some(AttributeSource::Failed { failed, otherwise }), _) => {
                Self::failed(log, failed, otherwise)
            }
            (None, "touchpoint") => Self::Constant(map.touchpoint(touchpoint).id.as_str().into()),
            (None, "channel") if log.channels().is_some() => Self::Channel(channels(map, log)),
            (None, "failed") => Self::failed(log, "yes", "no"),
            (None, name) => column(name)
                .map_or(Self::Unrecorded, |column| Self::Column { column, values: None }),
        }
    }

    fn failed(log: &EventLog, failed: &'a str, otherwise: &'a str) -> Self {
        if log.has_failed_column() { Self::Failed { failed, otherwise } } else { Self::Unrecorded }
    }

    /// How many numbers there are.
    pub(super) fn numbers(&self, log: &EventLog) -> usize {
        match self {
            Self::Unrecorded | Self::Constant(_) => 1,
            Self::Column { column, .. } => log.attribute_values(*column),
            Self::Channel(names) => names.len() + 1,
            Self::Failed { .. } => 2,
        }
    }

    /// An event's number.
    pub(super) fn number(&self, log: &EventLog, event: usize) -> usize {
        match self {
            Self::Unrecorded | Self::Constant(_) => 0,
            Self::Column { column, .. } => log.attribute_number(*column, event) as usize,
            Self::Channel(names) => {
                let channel = log.channels().map_or(EventLog::NO_CHANNEL, |all| all[event]);
                usize::from(channel).min(names.len())
            }
            Self::Failed { .. } => usize::from(log.failed(event)),
        }
    }

    /// What a number stands for.
    pub(super) fn value<'v>(&'v self, log: &'v EventLog, number: usize) -> Value<'v> {
        match self {
            Self::Unrecorded => Value::Unrecorded,
            Self::Constant(text) => Value::of(text),
            Self::Column { column, values } => {
                let text = log.attribute_value(*column, number);
                Value::of(values.and_then(|values| values.get(text)).map_or(text, String::as_str))
            }
            Self::Channel(names) => names.get(number).map_or(Value::Blank, |name| Value::of(name)),
            Self::Failed { failed, otherwise } => {
                Value::of(if number == 1 { failed } else { otherwise })
            }
        }
    }
}

/// The ids of the map's channels, and the log's own names of others.
fn channels<'a>(map: &'a JourneyMap, log: &'a EventLog) -> Vec<&'a str> {
    let name = |name: &'a String| {
        let channel = map.channel_by_log_name(name);
        channel.map_or(name.as_str(), |channel| &map.channels()[channel.index()].id)
    };
    log.channel_names().iter().map(name).collect()
}
