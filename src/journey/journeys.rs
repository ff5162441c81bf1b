//! A log read with a map: the walks of every customer.

use std::ops::Range;

use super::filed::{Filed, FiledComplaint};
use super::walk::{About, ComplaintSource, CustomerWalks, Received, Visit};
use crate::event_log::{CustomerNo, EventLog, JourneyNo, Label};
use crate::map::{ChannelId, End, JourneyMap, TouchpointId};
use crate::time::Timestamp;

/// What a label of the log is on the map.
#[derive(Clone, Copy, Debug)]
struct Place {
    touchpoint: TouchpointId,
    end: Option<End>,
    /// Whether it is a node of the scored graph.
    is_node: bool,
}

/// The journeys of a log as the map sees them; walks are made customer by customer, when they are asked for.
#[derive(Debug)]
pub struct Journeys<'a> {
    map: &'a JourneyMap,
    log: &'a EventLog,
    places: Vec<Option<Place>>,
    channels: Vec<Option<ChannelId>>,
    observed_until: Timestamp,
    filed: Option<&'a Filed>,
}

impl<'a> Journeys<'a> {
    /// Reads the log with the map.
    ///
    /// Observation ends when the map says, else with the latest event; later events are left out and counted in
    /// the [summary](super::JourneySummary). Backstage touchpoints are no visits, unless they end a journey.
    #[must_use]
    pub fn new(map: &'a JourneyMap, log: &'a EventLog) -> Self {
        let place = |label: &String| {
            let touchpoint = map.by_log_name(label)?;
            let designed = map.touchpoint(touchpoint);
            let is_node = !designed.is_backstage() || designed.end.is_some();
            Some(Place { touchpoint, end: designed.end, is_node })
        };
        Self {
            map,
            log,
            places: log.label_names().iter().map(place).collect(),
            channels: log
                .channel_names()
                .iter()
                .map(|name| map.channel_by_log_name(name))
                .collect(),
            observed_until: map.rules().observation_end.or(log.last_time()).unwrap_or_default(),
            filed: None,
        }
    }

    /// The same journeys with the complaints of a register, which take the place of those that the log has. Complaints
    /// received after observation ended are left out, as events are.
    #[must_use]
    pub fn with_filed(self, filed: &'a Filed) -> Self {
        Self { filed: Some(filed), ..self }
    }

