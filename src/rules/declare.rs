//! The Declare templates: rules of order between two activities, by linear temporal logic on finite traces.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule about an activity `a`, or about `a` and `b`.
///
/// Sources: Pesic and van der Aalst (2006), BPM Workshops, LNCS 4103:169; De Giacomo and Vardi (2013), IJCAI, 854, for
/// the logic on finite traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// `a` occurs.
    Existence,
    /// `a` does not occur.
    Absence,
    /// `a` occurs once.
    ExactlyOne,
    /// `a` is first.
    Init,
    /// If `a` occurs, `b` does, before or after.
    RespondedExistence,
    /// `a` and `b` both occur, or neither.
    Coexistence,
    /// Every `a` is followed by a `b`.
    Response,
    /// Every `b` is preceded by an `a`.
    Precedence,
    /// Response and precedence.
    Succession,
    /// Every `a` is followed by a `b` before the next `a`.
    AlternateResponse,
    /// Every `b` is preceded by an `a` after the last `b`.
    AlternatePrecedence,
    /// Alternate response and alternate precedence.
    AlternateSuccession,
    /// Every `a` is directly followed by a `b`.
    ChainResponse,
    /// Every `b` is directly preceded by an `a`.
    ChainPrecedence,
    /// Chain response and chain precedence.
    ChainSuccession,
    /// `a` and `b` do not both occur.
    NotCoexistence,
    /// No `a` is followed by a `b`.
    NotSuccession,
    /// No `a` is directly followed by a `b`.
    NotChainSuccession,
}

/// What a trace says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Whether the trace keeps to the rule.
    pub satisfied: bool,
    /// Whether it had an occasion to break it; a rule without an occasion is satisfied in vain.
    pub activated: bool,
}

/// What a trace says of a rule as long as it may go on.
///
/// Source: Bauer, Leucker and Schallhart (2010), Journal of Logic and Computation 20:651, for the four values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prospect {
    /// Satisfied, whatever comes.
    SatisfiedForGood,
    /// Satisfied if nothing more comes.
    SatisfiedSoFar,
    /// Violated if nothing more comes.
    ViolatedSoFar,
    /// Violated, whatever comes.
    ViolatedForGood,
}

impl Prospect {
    /// Whether the trace satisfies the rule if nothing more comes.
    #[must_use]
    pub const fn is_satisfied(self) -> bool {
        matches!(self, Self::SatisfiedForGood | Self::SatisfiedSoFar)
    }
}

impl Template {
    /// Every template, those about one activity first.
    pub const ALL: [Self; 18] = [
        Self::Existence,
        Self::Absence,
        Self::ExactlyOne,
        Self::Init,
        Self::RespondedExistence,
        Self::Coexistence,
        Self::Response,
        Self::Precedence,
        Self::Succession,
        Self::AlternateResponse,
        Self::AlternatePrecedence,
        Self::AlternateSuccession,
        Self::ChainResponse,
        Self::ChainPrecedence,
        Self::ChainSuccession,
        Self::NotCoexistence,
        Self::NotSuccession,
        Self::NotChainSuccession,
    ];

    /// Whether a finished trace satisfies the rule, and whether it had an occasion to break it: any trace, for rules
    /// about `a` alone; else a trace with the activity that the rule begins with, or with either, where it binds both.
    ///
    /// One pass. The two activities are meant to differ; an event that equals both counts as `a`. Rules about one
    /// activity do not look at `b`.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::rules::Template;
    ///
    /// let finding = Template::Precedence.check(["signed", "paid"], &"disclosed", &"signed");
    /// assert!(finding.activated && !finding.satisfied);
    /// ```
    #[must_use]
    pub fn check<T: PartialEq>(self, trace: impl IntoIterator<Item = T>, a: &T, b: &T) -> Finding {
        let mut seen = Seen::default();
        trace.into_iter().for_each(|event| seen.push(Step::of(&event, a, b)));
        Finding { satisfied: self.is_satisfied(&seen), activated: self.is_activated(&seen) }
    }

