//! Ids made of labels.

use hashbrown::{HashMap, HashSet};

/// Longer ids help nobody.
const LONGEST: usize = 48;

/// Gives out ids, none twice.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    taken: HashSet<String>,
    /// How often a slug was asked for: trying every number from 2 would take for ever on many labels of one slug.
    asked: HashMap<String, u32>,
}

impl Slugs {
    /// The slug of a text, with a number where it is taken.
    pub(super) fn give(&mut self, text: &str) -> String {
        let base = slug(text);
        let asked = self.asked.entry(base.clone()).or_insert(0);
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            *asked += 1;
            id = format!("{base}-{}", *asked + 1);
        }
        id
    }
}

/// Letters and digits of any script in lower case, everything else as single hyphens.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let cut: String = slug.chars().take(LONGEST).collect();
    let cut = cut.trim_end_matches('-');
    if cut.is_empty() { "touchpoint".to_owned() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_and_unique() {
        let mut slugs = Slugs::default();
        for (label, id) in [
            ("A_SUBMITTED", "a-submitted"),
            ("a submitted", "a-submitted-2"),
            (" upload (ID) ", "upload-id"),
            ("上传 材料", "上传-材料"),
            ("\u{1f600}", "touchpoint"),
            ("!", "touchpoint-2"),
            ("touchpoint-2", "touchpoint-2-2"),
        ] {
            assert_eq!(slugs.give(label), id);
        }
    }

    #[test]
    fn many_labels_of_one_slug_take_no_longer_than_others() {
        let mut slugs = Slugs::default();
        let ids: HashSet<String> = (0..100_000).map(|_| slugs.give("?")).collect();
        assert_eq!(ids.len(), 100_000);
    }
}
