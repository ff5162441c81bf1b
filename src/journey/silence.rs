//! Channels that fall silent while the rest of the log goes on: a feed that was cut looks like customers who left.

use std::collections::BTreeMap;

use serde::Serialize;

use super::journeys::Journeys;
use crate::event_log::EventLog;
use crate::time::{Micros, Timestamp};

/// Fewer events than this say nothing of how often a channel speaks.
const LEAST_EVENTS: u64 = 30;
/// A silence this many times the channel's mean gap is no chance.
const TIMES_MEAN_GAP: i64 = 10;

/// A channel whose events end much earlier than the log's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SilentChannel {
    /// Its name in the log.
    pub channel: String,
    /// Its latest event.
    pub last: Timestamp,
    /// Its events.
    pub events: u64,
}

/// From when to when each channel was heard, by its name in the log; sums of parts add up to that of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Channels {
    spans: BTreeMap<String, Span>,
    patience: Micros,
    /// When the log ended.
    end: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: Timestamp,
    last: Timestamp,
    events: u64,
}

impl Channels {
    pub(super) fn new(journeys: &Journeys<'_>) -> Self {
        let log = journeys.log();
        let names = log.channel_names().iter().cloned();
        Self {
            spans: names.zip(spans(log)).filter_map(|(name, span)| Some((name, span?))).collect(),
            patience: journeys.map().rules().patience.unwrap_or_default(),
            end: log.last_time().unwrap_or_default().min(journeys.observed_until()),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (name, span) in &other.spans {
            let sum = self.spans.entry(name.clone()).or_insert(Span { events: 0, ..*span });
            sum.first = sum.first.min(span.first);
            sum.last = sum.last.max(span.last);
            sum.events += span.events;
        }
        self.patience = self.patience.max(other.patience);
        self.end = self.end.max(other.end);
    }

    /// Those that were silent for longer than patience, and for ten times their mean gap, when the log ended; without
    /// patience the second alone decides. In the order of their names.
    pub(super) fn silent(&self) -> Vec<SilentChannel> {
        let silent =
            self.spans.iter().filter(|(_, span)| is_silent(**span, self.end, self.patience));
        silent
            .map(|(name, span)| SilentChannel {
                channel: name.clone(),
                last: span.last,
                events: span.events,
            })
            .collect()
    }
}

fn spans(log: &EventLog) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = vec![None; log.channel_names().len()];
    for (channel, &time) in log.channels().unwrap_or_default().iter().zip(log.times()) {
        let Some(span) = spans.get_mut(usize::from(*channel)) else { continue };
        let span = span.get_or_insert(Span { first: time, last: time, events: 0 });
        span.first = span.first.min(time);
        span.last = span.last.max(time);
        span.events += 1;
    }
    spans
}

fn is_silent(span: Span, end: Timestamp, patience: Micros) -> bool {
    if span.events < LEAST_EVENTS {
        return false;
    }
    let mean_gap = (span.last - span.first).0 / (span.events - 1).cast_signed();
    let silence = end - span.last;
    silence > patience && silence.0 > mean_gap.saturating_mul(TIMES_MEAN_GAP)
}
