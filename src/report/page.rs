//! How a report is laid out, and for whom.

use super::Audience;
use crate::map::Language;

/// The language, width and length of a report, and whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// The language.
    pub language: Language,
    /// Columns of the screen; a Chinese character takes two.
    pub width: usize,
    /// Hotspots shown in each family.
    pub top: usize,
    /// Whom it is for.
    pub audience: Audience,
}

impl Default for Page {
    /// English, 80 columns, five hotspots, for internal use.
    fn default() -> Self {
        Self { language: Language::En, width: 80, top: 5, audience: Audience::Internal }
    }
}

impl Page {
    /// Narrower than this a table cannot be read; narrower pages are laid out as if they were so wide.
    pub const LEAST_WIDTH: usize = 40;

    /// In this language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// So many columns wide.
    #[must_use]
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.max(Self::LEAST_WIDTH);
        self
    }

    /// For these readers.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// With so many hotspots of each family.
    #[must_use]
    pub fn top(mut self, hotspots: usize) -> Self {
        self.top = hotspots;
        self
    }
}
