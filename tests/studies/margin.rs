//! In a log of a million journeys every small difference is certain, and none of them is a hotspot.

use touchpoint::synthetic::Scenario;

use crate::shared::{FAMILIES, analyse, hotspots};

#[test]
fn small_differences_are_no_hotspots_however_sure() {
    let study = MarginStudy::run(20_000, 2);
    println!("{study}");
    study.check();
}

#[test]
#[ignore = "5 logs of 1,000,000 journeys, 4 GB"]
fn margin_study() {
    let study = MarginStudy::run(1_000_000, 5);
    println!("{study}");
    study.check();
}

/// Hotspots by family over logs of forty touchpoints whose rates vary by 10 %.
struct MarginStudy {
    journeys: u64,
    logs: u32,
    hotspots: [usize; 4],
}

impl MarginStudy {
    fn run(journeys: u64, logs: u32) -> Self {
        let mut study = Self { journeys, logs, hotspots: [0; 4] };
        for seed in 0..logs {
            let scenario = Scenario::line(40).vary(0.1).journeys(journeys).days(120);
            let (map, card) = analyse(&scenario.seed(seed.into()).generate());
            for (found, (key, _)) in study.hotspots.iter_mut().zip(FAMILIES) {
                *found += hotspots(&map, card.family(key).expect("a family")).len();
            }
        }
        study
    }

    /// None in any log or family.
    fn check(&self) {
        assert_eq!(self.hotspots, [0; 4], "{self}");
    }
}

impl std::fmt::Display for MarginStudy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} logs of {} journeys, hotspots a log:", self.logs, self.journeys)?;
        for ((key, _), hotspots) in FAMILIES.iter().zip(self.hotspots) {
            write!(f, " {key} {:.2}", hotspots as f64 / f64::from(self.logs))?;
        }
        Ok(())
    }
}
