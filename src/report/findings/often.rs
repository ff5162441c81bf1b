//! Shares in words.

use crate::map::Language;
use crate::report::phrases::Phrases;

/// A share is said as a fraction that misses it by at most this part of it.
const CLOSE: f64 = 0.05;
/// Below the last of these it is said as one in so many.
const FRACTIONS: [(u32, u32); 12] = [
    (9, 10),
    (4, 5),
    (3, 4),
    (2, 3),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (1, 8),
    (1, 9),
];
const NUMBERS: [&str; 10] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/// Rarer than one in so many is said in figures alone.
const RAREST: f64 = 0.001;

impl Phrases {
    /// `about one visit in seven (14.3 %)`; where no simple fraction is close, `45.1 % of visits`.
    pub(super) fn often(self, share: f64) -> String {
        let figure = self.share(share);
        match (self.language, fraction(share)) {
            (Language::En, Some((part, whole))) => {
                let noun = if part == 1 { "visit" } else { "visits" };
                format!("about {} {noun} in {} ({figure})", number(part), number(whole))
            }
            (Language::En, None) => format!("{figure} of visits"),
            (Language::Zh, Some((part, whole))) => {
                format!("约每 {whole} 次访问有 {part} 次（{figure}）")
            }
            (Language::Zh, None) => format!("{figure} 的访问"),
        }
    }
}

fn number(number: u32) -> String {
    let word = NUMBERS.get(number as usize - 1);
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// The closest fraction that a reader takes in at once; `None` where none is close.
fn fraction(share: f64) -> Option<(u32, u32)> {
    let value = |(part, whole): (u32, u32)| f64::from(part) / f64::from(whole);
    let miss = |fraction| (value(fraction) / share - 1.0).abs();
    let closest =
        FRACTIONS.into_iter().chain(one_in(share)).min_by(|a, b| miss(*a).total_cmp(&miss(*b)))?;
    (miss(closest) <= CLOSE).then_some(closest)
}

/// One in ten or more, two digits of which matter.
#[expect(clippy::cast_sign_loss, reason = "from 9 to 1,000")]
fn one_in(share: f64) -> Option<(u32, u32)> {
    if !(RAREST..0.11).contains(&share) {
        return None;
    }
    let whole = (1.0 / share).round() as u32;
    Some((1, if whole < 100 { whole } else { (whole + 5) / 10 * 10 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_fraction_only_where_that_is_close() {
        for (share, wanted) in [
            (1.0 / 3.0, Some((1, 3))),
            (0.143, Some((1, 7))),
            (0.0527, Some((1, 19))),
            (0.00862, Some((1, 120))),
            (0.66, Some((2, 3))),
            (0.45, None),
            (0.97, None),
            (0.0004, None),
            (0.0, None),
            (1.7, None),
        ] {
            assert_eq!(fraction(share), wanted, "{share}");
        }
    }

    #[test]
    fn both_the_words_and_the_figure_are_told() {
        let said = |language, share| Phrases { language }.often(share).replace('\u{a0}', " ");
        assert_eq!(said(Language::En, 0.143), "about one visit in seven (14.3 %)");
        assert_eq!(said(Language::En, 0.667), "about two visits in three (66.7 %)");
        assert_eq!(said(Language::En, 0.45), "45.0 % of visits");
        assert_eq!(said(Language::Zh, 0.052), "约每 19 次访问有 1 次（5.2%）");
    }
}
