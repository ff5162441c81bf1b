//! `touchpoint analyze`.

use touchpoint::event_log::ReadCounts;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::report::{self, Analysis, Format, Page};
use touchpoint::score::Scorer;

use super::Outcome;
use super::arguments::{Analyze, Talk};
use super::failure::Failure;
use super::input::{MapAndLog, note_guesses};
use super::outputs::Outputs;
use super::terminal::{note, print};
use super::values::Share;

/// Reports, and says whether too many rows were rejected.
pub(super) fn run(arguments: &Analyze, talk: Talk) -> Result<Outcome, Failure> {
    let files = arguments.input.files()?;
    let mut outputs = match &arguments.out {
        Some(folder) => Some(Outputs::begin(folder, &files.inputs())?),
        None => None,
    };
    let ledger = outputs.as_mut().and_then(Outputs::ledger);
    let read = arguments.input.read(&files, talk, ledger)?;
    let text = with_analysis(&read, |analysis| {
        if let Some(outputs) = outputs {
            let files = outputs.write(analysis, &arguments.page, read.proposed.as_deref())?;
            note(&format!("wrote {}", files.join(", ")), talk.quiet);
        }
        Ok(in_format(analysis, arguments.format, &arguments.page.page()))
    })?;
    note_what_the_format_leaves_out(arguments, &read, talk.quiet);
    print(&text)?;
    Ok(outcome(arguments.max_rejects, *read.log.counts()))
}

/// Adds the walks up, scores them, and does something with the analysis.
pub(super) fn with_analysis<R>(read: &MapAndLog, then: impl FnOnce(&Analysis<'_>) -> R) -> R {
    let journeys = Journeys::new(&read.map, &read.log);
    let graph = TouchpointGraph::from_journeys(&read.map, &journeys);
    let scorecard = Scorer::new(&read.map).score_journeys(&graph, &journeys);
    let summary = JourneySummary::from_journeys(&journeys);
    let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
    then(&analysis.guesses(&read.guesses).source(&read.source))
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
    let counts = read.log.counts();
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
