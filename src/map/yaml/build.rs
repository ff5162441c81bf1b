//! The map as it is written in, the checked map out.

use hashbrown::HashMap;

use super::format::Form;
use super::raw::{
    Protective, RawChannel, RawMap, RawPrices, RawRules, RawScale, RawStage, RawTargets,
    RawTouchpoint,
};
use super::raw_log::{
    RawColumns, RawComplaint, RawDuplicates, RawHandling, RawLog, RawTime, Wanted,
};
use crate::map::{
    Channel, ChannelId, ColumnNames, Complaint, Failed, HandlingUnit, JourneyMap, JourneyRules,
    LogSection, Prices, Scale, Scales, Stage, StageId, Support, Targets, Text, TimeFormat,
    Touchpoint, TouchpointId,
};
use crate::yaml::{Name, OneOrMany, Zone};

/// A map whose shape and sense were checked.
pub(super) fn map(raw: RawMap) -> JourneyMap {
    let stage_ids = places(raw.stages.iter().map(RawStage::id));
    let channel_ids = places(raw.channels.iter().map(RawChannel::id));
    let touchpoint_ids = places(raw.touchpoints.iter().map(|touchpoint| touchpoint.id.as_str()));
    let zone = raw.log.as_ref().and_then(|log| log.timestamp.zone.clone());
    let title = Text::named(raw.title, &raw.id);
    let stages = raw.stages.into_iter().map(stage).collect();
    let mut map = JourneyMap::from_parts(raw.id, title, stages)
        .with_rules(rules(raw.rules, zone.as_ref()))
        .with_scales(Scales { satisfaction: raw.scales.satisfaction.as_ref().map(scale) })
        .with_prices(raw.prices.map(prices))
        .with_log(raw.log.map(|raw| log(raw, zone.as_ref())))
        .with_complaints(raw.complaints.map(|raw| raw.section(zone.as_ref())))
        .with_denominators(raw.denominators.map(Into::into).unwrap_or_default());
    for raw in raw.channels {
        map.add_channel(channel(raw, &channel_ids));
    }
    for raw in raw.touchpoints {
        map.add_touchpoint(touchpoint(raw, &stage_ids, &touchpoint_ids, zone.as_ref()));
    }
    map
}

/// Each id's place in its list.
type Places = HashMap<String, u32>;

fn places<'a>(ids: impl Iterator<Item = &'a str>) -> Places {
    ids.map(str::to_owned).zip(0..).collect()
}

/// The place of an id that was checked to be in the list.
fn place(places: &Places, id: &str) -> u32 {
    *places.get(id).expect("references were checked")
}

fn log_names(log: Option<OneOrMany>, id: &str) -> Vec<String> {
    log.map_or_else(|| vec![id.to_owned()], OneOrMany::into_list)
}

impl RawStage {
    fn id(&self) -> &str {
        match self {
            Self::Id(id) | Self::Full { id, .. } => id,
        }
    }
}

impl RawChannel {
    fn id(&self) -> &str {
        match self {
            Self::Id(id) | Self::Full { id, .. } => id,
        }
    }
}

fn stage(raw: RawStage) -> Stage {
    match raw {
        RawStage::Id(id) => Stage { name: Text::plain(&id), id },
        RawStage::Full { id, name: given } => Stage { name: Text::named(given, &id), id },
    }
}

fn channel(raw: RawChannel, ids: &Places) -> Channel {
    let (id, given, log, switch_to) = match raw {
        RawChannel::Id(id) => (id, None, None, Vec::new()),
        RawChannel::Full { id, name, log, switch_to } => (id, name, log, switch_to),
    };
    Channel {
        name: Text::named(given, &id),
        log_names: log_names(log, &id),
        switch_to: switch_to.iter().map(|id| ChannelId(place(ids, id))).collect(),
        id,
    }
}

fn touchpoint(
    raw: RawTouchpoint,
    stages: &Places,
    touchpoints: &Places,
    zone: Option<&Zone>,
) -> Touchpoint {
    Touchpoint {
        name: Text::named(raw.name, &raw.id),
        stage: StageId(place(stages, &raw.stage)),
        log_names: log_names(raw.log, &raw.id),
        id: raw.id,
        kind: raw.kind,
        owner: raw.owner,
        rights: raw.rights,
        actor: raw.actor,
        contact: raw.contact,
        intake: raw.intake,
        targets: targets(&raw.targets),
        protective: raw.protective.and_then(reason),
        end: raw.end,
        next: raw.next.iter().map(|id| TouchpointId(place(touchpoints, id))).collect(),
        begins: raw.begins,
        records: raw.records.into_iter().map(|raw| raw.recorded(zone)).collect(),
    }
}

