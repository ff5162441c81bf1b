//! What people read: a text, or a text in each language.

use schemars::JsonSchema;
use serde::Deserialize;

/// A name or title: a text, or a text in each language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Name {
    /// In whatever language.
    Plain(String),
    /// In English, Chinese or both.
    #[schemars(extend("minProperties" = 1))]
    Languages {
        /// In English.
        en: Option<String>,
        /// In Chinese.
        zh: Option<String>,
    },
}
