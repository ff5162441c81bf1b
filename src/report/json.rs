//! The whole analysis for another program.

use super::Analysis;

/// The whole analysis as JSON.
#[must_use]
pub fn json(analysis: &Analysis<'_>) -> String {
    format!("{{\"source\": {:?}}}\n", analysis.source)
}
