//! Standard output: its width, its colours, and readers that stop early.

use std::io::{self, ErrorKind, Write};

use touchpoint::report::Page;

use super::Outcome;
use super::arguments::{Color, PageOptions};
use super::failure::Failure;

impl Color {
    /// Settles the choice for all streams.
    pub(super) fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

impl PageOptions {
    /// A page as wide as the terminal.
    pub(super) fn page(&self) -> Page {
        self.of_width(width())
    }

    /// A page for a file, the same on every terminal.
    pub(super) fn page_of_a_file(&self) -> Page {
        self.of_width(Page::default().width)
    }

    fn of_width(&self, width: usize) -> Page {
        let page = Page::default().language(self.lang.into()).width(width).audience(self.audience);
        match self.top {
            Some(hotspots) => page.top(hotspots),
            None => page,
        }
    }
}

/// Columns of the screen: `COLUMNS`, else the terminal's, else 80.
pub(super) fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size_of(io::stdout());
    asked
        .filter(|columns| *columns > 0)
        .or_else(|| terminal().map(|(columns, _)| usize::from(columns.0)))
        .unwrap_or(Page::default().width)
}

/// Writes a text to standard output; a reader that has seen enough is no error.
pub(super) fn print(text: &str) -> Result<Outcome, Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}")))
        }
        _ => Ok(Outcome::Done),
    }
}

/// Writes a note to standard error, unless asked to be quiet.
pub(super) fn note(text: &str, quiet: bool) {
    if !quiet {
        anstream::eprintln!("touchpoint: {text}");
    }
}
