//! What a log shows: everything that the map's text and the guesses speak of.

use std::cmp::Reverse;

use super::DiscoveryFault;
use super::habits::Habits;
use super::patience::{Pauses, rough};
use super::scalar::shown;
use super::slug::Slugs;
use crate::event_log::{EventLog, LogFault};
use crate::map::{JourneyMap, JourneyRules, LogSection, Text};
use crate::time::{Micros, Timestamp};

/// A touchpoint to propose.
#[derive(Debug)]
pub(super) struct Finding<'a> {
    pub(super) id: String,
    pub(super) label: &'a str,
    pub(super) habits: Habits,
    /// The stage's number, from 1.
    pub(super) stage: usize,
    /// Whether most of its journeys end here, and it is rarely followed.
    pub(super) is_likely_end: bool,
    /// Whether complaints are probably received here about other touchpoints.
    pub(super) is_likely_intake: bool,
    /// Whether its name says that customers contact somebody here.
    pub(super) is_likely_contact: bool,
}

/// A channel to propose.
#[derive(Debug)]
pub(super) struct FoundChannel<'a> {
    pub(super) id: String,
    pub(super) label: &'a str,
    pub(super) events: u64,
}

/// What a log shows.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    pub(super) log: &'a EventLog,
    pub(super) section: &'a LogSection,
    /// In the order of the map.
    pub(super) touchpoints: Vec<Finding<'a>>,
    pub(super) stages: usize,
    pub(super) channels: Vec<FoundChannel<'a>>,
    pub(super) pauses: Pauses,
    /// The patience that was asked for.
    pub(super) patience: Option<Micros>,
    /// The latest event, where it is later than patience allows and no mistake.
    pub(super) late_end: Option<Timestamp>,
    /// Labels of touchpoints that are complained about and never visited.
    pub(super) never_visited: usize,
}

impl<'a> Findings<'a> {
    pub(super) fn new(
        log: &'a EventLog,
        section: &'a LogSection,
        patience: Option<Micros>,
    ) -> Result<Self, DiscoveryFault> {
        let labels = in_order(log);
        if labels.is_empty() {
            return Err(DiscoveryFault::NoEvents);
        }
        let touchpoints = touchpoints(log, &labels);
        let pauses = Pauses::of(log);
        let findings = Self {
            log,
            section,
            stages: touchpoints.last().map_or(0, |last| last.stage),
            channels: channels(log),
            pauses,
            patience,
            late_end: late_end(log, patience.or(pauses.patience())),
            never_visited: log.label_names().len() - labels.len(),
            touchpoints,
        };
        let fits = labels.len() <= JourneyMap::MAX_TOUCHPOINTS;
        if fits { Ok(findings) } else { Err(findings.too_many()) }
    }

    pub(super) fn too_many(&self) -> DiscoveryFault {
        DiscoveryFault::TooManyLabels {
            column: self.section.columns.touchpoint.clone(),
            labels: self.touchpoints.len(),
        }
    }

