//! The facets of a complaint in the words of JR/T 0169-2018: a register's own words in, channel, business, reason and
//! consumer rights out.
//!
//! JR/T 0169-2018 金融消费者投诉统计分类及编码 has three facets. Its numeric codes could not be read, so that there are
//! names only, each with how it is [`Known`].

mod business;
mod cause;
mod cfpb;
mod channel;
mod known;
mod meaning;
mod reason;

pub use business::Business;
pub use cause::DispCause;
pub use cfpb::{CFPB_ISSUES, reason_of_cfpb_issue};
pub use channel::Channel;
pub use known::Known;
pub use meaning::{Meaning, Meanings, RightsFrom};
pub use reason::Reason;

/// A closed list of names: an enum with keys, names in both languages and how each is known.
macro_rules! facet {
    (
        $(#[$about:meta])*
        $name:ident {
            $($(#[$doc:meta])* $kind:ident = $key:literal, $en:literal, $zh:literal, $known:ident;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* #[doc = concat!($zh, ", written `", $key, "`.")] #[serde(rename = $key)] $kind),+
        }

        impl $name {
            /// All of them, in the order of their source.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its name as maps and tables for programs write it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key),+
                }
            }

            /// Its name for people.
            #[must_use]
            pub fn name(self) -> crate::map::Text {
                match self {
                    $(Self::$kind => crate::map::Text::both($en, $zh)),+
                }
            }

            /// How its name is known.
            #[must_use]
            pub const fn known(self) -> super::Known {
                match self {
                    $(Self::$kind => super::Known::$known),+
                }
            }

            /// The one with this key, or with this name in either language; capitals do not matter.
            #[must_use]
            pub fn named(text: &str) -> Option<Self> {
                match text.trim() {
                    $(text if text.eq_ignore_ascii_case($key) || text.eq_ignore_ascii_case($en) || text == $zh => {
                        Some(Self::$kind)
                    })+
                    _ => None,
                }
            }
        }
    };
}
use facet;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::map::Language;

    #[test]
    fn keys_and_names_are_found_and_no_two_are_alike() {
        let mut words = BTreeSet::new();
        for &reason in Reason::ALL {
            let name = reason.name();
            let said =
                [reason.key(), name.in_language(Language::En), name.in_language(Language::Zh)];
            for text in BTreeSet::from(said) {
                assert_eq!(Reason::named(text), Some(reason));
                assert!(words.insert(text.to_owned()), "{text}");
            }
        }
        assert_eq!(Channel::named(" SMS "), Some(Channel::Sms));
        assert_eq!(Channel::named("手机银行"), None);
        assert_eq!(Business::named("贷款"), Some(Business::Loans));
        let keys = Channel::ALL.iter().map(|channel| channel.key());
        assert_eq!(keys.collect::<BTreeSet<_>>().len(), Channel::ALL.len());
        let keys = Business::ALL.iter().map(|business| business.key());
        assert_eq!(keys.collect::<BTreeSet<_>>().len(), Business::ALL.len());
    }

    #[test]
    fn what_nobody_read_is_marked() {
        let remembered: Vec<&str> = Reason::ALL
            .iter()
            .filter(|reason| reason.known() == Known::Memory)
            .map(|reason| reason.key())
            .collect();
        assert_eq!(remembered, ["pricing", "debt-collection", "other"]);
        assert_eq!(Business::WealthManagement.known(), Known::Memory);
        assert!(Channel::ALL.iter().all(|channel| channel.known() == Known::SecondHand));
    }
}
