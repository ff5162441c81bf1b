//! Logs without problems have no hotspot.

use std::ops::Range;

use touchpoint::synthetic::Scenario;

use crate::shared::{FAMILIES, analyse};

#[test]
fn logs_without_problems_have_no_hotspot() {
    for (name, scenario) in null_scenarios() {
        let study = NullStudy::run(name, &scenario, 0..15);
        println!("{study}");
        // 12 % of 15 logs are 1.8; five or more would come by chance in 3 of 100 suites at that rate
        assert!(study.logs_with_hotspot.iter().all(|logs| *logs <= 4), "{study}");
    }
}

#[test]
#[ignore = "3,000 logs of 2,000 journeys"]
fn null_study() {
    for (name, scenario) in null_scenarios() {
        let study = NullStudy::run(name, &scenario, 0..1_000);
        println!("{study}");
        assert!(study.logs_with_hotspot.iter().all(|logs| *logs <= 120), "{study}");
    }
}

/// Equal touchpoints, rates that vary by 10 %, and customers who complain again and again.
fn null_scenarios() -> [(&'static str, Scenario); 3] {
    let equal = || Scenario::line(12).journeys(2_000).days(120);
    [
        ("equal touchpoints", equal()),
        ("rates varying by 10 %", equal().vary(0.1)),
        ("repeat complainers", equal().repeat_complainers(0.5)),
    ]
}

/// In how many logs without problems each family flagged something.
struct NullStudy {
    scenario: &'static str,
    logs: usize,
    logs_with_hotspot: [u32; 4],
}

impl NullStudy {
    fn run(name: &'static str, scenario: &Scenario, seeds: Range<u64>) -> Self {
        let logs = seeds.clone().count();
        let mut study = Self { scenario: name, logs, logs_with_hotspot: [0; 4] };
        for seed in seeds {
            let (_, card) = analyse(&scenario.clone().seed(seed).generate());
            for (place, (key, _)) in FAMILIES.iter().enumerate() {
                let any = !card.family(key).expect("a family").hotspots().is_empty();
                study.logs_with_hotspot[place] += u32::from(any);
            }
        }
        study
    }
}

impl std::fmt::Display for NullStudy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {} logs, with a hotspot of ", self.scenario, self.logs)?;
        for ((key, _), logs) in FAMILIES.iter().zip(self.logs_with_hotspot) {
            write!(f, "{key} {logs}  ")?;
        }
        Ok(())
    }
}
