//! Rules for people: a pack's list of rules, and one rule in full.

mod inspection;
mod list;
mod names;
mod page;
mod verdicts;
mod wording;

pub(super) use inspection::InspectedRule;
pub use inspection::InspectionAnswers;
pub(super) use list::overdue_review;
pub(super) use names::{basis, mark, severity};
pub use page::rule;
pub use verdicts::{CustomersBehind, VerdictTables};
