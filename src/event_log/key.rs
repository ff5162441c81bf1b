//! A short text as one number: equal keys are equal texts, so that no text need be looked at.

/// A text of up to 15 bytes, held whole, with its length; all longer ones have one key, which says only that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// The length stands in the last of 16 bytes.
    const LONGEST: usize = 15;
    /// No length is as large as the last byte of this.
    const LONG: Self = Self { low: u64::MAX, high: u64::MAX };

    /// The key of the text in `bytes[start..end]`; what stands around it lets it be read in one go.
    #[inline]
    pub(super) fn new(bytes: &[u8], start: usize, end: usize) -> Self {
        let length = end - start;
        if length > Self::LONGEST {
            return Self::LONG;
        }
        let word = match bytes.get(start..).and_then(<[u8]>::first_chunk) {
            Some(word) => u128::from_le_bytes(*word),
            None => padded(&bytes[start..end]),
        };
        let text = word & ((1 << (8 * length)) - 1);
        let whole = text | ((length as u128) << 120);
        Self { low: whole as u64, high: (whole >> 64) as u64 }
    }

    pub(super) fn of(text: &[u8]) -> Self {
        Self::new(text, 0, text.len())
    }

    /// The text of a key that holds it whole.
    pub(super) fn text<R>(self, then: impl FnOnce(&str) -> R) -> R {
        let whole = u128::from(self.low) | u128::from(self.high) << 64;
        let length = (self.high >> 56) as usize;
        let text = whole.to_le_bytes();
        then(std::str::from_utf8(&text[..length]).expect("keys are made of whole texts"))
    }

    /// Whether the key holds the whole text.
    #[inline]
    pub(super) fn is_whole(self) -> bool {
        self != Self::LONG
    }
}

/// A text near the end of what was read.
fn padded(text: &[u8]) -> u128 {
    let mut word = [0; 16];
    word[..text.len()].copy_from_slice(text);
    u128::from_le_bytes(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equal_keys_are_equal_texts(a in "[a-c\0]{0,17}", b in "[a-c\0]{0,17}") {
            let (one, other) = (Key::of(a.as_bytes()), Key::of(b.as_bytes()));
            prop_assert_eq!(one.is_whole(), a.len() <= Key::LONGEST);
            if one.is_whole() {
                prop_assert_eq!(one == other, a == b);
                prop_assert!(one.text(|text| text == a));
            }
        }

        #[test]
        fn what_stands_around_a_text_changes_nothing(before in "[a-c]{0,3}", text in "[a-c]{0,15}", after in "[a-c]{0,20}") {
            let all = format!("{before}{text}{after}");
            let (start, end) = (before.len(), before.len() + text.len());
            prop_assert_eq!(Key::new(all.as_bytes(), start, end), Key::of(text.as_bytes()));
        }
    }
}
