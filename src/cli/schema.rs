//! `touchpoint schema`.

use touchpoint::map::JourneyMap;

use super::Outcome;
use super::failure::Failure;
use super::terminal::print;

/// Prints the JSON schema of maps.
pub(super) fn run() -> Result<Outcome, Failure> {
    print(&format!("{:#}\n", JourneyMap::json_schema()))
}
