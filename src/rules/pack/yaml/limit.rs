//! Limits as they are written: 15d, 10bd, 8w, 72h.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::pack::{Limit, Unit};
use crate::yaml::{NotOfForm, TextForm};

/// The forms that only packs have.
pub(super) const FORMS: [TextForm; 1] = [TextForm {
    name: "limit",
    wanted: "a limit such as 15d, 10bd (business days), 8w or 72h, longer than nothing and at most ten years",
    accepts: |text| limit(text).is_some(),
}];

/// A limit of the form.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "limit", "examples" = ["15d", "10bd", "8w", "72h"]))]
pub(super) struct RawLimit(#[schemars(with = "String")] pub(super) Limit);

impl TryFrom<String> for RawLimit {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        limit(&text).map(Self).ok_or_else(|| NotOfForm::of(&FORMS, "limit"))
    }
}

/// The limit that a text says.
pub(super) fn limit(text: &str) -> Option<Limit> {
    let end_of_digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (digits, unit) = text.split_at(end_of_digits);
    let unit = match unit {
        "h" => Unit::Hour,
        "d" => Unit::CalendarDay,
        "bd" => Unit::BusinessDay,
        "w" => Unit::Week,
        _ => return None,
    };
    let amount = digits.parse().ok().filter(|amount| (1..=most(unit)).contains(amount))?;
    Some(Limit { amount, unit })
}

/// Ten years, with their leap days; no year has more than 261 business days and a half.
const fn most(unit: Unit) -> u32 {
    match unit {
        Unit::Hour => 3_653 * 24,
        Unit::CalendarDay => 3_653,
        Unit::BusinessDay => 2_610,
        Unit::Week => 522,
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Unit, limit};

    #[test]
    fn a_limit_is_an_amount_and_a_unit() {
        assert_eq!(limit("15d"), Some(Limit { amount: 15, unit: Unit::CalendarDay }));
        assert_eq!(limit("10bd"), Some(Limit { amount: 10, unit: Unit::BusinessDay }));
        assert_eq!(limit("8w"), Some(Limit { amount: 8, unit: Unit::Week }));
        assert_eq!(limit("72h"), Some(Limit { amount: 72, unit: Unit::Hour }));
    }

    #[test]
    fn nothing_and_more_than_ten_years_are_no_limits() {
        for text in ["0d", "3654d", "2611bd", "523w", "87673h", "99999999999d"] {
            assert_eq!(limit(text), None, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_limits() {
        for text in ["", "d", "15", "15 d", "15D", "-1d", "1.5d", "１５d", "15days"] {
            assert_eq!(limit(text), None, "{text}");
        }
    }
}
