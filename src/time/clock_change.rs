//! What becomes of local times that a change of clocks skips or repeats.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a local time is resolved that does not exist, or exists twice, because clocks are changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClockChange {
    /// As RFC 5545 does: the first of two moments, and for a time that was skipped the moment as far behind the gap.
    #[default]
    Compatible,
    /// The earlier of the two moments that it may be.
    Earlier,
    /// The later of the two.
    Later,
    /// Neither: it is no moment.
    Reject,
}

/// Why a text is no way to resolve local times.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not compatible, earlier, later or reject")]
pub struct ClockChangeFault {
    /// The text as it stood.
    pub found: String,
}

const NAMES: [(&str, ClockChange); 4] = [
    ("compatible", ClockChange::Compatible),
    ("earlier", ClockChange::Earlier),
    ("later", ClockChange::Later),
    ("reject", ClockChange::Reject),
];

impl FromStr for ClockChange {
    type Err = ClockChangeFault;

    /// `compatible`, `earlier`, `later` or `reject`.
    fn from_str(text: &str) -> Result<Self, ClockChangeFault> {
        let named = NAMES.into_iter().find(|(name, _)| *name == text);
        named.map(|(_, change)| change).ok_or_else(|| ClockChangeFault { found: text.to_owned() })
    }
}

impl fmt::Display for ClockChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(_, change)| change == self).map_or("", |(name, _)| name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for (name, change) in NAMES {
            assert_eq!((name.parse(), change.to_string().as_str()), (Ok(change), name));
        }
        let fault = "Reject!".parse::<ClockChange>().expect_err("no way to resolve");
        assert_eq!(fault.to_string(), "`Reject!` is not compatible, earlier, later or reject");
    }
}
