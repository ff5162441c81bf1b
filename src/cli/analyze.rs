//! `touchpoint analyze`.

use touchpoint::event_log::ReadCounts;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::JourneySummary;
use touchpoint::metric::{Evidence, Metric, built_in};
use touchpoint::report::{self, Analysis, Format, Page};

use super::Outcome;
use super::also::Found;
use super::arguments::{Analyze, Further, Talk};
use super::failure::Failure;
use super::input::{MapAndLog, Watch, note_guesses};
use super::outputs::Outputs;
use super::terminal::{note, print};
use super::values::Share;
use super::walks::Walks;

/// Reports, and says whether too many rows were rejected.
pub(super) fn run(arguments: &Analyze, talk: Talk) -> Result<Outcome, Failure> {
    let files = arguments.input.files()?;
    let mut outputs = match &arguments.out {
        Some(folder) => Some(Outputs::begin(folder, &files.inputs())?),
        None => None,
    };
    let ledger = outputs.as_mut().and_then(Outputs::ledger);
    let watch = Watch::begin(talk, arguments.input.machine)?.with_ledger(ledger);
    let read = arguments.input.read(&files, watch)?;
    let text = with_analysis(&read, &arguments.further, |analysis| {
        if let Some(outputs) = outputs {
            let files = outputs.write(analysis, &arguments.page, read.proposed.as_deref())?;
            note(&format!("wrote {}", files.join(", ")), talk.quiet);
        }
        Ok(in_format(analysis, arguments.format, &arguments.page.page()))
    })??;
    note_what_the_format_leaves_out(arguments, &read, talk.quiet);
    print(&text)?;
    Ok(outcome(arguments.max_rejects, *read.log.outline().counts()))
}

/// Adds the walks up, scores them, and does something with the analysis.
pub(super) fn with_analysis<R>(
    read: &MapAndLog,
    further: &Further,
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
    let views = further.views(&found)?;
    drop(evidence);
    let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard).views(&views);
    Ok(then(&analysis.guesses(&read.guesses).source(&read.source)))
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

fn in_format(analysis: &Analysis<'_>, format: Format, page: &Page) -> String {
    match format {
        Format::Markdown => report::markdown(analysis, page),
        Format::Csv => report::csv(analysis),
        Format::Json => report::json(analysis),
        _ => report::text(analysis, page),
    }
}

/// Texts for people say what was guessed and rejected; a table does not.
fn note_what_the_format_leaves_out(arguments: &Analyze, read: &MapAndLog, quiet: bool) {
    if arguments.format != Format::Csv {
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
