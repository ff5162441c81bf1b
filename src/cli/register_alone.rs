//! `touchpoint analyze` on a complaint register without an event log.

use std::path::Path;

use touchpoint::complaint::Complaints;
use touchpoint::map::{JourneyMap, Text};
use touchpoint::report::{Audience, Sheet};
use touchpoint::time::Timestamp;

use super::arguments::{Analyze, Talk};
use super::complaint_views::{Detail, named, views};
use super::failure::Failure;
use super::input::read_map;
use super::register;
use super::terminal::print;
use super::values::TABLE_FORMATS;
use super::{Outcome, draft_file};

/// Tables of the complaints; there are no journeys, so nothing is said of friction and drop-off.
pub(super) fn run(arguments: &Analyze, path: &Path, talk: Talk) -> Result<Outcome, Failure> {
    let input = &arguments.input;
    if arguments.page.audience == Audience::Public {
        let why = "--audience public: the tables of a register do not say how many customers stand behind their figures";
        return Err(Failure::new(why));
    }
    if arguments.format.is_of_graph() {
        let why = format!("--format: a register alone has no graph; {TABLE_FORMATS}");
        return Err(Failure::new(why));
    }
    let map = input.map.as_deref().map(read_map).transpose()?;
    let section = input.register.section(map.as_ref()).ok_or_else(|| {
        let why = "say how to read it: by --preset, or by a map with a `complaints` section";
        Failure::about(path, why)
    })?;
    let zone = input.zone.zone.as_deref();
    let complaints = register::read(path, &section, zone, talk.quiet)?;
    let map = match map {
        Some(map) => map.with_complaints(Some(section)),
        None => complaints.map(&section),
    };
    let sheet = sheet(&map, &complaints, input.rules.observation_end, path);
    let text = sheet.write(arguments.format, &arguments.page.page());
    if let Some(folder) = &arguments.out {
        write(folder, path, &sheet, arguments)?;
    }
    print(&text)
}

fn sheet<'m>(
    map: &'m JourneyMap,
    complaints: &Complaints,
    asked: Option<Timestamp>,
    path: &Path,
) -> Sheet<'m> {
    let moments = complaints.list().iter().flat_map(|row| &row.moments);
    let last = moments.map(|(_, moment)| *moment).max().unwrap_or_default();
    let as_of = asked.unwrap_or(last);
    let told = named(map, complaints);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let counts = complaints.counts();
    let title = Text::both("Complaints", "投诉");
    let fact = Text::both(
        format!(
            "{name}: {} rows = {} accepted + {} rejected; as of {}",
            counts.rows,
            counts.accepted,
            counts.rejected,
            as_of.date()
        ),
        format!(
            "{name}：{} 行 = 采用 {} + 拒收 {}；截至 {}",
            counts.rows,
            counts.accepted,
            counts.rejected,
            as_of.date()
        ),
    );
    let absent = Text::both(
        "No event log: no visits, so no rate per visit, and nothing of friction and drop-off.",
        "没有事件日志：没有访问次数，故无每次访问的投诉率，亦不涉及摩擦与流失。",
    );
    let views = views(map, complaints, &told, None, as_of, Detail::All);
    Sheet::new(title).map(map).fact(fact).fact(absent).views(views)
}

/// Every format into a folder, all or none.
fn write(
    folder: &Path,
    input: &Path,
    sheet: &Sheet<'_>,
    arguments: &Analyze,
) -> Result<(), Failure> {
    use draft_file::{DraftFile, make_folder, spare};
    use touchpoint::report::Format;

    make_folder(folder)?;
    let page = arguments.page.page_of_a_file();
    let mut drafts = Vec::new();
    for (name, format) in [
        ("complaints.txt", Format::Text),
        ("complaints.md", Format::Markdown),
        ("complaints.csv", Format::Csv),
        ("complaints.json", Format::Json),
    ] {
        let target = folder.join(name);
        spare(&target, &[input])?;
        let text = sheet.write(format, &page);
        let text = anstream::adapter::strip_str(&text).to_string();
        drafts.push(DraftFile::write(target, &text)?);
    }
    DraftFile::finish(&drafts)
}
