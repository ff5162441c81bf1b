//! How far reading has come: on standard error, only where it is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Nothing is shown where reading is over before anyone would ask.
const PATIENCE: Duration = Duration::from_millis(200);

/// A bar, or where the length is not known the bytes and rows alone; removed when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Of so many bytes to read.
    pub(super) fn new(length: Option<u64>, quiet: bool) -> Self {
        let bar = match length {
            _ if quiet => ProgressBar::hidden(),
            Some(length) => {
                ProgressBar::new(length).with_style(style("{bar:30} {percent} %, {msg} rows"))
            }
            None => {
                ProgressBar::no_length().with_style(style("{spinner} {binary_bytes}, {msg} rows"))
            }
        };
        Self { bar: bar.with_elapsed(Duration::ZERO) }
    }

    /// So many bytes were taken and rows read.
    pub(super) fn report(&self, bytes: u64, rows: u64) {
        if self.bar.elapsed() > PATIENCE {
            self.bar.set_message(rows.to_string());
            self.bar.set_position(bytes);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are well formed")
}