    /// The zone that was taken without being asked for.
    pub(super) fn zone_assumed(&self) -> Option<&'a str> {
        self.log.zone_assumed().filter(|_| self.section.zone.is_none())
    }

    /// Every guess as a sentence.
    pub(super) fn guesses(&self) -> Vec<Text> {
        [
            Some(self.about_touchpoints()),
            self.about_never_visited(),
            self.patience.is_none().then(|| self.about_patience()),
            self.about_late_end(),
            Some(self.about_ends()),
            self.about_marks("intake", |found| found.is_likely_intake),
            self.about_marks("contact", |found| found.is_likely_contact),
            self.about_zone(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn about_touchpoints(&self) -> Text {
        let (touchpoints, stages) = (self.touchpoints.len(), self.stages);
        let column = shown(&self.section.columns.touchpoint);
        Text::both(
            format!(
                "touchpoints: {touchpoints}, the labels of column {column}; stages: {stages}, by mean position in journeys"
            ),
            format!(
                "触点：{touchpoints} 个，取自列 {column} 的取值；阶段：{stages} 个，按在旅程中的平均位置划分"
            ),
        )
    }

    fn about_never_visited(&self) -> Option<Text> {
        let labels = self.never_visited;
        (labels > 0).then(|| {
            Text::both(
                format!("left out: {labels} labels that are complained about and never visited"),
                format!("未纳入：{labels} 个只被投诉、从未到访的取值"),
            )
        })
    }

    fn about_patience(&self) -> Text {
        let gaps = self.pauses.gaps;
        let Some((usual, patience)) = self.pauses.usual.zip(self.pauses.patience()) else {
            return Text::both(
                format!(
                    "patience: none, since {gaps} gaps between events say nothing; so no journey counts as abandoned by silence"
                ),
                format!("等待期限：无，{gaps} 个事件间隔不足以估计；因此沉默不视为流失"),
            );
        };
        let [en, zh] = rough(usual);
        Text::both(
            format!(
                "patience: {patience}; 99 % of the gaps that end do so within {en} (Kaplan-Meier, {gaps} gaps)"
            ),
            format!(
                "等待期限：{patience}；会结束的间隔中 99 % 在 {zh}内结束（Kaplan-Meier，{gaps} 个间隔）"
            ),
        )
    }

    fn about_late_end(&self) -> Option<Text> {
        let end = self.late_end?;
        Some(Text::both(
            format!("observation end: {end}, the latest event, although it comes late"),
            format!("观察截止：{end}，即最晚的事件，尽管它偏晚"),
        ))
    }

    fn about_ends(&self) -> Text {
        let ends = self.named(|found| found.is_likely_end);
        if ends.is_empty() {
            return self.about_last_touchpoints();
        }
        Text::both(
            format!(
                "ends: none named; likely {ends}; drop-off hotspots are withheld until the map names an end"
            ),
            format!("终点：未指定；可能是 {ends}；地图指定终点之前不列出流失热点"),
        )
    }

    /// Where journeys mostly stop, for a person who looks for the ends.
    fn about_last_touchpoints(&self) -> Text {
        const SHOWN: usize = 3;
        let mut last: Vec<&Finding<'_>> = self.touchpoints.iter().collect();
        last.sort_by_key(|found| Reverse(found.habits.ends));
        let of_journeys =
            |found: &&Finding<'_>| format!("{} ({})", shown(&found.id), found.habits.ends);
        let last: Vec<String> = last.iter().take(SHOWN).map(of_journeys).collect();
        let last = last.join(", ");
        Text::both(
            format!(
                "ends: none named and none likely; most journeys stop at {last}; drop-off hotspots are withheld until the map names an end"
            ),
            format!(
                "终点：未指定，也无明显候选；旅程多止于 {last}；地图指定终点之前不列出流失热点"
            ),
        )
    }

    fn about_marks(&self, mark: &str, is_marked: fn(&Finding<'_>) -> bool) -> Option<Text> {
        let ids = self.named(is_marked);
        (!ids.is_empty()).then(|| {
            Text::both(
                format!("not set, but likely `{mark}: true`: {ids}"),
                format!("未设置，但可能应为 `{mark}: true`：{ids}"),
            )
        })
    }

    fn about_zone(&self) -> Option<Text> {
        let zone = self.zone_assumed()?;
        Some(Text::both(
            format!("zone: timestamps carry no offset and were read as {zone}"),
            format!("时区：时间戳不带时差，按 {zone} 读取"),
        ))
    }

    /// The first few ids of those that are so.
    fn named(&self, is_so: fn(&Finding<'_>) -> bool) -> String {
        const SHOWN: usize = 5;
        let mut those = self.touchpoints.iter().filter(|found| is_so(found));
        let ids: Vec<String> = those.by_ref().take(SHOWN).map(|found| shown(&found.id)).collect();
        let more = those.count();
        let ids = ids.join(", ");
        if more == 0 { ids } else { format!("{ids} (+{more})") }
    }
}

/// The latest event, where a map would refuse it for lying more than patience after the others, by little.
///
/// Where patience is short, as in sessions, the last event of a sparse log is easily that late. A date that is wrong lies
/// far off: a tenth of the log's whole length is ours to choose.
fn late_end(log: &EventLog, patience: Option<Micros>) -> Option<Timestamp> {
    let rules = JourneyRules { patience, ..JourneyRules::default() };
    let LogFault::LateRows { usual, .. } = log.observation_end(&rules).err()?.fault else {
        return None;
    };
    let (first, last) = (log.first_time()?, log.last_time()?);
    ((last - usual).0 <= (usual - first).0 / 10).then_some(last)
}

/// The labels that have events, by mean position and name.
fn in_order(log: &EventLog) -> Vec<(&str, Habits)> {
    let names = log.label_names().iter().map(String::as_str);
    let mut labels: Vec<_> =
        names.zip(Habits::of(log)).filter(|(_, habits)| habits.events > 0).collect();
    labels.sort_by(|(name, habits), (other, others)| {
        habits.by_position(others).then(name.cmp(other))
    });
    labels
}

fn touchpoints<'a>(log: &EventLog, labels: &[(&'a str, Habits)]) -> Vec<Finding<'a>> {
    let complaints = labels.iter().map(|(_, habits)| habits.complaints).sum();
    let mut slugs = Slugs::default();
    let mut stages =
        labels.chunk_by(|(_, one), (_, other)| one.fifth() == other.fifth()).enumerate();
    let mut touchpoints = Vec::with_capacity(labels.len());
    for (stage, labels) in stages.by_ref() {
        touchpoints.extend(labels.iter().map(|(label, habits)| Finding {
            id: slugs.give(label),
            label,
            stage: stage + 1,
            is_likely_end: is_likely_end(habits, log.journeys() as u64),
            is_likely_intake: is_likely_intake(label, habits, complaints),
            is_likely_contact: speaks_of(label, &CONTACTS),
            habits: habits.clone(),
        }));
    }
    touchpoints
}