    /// What a trace says of the rule as long as it may go on.
    ///
    /// ```
    /// use touchpoint::rules::{Prospect, Template};
    ///
    /// let so_far = |trace: &[&str]| Template::Response.prospect(trace, &&"asked", &&"answered");
    /// assert_eq!(so_far(&["asked"]), Prospect::ViolatedSoFar);
    /// assert_eq!(so_far(&["asked", "answered"]), Prospect::SatisfiedSoFar);
    /// ```
    #[must_use]
    pub fn prospect<T: PartialEq>(
        self,
        trace: impl IntoIterator<Item = T>,
        a: &T,
        b: &T,
    ) -> Prospect {
        let mut seen = Seen::default();
        trace.into_iter().for_each(|event| seen.push(Step::of(&event, a, b)));
        self.prospect_of(&seen)
    }

    pub(super) fn prospect_of(self, seen: &Seen) -> Prospect {
        match (self.is_satisfied(seen), self.is_decided(seen)) {
            (true, true) => Prospect::SatisfiedForGood,
            (true, false) => Prospect::SatisfiedSoFar,
            (false, false) => Prospect::ViolatedSoFar,
            (false, true) => Prospect::ViolatedForGood,
        }
    }

    /// Whether nothing that may come changes what is said.
    fn is_decided(self, seen: &Seen) -> bool {
        match self {
            Self::Existence | Self::Absence => seen.any_a(),
            Self::ExactlyOne => seen.number_of_a > 1,
            Self::Init => seen.events > 0,
            Self::RespondedExistence => seen.any_b,
            Self::Coexistence | Self::NotCoexistence => seen.any_a() && seen.any_b,
            Self::Response => false,
            Self::Precedence => seen.any_a() || seen.any_b,
            Self::Succession => !seen.precedes(),
            Self::AlternateResponse => seen.a_while_waiting,
            Self::AlternatePrecedence => seen.b_without_new_a,
            Self::AlternateSuccession => seen.a_while_waiting || seen.b_without_new_a,
            Self::ChainResponse => seen.a_passed_over,
            Self::ChainPrecedence => seen.b_not_next_to_a,
            Self::ChainSuccession => seen.a_passed_over || seen.b_not_next_to_a,
            Self::NotSuccession => seen.b_after_a,
            Self::NotChainSuccession => seen.b_next_to_a,
        }
    }

    fn is_satisfied(self, seen: &Seen) -> bool {
        match self {
            Self::Existence => seen.any_a(),
            Self::Absence => !seen.any_a(),
            Self::ExactlyOne => seen.number_of_a == 1,
            Self::Init => seen.begins_with_a,
            Self::RespondedExistence => !seen.any_a() || seen.any_b,
            Self::Coexistence => seen.any_a() == seen.any_b,
            Self::NotCoexistence => !(seen.any_a() && seen.any_b),
            Self::NotSuccession => !seen.b_after_a,
            Self::NotChainSuccession => !seen.b_next_to_a,
            Self::Succession => seen.answers() && seen.precedes(),
            Self::Response => seen.answers(),
            Self::Precedence => seen.precedes(),
            Self::AlternateSuccession => seen.alternately_answers() && !seen.b_without_new_a,
            Self::AlternateResponse => seen.alternately_answers(),
            Self::AlternatePrecedence => !seen.b_without_new_a,
            Self::ChainSuccession => seen.directly_answers() && !seen.b_not_next_to_a,
            Self::ChainResponse => seen.directly_answers(),
            Self::ChainPrecedence => !seen.b_not_next_to_a,
        }
    }

    pub(super) fn is_activated(self, seen: &Seen) -> bool {
        match self {
            Self::Existence | Self::Absence | Self::ExactlyOne | Self::Init => true,
            Self::RespondedExistence
            | Self::Response
            | Self::AlternateResponse
            | Self::ChainResponse
            | Self::NotSuccession
            | Self::NotChainSuccession => seen.any_a(),
            Self::Precedence | Self::AlternatePrecedence | Self::ChainPrecedence => seen.any_b,
            Self::Coexistence
            | Self::Succession
            | Self::AlternateSuccession
            | Self::ChainSuccession
            | Self::NotCoexistence => seen.any_a() || seen.any_b,
        }
    }
}

