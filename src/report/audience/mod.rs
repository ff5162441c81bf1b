//! Whom an output is for, and what of it may be shown then.
//!
//! An analysis and the customers behind its counts in, what may be shown out; docs/privacy.md says what that protects
//! against. The public output is written from a list of what may be shown, and not by taking away from the internal
//! one: what is added to that is not public until somebody says so.

mod balance;
mod behind;
mod card;
mod document;
mod export;
mod shown;
mod table;
mod tables;

use std::fmt;
use std::str::FromStr;

use crate::position::quoted;
use crate::stats::Interval;
use crate::yaml::{did_you_mean, nearest};

pub(super) use card::public_json;
#[cfg(feature = "html")]
pub(super) use document::public_method;
pub(super) use document::{public_explanation, public_summary};
pub(super) use export::public_export;
pub(super) use shown::{Shown, ShownFamily, compared};
pub(super) use tables::{public_csv, public_transitions_csv};

pub use behind::Behind;
pub use table::{HiddenLine, HiddenTable, Totals};

/// Whom an output is for; it is printed on every output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Audience {
    /// Those who work with the data: every count, and no id.
    #[default]
    Internal,
    /// Anybody: no count of fewer than five customers, and none from which such a count could be worked out.
    Public,
}

impl Audience {
    /// Every audience, the default first.
    pub const ALL: [Self; 2] = [Self::Internal, Self::Public];

    /// Its name, which it is also read by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no audience.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} is not an audience: internal or public{}",
    quoted(found),
    did_you_mean(nearest(found, Audience::ALL.map(Audience::name)))
)]
pub struct AudienceFault {
    /// The name as it stood.
    pub found: String,
}

impl FromStr for Audience {
    type Err = AudienceFault;

    fn from_str(found: &str) -> Result<Self, AudienceFault> {
        let by_name = Self::ALL.into_iter().find(|audience| audience.name() == found);
        by_name.ok_or_else(|| AudienceFault { found: found.to_owned() })
    }
}

/// What stands where something is hidden.
pub(super) const HIDDEN: &str = "*";

/// A number to three digits that matter: with more of them a share would tell both counts that it is made of.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

fn rounded_ends(interval: Interval) -> Interval {
    Interval { low: rounded(interval.low), high: rounded(interval.high) }
}
