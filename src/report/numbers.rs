//! Numbers as a person reads them: grouped, with the digits that matter and their unit.

use super::phrases::Phrases;
use super::view::Quantity;
use crate::map::Language;
use crate::metric::Unit;
use crate::stats::Interval;

/// Between a number and its unit, which stay on one line; shown as a blank.
pub(super) const TIE: char = '\u{a0}';
/// What stands where a figure is undefined.
pub(super) const UNDEFINED: &str = "-";

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

#[allow(clippy::unused_self, reason = "a number is said in a language, though both say some alike")]
impl Phrases {
    /// `12,345`.
    pub(super) fn count(self, count: u64) -> String {
        grouped(&count.to_string())
    }

    /// A number that need not be whole: `0.42`, `3.1`, `412`.
    pub(super) fn amount(self, amount: f64) -> String {
        rounded(amount, decimals(amount))
    }

    /// A number of events, which need not be whole where it was estimated.
    pub(super) fn events(self, amount: f64) -> String {
        rounded(amount, usize::from(amount < 10.0 && amount.fract() != 0.0))
    }

    /// About so many: two digits that matter.
    pub(super) fn about(self, count: u64) -> String {
        let tens = 10_u64.pow(count.max(1).ilog10().saturating_sub(1));
        self.count(count.div_ceil(tens) * tens)
    }

    /// `12.3 %`.
    pub(super) fn share(self, share: f64) -> String {
        let percent = share * 100.0;
        // all but a few are not all
        if (99.95..100.0).contains(&percent) {
            return self.percent(&rounded(percent.min(99.99), 2));
        }
        // hardly any are not none
        if percent > 0.0 && percent < 0.000_05 {
            return self.percent("<0.0001");
        }
        self.percent(&rounded(percent, decimals(percent)))
    }

    /// The coverage of an interval, or a threshold: no more digits than it has.
    pub(super) fn level(self, share: f64) -> String {
        self.percent(&((share * 1e4).round() / 1e2).to_string())
    }

    /// `2.9×`.
    pub(super) fn times(self, factor: f64) -> String {
        format!("{}×", if factor < 10.0 { rounded(factor, 1) } else { rounded(factor, 0) })
    }

    /// A p-value or q-value.
    pub(super) fn chance(self, chance: f64) -> String {
        match chance {
            small if small < 0.001 => "<0.001".to_owned(),
            small if small < 0.1 => rounded(small, 3),
            large => rounded(large, 2),
        }
    }

    /// `CNY 1,234`.
    pub(super) fn money(self, currency: &str, amount: f64) -> String {
        let decimals = if amount.abs() < 100.0 { 2 } else { 0 };
        format!("{currency}{TIE}{}", rounded(amount, decimals))
    }

    /// `3 min 20 s`, `2.4 h`, `1.3 d`.
    pub(super) fn seconds(self, seconds: f64) -> String {
        if seconds < 0.0 {
            return format!("-{}", self.seconds(-seconds));
        }
        if (MINUTE..HOUR).contains(&seconds) {
            return self.minutes(seconds.round());
        }
        let (size, unit) = self.time_unit(seconds);
        let scaled = seconds / size;
        let digits = if scaled.fract() == 0.0 { 0 } else { decimals(scaled) };
        format!("{}{TIE}{unit}", rounded(scaled, digits))
    }

    fn minutes(self, seconds: f64) -> String {
        let (minutes, seconds) = ((seconds / MINUTE).floor(), seconds % MINUTE);
        let whole = format!("{}{TIE}{}", rounded(minutes, 0), self.minute());
        if seconds > 0.0 {
            format!("{whole}{TIE}{}{TIE}{}", rounded(seconds, 0), self.second())
        } else {
            whole
        }
    }

