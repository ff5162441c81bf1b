//! How a complaint was decided, by the word of the register.

use serde::Serialize;

/// How a complaint was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upheld {
    /// For the customer.
    Fully,
    /// For the customer in part; counted as upheld.
    Partly,
    /// Against the customer.
    Not,
}

impl Upheld {
    /// The decision that a word stands for; `None` for any other word. Capitals do not matter.
    ///
    /// ```
    /// use touchpoint::complaint::Upheld;
    ///
    /// assert_eq!(Upheld::of_word("Partial"), Some(Upheld::Partly));
    /// assert_eq!(Upheld::of_word("不支持"), Some(Upheld::Not));
    /// assert_eq!(Upheld::of_word("pending"), None);
    /// ```
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "full" | "fully" | "yes" | "true" | "1" | "upheld" | "是" | "支持" | "全部支持"
            | "成立" => Some(Self::Fully),
            "partial" | "partially" | "partly" | "in part" | "部分支持" | "部分成立" => {
                Some(Self::Partly)
            }
            "no" | "not" | "none" | "false" | "0" | "rejected" | "not upheld" | "否" | "不支持"
            | "不成立" => Some(Self::Not),
            _ => None,
        }
    }
}