/// Ends at least half of its journeys and one in a hundred of all, and at most one event in four is followed.
///
/// The thresholds are ours: a touchpoint that half of its visitors leave is rare, a finish after which a survey or a
/// letter comes is not.
fn is_likely_end(habits: &Habits, journeys: u64) -> bool {
    habits.ends * 2 >= habits.journeys
        && habits.ends * 100 >= journeys
        && habits.followed * 4 <= habits.events
}

/// Receives at least a fifth of all complaints, mostly complaints; where the log has none, its name decides.
fn is_likely_intake(label: &str, habits: &Habits, complaints: u64) -> bool {
    if complaints == 0 {
        return speaks_of(label, &COMPLAINTS);
    }
    habits.complaints * 5 >= complaints && habits.complaints * 2 >= habits.events
}

const CONTACTS: [&str; 10] =
    ["call", "chat", "hotline", "phone", "contact", "support", "helpdesk", "客服", "电话", "热线"];

const COMPLAINTS: [&str; 4] = ["complain", "grievance", "投诉", "申诉"];

fn speaks_of(label: &str, words: &[&str]) -> bool {
    let label = label.to_lowercase();
    words.iter().any(|word| label.contains(word))
}

fn channels(log: &EventLog) -> Vec<FoundChannel<'_>> {
    let mut events = vec![0; log.channel_names().len()];
    let used =
        log.channels().into_iter().flatten().filter(|channel| **channel != EventLog::NO_CHANNEL);
    used.for_each(|channel| events[usize::from(*channel)] += 1);
    let mut named: Vec<_> = log.channel_names().iter().zip(events).collect();
    named.sort();
    let mut slugs = Slugs::default();
    named
        .into_iter()
        .map(|(label, events)| FoundChannel { id: slugs.give(label), label, events })
        .collect()
}
