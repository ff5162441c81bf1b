//! `touchpoint rules due`.

use touchpoint::map::Text;
use touchpoint::report::{Audience, Sheet};
use touchpoint::rules::{Checker, Outcome as Said};

use super::arguments::Due;
use super::case::day_of;
use super::check::tables;
use super::{key, today};
use crate::cli::Outcome;
use crate::cli::arguments::Talk;
use crate::cli::failure::Failure;
use crate::cli::terminal::print;

/// Lists what is due soon, by owner.
pub(super) fn run(arguments: &Due, talk: Talk) -> Result<Outcome, Failure> {
    let audience = arguments.page.audience;
    if audience == Audience::Public {
        let why = "--audience public: what is due tells of single customers and is never public";
        return Err(Failure::new(why));
    }
    let key = key::read(arguments.key.key.as_deref())?;
    let read = arguments.case.read(talk)?;
    let mut texts = Vec::new();
    for pack in &read.packs {
        let as_of = read.as_of(pack);
        let day = day_of(pack, as_of);
        let until = day.plus_days(arguments.within.into()).unwrap_or(day);
        let checker = Checker::new(pack, &read.input.map, &read.calendars, as_of);
        let open = checker.verdicts(&read.journeys(), read.complaints(), |verdict| {
            matches!(
                verdict.outcome,
                Said::Pending { due: Some(_), .. }
                    | Said::NoRecord { due: Some(_), .. }
                    | Said::Undetermined { due: Some(_), .. }
            )
        });
        let view = tables(&read, pack, audience).key(key.as_ref()).due(&open, day, until);
        let title = Text::both(
            format!("Due by {until}, and overdue ({})", pack.id),
            format!("{until} 前到期及超期（{}）", pack.id),
        );
        let sheet = Sheet::new(title).map(&read.input.map).of_pack(pack, today());
        let fact = Text::both(
            format!("{} · as of {day}", read.input.source),
            format!("{} · 截至 {day}", read.input.source),
        );
        let sheet = sheet.fact(fact).audience(audience).views([view]);
        texts.push(sheet.write(arguments.format, &arguments.page.page()));
    }
    print(&texts.join("\n"))
}
