//! Tables for a spreadsheet or a data frame.

use super::Analysis;

/// Every touchpoint's figures, one a row.
#[must_use]
pub fn csv(analysis: &Analysis<'_>) -> String {
    let _ = analysis;
    String::new()
}

/// Every transition of the graph, one a row.
#[must_use]
pub fn transitions_csv(analysis: &Analysis<'_>) -> String {
    let _ = analysis;
    String::new()
}
