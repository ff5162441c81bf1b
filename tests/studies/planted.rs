//! Planted problems are found, and little else.

use std::ops::Range;

use touchpoint::synthetic::{self as generator, Problem, Scenario, Trouble, Truth};

use crate::shared::{FAMILIES, analyse, hotspots, mean};

#[test]
fn planted_problems_are_found() {
    let study = PlantedStudy::run(1_000..1_010);
    println!("{study}");
    study.check();
}

#[test]
#[ignore = "200 logs of 5,000 journeys"]
fn planted_study() {
    let study = PlantedStudy::run(1_000..1_200);
    println!("{study}");
    study.check();
}

#[test]
fn the_hotline_that_receives_all_complaints_is_no_hotspot() {
    let (map, card) = analyse(&Scenario::retail_loan().journeys(3_000).seed(11).generate());
    let hotline =
        map.touchpoints().iter().position(|touchpoint| touchpoint.intake).expect("intake");
    let complaints = card.family("complaints").expect("the family");
    assert!(
        complaints.scores[hotline].value.is_none() && complaints.scores[hotline].rank.is_none()
    );
    assert_eq!(hotspots(&map, complaints), ["fees"]);
}

#[test]
fn a_slow_touchpoint_on_a_line_is_found() {
    let scenario = Scenario::line(12).journeys(2_000).days(120).seed(5);
    let ids: Vec<String> = scenario.touchpoint_ids().map(str::to_owned).collect();
    let slow = ids[4].clone();
    let (map, card) =
        analyse(&scenario.plant(Problem::new(slow.clone(), Trouble::Slow, 4.0)).generate());
    assert_eq!(hotspots(&map, card.family("friction").expect("a family")), [slow.as_str()]);
}

/// Causes found, and false among those flagged, by family.
#[derive(Default)]
struct PlantedStudy {
    causes: [u32; 4],
    found: [u32; 4],
    false_shares: [Vec<f64>; 4],
    false_names: Vec<String>,
}

impl PlantedStudy {
    fn run(seeds: Range<u64>) -> Self {
        let mut study = Self::default();
        for seed in seeds {
            let log = Scenario::retail_loan().journeys(5_000).seed(seed).generate();
            let (map, card) = analyse(&log);
            for (place, (key, family)) in FAMILIES.into_iter().enumerate() {
                let flagged = hotspots(&map, card.family(key).expect("a family"));
                study.count(place, family, &flagged, log.truth());
            }
        }
        study
    }

    fn count(&mut self, place: usize, family: generator::Family, flagged: &[&str], truth: &Truth) {
        let (planted, spill_over) = (truth.planted(family), truth.spill_over(family));
        self.causes[place] += planted.len() as u32;
        self.found[place] += planted.iter().filter(|cause| flagged.contains(cause)).count() as u32;
        let judged: Vec<&&str> = flagged.iter().filter(|name| !spill_over.contains(name)).collect();
        let wrong: Vec<&&&str> = judged.iter().filter(|name| !planted.contains(name)).collect();
        self.false_names.extend(wrong.iter().map(|name| format!("{}:{name}", family.name())));
        self.false_shares[place].push(wrong.len() as f64 / judged.len().max(1) as f64);
    }

    fn check(&self) {
        for place in 0..FAMILIES.len() {
            assert!(f64::from(self.found[place]) >= 0.95 * f64::from(self.causes[place]), "{self}");
            assert!(mean(&self.false_shares[place]) <= 0.1, "{self}");
        }
    }
}

impl std::fmt::Display for PlantedStudy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (key, _)) in FAMILIES.iter().enumerate() {
            let (found, causes) = (self.found[place], self.causes[place]);
            let wrong = 100.0 * mean(&self.false_shares[place]);
            writeln!(
                f,
                "{key}: {found} of {causes} causes flagged, {wrong:.1} % false among flagged"
            )?;
        }
        writeln!(f, "false: {:?}", self.false_names)
    }
}
