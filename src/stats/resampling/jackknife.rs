//! Estimates without each cluster in, the variance of the estimate and its skewness out.

/// The delete-one jackknife variance of an estimate: `(B - 1) / B` times the sum over the `B` clusters of the squared
/// change when the cluster is left out.
///
/// `leave_one_out` gives the estimate without one cluster, for those clusters without which it changes; the clusters
/// it does not give are taken to change nothing. `None` with fewer than two clusters, more estimates than clusters, or
/// an estimate that is not finite. Source: Efron & Stein, *Ann. Stat.* 9 (1981) 586, centred on the full estimate.
///
/// ```
/// use touchpoint::stats::resampling::jackknife_variance;
///
/// // the mean of 1, 2, 6: its variance is the sample variance over 3
/// let variance = jackknife_variance(3.0, [4.0, 3.5, 1.5], 3).expect("there are three clusters");
/// assert!((variance - 7.0 / 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn jackknife_variance(
    full: f64,
    leave_one_out: impl IntoIterator<Item = f64>,
    clusters: usize,
) -> Option<f64> {
    let mut given = 0;
    let mut squares = 0.0;
    for estimate in leave_one_out {
        given += 1;
        squares += (estimate - full) * (estimate - full);
    }
    let b = clusters as f64;
    let variance = (b - 1.0) / b * squares;
    (clusters >= 2 && given <= clusters && variance.is_finite()).then_some(variance)
}

/// How the standard error of an estimate changes with what it estimates, a sixth of the skewness of the clusters'
/// influence: the acceleration of the [interval that is corrected for it](super::Replicates::bca).
///
/// `leave_one_out` as for [`jackknife_variance`]. `None` with fewer than two clusters, more estimates than clusters, an
/// estimate that is not finite, or where none changes. Source: Efron & Tibshirani, *An Introduction to the Bootstrap*
/// (1993), equation 14.15.
#[must_use]
pub fn acceleration(
    full: f64,
    leave_one_out: impl IntoIterator<Item = f64>,
    clusters: usize,
) -> Option<f64> {
    let (mut given, mut moments) = (0, [0.0; 3]);
    for estimate in leave_one_out {
        given += 1;
        let influence = full - estimate;
        moments[0] += influence;
        moments[1] += influence * influence;
        moments[2] += influence.powi(3);
    }
    let b = clusters as f64;
    let mean = moments[0] / b;
    // moments about the mean, over the clusters that change nothing too
    let squares = moments[1] - b * mean * mean;
    let cubes = moments[2] - 3.0 * mean * moments[1] + 2.0 * b * mean.powi(3);
    let acceleration = cubes / (6.0 * squares.max(0.0).powf(1.5));
    (clusters >= 2 && given <= clusters && acceleration.is_finite()).then_some(acceleration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_that_change_nothing_need_not_be_given() {
        let all = jackknife_variance(1.0, [1.5, 1.0, 1.0, 0.75], 4);
        assert_eq!(jackknife_variance(1.0, [1.5, 0.75], 4), all);
        let all = acceleration(1.0, [1.5, 1.0, 1.0, 0.75], 4);
        assert_eq!(acceleration(1.0, [1.5, 0.75], 4), all);
    }

    #[test]
    fn the_acceleration_of_a_mean_is_a_sixth_of_the_skewness_of_its_numbers() {
        // 0, 0, 3: deviations -1, -1, 2; squares 6, cubes 6
        let got = acceleration(1.0, [1.5, 1.5, 0.0], 3).expect("there are three clusters");
        assert!((got - 6.0 / (6.0 * 6f64.powf(1.5))).abs() < 1e-12);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(jackknife_variance(1.0, [1.0], 1), None);
        assert_eq!(jackknife_variance(1.0, [1.0; 3], 2), None);
        assert_eq!(jackknife_variance(1.0, [f64::NAN, 1.0], 2), None);
        assert_eq!(acceleration(1.0, [1.0, 1.0], 2), None);
        assert_eq!(acceleration(1.0, [2.0], 1), None);
        assert_eq!(acceleration(1.0, [f64::NAN, 1.0], 2), None);
    }
}
