//! How far reading has come, on standard error: one line that is drawn again and again on a terminal, or line after line
//! for a log file.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::arguments::{ProgressForm, Talk};
use super::progress_line::Figures;

/// A terminal shows nothing where reading is over before anyone would ask.
const PATIENCE: Duration = Duration::from_millis(200);

/// Between two drawings.
const FRAME: Duration = Duration::from_millis(100);

/// Between two lines.
const PACE: Duration = Duration::from_secs(10);

/// Is told how far reading has come, and shows it; a line on a terminal is wiped when it is dropped.
pub(super) struct Progress<'s> {
    shown: Shown,
    figures: Figures,
    clock: Box<dyn Fn() -> Duration + 's>,
    due: Duration,
    sink: Box<dyn Write + 's>,
}

/// How it is shown.
#[derive(Clone, Copy)]
enum Shown {
    Nothing,
    /// Each figure on a new line.
    Lines,
    /// Over the line before, which took so many columns, on a terminal of a width to be asked for.
    Drawing {
        drawn: usize,
        width: fn() -> usize,
    },
}

impl Progress<'static> {
    /// Of so many bytes to read, where that is known.
    pub(super) fn new(total: Option<u64>, talk: Talk) -> Self {
        let began = Instant::now();
        Self::with(
            total,
            Shown::by(talk),
            Box::new(move || began.elapsed()),
            Box::new(io::stderr()),
        )
    }
}

impl<'s> Progress<'s> {
    fn with(
        total: Option<u64>,
        shown: Shown,
        clock: Box<dyn Fn() -> Duration + 's>,
        sink: Box<dyn Write + 's>,
    ) -> Self {
        let due = match shown {
            Shown::Lines => PACE,
            _ => PATIENCE,
        };
        Self { shown, figures: Figures::new(total), clock, due, sink }
    }

    /// So many bytes were taken and rows read.
    pub(super) fn report(&mut self, taken: u64, rows: u64) {
        self.figures = Figures { taken, rows, elapsed: (self.clock)(), ..self.figures };
        if self.figures.elapsed < self.due {
            return;
        }
        match self.shown {
            Shown::Nothing => {}
            Shown::Lines => {
                self.due += PACE;
                self.tell(&self.figures.line());
            }
            Shown::Drawing { drawn, width } => {
                self.due = self.figures.elapsed + FRAME;
                self.draw(drawn, width);
            }
        }
    }

    /// Everything was read.
    pub(super) fn finish(mut self) {
        self.figures.elapsed = (self.clock)();
        if let Shown::Lines = self.shown {
            self.tell(&self.figures.sum());
        }
    }

    /// Reading goes on where standard error cannot be written to.
    fn tell(&mut self, line: &str) {
        let _ = writeln!(self.sink, "touchpoint: {line}");
    }

    /// Blanks wipe what is left of the line before: they need no control sequence, which not every terminal has.
    fn draw(&mut self, drawn: usize, width: fn() -> usize) {
        // many terminals go to the next line after the last column
        let line = self.figures.within(width().saturating_sub(1));
        let _ = write!(self.sink, "\r{line:drawn$}").and_then(|()| self.sink.flush());
        self.shown = Shown::Drawing { drawn: line.len(), width };
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Shown::Drawing { drawn: drawn @ 1.., .. } = self.shown {
            let _ = write!(self.sink, "\r{:drawn$}\r", "").and_then(|()| self.sink.flush());
        }
    }
}

impl Shown {
    fn by(talk: Talk) -> Self {
        match talk.progress {
            _ if talk.quiet => Self::Nothing,
            ProgressForm::Plain => Self::Lines,
            ProgressForm::Auto if can_draw() => Self::Drawing { drawn: 0, width },
            _ => Self::Nothing,
        }
    }
}

/// Whether a line can be drawn over.
fn can_draw() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn width() -> usize {
    const USUAL: usize = 80;
    terminal_size::terminal_size_of(io::stderr())
        .map_or(USUAL, |(columns, _)| usize::from(columns.0))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const MIB: u64 = 1 << 20;

    /// Told every so often how far reading has come.
    fn told(shown: Shown, total: Option<u64>, reports: &[(u64, u64, u64)]) -> String {
        let (now, mut out) = (Cell::new(Duration::ZERO), Vec::new());
        let clock = Box::new(|| now.get());
        let mut progress = Progress::with(total, shown, clock, Box::new(&mut out));
        for &(millis, taken, rows) in reports {
            now.set(Duration::from_millis(millis));
            progress.report(taken, rows);
        }
        progress.finish();
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn lines_come_every_ten_seconds_and_at_the_end() {
        let reports = [
            (9_000, 90 * MIB, 900_000),
            (10_000, 100 * MIB, 1_000_000),
            (11_000, 110 * MIB, 1_100_000),
            (20_500, 205 * MIB, 2_050_000),
            (30_000, 300 * MIB, 3_000_000),
            (31_000, 310 * MIB, 3_100_000),
        ];
        assert_eq!(
            told(Shown::Lines, Some(310 * MIB), &reports),
            "\
touchpoint: 32 %, 100.0 of 310.0 MiB, 1,000,000 rows, 100,000/s, 0:21 left
touchpoint: 66 %, 205.0 of 310.0 MiB, 2,050,000 rows, 100,000/s, 0:11 left
touchpoint: 96 %, 300.0 of 310.0 MiB, 3,000,000 rows, 100,000/s, 0:01 left
touchpoint: read 310.0 MiB, 3,100,000 rows, 100,000/s, in 0:31
"
        );
    }

    #[test]
    fn lines_of_an_unknown_length_name_no_share() {
        assert_eq!(
            told(Shown::Lines, None, &[(10_000, 3_072 * MIB, 31_000_000)]),
            "\
touchpoint: 3.0 GiB, 31,000,000 rows, 3,100,000/s
touchpoint: read 3.0 GiB, 31,000,000 rows, 3,100,000/s, in 0:10
"
        );
    }

    #[test]
    fn a_short_log_has_one_line_and_no_drawing() {
        let reports = [(150, MIB, 10_000)];
        assert_eq!(
            told(Shown::Lines, Some(MIB), &reports),
            "touchpoint: read 1.0 MiB, 10,000 rows, in 0:00\n"
        );
        let drawing = Shown::Drawing { drawn: 0, width: || 80 };
        assert_eq!(told(drawing, Some(MIB), &reports), "");
        assert_eq!(told(Shown::Nothing, Some(MIB), &[(60_000, MIB, 10_000)]), "");
    }

    #[test]
    fn a_drawing_covers_the_one_before_and_is_wiped() {
        let drawing = Shown::Drawing { drawn: 0, width: || 20 };
        let drawn = told(
            drawing,
            Some(4 * MIB),
            &[(200, MIB, 1_000), (250, 2 * MIB, 2_000), (400, 4 * MIB, 900)],
        );
        assert_eq!(drawn, "\r25 %, 1,000 rows\r100 %, 900 rows \r               \r");
    }
}
