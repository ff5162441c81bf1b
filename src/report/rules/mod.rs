//! Rules for people: a pack's list of rules, and one rule in full.

mod list;
mod names;
mod page;
mod wording;

pub use page::rule;
