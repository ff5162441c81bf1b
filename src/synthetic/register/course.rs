//! How a house handles a complaint: on which day after its receipt each step is taken.

use crate::synthetic::chance::Chance;

/// The days of the steps, the day of receipt being day 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// Called complex.
    pub(super) complex: Option<u32>,
    /// The extension approved, and told to the customer.
    pub(super) extension: Option<(u32, u32)>,
    pub(super) decided: u32,
    pub(super) answered: u32,
}

/// The share of complaints that are complex, and of those whose time is extended too.
const COMPLEX: f64 = 0.12;
const EXTENDED: f64 = 0.03;

impl Course {
    /// Within the law: 15 days, 30 where it is complex, 60 where an extension was approved and told by then.
    pub(super) fn lawful(chance: &mut Chance) -> Self {
        let kind = chance.uniform();
        let complex = (kind < COMPLEX + EXTENDED).then(|| day(chance, 1, 8));
        if kind < EXTENDED {
            let approved = day(chance, 18, 25);
            let told = approved + day(chance, 0, 2);
            Self { extension: Some((approved, told)), ..Self::between(chance, complex, 32, 55) }
        } else if complex.is_some() {
            Self::between(chance, complex, 14, 26)
        } else {
            Self::between(chance, None, 1, 13)
        }
    }

    fn between(chance: &mut Chance, complex: Option<u32>, earliest: u32, latest: u32) -> Self {
        let decided = day(chance, earliest, latest);
        Self { complex, extension: None, decided, answered: decided + day(chance, 0, 2) }
    }

    pub(super) fn is_ordinary(self) -> bool {
        self.complex.is_none()
    }
}

/// Uniform on whole days, both ends included.
fn day(chance: &mut Chance, earliest: u32, latest: u32) -> u32 {
    let count = latest - earliest + 1;
    earliest + u32::try_from(chance.one_of(count as usize)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lawful_course_keeps_the_limit_that_its_steps_open() {
        let mut chance = Chance::new(1, 0);
        let courses: Vec<Course> = (0..20_000).map(|_| Course::lawful(&mut chance)).collect();
        for course in &courses {
            assert!(course.decided <= course.answered);
            assert!(course.complex.is_none_or(|day| (1..=15).contains(&day)), "{course:?}");
            assert!(course.extension.is_none_or(|(approved, told)| approved <= told && told <= 30));
            let limit = match (course.complex, course.extension) {
                (None, _) => 15,
                (Some(_), None) => 30,
                (Some(_), Some(_)) => 60,
            };
            assert!(course.answered <= limit, "{course:?}");
        }
        assert!(courses.iter().any(|course| course.answered > 30));
    }
}
