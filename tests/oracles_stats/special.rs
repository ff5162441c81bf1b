//! Special functions where R 4.2.2 and Boost (by scipy 1.17.1) agree.

use serde_json::Value;
use touchpoint::stats::special::{
    beta_cdf, beta_quantile, beta_sf, binomial_pmf, binomial_sf, chi_squared_isf, chi_squared_sf,
    digamma, gamma_cdf, gamma_quantile, gamma_sf, ln_gamma, negative_binomial_pmf,
    negative_binomial_sf, normal_quantile, normal_sf, poisson_pmf, poisson_sf, student_quantile,
    trigamma,
};

use crate::shared::{cases, error, number, oracle, whole};

/// Function, its two parameters, the point, and the value.
type Row = (&'static str, f64, f64, f64, f64);

/// Rows at which statrs 0.19.1 hangs or is wrong, and one of each kind beside.
const ROWS: [Row; 23] = [
    ("beta_ppf", 0.5, 10_000_000.5, 0.975, 2.511_942_715_366e-07),
    ("beta_ppf", 10.5, 9_999_990.5, 0.025, 5.141_450_011_725_29e-07),
    ("beta_ppf", 1.5, 1_199_999.5, 0.025, 8.991_471_578_319_91e-08),
    ("beta_ppf", 1_000_000.0, 1_000_000.0, 0.975, 0.500_692_951_666_051),
    ("beta_cdf", 1_000_000.0, 1_000_000.0, 0.5, 0.5),
    ("beta_sf", 0.05, 0.05, 0.999_999_999, 0.178_088_124_448_413),
    ("gamma_ppf", 0.1, 1.0, 5.0e-06, 5.930_711_291_413_93e-54),
    ("gamma_ppf", 0.05, 1.0, 0.025, 5.315_661_889_914_32e-33),
    ("gamma_ppf", 10_000_000.0, 1.0, 0.5, 9_999_999.666_666_67),
    ("gamma_cdf", 1_000_000.0, 1.0, 1_008_000.0, 0.999_999_999_999_999),
    ("gamma_sf", 10_000.0, 1.0, 10_800.0, 3.109_819_962_168_83e-15),
    ("chi2_isf", 3.0, 0.0, 1.0e-15, 72.942_517_841_442_8),
    ("chi2_sf", 1000.0, 0.0, 1000.0, 0.494_052_853_829_24),
    ("norm_ppf", 0.0, 0.0, 1.0e-300, -37.047_096_299_361_2),
    ("norm_sf", 0.0, 0.0, 37.0, 5.725_571_222_524_58e-300),
    ("t_ppf", 1.0, 0.0, 0.999_999, 318_309.886_173_59),
    ("t_ppf", 2.74, 0.0, 1.0e-10, -4_253.988_338_351_59),
    ("binom_sf", 2_000_000.0, 0.5, 1_000_000.0, 0.499_717_905_243_488),
    ("binom_pmf", 2_000_000.0, 0.5, 1_000_000.0, 0.000_564_189_513_024_063),
    ("pois_sf", 3.0, 0.0, 10.0, 0.000_292_336_950_647_337),
    ("nbinom_sf", 7.24, 0.3, 40.0, 0.006_173_295_388_929_03),
    ("nbinom_pmf", 0.1, 0.01, 100.0, 0.000_384_576_810_249_789),
    ("trigamma", 0.5, 0.0, 0.0, 4.934_802_200_544_68),
];

fn answer(function: &str, a: f64, b: f64, x: f64) -> Option<f64> {
    match function {
        "beta_ppf" => beta_quantile(a, b, x),
        "beta_cdf" => beta_cdf(a, b, x),
        "beta_sf" => beta_sf(a, b, x),
        "gamma_ppf" => gamma_quantile(a, x),
        "gamma_cdf" => gamma_cdf(a, x),
        "gamma_sf" => gamma_sf(a, x),
        "chi2_isf" => chi_squared_isf(a, x),
        "chi2_sf" => chi_squared_sf(a, x),
        "norm_ppf" => normal_quantile(x),
        "norm_sf" => normal_sf(x),
        "t_ppf" => student_quantile(x, a),
        "binom_sf" => binomial_sf(whole(x), whole(a), b),
        "binom_pmf" => binomial_pmf(whole(x), whole(a), b),
        "pois_sf" => poisson_sf(whole(x), a),
        "pois_pmf" => poisson_pmf(whole(x), a),
        "nbinom_sf" => negative_binomial_sf(whole(x), a, b),
        "nbinom_pmf" => negative_binomial_pmf(whole(x), a, b),
        "trigamma" => trigamma(a),
        "lgamma" => ln_gamma(a),
        "digamma" => digamma(a),
        other => panic!("no such function: {other}"),
    }
}

/// 1e-10; where the two sources or the shapes leave fewer digits, those.
fn tolerance(a: f64, b: f64, agreement: f64) -> f64 {
    let floor = if a.max(b) >= 1e6 { 1e-9 } else { 1e-10 };
    (10.0 * agreement).max(floor)
}

#[test]
fn special_functions_are_those_of_r() {
    for (function, a, b, x, want) in ROWS {
        let got = answer(function, a, b, x).expect("inside the domain");
        assert!(
            error(got, want) <= tolerance(a, b, 0.0),
            "{function}({a}, {b}, {x}) is {want}, not {got}"
        );
    }
}

#[test]
fn special_functions_are_those_of_r_on_every_row() {
    let Some(file) = oracle("00_special/special.json") else {
        return;
    };
    let wrong: Vec<String> = cases(&file).iter().filter_map(complaint).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows:\n{}",
        wrong.len(),
        cases(&file).len(),
        wrong.join("\n")
    );
}

fn complaint(row: &Value) -> Option<String> {
    let [a, b, x, want, agreement] =
        ["a", "b", "x", "R", "agree_rel"].map(|name| number(row, name));
    let function = row["f"].as_str().expect("a function has a name");
    let got = answer(function, a, b, x).unwrap_or(f64::NAN);
    let error = error(got, want);
    (error.is_nan() || error > tolerance(a, b, agreement))
        .then(|| format!("{function}({a}, {b}, {x}) is {want}, not {got}: off by {error:e}"))
}
