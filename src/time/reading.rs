//! What a text says of a moment, before a zone is applied.

/// Microseconds since 1970-01-01T00:00:00, in UTC or by the clock on some wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// In UTC.
    Instant(i64),
    /// By a clock whose zone the text does not say.
    Local(i64),
}
