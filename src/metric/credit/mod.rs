//! Which touchpoints share in completions and in complaints: visits before an outcome in, credits out.

mod family;
mod game;
mod outcome;
mod rule;
mod texts;

pub use family::Credit;
pub use game::{MOST_PLAYERS, set_worth_credits, shapley_values};
pub use outcome::Outcome;
pub use rule::CreditRule;

/// The whole credit of one outcome as an amount: amounts are in units of 2^-60 of an outcome.
pub const WHOLE_CREDIT: i128 = 1 << 60;
