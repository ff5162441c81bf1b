//! Everything that a report speaks of.

use crate::event_log::EventLog;
use crate::graph::TouchpointGraph;
use crate::journey::{JourneySummary, Journeys};
use crate::map::{JourneyMap, Language, Text, Touchpoint, TouchpointId};
use crate::score::{Score, Scorecard};

use super::Provenance;
use super::audience::Behind;
#[cfg(feature = "html")]
use super::html::{Course, Topics};
use super::rules::InspectionAnswers;
use super::view::View;

/// Everything that a report speaks of.
#[derive(Clone, Debug)]
pub struct Analysis<'a> {
    pub(super) map: &'a JourneyMap,
    pub(super) journeys: &'a Journeys<'a>,
    pub(super) summary: &'a JourneySummary,
    pub(super) graph: &'a TouchpointGraph,
    pub(super) scorecard: &'a Scorecard,
    pub(super) guesses: &'a [Text],
    pub(super) views: &'a [View],
    pub(super) inspections: &'a [InspectionAnswers<'a>],
    pub(super) behind: Option<&'a Behind>,
    #[cfg(feature = "html")]
    pub(super) course: Option<&'a Course>,
    #[cfg(feature = "html")]
    pub(super) topics: Option<&'a Topics>,
    pub(super) provenance: Option<&'a Provenance>,
    pub(super) source: String,
}

/// Whether nothing is known of the waiting at a touchpoint: it is asked about time, and has no benchmark.
pub(super) fn lacks_benchmark(score: &Score) -> bool {
    score.details.iter().any(|detail| detail.key == "benchmark" && detail.value.is_none())
}

impl<'a> Analysis<'a> {
    /// The walks of a log, added up and scored; all four must come from the same map and log.
    #[must_use]
    pub fn new(
        journeys: &'a Journeys<'a>,
        summary: &'a JourneySummary,
        graph: &'a TouchpointGraph,
        scorecard: &'a Scorecard,
    ) -> Self {
        let (map, source) = (journeys.map(), String::new());
        Self {
            map,
            journeys,
            summary,
            graph,
            scorecard,
            guesses: &[],
            views: &[],
            inspections: &[],
            behind: None,
            #[cfg(feature = "html")]
            course: None,
            #[cfg(feature = "html")]
            topics: None,
            provenance: None,
            source,
        }
    }

    /// What was guessed on the way, for example a patience found by Kaplan and Meier; printed in this order.
    #[must_use]
    pub fn guesses(mut self, guesses: &'a [Text]) -> Self {
        self.guesses = guesses;
        self
    }

    /// Views that were asked for by name, to be shown after the families in this order.
    #[must_use]
    pub fn views(mut self, views: &'a [View]) -> Self {
        self.views = views;
        self
    }

    /// What was found when log and register were held against rule packs, one entry a pack; findings name what is late,
    /// without a record or recorded against a rule before any hotspot.
    #[must_use]
    pub fn inspections(mut self, inspections: &'a [InspectionAnswers<'a>]) -> Self {
        self.inspections = inspections;
        self
    }

    /// How many customers stand behind the counts; without it, next to nothing can be shown to the public.
    #[must_use]
    pub fn behind(mut self, behind: &'a Behind) -> Self {
        self.behind = Some(behind);
        self
    }

    /// How journeys set out, of all parts of a log that is held in parts; else the page counts it.
    #[cfg(feature = "html")]
    #[must_use]
    pub fn course(mut self, course: &'a Course) -> Self {
        self.course = Some(course);
        self
    }

    /// What the complaints of a register are about; else the page counts those of the log.
    #[cfg(feature = "html")]
    #[must_use]
    pub fn topics(mut self, topics: &'a Topics) -> Self {
        self.topics = Some(topics);
        self
    }

    /// What it was made from, and how: for whoever wants to know, or to make it again.
    #[must_use]
    pub fn provenance(mut self, provenance: &'a Provenance) -> Self {
        self.provenance = Some(provenance);
        self
    }

    /// The name of the input, as readers know it: a file name, not a path on a machine.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// A touchpoint's name in a language.
    pub(super) fn name(&self, touchpoint: TouchpointId, language: Language) -> &'a str {
        self.map.touchpoint(touchpoint).name.in_language(language)
    }

    /// The touchpoints of the map, in its order.
    pub(super) fn touchpoints(&self) -> impl Iterator<Item = (TouchpointId, &'a Touchpoint)> {
        (0..).map(TouchpointId).zip(self.map.touchpoints())
    }

    pub(super) fn log(&self) -> &'a EventLog {
        self.journeys.log()
    }
}