    /// A figure in its unit.
    pub(super) fn figure(self, unit: Unit, value: Option<f64>) -> String {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return UNDEFINED.to_owned();
        };
        match unit {
            Unit::Share => self.share(value),
            Unit::Seconds => self.seconds(value),
            Unit::Count => self.events(value),
        }
    }

    /// A figure of a view.
    pub(super) fn quantity(self, quantity: Quantity, value: f64) -> String {
        match quantity {
            Quantity::Chance => self.chance(value),
            Quantity::Number | Quantity::Words => self.amount(value),
            _ => self.figure(quantity.unit(), Some(value)),
        }
    }

    /// Both ends in one unit and with the same number of decimals.
    pub(super) fn interval(self, unit: Unit, interval: Option<Interval>) -> String {
        let Some(Interval { low, high }) = interval else { return UNDEFINED.to_owned() };
        let (size, unit) = match unit {
            Unit::Share => (0.01, ""),
            Unit::Seconds => self.time_unit(f64::midpoint(low, high).abs()),
            Unit::Count => (1.0, ""),
        };
        let ends = ends(low / size, high / size);
        match (size < 1.0, unit) {
            (true, _) => self.percent(&ends),
            (false, "") => ends,
            (false, unit) => format!("{ends}{TIE}{unit}"),
        }
    }

    fn percent(self, number: &str) -> String {
        match self.language {
            Language::En => format!("{number}{TIE}%"),
            Language::Zh => format!("{number}%"),
        }
    }

    fn time_unit(self, seconds: f64) -> (f64, &'static str) {
        match seconds {
            short if short < MINUTE => (1.0, self.second()),
            medium if medium < HOUR => (MINUTE, self.minute()),
            long if long < DAY => (HOUR, self.hour()),
            _ => (DAY, self.day()),
        }
    }
}

/// Decimals that leave two or three digits that matter.
fn decimals(value: f64) -> usize {
    match value.abs() {
        0.0 => 0,
        large if large >= 99.95 => 0,
        medium if medium >= 0.995 => 1,
        small if small >= 0.0995 => 2,
        smaller if smaller >= 0.00995 => 3,
        _ => 4,
    }
}

/// With decimals enough that different ends are seen to differ.
fn ends(low: f64, high: f64) -> String {
    let digits = (decimals(high)..4)
        .find(|&digits| low >= high || rounded(low, digits) != rounded(high, digits))
        .unwrap_or(4);
    // a dash before a minus cannot be read
    let between = if low < 0.0 { "…" } else { "–" };
    format!("{}{between}{}", rounded(low, digits), rounded(high, digits))
}

fn rounded(value: f64, decimals: usize) -> String {
    let digits = format!("{value:.decimals$}");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let whole = grouped(whole);
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Phrases = Phrases { language: Language::En };

    fn shown(text: &str) -> String {
        text.replace(TIE, " ")
    }

    #[test]
    fn counts_are_grouped() {
        for (count, shown) in [(0, "0"), (999, "999"), (12_345, "12,345"), (1_234_567, "1,234,567")]
        {
            assert_eq!(EN.count(count), shown);
        }
    }

    #[test]
    fn shares_keep_the_digits_that_matter() {
        for (share, shown) in [
            (0.0, "0 %"),
            (1.0, "100 %"),
            (2_676.0 / 2_677.0, "99.96 %"),
            (0.9994, "99.9 %"),
            (0.9995, "99.95 %"),
            (0.99958, "99.96 %"),
            (0.999_999, "99.99 %"),
            (0.000_000_4, "<0.0001 %"),
            (0.321, "32.1 %"),
            (0.0421, "4.2 %"),
            (0.00042, "0.042 %"),
        ] {
            assert_eq!(self::shown(&EN.share(share)), shown);
        }
    }

    #[test]
    fn times_are_said_in_the_unit_that_fits() {
        for (seconds, shown) in [
            (0.25, "0.25 s"),
            (12.34, "12.3 s"),
            (200.0, "3 min 20 s"),
            (3_599.7, "60 min"),
            (8_640.0, "2.4 h"),
            (112_320.0, "1.3 d"),
        ] {
            assert_eq!(self::shown(&EN.seconds(seconds)), shown);
        }
    }

    #[test]
    fn both_ends_of_an_interval_have_the_same_unit_and_decimals() {
        let interval = |low, high| Some(Interval { low, high });
        assert_eq!(shown(&EN.interval(Unit::Share, interval(0.094, 0.128))), "9.4–12.8 %");
        assert_eq!(shown(&EN.interval(Unit::Seconds, interval(30.0, 246.0))), "0.5–4.1 min");
        assert_eq!(EN.interval(Unit::Share, None), "-");
    }
}
