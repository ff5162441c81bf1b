//! The packs that come with the library.

use super::Pack;

/// Each pack's id and text.
const BUILT_IN: [(&str, &str); 3] = [
    ("cn", include_str!("../../../data/rules/cn.yaml")),
    ("us", include_str!("../../../data/rules/us.yaml")),
    ("uk", include_str!("../../../data/rules/uk.yaml")),
];

impl Pack {
    /// A pack that comes with the library, by its id; `None` where there is none of that id.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::rules::Pack;
    ///
    /// assert_eq!(Pack::built_in("cn").expect("a pack of that id").zone, "Asia/Shanghai");
    /// assert!(Pack::built_in("atlantis").is_none());
    /// ```
    #[must_use]
    pub fn built_in(id: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == id)?;
        Some(read(text))
    }

    /// The ids of the packs that come with the library.
    pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(id, _)| *id)
    }
}

fn read(text: &str) -> Pack {
    Pack::from_yaml(text).expect("a test reads every pack that comes with the library")
}

#[cfg(test)]
mod tests {
    use super::Pack;

    #[test]
    fn every_built_in_pack_is_right_and_goes_by_its_own_id() {
        for id in Pack::built_in_ids() {
            assert_eq!(Pack::built_in(id).expect("a pack").id, id);
        }
    }
}
