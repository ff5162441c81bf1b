//! Clustered variances as in R's survey 4.1.1, bootstrap intervals as in R's boot.

use touchpoint::stats::resampling::{
    Replicates, acceleration, bootstrap_weights, jackknife_variance, ratio_variance,
};

use crate::shared::{near, number, numbers, oracle, oracle_text};

/// Visits, excess and complaints of each journey.
fn journeys() -> Option<[Vec<f64>; 3]> {
    let text = oracle_text("08_friction/ratio_cluster.csv")?;
    let rows: Vec<Vec<f64>> = text.lines().skip(1).map(row).collect();
    Some([1, 2, 3].map(|column| rows.iter().map(|row| row[column]).collect()))
}

fn row(line: &str) -> Vec<f64> {
    line.split(',').map(|field| field.parse().expect("a number")).collect()
}

#[test]
fn a_ratio_of_journey_totals_has_the_standard_error_of_survey() {
    let Some([visits, excess, complaints]) = journeys() else {
        return;
    };
    let Some(file) = oracle("08_friction/ratio_cluster.json") else {
        return;
    };
    for (column, ratio, error) in
        [(excess, "ratio_excess", "se_excess"), (complaints, "ratio_compl", "se_compl")]
    {
        let got = ratio_variance(&column, &visits).expect("there are visits");
        near(got.ratio, number(&file, ratio), 1e-9);
        near(got.variance.sqrt(), number(&file, error), 1e-9);
    }
}

#[test]
fn leaving_out_each_journey_has_the_known_standard_error() {
    let Some([visits, excess, _]) = journeys() else {
        return;
    };
    let Some(file) = oracle("08_friction/ratio_cluster.json") else {
        return;
    };
    let totals = (excess.iter().sum::<f64>(), visits.iter().sum::<f64>());
    let without = excess.iter().zip(&visits).map(|(y, x)| (totals.0 - y) / (totals.1 - x));
    let variance = jackknife_variance(totals.0 / totals.1, without, visits.len());
    near(variance.expect("there are journeys").sqrt(), number(&file, "jackknife_se"), 2e-4);
}

#[test]
fn a_small_ratio_is_as_by_hand() {
    // residuals from the ratio 2 are -1, 1, 0: 3 / 2 * 2 / 6^2
    let got = ratio_variance(&[1.0, 5.0, 6.0], &[1.0, 2.0, 3.0]).expect("there are clusters");
    near(got.ratio, 2.0, 1e-15);
    near(got.variance, 1.0 / 12.0, 1e-15);
}

#[test]
fn drawing_journeys_anew_gives_the_intervals_of_boot() {
    let Some([visits, excess, _]) = journeys() else {
        return;
    };
    let Some(file) = oracle("08_friction/ratio_cluster.json") else {
        return;
    };
    let ratio = |weights: &[u32]| {
        let total = |column: &[f64]| -> f64 {
            weights.iter().zip(column).map(|(&weight, number)| f64::from(weight) * number).sum()
        };
        total(&excess) / total(&visits)
    };
    let value = number(&file, "ratio_excess");
    let drawn = (0..20_000).map(|replicate| ratio(&bootstrap_weights(1, replicate, visits.len())));
    let replicates = Replicates::new(drawn.collect()).expect("ratios are finite");
    let without = (0..visits.len()).map(|out| {
        let weights: Vec<u32> =
            (0..visits.len()).map(|journey| u32::from(journey != out)).collect();
        ratio(&weights)
    });
    let skewed = acceleration(value, without, visits.len()).expect("journeys differ");
    near(replicates.std_error().expect("many"), number(&file, "boot_se"), 0.01);
    for (got, name) in [
        (replicates.percentile(0.95), "perc"),
        (replicates.bca(value, skewed, 0.95), "bca"),
        (replicates.basic(value, 0.95), "basic"),
    ] {
        let (got, want) = (got.expect("it is defined"), numbers(&file, name));
        let allowed = 0.02 * (want[1] - want[0]);
        let off = (got.low - want[0]).abs().max((got.high - want[1]).abs());
        assert!(off <= allowed, "{name}: {got:?} is not {want:?}");
    }
}
