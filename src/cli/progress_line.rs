//! How far reading has come, in words: figures in, one line out.

use std::time::Duration;

/// How far reading has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    pub(super) taken: u64,
    /// Bytes there are to take, where that is known.
    pub(super) total: Option<u64>,
    pub(super) rows: u64,
    pub(super) elapsed: Duration,
}

/// A bar is as many of these steps long as fit, so that its end does not tremble as figures get longer.
const BAR_STEP: usize = 8;
const LONGEST_BAR: usize = 32;

/// A rate, or a time left, is not worth much before.
const SETTLED: Duration = Duration::from_secs(1);

impl Figures {
    /// Nothing was read so far.
    pub(super) fn new(total: Option<u64>) -> Self {
        Self { taken: 0, total: total.filter(|total| *total > 0), rows: 0, elapsed: Duration::ZERO }
    }

    /// All figures.
    pub(super) fn line(&self) -> String {
        joined([
            self.percent(),
            Some(self.bytes()),
            Some(self.row_count()),
            self.rate(),
            self.left(),
        ])
    }

    /// What was read in all.
    pub(super) fn sum(&self) -> String {
        let bytes = format!("read {}", size(self.taken, self.taken));
        let time = format!("in {}", clock(self.elapsed.as_secs()));
        joined([Some(bytes), Some(self.row_count()), self.rate(), Some(time)])
    }

    /// A bar and the figures that fit into so many columns, the dearest last to go.
    pub(super) fn within(&self, columns: usize) -> String {
        let (percent, rows, left) = (self.percent(), Some(self.row_count()), self.left());
        let lines = [
            self.line(),
            joined([percent.clone(), Some(self.bytes()), rows.clone(), left.clone()]),
            joined([percent.clone(), rows.clone(), left]),
            joined([percent.clone(), rows]),
            joined([percent]),
        ];
        let line = lines.into_iter().find(|line| line.len() <= columns).unwrap_or_default();
        self.bar(columns - line.len()) + &line
    }

    fn bar(&self, columns: usize) -> String {
        let length = columns.saturating_sub(" ".len()).min(LONGEST_BAR) / BAR_STEP * BAR_STEP;
        let Some(total) = self.total.filter(|_| length > 0) else { return String::new() };
        let inner = length - "[]".len();
        let done = share(self.taken, total, inner as u64) as usize;
        format!("[{}{}] ", "#".repeat(done), ".".repeat(inner - done))
    }

    fn percent(&self) -> Option<String> {
        self.total.map(|total| format!("{} %", share(self.taken, total, 100)))
    }

    fn bytes(&self) -> String {
        let Some(total) = self.total else { return size(self.taken, self.taken) };
        let taken = size(self.taken, total);
        let number = taken.split(' ').next().unwrap_or_default();
        format!("{number} of {}", size(total, total))
    }

    fn row_count(&self) -> String {
        format!("{} rows", grouped(self.rows))
    }

    fn rate(&self) -> Option<String> {
        let rate = u128::from(self.rows) * 1_000 / self.elapsed.as_millis().max(1);
        (self.elapsed >= SETTLED).then(|| format!("{}/s", grouped(rate as u64)))
    }

    /// As long as it would take at the pace so far.
    fn left(&self) -> Option<String> {
        let total = self.total.filter(|_| self.elapsed >= SETTLED && self.taken > 0)?;
        let left = u128::from(total.saturating_sub(self.taken)) * self.elapsed.as_millis()
            / u128::from(self.taken);
        Some(format!("{} left", clock(left.div_ceil(1_000) as u64)))
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// That part of a whole, at most all of it: a file may grow while it is read.
fn share(taken: u64, total: u64, whole: u64) -> u64 {
    (u128::from(taken.min(total)) * u128::from(whole) / u128::from(total)) as u64
}

/// Bytes in the unit that fits the larger of two numbers.
fn size(bytes: u64, larger: u64) -> String {
    let (power, unit) = match larger {
        0..=0xf_ffff => (10, "KiB"),
        0x10_0000..=0x3fff_ffff => (20, "MiB"),
        _ => (30, "GiB"),
    };
    format!("{:.1} {unit}", bytes as f64 / (1_u64 << power) as f64)
}

/// With commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let places = digits.len();
    let with_comma = |(place, digit): (usize, char)| {
        let comma = (place > 0 && (places - place).is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(with_comma).collect()
}

/// Minutes and seconds, with hours where there are any.
fn clock(seconds: u64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{:02}:{seconds:02}", minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GIB: u64 = 1 << 30;

    fn figures() -> Figures {
        Figures {
            taken: 12 * GIB,
            total: Some(40 * GIB),
            rows: 123_456_789,
            elapsed: Duration::from_secs(95),
        }
    }

    #[test]
    fn a_line_is_as_full_as_its_width_allows() {
        let figures = figures();
        for (columns, line) in [
            (6, "30 %"),
            (24, "30 %, 123,456,789 rows"),
            (39, "30 %, 123,456,789 rows, 3:42 left"),
            (79, "[#.....] 30 %, 12.0 of 40.0 GiB, 123,456,789 rows, 1,299,545/s, 3:42 left"),
            (
                139,
                "[#########.....................] 30 %, 12.0 of 40.0 GiB, 123,456,789 rows, 1,299,545/s, 3:42 left",
            ),
        ] {
            assert_eq!(figures.within(columns), line, "{columns}");
        }
    }

    #[test]
    fn without_a_total_there_is_no_bar() {
        let figures = Figures { total: None, ..figures() };
        assert_eq!(figures.within(79), "12.0 GiB, 123,456,789 rows, 1,299,545/s");
    }

    #[test]
    fn hours_are_told_where_there_are_any() {
        assert_eq!(
            [0, 59, 60, 3_599, 3_600, 360_000].map(clock),
            ["0:00", "0:59", "1:00", "59:59", "1:00:00", "100:00:00"]
        );
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn units_fit_the_larger_number() {
        let pairs = [(0, 5_000), (1 << 20, 1 << 20), (3 << 20, 1 << 30)];
        let told = pairs.map(|(bytes, larger)| size(bytes, larger));
        assert_eq!(told, ["0.0 KiB", "1.0 MiB", "0.0 GiB"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(
            taken: u64, total: Option<u64>, rows: u64, millis in 0..u64::MAX, columns in 0_usize..200
        ) {
            let elapsed = Duration::from_millis(millis);
            let figures = Figures { taken, rows, elapsed, ..Figures::new(total) };
            prop_assert!(figures.within(columns).len() <= columns);
        }
    }
}
