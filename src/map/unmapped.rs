//! Labels of the log that the map does not know: a map and labels in, a map that knows them out.

use std::collections::BTreeSet;

use hashbrown::HashSet;

use super::{Actor, JourneyMap, Stage, StageId, Targets, Text, Touchpoint};
use crate::yaml::nearest;

/// The id of the stage that holds what the map does not know.
const STAGE: &str = "unmapped";

impl JourneyMap {
    /// A map that knows these labels and nothing else: touchpoints of one stage, `unmapped`, in the order of their
    /// letters.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::map::JourneyMap;
    ///
    /// let map = JourneyMap::of_labels("complaints", ["fees", "closing", "fees"]);
    /// assert_eq!(map.touchpoints().len(), 2);
    /// ```
    #[must_use]
    pub fn of_labels<'a>(id: &str, labels: impl IntoIterator<Item = &'a str>) -> Self {
        Self::from_parts(id.to_owned(), Text::plain(id), Vec::new()).with_unmapped(labels)
    }

    /// The same map with labels that it does not know as touchpoints of a last stage, `unmapped`.
    ///
    /// They are added in the order of their letters, so the order of the log does not matter; what would
    /// exceed [`MAX_TOUCHPOINTS`](Self::MAX_TOUCHPOINTS) is left out.
    ///
    /// # Examples
    ///
    /// ```
    /// # use touchpoint::map::JourneyMap;
    /// # fn main() -> Result<(), touchpoint::map::MapError> {
    /// let map = JourneyMap::from_yaml("{ id: shop, stages: [buy], touchpoints: [{ id: pay, stage: buy }] }")?;
    /// let map = map.with_unmapped(["refund", "pay", "chat"]);
    /// let ids: Vec<_> = map.touchpoints().iter().map(|touchpoint| touchpoint.id.as_str()).collect();
    /// assert_eq!(ids, ["pay", "chat", "refund"]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_unmapped<'a>(mut self, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let unknown: BTreeSet<&str> =
            labels.into_iter().filter(|label| self.by_log_name(label).is_none()).collect();
        if unknown.is_empty() {
            return self;
        }
        let stage = self.unmapped_stage();
        let mut ids: HashSet<String> =
            self.touchpoints().iter().map(|touchpoint| touchpoint.id.clone()).collect();
        let room = Self::MAX_TOUCHPOINTS.saturating_sub(self.touchpoints().len());
        for label in unknown.into_iter().take(room) {
            let id = free_id(label, &ids);
            ids.insert(id.clone());
            self.add_touchpoint(unmapped(id, label, stage));
        }
        self
    }

    /// How many stages the design has: all but a last one that holds what the map does not know.
    pub(crate) fn designed_stages(&self) -> usize {
        let is_added = self.stages().last().is_some_and(|last| last.id == STAGE);
        self.stages().len() - usize::from(is_added)
    }

    /// The label or id of a touchpoint that was probably meant by a label that the map does not know.
    #[must_use]
    pub fn nearest_touchpoint(&self, label: &str) -> Option<&str> {
        let labels = self.touchpoints().iter().flat_map(|touchpoint| &touchpoint.log_names);
        let ids = self.touchpoints().iter().map(|touchpoint| &touchpoint.id);
        nearest(label, labels.chain(ids).map(String::as_str))
    }

    /// The stage of that id, added last where there is none.
    fn unmapped_stage(&mut self) -> StageId {
        let known = (0..).zip(self.stages()).find(|(_, stage)| stage.id == STAGE);
        match known {
            Some((place, _)) => StageId(place),
            None => self
                .add_stage(Stage {
                    id: STAGE.to_owned(), name: Text::both("Unmapped", "未映射")
                }),
        }
    }
}

/// The label, or what is free where a touchpoint of that id is known to the log by other labels.
fn free_id(label: &str, taken: &HashSet<String>) -> String {
    let mut id = label.to_owned();
    while taken.contains(&id) {
        id.insert_str(0, "unmapped ");
    }
    id
}

fn unmapped(id: String, label: &str, stage: StageId) -> Touchpoint {
    Touchpoint {
        id,
        name: Text::plain(label),
        stage,
        log_names: vec![label.to_owned()],
        kind: None,
        owner: None,
        rights: Vec::new(),
        actor: Actor::Customer,
        contact: false,
        intake: false,
        targets: Targets::default(),
        protective: None,
        end: None,
        next: Vec::new(),
        begins: false,
        records: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> JourneyMap {
        let text = "{ id: m, stages: [buy], touchpoints: [{ id: pay, stage: buy, log: PAY_OK }] }";
        JourneyMap::from_yaml(text).expect("a good map")
    }

    #[test]
    fn the_order_of_the_labels_does_not_matter() {
        let one = map().with_unmapped(["b", "a", "PAY_OK", "b"]);
        let other = map().with_unmapped(["PAY_OK", "a", "b"]);
        assert_eq!(one.touchpoints(), other.touchpoints());
        assert_eq!(one.touchpoints().len(), 3);
        assert_eq!(one.stages().last().map(|stage| stage.id.as_str()), Some("unmapped"));
    }

    #[test]
    fn a_label_that_is_the_id_of_another_touchpoint_gets_an_id_of_its_own() {
        let map = map().with_unmapped(["pay", "unmapped pay"]);
        let added = map.by_log_name("pay").expect("it was added");
        assert_eq!(map.touchpoint(added).id, "unmapped pay");
        let second = map.by_log_name("unmapped pay").expect("it was added");
        assert_eq!(map.touchpoint(second).id, "unmapped unmapped pay");
    }

    #[test]
    fn adding_twice_uses_the_same_stage() {
        let map = map().with_unmapped(["a"]).with_unmapped(["b"]);
        assert_eq!(map.stages().len(), 2);
    }

    #[test]
    fn labels_beyond_the_most_touchpoints_are_left_out() {
        let labels: Vec<String> = (0..70_000).map(|number| number.to_string()).collect();
        let map = map().with_unmapped(labels.iter().map(String::as_str));
        assert_eq!(map.touchpoints().len(), JourneyMap::MAX_TOUCHPOINTS);
    }

    #[test]
    fn labels_that_are_all_known_leave_the_map_as_it_was() {
        assert_eq!(map().with_unmapped(["PAY_OK"]).stages().len(), 1);
    }

    #[test]
    fn a_slip_in_a_label_finds_the_touchpoint() {
        assert_eq!(map().nearest_touchpoint("PAY_OL"), Some("PAY_OK"));
        assert_eq!(map().nearest_touchpoint("refund"), None);
    }
}
