//! Problems to plant.

use serde::Serialize;

/// The four families in which touchpoints are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Customers leave.
    DropOff,
    /// Customers struggle.
    Friction,
    /// Customers complain.
    Complaints,
    /// Visits fail.
    Failure,
}

impl Family {
    /// All four, in the order of reports.
    pub const ALL: [Self; 4] = [Self::DropOff, Self::Friction, Self::Complaints, Self::Failure];

    /// Its name in the truth file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DropOff => "drop_off",
            Self::Friction => "friction",
            Self::Complaints => "complaints",
            Self::Failure => "failure",
        }
    }
}

/// What goes wrong at a touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trouble {
    /// More customers fall silent or withdraw.
    DropOff,
    /// More customers complain of it.
    Complaints,
    /// More visits fail.
    Failure,
    /// Visits take longer.
    Slow,
    /// More customers are sent back to an earlier touchpoint or to this one again.
    Rework,
    /// More customers arrive by another channel than before.
    ChannelSwitch,
}

impl Trouble {
    /// The family that finds it.
    #[must_use]
    pub fn family(self) -> Family {
        match self {
            Self::DropOff => Family::DropOff,
            Self::Complaints => Family::Complaints,
            Self::Failure => Family::Failure,
            Self::Slow | Self::Rework | Self::ChannelSwitch => Family::Friction,
        }
    }
}

/// A problem planted at a touchpoint: what goes wrong, and how many times as often or as long.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub(super) touchpoint: String,
    pub(super) trouble: Trouble,
    pub(super) factor: f64,
}

impl Problem {
    /// At the touchpoint of this id, the trouble multiplied by a factor.
    pub fn new(touchpoint: impl Into<String>, trouble: Trouble, factor: f64) -> Self {
        Self { touchpoint: touchpoint.into(), trouble, factor }
    }
}