/// One event of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    A,
    B,
    Other,
}

impl Step {
    fn of<T: PartialEq>(event: &T, a: &T, b: &T) -> Self {
        if event == a {
            Self::A
        } else if event == b {
            Self::B
        } else {
            Self::Other
        }
    }
}

/// What every template asks of a trace.
#[derive(Clone, Copy, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an answer of its own, and any may go with any"
)]
pub(super) struct Seen {
    events: u64,
    number_of_a: u64,
    begins_with_a: bool,
    any_b: bool,
    /// Whether the last event was an `a`.
    at_a: bool,
    /// Whether an `a` came after the last `b`.
    waiting: bool,
    /// A second `a` came while the first waited.
    a_while_waiting: bool,
    /// An `a` was directly followed by something else than `b`.
    a_passed_over: bool,
    b_after_a: bool,
    b_before_any_a: bool,
    /// A `b` came with no `a` after the `b` before it.
    b_without_new_a: bool,
    b_next_to_a: bool,
    b_not_next_to_a: bool,
}

impl Seen {
    pub(super) fn push(&mut self, step: Step) {
        match step {
            Step::A => self.a(),
            Step::B => self.b(),
            Step::Other => self.other(),
        }
    }

    fn a(&mut self) {
        self.a_passed_over |= self.at_a;
        self.a_while_waiting |= self.waiting;
        self.begins_with_a |= self.events == 0;
        (self.at_a, self.waiting) = (true, true);
        self.number_of_a += 1;
        self.events += 1;
    }

    fn b(&mut self) {
        self.any_b = true;
        self.b_after_a |= self.any_a();
        self.b_before_any_a |= !self.any_a();
        self.b_without_new_a |= !self.waiting;
        self.b_next_to_a |= self.at_a;
        self.b_not_next_to_a |= !self.at_a;
        (self.at_a, self.waiting) = (false, false);
        self.events += 1;
    }

    fn other(&mut self) {
        self.a_passed_over |= self.at_a;
        self.at_a = false;
        self.events += 1;
    }

    fn any_a(&self) -> bool {
        self.number_of_a > 0
    }

    fn answers(&self) -> bool {
        !self.waiting
    }

    fn precedes(&self) -> bool {
        !self.b_before_any_a
    }

    fn alternately_answers(&self) -> bool {
        !self.waiting && !self.a_while_waiting
    }

    fn directly_answers(&self) -> bool {
        !self.at_a && !self.a_passed_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 3] = [Step::A, Step::B, Step::Other];

    fn traces(length: u32) -> impl Iterator<Item = Vec<Step>> {
        let step = |number: usize, place: u32| STEPS[number / 3_usize.pow(place) % 3];
        (0..3_usize.pow(length))
            .map(move |number| (0..length).map(|place| step(number, place)).collect())
    }

    fn seen(steps: &[Step]) -> Seen {
        let mut seen = Seen::default();
        for &step in steps {
            seen.push(step);
        }
        seen
    }

    #[test]
    fn what_is_said_for_good_is_what_no_continuation_changes() {
        for template in Template::ALL {
            for trace in (0..5).flat_map(traces) {
                let now = template.is_satisfied(&seen(&trace));
                let goes_on = |more: Vec<Step>| seen(&[trace.clone(), more].concat());
                let changes = (1..4)
                    .flat_map(traces)
                    .any(|more| template.is_satisfied(&goes_on(more)) != now);
                let prospect = template.prospect_of(&seen(&trace));
                let for_good =
                    matches!(prospect, Prospect::SatisfiedForGood | Prospect::ViolatedForGood);
                assert_eq!(prospect.is_satisfied(), now, "{template:?} of {trace:?}");
                assert_eq!(for_good, !changes, "{template:?} of {trace:?}");
            }
        }
    }
}
