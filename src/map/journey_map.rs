//! A checked journey map.

use hashbrown::HashMap;
use serde::Serialize;

use super::{
    ChannelId, ComplaintsSection, Denominators, JourneyRules, LogSection, Prices, Scales, StageId,
    Text, Touchpoint, TouchpointId,
};

/// A stage; stages are ordered as the map lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stage {
    /// Unique id.
    pub id: String,
    /// Name, for reports.
    pub name: Text,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Channel {
    /// Unique id.
    pub id: String,
    /// Name, for reports.
    pub name: Text,
    /// Values by which the log knows it; the id alone where none was given.
    pub log_names: Vec<String>,
    /// Channels to which a customer may switch from here without friction.
    pub switch_to: Vec<ChannelId>,
}

/// The designed journey, checked: every reference in it resolves.
#[derive(Clone, Debug, Serialize)]
pub struct JourneyMap {
    id: String,
    title: Text,
    stages: Vec<Stage>,
    channels: Vec<Channel>,
    touchpoints: Vec<Touchpoint>,
    rules: JourneyRules,
    scales: Scales,
    prices: Option<Prices>,
    log: Option<LogSection>,
    complaints: Option<ComplaintsSection>,
    denominators: Denominators,
    #[serde(skip)]
    by_log_name: HashMap<String, TouchpointId>,
    #[serde(skip)]
    channel_by_log_name: HashMap<String, ChannelId>,
}

impl JourneyMap {
    /// The most touchpoints that a map can have.
    pub const MAX_TOUCHPOINTS: usize = 65_535;

    /// A map of checked parts.
    pub(super) fn from_parts(id: String, title: Text, stages: Vec<Stage>) -> Self {
        Self {
            id,
            title,
            stages,
            channels: Vec::new(),
            touchpoints: Vec::new(),
            rules: JourneyRules::default(),
            scales: Scales::default(),
            prices: None,
            log: None,
            complaints: None,
            denominators: Denominators::default(),
            by_log_name: HashMap::new(),
            channel_by_log_name: HashMap::new(),
        }
    }

    pub(super) fn with_scales(mut self, scales: Scales) -> Self {
        self.scales = scales;
        self
    }

    pub(super) fn with_prices(mut self, prices: Option<Prices>) -> Self {
        self.prices = prices;
        self
    }

    pub(super) fn with_log(mut self, log: Option<LogSection>) -> Self {
        self.log = log;
        self
    }

    /// The same map with another way to read the complaint register.
    #[must_use]
    pub fn with_complaints(mut self, complaints: Option<ComplaintsSection>) -> Self {
        self.complaints = complaints;
        self
    }

    pub(super) fn with_denominators(mut self, denominators: Denominators) -> Self {
        self.denominators = denominators;
        self
    }

    pub(super) fn add_stage(&mut self, stage: Stage) -> StageId {
        self.stages.push(stage);
        StageId(place(self.stages.len()))
    }

    pub(super) fn add_channel(&mut self, channel: Channel) {
        let id = ChannelId(place(self.channels.len() + 1));
        self.channel_by_log_name.extend(channel.log_names.iter().map(|name| (name.clone(), id)));
        self.channels.push(channel);
    }

    pub(super) fn add_touchpoint(&mut self, touchpoint: Touchpoint) {
        let id = TouchpointId(place(self.touchpoints.len() + 1));
        self.by_log_name.extend(touchpoint.log_names.iter().map(|name| (name.clone(), id)));
        self.touchpoints.push(touchpoint);
    }

    /// The map's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title, for reports.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// The stages in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The channels.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The touchpoints in the order of the map.
    #[must_use]
    pub fn touchpoints(&self) -> &[Touchpoint] {
        &self.touchpoints
    }

    /// One touchpoint.
    #[must_use]
    pub fn touchpoint(&self, id: TouchpointId) -> &Touchpoint {
        &self.touchpoints[id.index()]
    }

    /// Touchpoints by kind, in order of first mention; those without a kind are one group, `None`.
    pub(crate) fn by_kind(
        &self,
        among: impl IntoIterator<Item = TouchpointId>,
    ) -> Vec<(Option<&str>, Vec<TouchpointId>)> {
        let mut places = HashMap::new();
        let mut kinds: Vec<(Option<&str>, Vec<TouchpointId>)> = Vec::new();
        for id in among {
            let kind = self.touchpoint(id).kind.as_deref();
            let place = *places.entry(kind).or_insert(kinds.len());
            if place == kinds.len() {
                kinds.push((kind, Vec::new()));
            }
            kinds[place].1.push(id);
        }
        kinds
    }

    /// The stage of a touchpoint.
    #[must_use]
    pub fn stage_of(&self, id: TouchpointId) -> StageId {
        self.touchpoint(id).stage
    }

    /// Spans and thresholds.
    #[must_use]
    pub fn rules(&self) -> &JourneyRules {
        &self.rules
    }

    /// The same map under other rules.
    #[must_use]
    pub fn with_rules(mut self, rules: JourneyRules) -> Self {
        self.rules = rules;
        self
    }

    /// The scales on which the log measures.
    #[must_use]
    pub fn scales(&self) -> &Scales {
        &self.scales
    }

    /// What things cost, if the map says so.
    #[must_use]
    pub fn prices(&self) -> Option<&Prices> {
        self.prices.as_ref()
    }

    /// How to read the event log, if the map says so.
    #[must_use]
    pub fn log(&self) -> Option<&LogSection> {
        self.log.as_ref()
    }

    /// How to read the complaint register, if the map says so.
    #[must_use]
    pub fn complaints(&self) -> Option<&ComplaintsSection> {
        self.complaints.as_ref()
    }

    /// What complaints are counted against.
    #[must_use]
    pub fn denominators(&self) -> &Denominators {
        &self.denominators
    }

    /// The touchpoint that the log knows by this label.
    #[must_use]
    pub fn by_log_name(&self, label: &str) -> Option<TouchpointId> {
        self.by_log_name.get(label).copied()
    }

    /// The channel that the log knows by this value.
    #[must_use]
    pub fn channel_by_log_name(&self, value: &str) -> Option<ChannelId> {
        self.channel_by_log_name.get(value).copied()
    }
}

/// The place of the last of so many: a map is a text of at most a mebibyte, or has at most 65,536 stages.
fn place(length: usize) -> u32 {
    u32::try_from(length - 1).expect("a map's lists are short")
}
