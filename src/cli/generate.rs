//! `touchpoint generate`.

use touchpoint::synthetic::Scenario;

use super::Outcome;
use super::arguments::{Generate, Talk};
use super::draft_file::{DraftFile, make_folder, may_write};
use super::failure::Failure;
use super::terminal::note;

/// Writes a log with planted problems, its complaint register, the map that reads both, and the truth about them.
pub(super) fn run(arguments: &Generate, talk: Talk) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let [map, events, complaints, truth] =
        ["map.yaml", "events.csv", "complaints.csv", "truth.json"].map(|name| folder.join(name));
    for file in [&map, &events, &complaints, &truth] {
        may_write(file, arguments.force)?;
    }
    make_folder(folder)?;
    let log = Scenario::retail_loan().journeys(arguments.journeys).seed(arguments.seed).generate();
    let drafts = [
        DraftFile::write(map, &log.map_yaml())?,
        DraftFile::fill(events, |writer| log.write_csv(writer))?,
        DraftFile::fill(complaints, |writer| log.write_register_csv(writer))?,
        DraftFile::write(truth, &log.truth_json())?,
    ];
    DraftFile::finish(&drafts)?;
    let folder = folder.display();
    let events = log.events().len();
    note(
        &format!("wrote {events} events to {folder}; next: touchpoint analyze {folder}"),
        talk.quiet,
    );
    Ok(Outcome::Done)
}
