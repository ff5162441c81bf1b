//! When two spellings may mean one name.

use strsim::osa_distance;

/// A name without what is often written otherwise: width, case, and what stands between words.
///
/// Between two digits something always stands, so that `1-1` and `11` differ.
pub(super) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut is_parted = false;
    for c in name.chars().map(narrow) {
        if parts_words(c) {
            is_parted = true;
            continue;
        }
        if is_parted && c.is_numeric() && folded.ends_with(char::is_numeric) {
            folded.push('-');
        }
        is_parted = false;
        folded.extend(c.to_lowercase());
    }
    folded
}

/// Whether two names differ by one slip in one word: a letter more, less, other, or swapped with the next.
///
/// A word of fewer than four letters may well be meant (`log in`, `log on`; `A_SENT`, `O_SENT`), what holds a digit is a
/// number or a code, and an ideograph is a word of its own.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (Some((one_word, other_word)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    one.len() == other.len()
        && is_long_word(one_word)
        && is_long_word(other_word)
        && osa_distance(one_word, other_word) == 1
}

/// A letter of a script in which words are spelled.
pub(super) fn is_letter(c: char) -> bool {
    // kana, ideographs and Hangul syllables come after
    c.is_alphabetic() && c < '\u{2e80}'
}

fn is_long_word(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(is_letter)
}

/// The words of a name in lower case; `UploadID` has two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in name.chars().map(narrow) {
        let begins = parts_words(c) || (last.is_lowercase() && c.is_uppercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if !parts_words(c) {
            words.last_mut().expect("there is a first word").extend(c.to_lowercase());
        }
        last = c;
    }
    words
}

fn parts_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Full-width forms as the half-width ones that they stand for.
fn narrow(c: char) -> char {
    const FAR: u32 = '\u{ff01}' as u32 - '!' as u32;
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - FAR).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_what_parts_words_do_not_matter() {
        for name in ["upload id", "Upload_ID", "UPLOAD-ID", "ｕｐｌｏａｄ　ＩＤ", " uploadid "]
        {
            assert_eq!(folded(name), "uploadid", "{name}");
        }
        assert_eq!(folded("step 1_2"), folded("Step 1-2"));
        assert_ne!(folded("step 1-2"), folded("step 12"));
    }

    #[test]
    fn a_slip_is_in_one_long_word() {
        for (one, other) in [
            ("upload document", "Upload documents"),
            ("face_verification", "face_verfication"),
            ("hotlien", "hotline"),
            ("ChatAgent", "chatAgend"),
        ] {
            assert!(is_slip(one, other), "{one} {other}");
        }
    }

    #[test]
    fn what_may_well_be_meant_is_no_slip() {
        for (one, other) in [
            ("step1", "step2"),
            ("stage1", "stage"),
            ("PG01A", "PG01B"),
            ("A_DECLINED", "O_DECLINED"),
            ("planA", "planB"),
            ("log in", "log on"),
            ("人工审核", "人工复核"),
            ("第一次面签", "第二次面签"),
            ("upload", "download"),
            ("uploads docs", "upload docks"),
            ("same", "same"),
        ] {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }
}
