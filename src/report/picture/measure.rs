//! How wide a text is on the picture, without its font at hand.

use unicode_width::UnicodeWidthChar;

/// Size of a text in pixels, and whether it is bold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    size: i32,
    /// In thousandths of a regular text.
    weight: i32,
}

impl Type {
    pub(super) const NAME: Self = Self { size: 13, weight: 1_070 };
    pub(super) const STAGE: Self = Self { size: 14, weight: 1_070 };
    pub(super) const TITLE: Self = Self { size: 19, weight: 1_070 };
    pub(super) const LINE: Self = Self { size: 12, weight: 1_000 };
    pub(super) const NOTE: Self = Self { size: 11, weight: 1_000 };

    /// Pixels that a text takes, by and large: a little more than in the fonts that were tried.
    pub(super) fn width(self, text: &str) -> i32 {
        let parts: i64 = text.chars().map(|c| i64::from(thousandths(c))).sum();
        let pixels = parts * i64::from(self.size) * i64::from(self.weight) / 1_000_000;
        i32::try_from(pixels).unwrap_or(i32::MAX / 2)
    }

    /// The text in so many pixels, ended by `…` where something was left out.
    pub(super) fn cut(self, text: &str, pixels: i32) -> String {
        if self.width(text) <= pixels {
            return text.to_owned();
        }
        format!("{}…", self.head(text, pixels - self.width("…")).trim_end())
    }

    /// The text in at most two lines of so many pixels, broken at a blank or between wide characters where it can be.
    pub(super) fn two_lines(self, text: &str, pixels: i32) -> Vec<String> {
        if self.width(text) <= pixels {
            return vec![text.to_owned()];
        }
        let head = self.head(text, pixels);
        let rest = &text[head.len()..];
        let is_wide = |c: Option<char>| c.is_some_and(|c| c.width() == Some(2));
        let at_blank = head.rfind(' ').filter(|at| *at > 0);
        let end = match at_blank {
            _ if rest.starts_with(' ') || is_wide(rest.chars().next()) => head.len(),
            Some(at) => at,
            None => head.len(),
        };
        vec![text[..end].trim_end().to_owned(), self.cut(text[end..].trim_start(), pixels)]
    }

    /// The longest beginning that fits.
    fn head(self, text: &str, pixels: i32) -> &str {
        let most = i64::from(pixels.max(0)) * 1_000_000 / i64::from(self.size * self.weight);
        let mut used = 0;
        let end = text.char_indices().find(|(_, c)| {
            used += i64::from(thousandths(*c));
            used > most
        });
        end.map_or(text, |(end, _)| &text[..end])
    }
}

/// The width of a character in thousandths of the size of the text.
fn thousandths(c: char) -> i32 {
    match (c, c.width()) {
        (_, Some(0) | None) => 0,
        ('\u{1f000}'.., _) => 1_300,
        (_, Some(2)) => 1_000,
        ('i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '!' | '\'', _) => 300,
        ('f' | 't' | 'r' | '(' | ')' | '[' | ']' | ' ' | '\u{a0}' | '-' | '/', _) => 370,
        ('m' | 'w' | 'M' | 'W' | '@' | '%' | '…', _) => 900,
        ('A'..='Z' | '_', _) => 690,
        _ => 590,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_the_room_ends() {
        assert_eq!(Type::NAME.cut("Offer", 100), "Offer");
        let cut = Type::NAME.cut("A name far longer than any card", 100);
        assert!(cut.ends_with('…') && Type::NAME.width(&cut) <= 100, "{cut}");
        assert_eq!(Type::NAME.cut("上传资料", 30), "上…");
        assert_eq!(Type::NAME.cut(&"长".repeat(300), 0), "…");
    }

    #[test]
    fn a_long_name_takes_two_lines() {
        assert_eq!(
            Type::NAME.two_lines("Fees and early repayment", 100),
            ["Fees and early", "repayment"]
        );
        assert_eq!(Type::NAME.two_lines("费用与提前还款告知", 100).len(), 2);
    }
}
