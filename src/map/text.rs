//! Names in one or two languages.

use serde::Serialize;

use crate::yaml::Name;

/// A language that reports speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese (中文).
    Zh,
}

/// A name or title in one or two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// In English, if given.
    pub en: Option<String>,
    /// In Chinese, if given.
    pub zh: Option<String>,
    /// Given without saying in which language, or the thing's id where no name was given.
    pub plain: Option<String>,
}

impl Text {
    /// A text that is the same in every language.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { plain: Some(text.into()), ..Self::default() }
    }

    /// A text in both languages.
    #[must_use]
    pub fn both(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: Some(en.into()), zh: Some(zh.into()), plain: None }
    }

    /// The name that is given, else the id.
    pub(crate) fn named(name: Option<Name>, id: &str) -> Self {
        name.map_or_else(|| Self::plain(id), Self::from)
    }

    /// The text in a language, or in whichever it was given.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.zh),
            Language::Zh => (&self.zh, &self.en),
        };
        [first, &self.plain, second].into_iter().flatten().next().map_or("", String::as_str)
    }
}

impl From<Name> for Text {
    fn from(name: Name) -> Self {
        match name {
            Name::Plain(text) => Self::plain(text),
            Name::Languages { en, zh } => Self { en, zh, plain: None },
        }
    }
}
