//! What a reader of a log should look at, though every row of it can be used: sums and names in, a list out.

mod alike;
mod list;
mod spelling;

use std::fmt;

use serde::Serialize;

use crate::time::ClockChange;

/// Something about a log that may be a mistake; no row is rejected for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suspicion {
    /// What it is, with examples.
    #[serde(flatten)]
    pub kind: SuspicionKind,
    /// How many; the kind says of what.
    pub count: u64,
}

/// What may be a mistake. Examples are names of the log, and never the id of a customer or a journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SuspicionKind {
    /// Journeys whose first event is at a touchpoint that the map ends, or in the last of at least three stages; a log
    /// that was cut at its beginning has many.
    LateBeginnings {
        /// The labels of the first events, each with its journeys; the most frequent first, at most 20.
        labels: Vec<NameCount>,
        /// How many such labels there are.
        of_labels: u64,
    },
    /// Timestamps, all of which stand at midnight by their own clock, as where only dates were exported: the order
    /// within a day is lost.
    Midnights,
    /// Moments at which one journey has events at different touchpoints, so that the order in the file decides.
    ///
    /// All touchpoints count here, those backstage too; what that decided among visits is in
    /// [`JourneySummary::ties`](crate::journey::JourneySummary::ties).
    Ties,
    /// Rows that stand in the file right after a later one of their journey.
    Backward,
    /// Pairs of names that are alike but for width, case, blanks, hyphens and underscores, or by a slip in a word.
    AlikeNames {
        /// What they name.
        of: NamesOf,
        /// The most frequent pairs, each with the more frequent name first.
        pairs: Vec<[NameCount; 2]>,
    },
    /// Columns that were named and have a value in no event.
    EmptyColumns {
        /// Their headings.
        columns: Vec<String>,
    },
    /// Columns of which no event holds a value that means a failure or a complaint.
    UnsetFlags {
        /// Their headings.
        columns: Vec<String>,
    },
    /// Journeys of more than 1,000 events and more than 100 times the mean, as where one id stands for "unknown".
    LongJourneys {
        /// Events of the longest.
        longest: u64,
    },
    /// Local times that do not exist, since clocks were put forward over them.
    SkippedTimes {
        /// How they were resolved.
        clock_changes: ClockChange,
    },
    /// Local times that are twice, since clocks were put back over them.
    RepeatedTimes {
        /// How they were resolved.
        clock_changes: ClockChange,
    },
}

/// What a name of a log names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NamesOf {
    /// Touchpoints.
    Touchpoints,
    /// Channels.
    Channels,
    /// Categories of complaints.
    Categories,
}

/// A name of the log, and how often it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NameCount {
    /// The name.
    pub name: String,
    /// How often.
    pub count: u64,
}

impl fmt::Display for Suspicion {
    /// What it is, in one English phrase without the examples.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            SuspicionKind::LateBeginnings { .. } => {
                f.write_str("journeys that begin at an end, or in the last of at least three stages")?;
            }
            SuspicionKind::Midnights => {
                f.write_str("timestamps, all at midnight, so that the order within a day is lost")?;
            }
            SuspicionKind::Ties => f.write_str(
                "moments at which a journey is at different touchpoints, so that the order in the file decides",
            )?,
            SuspicionKind::Backward => {
                f.write_str("rows that stand right after a later one of their journey")?;
            }
            SuspicionKind::AlikeNames { of, .. } => {
                write!(f, "pairs of {of} that look alike")?;
            }
            SuspicionKind::EmptyColumns { .. } => f.write_str("columns that are empty throughout")?,
            SuspicionKind::UnsetFlags { .. } => f.write_str(
                "columns that never hold a value that means a failure or a complaint",
            )?,
            SuspicionKind::LongJourneys { longest } => write!(
                f,
                "journeys of more than 1000 events and more than 100 times the mean, the longest of {longest}"
            )?,
            SuspicionKind::SkippedTimes { clock_changes } => {
                write!(f, "local times that clocks skip, resolved as `{clock_changes}`")?;
            }
            SuspicionKind::RepeatedTimes { clock_changes } => {
                write!(f, "local times that clocks have twice, resolved as `{clock_changes}`")?;
            }
        }
        write!(f, ": {}", self.count)
    }
}

impl fmt::Display for NamesOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Touchpoints => "touchpoint labels",
            Self::Channels => "channels",
            Self::Categories => "complaint categories",
        })
    }
}
