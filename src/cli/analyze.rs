//! `touchpoint analyze`.

use std::path::Path;

use touchpoint::event_log::ReadCounts;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::metric::{Evidence, Metric, built_in};
use touchpoint::report::{
    self, Analysis, Audience, Behind, Course, Format, InspectionAnswers, Page, Topics, View,
};

use super::Outcome;
use super::also::Found;
use super::arguments::{Also, Analyze, Further, Talk};
use super::complaint_views::{self, Detail};
use super::failure::Failure;
use super::input::{MapAndLog, Watch, note_guesses};
use super::lock::{Lock, Settings};
use super::outputs::Outputs;
use super::register_alone;
use super::rules::Inspected;
use super::terminal::{note, print};
use super::values::Share;
use super::walks::Walks;

/// Reports, and says whether too many rows were rejected.
pub(super) fn run(
    arguments: &Analyze,
    settings: &Settings,
    talk: Talk,
) -> Result<Outcome, Failure> {
    let input = &arguments.input;
    if let (Some(register), [], None) = (&input.register.complaints, &*input.log, &input.folder) {
        return register_alone::run(arguments, register, talk);
    }
    let (files, audience) = (arguments.input.files()?, arguments.page.audience);
    if audience == Audience::Public {
        refuse_what_is_never_public(&arguments.further, files.has_map())?;
    }
    let mut outputs = match &arguments.out {
        Some(folder) => Some(Outputs::begin(folder, &files.inputs(), audience)?),
        None => None,
    };
    let ledger = outputs.as_mut().and_then(Outputs::ledger);
    let watch = Watch::begin(talk, arguments.input.machine)?.with_ledger(ledger);
    let whole = arguments.further.rules.are_named();
    let watch = Watch { whole, digests: arguments.out.is_some(), ..watch };
    let read = arguments.input.read(&files, watch)?;
    let lock = match &arguments.out {
        Some(folder) => Some(Lock::new(&read, &files, &beside(arguments), settings, folder)?),
        None => None,
    };
    let text = with_analysis(&read, &arguments.further, audience, |analysis| {
        if let (Some(outputs), Some(lock)) = (outputs, lock) {
            let provenance = lock.provenance();
            let analysis = &analysis.clone().provenance(&provenance);
            let (picture, proposed) = (&arguments.picture, read.proposed.as_deref());
            let files =
                outputs.write(analysis, &arguments.page, picture, proposed, &lock.text()?)?;
            note(&format!("wrote {}", files.join(", ")), talk.quiet);
        }
        Ok(in_format(analysis, arguments, &arguments.page.page()))
    })??;
    note_what_the_format_leaves_out(arguments, &read, talk.quiet);
    print(&text)?;
    Ok(outcome(arguments.max_rejects, *read.log.outline().counts()))
}

/// The files that options beside map, log and register name, each with its option.
fn beside(arguments: &Analyze) -> Vec<(&'static str, &Path)> {
    let fonts = arguments.picture.font.iter().map(|font| ("font", font.as_path()));
    arguments.further.rules.files().chain(fonts).collect()
}

/// Adds the walks up, scores them, and does something with the analysis.
pub(super) fn with_analysis<R>(
    read: &MapAndLog,
    further: &Further,
    audience: Audience,
    then: impl FnOnce(&Analysis<'_>) -> R,
) -> Result<R, Failure> {
    let map = &read.map;
    let walks = &Walks::new(map, &read.log.parts, read.complaints.as_ref())?;
    let (graph, summary) = added_up(walks)?;
    let metrics = built_in(map, &graph);
    let evidence = evidence(walks, &metrics)?;
    let journeys = walks.outline();
    let scorecard = further.scorer(map).score(&graph, &journeys, &metrics, &evidence);
    let found = Found {
        walks,
        graph: &graph,
        scorecard: &scorecard,
        metrics: &metrics,
        evidence: &evidence,
    };
    let mut views = further.views(&found)?;
    let register = register(read, walks, &summary, &journeys, further)?;
    let topics = register.map(|(further, topics)| {
        views.extend(further);
        topics
    });
    let behind = match audience {
        Audience::Public => Some(behind(walks)?.figures(&metrics, &evidence)),
        _ => None,
    };
    drop(evidence);
    let inspected = further.rules.inspected(read, audience)?;
    let answers: Vec<InspectionAnswers<'_>> = inspected.iter().map(Inspected::answers).collect();
    let course = course(walks)?;
    let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard).views(&views);
    let analysis = analysis.inspections(&answers).guesses(&read.guesses).source(&read.source);
    let analysis = match &course {
        Some(course) => analysis.course(course),
        None => analysis,
    };
    let analysis = match &topics {
        Some(topics) => analysis.topics(topics),
        None => analysis,
    };
    Ok(then(&match &behind {
        Some(behind) => analysis.behind(behind),
        None => analysis,
    }))
}

