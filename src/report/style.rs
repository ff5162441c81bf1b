//! The styles of a terminal, as ANSI escapes; whoever prints to anything else strips them.

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    #[default]
    Plain,
    /// What a reader looks for.
    Strong,
    /// What a reader may skip.
    Faint,
    /// A hotspot.
    Hot,
    /// What is not settled.
    Unsure,
}

impl Style {
    const RESET: &'static str = "\x1b[0m";

    const fn escape(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\x1b[1m",
            Self::Faint => "\x1b[2m",
            Self::Hot => "\x1b[31m",
            Self::Unsure => "\x1b[33m",
        }
    }

    /// The text in this style, the blanks after it in none.
    pub(super) fn paint(self, text: &str) -> String {
        let said = text.trim_end();
        if self == Self::Plain || said.is_empty() {
            return text.to_owned();
        }
        format!("{}{said}{}{}", self.escape(), Self::RESET, &text[said.len()..])
    }
}
