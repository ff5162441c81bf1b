//! Garwood's limits as in R 4.2.2.

use touchpoint::stats::rate::garwood;

use crate::shared::{cases, near, number, oracle};

#[test]
fn limits_are_those_of_r() {
    let rows: [(u64, f64, f64, f64, f64); 4] = [
        (0, 1.0, 0.95, 0.0, 3.688_879_454_113_94),
        (1, 12.5, 0.95, 0.002_025_424_638_743_19, 0.445_731_471_275_112),
        (10, 1.0, 0.95, 4.795_388_696_132_43, 18.390_356_042_017_8),
        (100_000, 1.0, 0.99, 99_187.329_633_164_8, 100_817.431_033_291),
    ];
    for (events, exposure, level, low, high) in rows {
        limits_near(events, exposure, level, low, high);
    }
}

#[test]
fn limits_are_those_of_r_on_every_row() {
    let Some(file) = oracle("02_rates/garwood.json") else {
        return;
    };
    for case in cases(&file) {
        let events = case["x"].as_u64().expect("a count");
        let [exposure, level, low, high] =
            ["exposure", "conf", "lo", "hi"].map(|name| number(case, name));
        limits_near(events, exposure, level, low, high);
    }
}

fn limits_near(events: u64, exposure: f64, level: f64, low: f64, high: f64) {
    let got = garwood(events, exposure, level).expect("there is exposure");
    near(got.low, low, 1e-9);
    near(got.high, high, 1e-9);
}
