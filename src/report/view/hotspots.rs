//! Hotspots rolled up: by the department that answers, the consumer right at stake, or the stage.

use std::collections::BTreeMap;

use super::{Figure, Quantity, Subject, View};
use crate::map::{ConsumerRight, JourneyMap, Text, Touchpoint};
use crate::score::{Family, Score, Scorecard};

/// What hotspots are rolled up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HotspotsBy {
    /// The department that answers for the touchpoint.
    Owner,
    /// The consumer right; a touchpoint counts under each of its rights.
    Right,
    /// The stage.
    Stage,
}

/// A hotspot with its family.
type Hotspot<'a> = (&'a Family, &'a Score);

impl View {
    /// How many hotspots each department, right or stage has, and which to look at first: the one that lies furthest
    /// above those it is compared with, by the lower end of its interval.
    #[must_use]
    pub fn hotspots_by(scorecard: &Scorecard, map: &JourneyMap, by: HotspotsBy) -> Self {
        let (key, en, zh) = match by {
            HotspotsBy::Owner => ("owner", "Hotspots by department", "按部门的热点"),
            HotspotsBy::Right => ("right", "Hotspots by consumer right", "按消费者权利的热点"),
            HotspotsBy::Stage => ("stage", "Hotspots by stage", "按阶段的热点"),
        };
        let view = Self::new(format!("hotspots_by_{key}"), en, zh)
            .whole()
            .column(Quantity::Count, "hotspots", "hotspots", "热点")
            .column(Quantity::Words, "first", "look first at", "先看")
            .column(Quantity::Words, "because", "because of", "原因")
            .column(Quantity::Words, "right", "right", "权利");
        let mut groups: BTreeMap<(usize, String), (Text, Vec<Hotspot<'_>>)> = BTreeMap::new();
        for hotspot in scorecard.hotspots() {
            for (place, key, name) in groups_of(map, map.touchpoint(hotspot.1.touchpoint), by) {
                groups.entry((place, key)).or_insert((name, Vec::new())).1.push(hotspot);
            }
        }
        rows(view, groups, map)
    }
}

fn rows(
    mut view: View,
    groups: BTreeMap<(usize, String), (Text, Vec<Hotspot<'_>>)>,
    map: &JourneyMap,
) -> View {
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (_, hotspots))| std::cmp::Reverse(hotspots.len()));
    for ((_, key), (name, hotspots)) in groups {
        let count = hotspots.len() as f64;
        let worst = hotspots.into_iter().max_by(|a, b| above(a).total_cmp(&above(b)));
        if let Some((family, score)) = worst {
            let touchpoint = map.touchpoint(score.touchpoint);
            let words = [touchpoint.name.clone(), family.name.clone(), first_right(touchpoint)];
            let words = words.into_iter().map(Figure::Words);
            let figures = std::iter::once(count.into()).chain(words).collect();
            view.row(Subject::Named(key, name), figures);
        }
    }
    if view.rows.is_empty() {
        return view.note("No hotspots.", "没有热点。");
    }
    view.note(
        "First is what lies furthest above those it is compared with, by the lower end of its interval.",
        "先看者：区间下限超出比较对象最多的触点。",
    )
}

/// How far the lower end lies above the rest, as a factor.
fn above((_, score): &Hotspot<'_>) -> f64 {
    let low = score.interval.map(|interval| interval.low);
    let factor = low.zip(score.rest).map(|(low, rest)| low / rest);
    factor.filter(|factor| factor.is_finite()).unwrap_or(0.0)
}

fn first_right(touchpoint: &Touchpoint) -> Text {
    touchpoint.rights.first().map_or_else(|| Text::plain("-"), |right| right.name())
}

/// The groups of a touchpoint: a place in their order, a key and a name.
fn groups_of(
    map: &JourneyMap,
    touchpoint: &Touchpoint,
    by: HotspotsBy,
) -> Vec<(usize, String, Text)> {
    let stage = touchpoint.stage.index();
    match by {
        HotspotsBy::Owner => match &touchpoint.owner {
            Some(owner) => vec![(0, owner.clone(), Text::plain(owner))],
            None => vec![(1, "(none)".to_owned(), Text::both("(no owner)", "（无部门）"))],
        },
        HotspotsBy::Stage => {
            let named = &map.stages()[stage];
            vec![(stage, named.id.clone(), named.name.clone())]
        }
        HotspotsBy::Right => {
            let all = ConsumerRight::ALL.into_iter().enumerate();
            let named = all.filter(|(_, right)| touchpoint.rights.contains(right));
            let groups: Vec<_> =
                named.map(|(place, right)| (place, right.key().to_owned(), right.name())).collect();
            if groups.is_empty() { vec![no_right()] } else { groups }
        }
    }
}

fn no_right() -> (usize, String, Text) {
    (ConsumerRight::ALL.len(), "(none)".to_owned(), Text::both("(no right)", "（未涉及）"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Language;

    #[test]
    fn a_touchpoint_without_owner_and_right_is_told() {
        let text = "{ id: m, stages: [buy], touchpoints: [{ id: pay, stage: buy }] }";
        let map = JourneyMap::from_yaml(text).expect("a map");
        let touchpoint = &map.touchpoints()[0];
        let keys = |by| groups_of(&map, touchpoint, by).remove(0).1;
        assert_eq!(keys(HotspotsBy::Owner), "(none)");
        assert_eq!(keys(HotspotsBy::Right), "(none)");
        assert_eq!(keys(HotspotsBy::Stage), "buy");
        assert_eq!(first_right(touchpoint).in_language(Language::En), "-");
    }
}
