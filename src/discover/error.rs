//! Why no map can be proposed.

/// A log that no map can be proposed for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryFault {
    /// The log has no events.
    #[error("the log has no events to discover a map from")]
    NoEvents,
    /// The labels are too many, or too long, for a map.
    #[error(
        "column `{column}` holds {labels} different labels, more than a map can hold; is it the touchpoint column?"
    )]
    TooManyLabels {
        /// The touchpoint column.
        column: String,
        /// How many labels it holds.
        labels: usize,
    },
}