/// What a register adds up to, and what it is about, where there is one.
fn register(
    read: &MapAndLog,
    walks: &Walks<'_>,
    summary: &JourneySummary,
    journeys: &Journeys<'_>,
    further: &Further,
) -> Result<Option<(Vec<View>, Topics)>, Failure> {
    let Some(complaints) = &read.complaints else { return Ok(None) };
    let told = complaint_views::found(walks, complaints)?;
    let as_of = journeys.observed_until();
    let detail = if further.wants(Also::Complaints) { Detail::All } else { Detail::First };
    let visits = Some(summary.visits);
    let views = complaint_views::views(&read.map, complaints, &told, visits, as_of, detail);
    Ok(Some((views, complaint_views::topics(&read.map, complaints, &told))))
}

/// How journeys set out, of all parts; a log that is held whole is counted where that is asked for.
fn course(walks: &Walks<'_>) -> Result<Option<Course>, Failure> {
    if walks.parts.whole().is_some() {
        return Ok(None);
    }
    let mut sum = Course::default();
    walks.each(|journeys| sum.merge(Course::from_journeys(journeys)))?;
    Ok(Some(sum))
}

/// How many customers stand behind the counts of all parts.
fn behind(walks: &Walks<'_>) -> Result<Behind, Failure> {
    let mut sum: Option<Behind> = None;
    walks.each(|journeys| {
        let behind = Behind::from_journeys(journeys);
        match &mut sum {
            Some(sum) => sum.merge(&behind),
            None => sum = Some(behind),
        }
    })?;
    Ok(sum.expect("a log has at least one part"))
}

/// A proposed map names touchpoints as the log does, whatever stands there; and nobody counts the customers behind the
/// figures of a view.
pub(super) fn refuse_what_is_never_public(further: &Further, has_map: bool) -> Result<(), Failure> {
    if !has_map {
        return Err(Failure::new(
            "--audience public: needs a map, for a proposed one repeats names from the log",
        ));
    }
    if !further.also.is_empty() || further.segments.is_some() {
        return Err(Failure::new(
            "--audience public: --also and --segments do not say how many customers stand behind their figures",
        ));
    }
    Ok(())
}

/// What the walks of all parts add up to.
fn added_up(walks: &Walks<'_>) -> Result<(TouchpointGraph, JourneySummary), Failure> {
    let mut sums: Option<(TouchpointGraph, JourneySummary)> = None;
    walks.each(|journeys| {
        let graph = TouchpointGraph::from_journeys(walks.map, journeys);
        let summary = JourneySummary::from_journeys(journeys);
        match &mut sums {
            Some((graphs, summaries)) => {
                graphs.merge(&graph);
                summaries.merge(&summary);
            }
            None => sums = Some((graph, summary)),
        }
    })?;
    Ok(sums.expect("a log has at least one part"))
}

/// What the metrics find in all parts.
pub(super) fn evidence(
    walks: &Walks<'_>,
    metrics: &[Box<dyn Metric>],
) -> Result<Evidence, Failure> {
    let mut evidence = Evidence::new(walks.map, metrics, walks.parts.outline().all_customers());
    walks.each(|journeys| evidence.add(journeys, metrics))?;
    Ok(evidence)
}

fn in_format(analysis: &Analysis<'_>, arguments: &Analyze, page: &Page) -> String {
    match arguments.format {
        Format::Svg => arguments.picture.svg(analysis, page),
        Format::Markdown => report::markdown(analysis, page),
        Format::Csv => report::csv(analysis, page),
        Format::Json => report::json(analysis, page),
        Format::Html => arguments.picture.html(analysis, page),
        Format::Dot => report::dot(analysis, page),
        Format::Mermaid => report::mermaid_flowchart(analysis, page),
        Format::MermaidJourney => report::mermaid_journey(analysis, page),
        Format::MermaidSankey => report::mermaid_sankey(analysis, page),
        Format::GraphMl => report::graphml(analysis, page),
        _ => report::text(analysis, page),
    }
}

/// Texts for people say what was guessed and rejected; a table and a graph do not.
fn note_what_the_format_leaves_out(arguments: &Analyze, read: &MapAndLog, quiet: bool) {
    if !(arguments.format == Format::Csv || arguments.format.is_of_graph())
        || arguments.page.audience == Audience::Public
    {
        return;
    }
    note_guesses(&read.guesses, arguments.page.lang, quiet);
    let counts = read.log.outline().counts();
    if counts.rejected > 0 {
        note(
            &format!(
                "{} of {} rows were rejected; --out writes them",
                counts.rejected, counts.rows
            ),
            quiet,
        );
    }
}

fn outcome(limit: Option<Share>, counts: ReadCounts) -> Outcome {
    let share = counts.rejected as f64 / counts.rows.max(1) as f64;
    let Some(Share(limit)) = limit.filter(|limit| share > limit.0) else {
        return Outcome::Done;
    };
    anstream::eprintln!(
        "touchpoint: {} of {} rows were rejected, {:.2} %; --max-rejects allows {} %",
        counts.rejected,
        counts.rows,
        share * 100.0,
        limit * 100.0
    );
    Outcome::LimitPassed
}
