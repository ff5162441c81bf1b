//! What is said of one thing asked, and of several together.

use super::truth::Doubt;
use crate::rules::Due;
use crate::time::{Date, Micros};

/// What is said, without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    Met,
    NoRecord { due: Option<Date>, overdue: Option<Micros> },
    Late { due: Option<Date>, by: Micros },
    Contrary,
    Pending(Waiting),
    NotApplicable,
    Undetermined { doubt: Doubt, due: Option<Date> },
}

/// What a pending obligation waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) due: Option<Date>,
    pub(super) tier: u8,
    /// Which of the things asked it is, and a bit for each of its patterns that is not yet there.
    pub(super) ask: usize,
    pub(super) lacks: u64,
}

impl Ruling {
    pub(super) const NO_RECORD: Self = Self::NoRecord { due: None, overdue: None };

    /// Undetermined, with no date.
    pub(super) fn unknown(doubt: Doubt) -> Self {
        Self::Undetermined { doubt, due: None }
    }

    /// Pending, for want of all that is asked.
    pub(super) fn pending(due: Option<Due>) -> Self {
        let due = due.and_then(Due::day);
        Self::Pending(Waiting { due, tier: 0, ask: 0, lacks: u64::MAX })
    }

    /// The same, as the answer to one of several things asked.
    pub(super) fn of_ask(self, ask: usize) -> Self {
        match self {
            Self::Pending(waiting) => Self::Pending(Waiting { ask, ..waiting }),
            other => other,
        }
    }

    pub(super) fn is_same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Of two that are asked together: a breach outweighs what is not known, that what is pending, that what is met.
    pub(super) fn with(self, other: Self) -> Self {
        Self::weightier(self, other, |ruling| match ruling {
            Self::NotApplicable => 0,
            Self::Met => 1,
            Self::Pending(_) => 2,
            Self::Undetermined { .. } => 3,
            Self::Late { .. } => 4,
            Self::NoRecord { .. } => 5,
            Self::Contrary => 6,
        })
    }

    /// Of two of which one is enough.
    pub(super) fn or(self, other: Self) -> Self {
        Self::weightier(self, other, |ruling| match ruling {
            Self::NotApplicable => 0,
            Self::Contrary => 1,
            Self::NoRecord { .. } => 2,
            Self::Late { .. } => 3,
            Self::Pending(_) => 4,
            Self::Undetermined { .. } => 5,
            Self::Met => 6,
        })
    }

    fn weightier(one: Self, other: Self, weight: impl Fn(&Self) -> u8) -> Self {
        match weight(&one).cmp(&weight(&other)) {
            std::cmp::Ordering::Greater => one,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => one.graver(other),
        }
    }

    /// Of two of one kind: the longer delay, the earlier date.
    fn graver(self, other: Self) -> Self {
        let is_other = match (&self, &other) {
            (Self::Late { by, .. }, Self::Late { by: more, .. }) => more > by,
            (Self::NoRecord { overdue, .. }, Self::NoRecord { overdue: more, .. }) => {
                more > overdue
            }
            (Self::Pending(one), Self::Pending(other)) => match (one.due, other.due) {
                (Some(one), Some(other)) => other < one,
                (one, other) => one.is_none() && other.is_some(),
            },
            _ => false,
        };
        if is_other { other } else { self }
    }
}
