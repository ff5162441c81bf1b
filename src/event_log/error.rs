//! Why a log could not be read at all.

/// A log that could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// The input could not be read.
    #[error("cannot read the event log")]
    Io(#[from] std::io::Error),
}