    /// The complaints of a register, if they were given.
    #[must_use]
    pub fn filed(&self) -> Option<&'a Filed> {
        self.filed
    }

    /// Whether anything says who complained: a register, or else the log.
    #[must_use]
    pub fn has_complaints(&self) -> bool {
        self.filed.is_some() || self.log.has_complaint_column()
    }

    /// Complaints of the log that were received while it was observed, and that a register took the place of.
    #[must_use]
    pub fn complaints_left_out(&self) -> u64 {
        if self.filed.is_none() || !self.log.has_complaint_column() {
            return 0;
        }
        let observed = self.log.times().iter().map(|&time| time <= self.observed_until);
        let is_complaint = |(event, is_observed): (usize, bool)| {
            is_observed && self.log.complaint(event).is_some()
        };
        observed.enumerate().filter(|&found| is_complaint(found)).count() as u64
    }

    /// The map.
    #[must_use]
    pub fn map(&self) -> &'a JourneyMap {
        self.map
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> &'a EventLog {
        self.log
    }

    /// When observation ended.
    #[must_use]
    pub fn observed_until(&self) -> Timestamp {
        self.observed_until
    }

    /// The touchpoint that a label of the log means; `None` where the map does not have it.
    #[must_use]
    pub fn touchpoint_of(&self, label: Label) -> Option<TouchpointId> {
        Some(self.places[label.0 as usize]?.touchpoint)
    }

    /// The channel of an event, as a number that the log gives it; `None` where the log has none.
    #[must_use]
    pub fn channel(&self, event: usize) -> Option<u16> {
        let channel = self.log.channels()?[event];
        (channel != EventLog::NO_CHANNEL).then_some(channel)
    }

    /// Whether the map lets a customer go from one channel to the other without friction.
    #[must_use]
    pub fn allows_switch(&self, from: u16, to: u16) -> bool {
        let on_map = |channel: u16| self.channels[usize::from(channel)];
        match (on_map(from), on_map(to)) {
            (Some(from), Some(to)) => self.map.channels()[from.index()].switch_to.contains(&to),
            _ => false,
        }
    }

    /// Fills the buffer with the walks of one customer.
    pub fn walks_of(&self, customer: CustomerNo, walks: &mut CustomerWalks) {
        walks.clear();
        for journey in self.log.journeys_of(customer) {
            let journey = JourneyNo(journey);
            let begin = walks.visits().len();
            let events = self.observed_events(journey);
            walks.extend_visits(self.visits_at(events.clone()));
            if self.filed.is_none() && self.log.has_complaint_column() {
                self.push_received(begin, events, walks);
            }
            walks.close_journey(journey, begin, self.map.rules(), self.observed_until);
        }
        if let Some(filed) = self.filed {
            self.push_filed(filed.of(customer), walks);
        }
        walks.close_customer();
    }

    /// Sums over all customers. `step` adds one customer's walks to a sum, `merge` adds one sum to another; both
    /// must be indifferent to order, for parts are summed by as many threads as there are.
    pub fn sum_walks<S: Send>(
        &self,
        new: impl Fn() -> S + Sync,
        step: impl Fn(&mut S, &CustomerWalks) + Sync,
        merge: impl Fn(&mut S, S) + Sync,
    ) -> S {
        let sum_range = |customers: Range<u32>| {
            let (mut sum, mut walks) = (new(), CustomerWalks::default());
            for customer in customers {
                self.walks_of(CustomerNo(customer), &mut walks);
                step(&mut sum, &walks);
            }
            sum
        };
        sum_ranges(self.log.customers() as u32, sum_range, merge)
    }

    /// A journey's events up to the end of observation.
    fn observed_events(&self, journey: JourneyNo) -> Range<usize> {
        let events = self.log.events_of(journey);
        let times = &self.log.times()[events.clone()];
        if times.last().is_some_and(|&last| last > self.observed_until) {
            let observed = times.partition_point(|&time| time <= self.observed_until);
            return events.start..events.start + observed;
        }
        events
    }

    /// The events that are visits.
    fn visits_at(&self, events: Range<usize>) -> impl Iterator<Item = Visit> {
        let (times, labels) =
            (&self.log.times()[events.clone()], &self.log.labels()[events.clone()]);
        events.zip(times).zip(labels).filter_map(|((event, &time), &label)| {
            let Place { touchpoint, end, .. } = self.node(label)?;
            Some(Visit { touchpoint, time, event, end })
        })
    }

    fn node(&self, label: Label) -> Option<Place> {
        self.places[label.index()].filter(|place| place.is_node)
    }

    /// Complaints, wherever they were received, also where the map knows no touchpoint.
    fn push_received(&self, begin: usize, events: Range<usize>, walks: &mut CustomerWalks) {
        let mut visit = begin;
        for event in events {
            let is_visit = self.node(self.log.labels()[event]).is_some();
            if self.log.complaint(event).is_some() {
                walks.push_received(Received {
                    source: ComplaintSource::Event(event),
                    time: self.log.times()[event],
                    about: self.about(event),
                    visit: is_visit.then_some(visit),
                    after: 0,
                });
            }
            visit += usize::from(is_visit);
        }
    }

    /// What the complaint received at an event is about.
    fn about(&self, event: usize) -> About {
        match self.log.complained_about(event) {
            None => About::Unsaid,
            Some(label) => self.touchpoint_of(label).map_or(About::OffTheMap, About::Touchpoint),
        }
    }

    /// The complaints of one customer, in order of time.
    fn push_filed(&self, complaints: &[FiledComplaint], walks: &mut CustomerWalks) {
        let observed =
            complaints.partition_point(|complaint| complaint.time <= self.observed_until);
        for &FiledComplaint { time, place, about, .. } in &complaints[..observed] {
            let source = ComplaintSource::Register(place);
            walks.push_received(Received { source, time, about, visit: None, after: 0 });
        }
    }

    /// Whether the map has a touchpoint for every label of the log.
    pub(super) fn has_every_label(&self) -> bool {
        self.places.iter().all(Option::is_some)
    }
}

#[cfg(feature = "parallel")]
fn sum_ranges<S: Send>(
    customers: u32,
    sum_range: impl Fn(Range<u32>) -> S + Sync,
    merge: impl Fn(&mut S, S) + Sync,
) -> S {
    use rayon::prelude::*;

    // a few ranges a thread even out customers of unequal length, without many sums to merge
    let parts = (rayon::current_num_threads() as u32 * 2).max(1);
    let size = customers.div_ceil(parts).max(1);
    (0..customers.div_ceil(size))
        .into_par_iter()
        .map(|part| sum_range(part * size..((part + 1) * size).min(customers)))
        .reduce_with(|mut sum, part| {
            merge(&mut sum, part);
            sum
        })
        .unwrap_or_else(|| sum_range(0..0))
}

#[cfg(not(feature = "parallel"))]
fn sum_ranges<S>(
    customers: u32,
    sum_range: impl Fn(Range<u32>) -> S,
    _merge: impl Fn(&mut S, S),
) -> S {
    sum_range(0..customers)
}
