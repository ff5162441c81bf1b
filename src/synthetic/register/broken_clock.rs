//! Breaches in the register: complaints whose clocks were not kept.

use super::case::Case;
use super::complaint_id;
use super::course::Course;
use crate::synthetic::{Breach, PlantedBreach, Scenario};
use crate::time::{Micros, Timestamp};

/// The breaches, the course that each takes, and by how many days it is late.
const COURSES: [(Breach, Course, i64); 3] = [
    (
        Breach::ExtensionToldTooLate,
        Course { complex: Some(5), extension: Some((20, 33)), decided: 27, answered: 28 },
        3,
    ),
    (Breach::AnsweredLate, Course { complex: None, extension: None, decided: 16, answered: 17 }, 2),
    (
        Breach::CalledComplexTooLate,
        Course { complex: Some(29), extension: None, decided: 29, answered: 29 },
        14,
    ),
];

/// Plants what is asked, each in a complaint that breaks no other rule, a quarter of them apart; where there are not
/// enough, nothing.
pub(super) fn plant(scenario: &Scenario, cases: &mut [Case]) -> Vec<PlantedBreach> {
    let plain = plain(scenario, cases);
    let mut planted = Vec::new();
    for (quarter, (breach, course, days)) in (1..).zip(COURSES) {
        let place = plain.get(plain.len() * quarter / 4).filter(|_| plain.len() >= 4);
        if let Some(place) = place.filter(|_| scenario.breaches.contains(breach)) {
            let case = &mut cases[*place];
            case.course = course;
            let id = complaint_id(case.row.number);
            planted.push(PlantedBreach::in_register(breach, id, Micros::days(days)));
        }
    }
    planted
}

/// Ordinary complaints that nobody repeated or forwarded, received early enough that every course ends in the log.
fn plain(scenario: &Scenario, cases: &[Case]) -> Vec<usize> {
    const LONGEST: Micros = Micros::days(40);
    let latest = Timestamp(scenario.observation_end().0 - LONGEST.0);
    let class = scenario.register.map(|design| design.complaints.1);
    let repeated: std::collections::BTreeSet<_> =
        cases.iter().filter_map(|case| case.row.repeat_of).collect();
    let is_plain = |case: &Case| {
        Some(case.row.class) == class
            && case.course.is_ordinary()
            && case.row.received < latest
            && case.row.forwarded_by.is_empty()
            && case.row.repeat_of.is_none()
            && !repeated.contains(&case.row.number)
    };
    (0..cases.len()).filter(|place| is_plain(&cases[*place])).collect()
}
