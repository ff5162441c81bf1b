//! The complaint register that the arguments name.

use std::path::{Path, PathBuf};

use clap::Args;
use touchpoint::complaint::{Complaints, Preset, RegisterReader};
use touchpoint::map::{ComplaintsSection, JourneyMap};

use super::failure::Failure;
use super::terminal::note;

/// Where the complaint register comes from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Complaint register")]
pub(super) struct RegisterOptions {
    /// The complaint register (CSV, plain or packed), read by the map's `complaints` section
    #[arg(long, value_name = "FILE")]
    pub(super) complaints: Option<PathBuf>,
    /// The form of the register, in place of the map's section: cfpb is the export of the US Consumer Complaint Database
    #[arg(long, value_name = "FORM", requires = "complaints")]
    pub(super) preset: Option<Preset>,
}

impl RegisterOptions {
    /// How the register is to be read: by the preset, else by the map.
    pub(super) fn section(&self, map: Option<&JourneyMap>) -> Option<ComplaintsSection> {
        let by_map = || map.and_then(JourneyMap::complaints).cloned();
        self.preset.map(Preset::section).or_else(by_map)
    }
}

/// Reads a register; rows that cannot be used are told.
pub(super) fn read(
    path: &Path,
    section: &ComplaintsSection,
    zone: Option<&str>,
    quiet: bool,
) -> Result<Complaints, Failure> {
    let mut reader = RegisterReader::new(section);
    if let Some(zone) = zone {
        reader = reader.zone(zone);
    }
    let read = reader.read_path(path);
    let complaints = read.map_err(|error| Failure::about(path, error.fault))?;
    let counts = complaints.counts();
    let rejects = rejects(&complaints);
    if counts.accepted == 0 && counts.rejected > 0 {
        let why = format!("none of its {} rows could be used{rejects}", counts.rows);
        return Err(Failure::about(path, why));
    }
    if counts.rejected > 0 {
        let (rejected, rows) = (counts.rejected, counts.rows);
        note(
            &format!("{}: {rejected} of {rows} rows were rejected{rejects}", path.display()),
            quiet,
        );
    }
    Ok(complaints)
}

/// The first rows that were set aside, a line each.
fn rejects(complaints: &Complaints) -> String {
    const SHOWN: usize = 3;
    let shown = complaints.ledger().rejects.iter().take(SHOWN);
    let lines: Vec<String> = shown.map(|reject| format!("\n  {reject}")).collect();
    lines.concat()
}