fn targets(raw: &RawTargets) -> Targets {
    Targets {
        time: raw.time.map(|span| span.0),
        drop_off: raw.drop_off,
        complaints: raw.complaints,
        failure: raw.failure,
    }
}

fn reason(protective: Protective) -> Option<Text> {
    match protective {
        Protective::No(_) => None,
        Protective::Reason(reason) => Some(Text::plain(reason)),
        Protective::Languages { en, zh } => Some(Name::Languages { en, zh }.into()),
    }
}

fn rules(raw: RawRules, zone: Option<&Zone>) -> JourneyRules {
    let usual = JourneyRules::default();
    JourneyRules {
        patience: raw.patience.map(|span| span.0),
        session_gap: raw.session_gap.map(|span| span.0),
        look_back: raw.look_back.map_or(usual.look_back, |span| span.0),
        repeat_window: raw.repeat_window.map_or(usual.repeat_window, |span| span.0),
        observation_end: raw.observation_end.and_then(|moment| moment.in_zone(zone)),
        hotspot_margin: raw.hotspot_margin.unwrap_or(usual.hotspot_margin),
        false_discovery_rate: raw.false_discovery_rate.unwrap_or(usual.false_discovery_rate),
        least_support: Support {
            customers: raw.least_support.customers.unwrap_or(usual.least_support.customers),
            events: raw.least_support.events.unwrap_or(usual.least_support.events),
        },
    }
}

fn scale(raw: &RawScale) -> Scale {
    Scale { worst: raw.worst, best: raw.best }
}

fn prices(raw: RawPrices) -> Prices {
    Prices {
        currency: raw.currency,
        per_second: raw.per_second,
        per_complaint: raw.per_complaint,
        per_lost_completion: raw.per_lost_completion,
    }
}

fn log(raw: RawLog, zone: Option<&Zone>) -> LogSection {
    LogSection {
        since: raw.since.and_then(|since| since.in_zone(zone)),
        zone: raw.timestamp.zone.as_ref().map(|zone| zone.0.clone()),
        clock_changes: raw.timestamp.clock_changes,
        any_year: raw.timestamp.any_year,
        means: raw.timestamp.means,
        formats: formats(raw.timestamp.formats),
        filter: raw.filter.into_iter().map(|(column, wanted)| (column, values(wanted))).collect(),
        encoding: raw.encoding.map(|characters| characters.0),
        header: raw.header,
        comment: raw.comment.map(|comment| comment.0),
        delimiter: raw.delimiter.map_or(b',', |delimiter| delimiter.0),
        unknown: raw.unknown_touchpoints,
        drop_duplicates: raw.duplicates == RawDuplicates::Drop,
        ..LogSection::new(columns(raw.columns))
    }
}

pub(super) fn formats(forms: Option<OneOrMany<Form>>) -> Vec<TimeFormat> {
    forms.map_or_else(
        || vec![TimeFormat::Iso8601],
        |forms| forms.into_list().into_iter().map(|form| form.0).collect(),
    )
}

pub(super) fn values(wanted: Wanted) -> Vec<String> {
    match wanted {
        Wanted::One(value) => vec![value],
        Wanted::Many(values) => values,
    }
}

fn columns(raw: RawColumns) -> ColumnNames {
    let (handling, handling_unit) = handling(raw.handling);
    let (time, time_of_day) = match raw.time {
        RawTime::Whole(time) => (time, None),
        RawTime::DateAndTime([date, time]) => (date, Some(time)),
    };
    ColumnNames {
        customer: raw.customer,
        journey: raw.journey.into_list(),
        time,
        time_of_day,
        touchpoint: raw.touchpoint,
        channel: raw.channel,
        failed: raw.failed.map(|failed| Failed { column: failed.column, values: failed.values }),
        complaint: raw.complaint.map(complaint),
        complained_about: raw.complained_about,
        satisfaction: raw.satisfaction,
        handling,
        handling_unit,
        attributes: raw.attributes,
    }
}

fn handling(raw: Option<RawHandling>) -> (Option<String>, HandlingUnit) {
    match raw {
        None => (None, HandlingUnit::Seconds),
        Some(RawHandling::Column(column)) => (Some(column), HandlingUnit::Seconds),
        Some(RawHandling::Full { column, unit }) => (Some(column), unit),
    }
}

fn complaint(raw: RawComplaint) -> Complaint {
    match raw.values {
        Some(values) if !raw.category => Complaint::Flag { column: raw.column, values },
        _ => Complaint::Category { column: raw.column },
    }
}
