//! What a text says of a moment, before a zone is applied.

/// A clock, and how far it is from UTC where the text says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Microseconds since 1970-01-01T00:00:00 by the clock that was written.
    pub(super) clock: i64,
    /// Where that clock hangs; `None` where the text does not say.
    pub(super) placed: Option<Placed>,
}

/// A clock's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// What it is ahead of UTC, in microseconds.
    pub(super) offset: i64,
    /// How often a clock there shows the time.
    pub(super) shown: Shown,
}

/// How often a local time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As almost all are.
    Once,
    /// Clocks are put forward over it.
    Never,
    /// Clocks are put back over it.
    Twice,
}

impl Reading {
    /// By a clock whose place the text does not say.
    pub(super) const fn local(clock: i64) -> Self {
        Self { clock, placed: None }
    }

    /// By a clock that is ahead of UTC by so many microseconds.
    pub(super) const fn at_offset(clock: i64, offset: i64) -> Self {
        Self { clock, placed: Some(Placed::at_offset(offset)) }
    }

    /// By a clock in UTC.
    pub(super) const fn utc(clock: i64) -> Self {
        Self::at_offset(clock, 0)
    }
}

impl Placed {
    /// Ahead of UTC by so many microseconds, always.
    pub(super) const fn at_offset(offset: i64) -> Self {
        Self { offset, shown: Shown::Once }
    }
}
