//! Phrases that the page alone needs.

use crate::map::Language;
use crate::report::phrases::Phrases;

impl Phrases {
    /// The one of two that is of this language.
    pub(super) const fn of<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self.language {
            Language::En => en,
            Language::Zh => zh,
        }
    }

    /// Touchpoints without a node of their own.
    pub(super) fn other_touchpoints(self, count: &str) -> String {
        match self.language {
            Language::En => format!("others ({count})"),
            Language::Zh => format!("其他（{count}）"),
        }
    }

    /// Between what is told and what is told of it.
    pub(super) const fn colon(self) -> &'static str {
        self.of(":", "：")
    }
}
