//! `touchpoint rules check`.

use std::path::Path;

use touchpoint::map::Text;
use touchpoint::report::{Audience, Format, InspectionAnswers, Sheet, VerdictTables};
use touchpoint::rules::{Checker, Pack};

use super::arguments::Check;
use super::case::{Read, day_of};
use super::today;
use super::{Period, key};
use crate::cli::Outcome;
use crate::cli::arguments::Talk;
use crate::cli::draft_file::{DraftFile, spare};
use crate::cli::failure::Failure;
use crate::cli::terminal::{note, print};

/// Holds a log and a register against packs.
pub(super) fn run(arguments: &Check, talk: Talk) -> Result<Outcome, Failure> {
    let audience = arguments.page.audience;
    let key = key::read(arguments.key.key.as_deref())?;
    if let Some(target) = &arguments.verdicts {
        named(target)?;
        spare(target, &arguments.case.input.files()?.inputs())?;
    }
    let read = arguments.case.read(talk)?;
    let needs_verdicts = arguments.verdicts.is_some() || audience == Audience::Public;
    let mut sheets = Vec::new();
    let mut drafts = Vec::new();
    let mut verdicts = Vec::new();
    for pack in &read.packs {
        let checker = checker(&read, pack, arguments.period);
        let journeys = read.journeys();
        let now = checker.inspect(&journeys, read.complaints());
        let before = arguments.against.map(|period| {
            self::checker(&read, pack, Some(period)).inspect(&journeys, read.complaints())
        });
        let tables = tables(&read, pack, audience).key(key.as_ref());
        let found = || checker.verdicts(&journeys, read.complaints(), |_| true);
        let found = if needs_verdicts { found() } else { Vec::new() };
        if arguments.verdicts.is_some() {
            verdicts.push(tables.csv(&found));
        }
        let answers = InspectionAnswers::new(pack, &now).against(before.as_ref());
        let customers = tables.customers(&found);
        let answers = match audience {
            Audience::Public => answers.public(&customers),
            _ => answers,
        };
        sheets.push(sheet(&read, pack, arguments).views(answers.views()));
    }
    if let Some(target) = &arguments.verdicts {
        drafts.push(DraftFile::write(target.clone(), &joined(&verdicts))?);
        DraftFile::finish(&drafts)?;
        note(&format!("wrote {}", target.display()), talk.quiet);
    }
    let page = arguments.page.page();
    let texts: Vec<String> =
        sheets.iter().map(|sheet| sheet.write(arguments.format, &page)).collect();
    print(&together(&texts, arguments.format))
}

/// The sheets of several packs as one document.
fn together(texts: &[String], format: Format) -> String {
    match (texts, format) {
        ([_, _, ..], Format::Json) => format!("[\n{}]\n", texts.join(",\n")),
        _ => texts.join("\n"),
    }
}

/// Standard output has the inspection already.
fn named(target: &Path) -> Result<(), Failure> {
    if target == Path::new("-") {
        let why =
            "the inspection goes to standard output, so the verdicts need a file of their own";
        return Err(Failure::new(format!("--verdicts -: {why}")));
    }
    Ok(())
}

fn checker<'r>(read: &'r Read, pack: &'r Pack, period: Option<Period>) -> Checker<'r> {
    let checker = Checker::new(pack, &read.input.map, &read.calendars, read.as_of(pack));
    match period {
        Some(Period { first, last }) => checker.triggered_within(first, last),
        None => checker,
    }
}

/// Where verdicts and references to them come from.
pub(super) fn tables<'r>(read: &'r Read, pack: &'r Pack, audience: Audience) -> VerdictTables<'r> {
    VerdictTables::new(pack, &read.input.map, read.log(), read.complaints()).audience(audience)
}

/// Tables with one heading below each other.
fn joined(tables: &[String]) -> String {
    let mut tables = tables.iter();
    let first = tables.next().cloned().unwrap_or_default();
    let body = |table: &String| {
        table.split_once('\n').map(|(_, rows)| rows.to_owned()).unwrap_or_default()
    };
    tables.map(body).fold(first, |all, rows| all + &rows)
}

fn sheet<'r>(read: &'r Read, pack: &Pack, arguments: &Check) -> Sheet<'r> {
    let as_of = day_of(pack, read.as_of(pack));
    let [en, zh] = [touchpoint::map::Language::En, touchpoint::map::Language::Zh]
        .map(|language| pack.title.in_language(language).to_owned());
    let title = Text::both(format!("Inspection: {en}"), format!("检视：{zh}"));
    let mut sheet = Sheet::new(title).map(&read.input.map).of_pack(pack, today());
    let (source, version) = (&read.input.source, &pack.version);
    sheet = sheet.fact(Text::both(
        format!("{source} · pack {} {version} · as of {as_of}", pack.id),
        format!("{source} · 规则包 {} {version} · 截至 {as_of}", pack.id),
    ));
    if let Some(Period { first, last }) = arguments.period {
        sheet = sheet.fact(Text::both(
            format!("obligations triggered from {first} to {last}"),
            format!("{first} 至 {last} 触发的义务"),
        ));
    }
    if read.as_of(pack) > read.journeys().observed_until() {
        sheet = sheet.warning(Text::both(
            "The log was observed up to an earlier day: what came after is not in it, and what fell due after is undetermined.",
            "日志的观察期早于该日期结束：其后的情况不在日志中，此后到期的义务无法判断。",
        ));
    }
    sheet.audience(arguments.page.audience)
}
