//! Words of which a pack has one: bases, severities, marks, rights, relations, templates.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::map::ConsumerRight;
use crate::rules::Template;
use crate::rules::pack::{Basis, Correlation, Mark, Relation, Roll, Severity};

/// An enum as it is written, and the type of the pack that it stands for.
macro_rules! words {
    ($case:literal $(#[$about:meta])* $raw:ident => $target:ident { $($(#[$attribute:meta])* $name:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Deserialize, serde::Serialize, JsonSchema)]
        #[serde(rename_all = $case)]
        pub(super) enum $raw { $($(#[$attribute])* $name),+ }

        impl From<$raw> for $target {
            fn from(raw: $raw) -> Self {
                match raw { $($raw::$name => $target::$name),+ }
            }
        }
    };
}

words! {
    "kebab-case"
    /// What a rule rests on.
    RawBasis => Basis {
        /// A law, or a rule that binds.
        Law,
        /// Guidance of an authority.
        Guidance,
        /// A standard of the house.
        House,
    }
}

words! {
    "kebab-case"
    /// How grave a breach is.
    RawSeverity => Severity {
        /// A matter of order.
        Low,
        /// To be put right.
        Medium,
        /// To be put right at once.
        High,
        /// Shown only where every clause was held against the text of the law.
        Critical,
    }
}

words! {
    "kebab-case"
    /// How a clause or an article is known.
    RawMark => Mark {
        /// From memory.
        Memory,
        /// From a second-hand report.
        SecondHand,
        /// The text itself was read.
        Read,
        /// A standard of the house, which no law has to verify.
        House,
    }
}

words! {
    "kebab-case"
    /// Which events belong together.
    #[derive(Default)]
    RawCorrelation => Correlation {
        /// Those of one journey.
        #[default]
        Journey,
        /// Those of one complaint.
        Complaint,
        /// Those of one customer.
        Customer,
        /// All of the log.
        Log,
    }
}

words! {
    "kebab-case"
    /// What happens where the last day is no open day.
    #[derive(Default)]
    RawRoll => Roll {
        /// Nothing.
        #[default]
        None,
        /// The limit ends with the next open day.
        NextOpenDay,
    }
}

words! {
    "kebab-case"
    /// How two values compare.
    RawRelation => Relation {
        /// They are the same.
        Equal,
        /// They are not.
        Different,
        /// The trigger's is not above the other.
        AtMost,
        /// The trigger's is not below the other.
        AtLeast,
    }
}

words! {
    "kebab-case"
    /// One of the eight rights of financial consumers.
    RawRight => ConsumerRight {
        /// Safety of property (财产安全权).
        PropertySafety,
        /// To know (知情权).
        Information,
        /// To choose (自主选择权).
        Choice,
        /// Fair dealing (公平交易权).
        FairDealing,
        /// Redress (依法求偿权).
        Redress,
        /// Education (受教育权).
        Education,
        /// Respect (受尊重权).
        Respect,
        /// Security of information (信息安全权).
        InformationSecurity,
    }
}

words! {
    "snake_case"
    /// A rule of order over the whole journey, about one type of event or two.
    RawTemplate => Template {
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
}
