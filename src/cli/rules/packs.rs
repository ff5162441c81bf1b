//! The packs and calendars that the arguments name.

use std::path::Path;

use touchpoint::position::Fault;
use touchpoint::rules::pack::CalendarGap;
use touchpoint::rules::{Calendar, Calendars, Pack};

use super::arguments::Packs;
use crate::cli::failure::Failure;

impl Packs {
    /// The packs that are named; all that are built in where none is.
    pub(super) fn read(&self) -> Result<Vec<Pack>, Failure> {
        if self.packs.is_empty() {
            return Ok(Pack::built_in_ids().filter_map(Pack::built_in).collect());
        }
        let calendars = self.calendars()?;
        let mut names: Vec<&str> = Vec::new();
        for name in &self.packs {
            if names.contains(&name.as_str()) {
                return Err(Failure::new(format!("--pack: {name} is given twice")));
            }
            names.push(name);
        }
        names.into_iter().map(|name| pack(name, &calendars)).collect()
    }

    /// The files among packs and calendars, each with the option that names it.
    pub(in crate::cli) fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let of_their_own = self.packs.iter().filter(|name| Pack::built_in(name).is_none());
        let packs = of_their_own.map(|name| ("pack", Path::new(name)));
        packs.chain(self.calendars.iter().map(|calendar| ("calendar", calendar.as_path())))
    }

    /// The built-in calendars and those that are named.
    pub(super) fn calendars(&self) -> Result<Calendars, Failure> {
        calendars(&self.calendars)
    }
}

/// The built-in calendars and those of these files.
pub(super) fn calendars(paths: &[impl AsRef<Path>]) -> Result<Calendars, Failure> {
    paths.iter().try_fold(Calendars::new(), |calendars, path| {
        let path = path.as_ref();
        let calendar = Calendar::from_path(path);
        Ok(calendars.with(calendar.map_err(|error| Failure::calendar(path, &error))?))
    })
}

/// A built-in pack by its id, else a pack in a file.
fn pack(name: &str, calendars: &Calendars) -> Result<Pack, Failure> {
    if let Some(pack) = Pack::built_in(name) {
        return Ok(pack);
    }
    let path = Path::new(name);
    if !path.exists() {
        let ids = Pack::built_in_ids().collect::<Vec<_>>().join(", ");
        let why = format!("there is no such pack or file; the built-in packs are {ids}");
        return Err(Failure::about(path, why));
    }
    let pack = pack_in(path)?;
    let unknown = |gap: &CalendarGap| matches!(gap, CalendarGap::Unknown { .. });
    refuse(path, gaps(&pack, calendars).into_iter().filter(unknown))?;
    Ok(pack)
}

/// The pack in a file, which is right in itself.
pub(super) fn pack_in(path: &Path) -> Result<Pack, Failure> {
    Pack::from_path(path).map_err(|error| Failure::pack(path, &error))
}

/// A failure, where there are gaps.
pub(super) fn refuse(path: &Path, gaps: impl Iterator<Item = CalendarGap>) -> Result<(), Failure> {
    let faults: Vec<Fault> = gaps.map(|gap| gap.fault()).collect();
    if faults.is_empty() { Ok(()) } else { Err(Failure::faulty(path, &faults)) }
}

/// What the calendars lack that a pack counts by; days beyond them are undetermined.
pub(super) fn gaps(pack: &Pack, calendars: &Calendars) -> Vec<CalendarGap> {
    pack.lint(&|id| calendars.get(id).map(Calendar::coverage))
}
