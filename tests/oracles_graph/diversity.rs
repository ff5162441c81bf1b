//! Entropy and diversity as in scipy, scikit-bio and pydtmc.

use serde_json::Value;
use touchpoint::graph::measures::VariantCoverage;
use touchpoint::journey::Variants;
use touchpoint::map::TouchpointId;
use touchpoint::stats::diversity::{
    chao1, chao1_classic, cumulative_coverage, gini, goods_coverage, simpson,
};
use touchpoint::stats::entropy::{entropy, miller_madow, normalised_entropy};
use touchpoint::stats::predictability::{entropy_rate, fano_bound, stationary};

use crate::shared::{all_near, near, number, numbers, oracle, whole};

const PARETO: [u64; 18] = [120, 64, 33, 20, 11, 9, 5, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1];

/// Paths with these counts.
fn coverage(counts: &[u64]) -> VariantCoverage {
    let path = |(place, count): (usize, &u64)| (vec![TouchpointId(place as u32)], *count);
    VariantCoverage::new(&Variants { paths: counts.iter().enumerate().map(path).collect() })
}

#[test]
fn many_paths_of_which_few_are_frequent() {
    near(chao1(&PARETO).expect("seen"), 23.25, 1e-12);
    near(chao1_classic(&PARETO).expect("some were seen twice"), 26.166_666_666_666_664, 1e-12);
    near(goods_coverage(&PARETO).expect("seen"), 0.974_820_143_884_892_1, 1e-12);
    assert_eq!(coverage(&PARETO).needed(0.8), Some(4));
    near(miller_madow(&PARETO).expect("seen"), 1.781_863_199_386_03, 1e-12);
}

#[test]
fn three_states_have_the_entropy_rate_of_pydtmc() {
    let rows = [vec![0.1, 0.6, 0.3], vec![0.4, 0.2, 0.4], vec![0.5, 0.25, 0.25]];
    near(entropy_rate(&rows).expect("connected"), 0.997_921_541_943_040_5, 1e-12);
}

#[test]
fn diversity_is_as_in_scikit_bio() {
    let Some(file) = oracle("11_entropy_variants/entropy.json") else { return };
    let tolerance = number(&file, "rel_tol");
    for name in ["small", "pareto"] {
        check_counts(&file[name], tolerance);
    }
    check_rate(&file["entropy_rate"], tolerance);
    for case in file["fano_predictability"]["cases"].as_array().expect("cases") {
        let bound = fano_bound(number(case, "S_bits"), whole(number(case, "N")));
        near(bound.expect("such an entropy is possible"), number(case, "pi_max"), tolerance);
    }
}

fn check_counts(case: &Value, tolerance: f64) {
    let counts: Vec<u64> = numbers(case, "variant_counts").into_iter().map(whole).collect();
    let check = |got: Option<f64>, name: &str| {
        near(got.unwrap_or_else(|| panic!("{name}")), number(case, name), tolerance);
    };
    check(entropy(&counts), "entropy_nats_plugin");
    check(entropy(&counts).map(|nats| nats / std::f64::consts::LN_2), "entropy_bits_plugin");
    check(miller_madow(&counts), "miller_madow_nats");
    check(normalised_entropy(&counts), "normalised");
    check(chao1(&counts), "chao1_biascorrected");
    check(chao1_classic(&counts), "chao1_classic");
    check(goods_coverage(&counts), "goods_coverage");
    check(gini(&counts), "gini_index");
    check(simpson(&counts), "simpson");
    all_near(&cumulative_coverage(&counts), &numbers(case, "cumulative_coverage"), tolerance);
    let seen = |times: u64| counts.iter().filter(|count| **count == times).count() as f64;
    near(seen(1), number(case, "singletons"), 0.0);
    near(seen(2), number(case, "doubletons"), 0.0);
    let coverage = coverage(&counts);
    assert_eq!(
        coverage.needed(0.8).map(|needed| needed as u64),
        case["variants_for_80pct"].as_u64()
    );
    check(coverage.goods_coverage, "goods_coverage");
    check(coverage.chao1, "chao1_biascorrected");
}

fn check_rate(case: &Value, tolerance: f64) {
    let rows = case["P"].as_array().expect("rows").iter();
    let rows: Vec<Vec<f64>> = rows
        .map(|row| row.as_array().expect("a row").iter().filter_map(Value::as_f64).collect())
        .collect();
    all_near(&stationary(&rows).expect("connected"), &numbers(case, "stationary"), tolerance);
    let rate = entropy_rate(&rows).expect("connected");
    near(rate, number(case, "entropy_rate_nats_pydtmc"), tolerance);
    near(rate, number(case, "check_scipy_nats"), tolerance);
    near(rate / (rows.len() as f64).ln(), number(case, "entropy_rate_normalized"), tolerance);
}
