//! Whether like values lie side by side: one value a place and the weights of its neighbours in, statistics with
//! expectation and variance out.
//!
//! Weights are sparse rows of (neighbour, weight), one row a place, as spdep's lists are; they need be neither symmetric
//! nor standardised. Conventions are spdep's. Where the input is unsound (rows and values differ in number, a neighbour
//! is out of range, a weight is negative or not finite, a value is not finite) there is no answer at all; where one
//! place has no neighbours, or nothing varies, that place has none.

use serde::Serialize;

use super::special::normal_sf;

/// Rows of (neighbour, weight).
type Rows<'a> = &'a [Vec<(u32, f64)>];

/// Whether a place's own value counts among its neighbours'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Own {
    /// It does, by the weight that its row gives it: Gi*.
    Included,
    /// It does not, and a weight that its row gives it is passed over: Gi.
    LeftOut,
}

/// Getis and Ord's statistic at one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetisOrd {
    /// The share of the sum of values that the neighbours have, by weight; `None` where values add up to 0 or less.
    pub share: Option<f64>,
    /// What chance gives for it.
    pub expected: f64,
    /// How far the neighbours are above the mean, in standard errors; the same for any scale of the row, and of the
    /// values. `None` where the other values do not vary, or all are neighbours alike.
    pub z: Option<f64>,
}

/// Getis and Ord's Gi or Gi* at every place: above 0 where high values are neighbours.
///
/// `None` in place of a statistic where there are no neighbours. Sources: Getis & Ord, *Geogr. Anal.* 24 (1992) 189; Ord
/// & Getis, *Geogr. Anal.* 27 (1995) 286, whose z is that of spdep's `localG`.
///
/// ```
/// use touchpoint::stats::local::{Own, getis_ord};
///
/// let side_by_side = [vec![(1, 1.0)], vec![(0, 1.0), (2, 1.0)], vec![(1, 1.0), (3, 1.0)], vec![(2, 1.0)]];
/// let places = getis_ord(&[9.0, 8.0, 1.0, 0.0], &side_by_side, Own::LeftOut).expect("sound weights");
/// assert!(places[0].and_then(|place| place.z).is_some_and(|z| z > 1.0));
/// ```
#[must_use]
pub fn getis_ord(values: &[f64], weights: Rows<'_>, own: Own) -> Option<Vec<Option<GetisOrd>>> {
    is_sound(values, weights).then(|| {
        let sums = Sums::of(values);
        (0..values.len())
            .map(|place| getis_ord_at(values, &weights[place], place, own, &sums))
            .collect()
    })
}

/// The number of values, their mean and the mean of the squared distances from it.
#[derive(Clone, Copy)]
struct Sums {
    n: f64,
    mean: f64,
    variance: f64,
}

impl Sums {
    fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        Self { n, mean, variance }
    }

    fn without(self, value: f64) -> Self {
        let n = self.n - 1.0;
        let mean = (self.n * self.mean - value) / n;
        let variance = (self.n * self.variance - (value - self.mean) * (value - mean)) / n;
        Self { n, mean, variance }
    }

    /// Whether values vary by more than the rounding of their sums.
    fn varies(&self) -> bool {
        const ROUNDING: f64 = 1e-14;
        self.variance > (ROUNDING * self.mean).powi(2)
    }
}

fn getis_ord_at(
    values: &[f64],
    row: &[(u32, f64)],
    place: usize,
    own: Own,
    sums: &Sums,
) -> Option<GetisOrd> {
    let counts = |neighbour: &u32| own == Own::Included || *neighbour as usize != place;
    let sums = if own == Own::Included { *sums } else { sums.without(values[place]) };
    let (mut all, mut squares, mut lag) = (0.0, 0.0, 0.0);
    for (neighbour, weight) in row.iter().filter(|(neighbour, _)| counts(neighbour)) {
        all += weight;
        squares += weight * weight;
        lag += weight * values[*neighbour as usize];
    }
    if all <= 0.0 {
        return None;
    }
    let total = sums.n * sums.mean;
    Some(GetisOrd {
        share: (total > 0.0).then(|| lag / total),
        expected: all / sums.n,
        z: z_of_lag(lag, all, squares, &sums),
    })
}

/// `(lag - mean W) / (s sqrt((n S1 - W^2) / (n - 1)))`, Ord & Getis (1995), equation 14.
fn z_of_lag(lag: f64, all: f64, squares: f64, sums: &Sums) -> Option<f64> {
    // equal weights on all places leave n S1 - W^2 at the rounding of its terms
    const ROUNDING: f64 = 1e-12;
    let spread = sums.n * squares - all * all;
    if !sums.varies() || spread <= ROUNDING * all * all {
        return None;
    }
    let z = (lag - sums.mean * all) / (sums.variance * spread / (sums.n - 1.0)).sqrt();
    z.is_finite().then_some(z)
}

/// Moran's local statistic at one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LocalMoran {
    /// Above 0 among values on the same side of the mean, below 0 where neighbours are on the other side.
    pub i: f64,
    /// What chance gives, where the place keeps its value and the others are dealt out.
    pub expected: f64,
    /// How that varies.
    pub variance: f64,
    /// `i` less its expectation in standard errors; `None` where it does not vary.
    pub z: Option<f64>,
    /// Two-sided p-value by the normal distribution, which is poor with few neighbours.
    pub p: Option<f64>,
    /// What chance gives, where all values are dealt out.
    pub expected_unconditional: f64,
    /// How that varies.
    pub variance_unconditional: f64,
}

/// Moran's local statistic at every place.
///
/// `None` in place of a statistic where there are no neighbours; no answer with fewer than three places, or where values
/// do not vary. Sources: Anselin, *Geogr. Anal.* 27 (1995) 93; moments of Sokal, Oden & Thomson, *Geogr. Anal.* 30 (1998)
/// 331. Distances are divided by `n`, as in spdep; esda divides by `n - 1`.
#[must_use]
pub fn local_moran(values: &[f64], weights: Rows<'_>) -> Option<Vec<Option<LocalMoran>>> {
    let moments = Moments::of(values, weights)?;
    (values.len() > 2)
        .then(|| (0..values.len()).map(|place| moments.at(place, &weights[place])).collect())
}

/// Distances from the mean, and the means of their powers.
struct Moments {
    distances: Vec<f64>,
    second: f64,
    fourth: f64,
}

impl Moments {
    fn of(values: &[f64], weights: Rows<'_>) -> Option<Self> {
        let sums = Sums::of(values);
        if !is_sound(values, weights) || !sums.varies() {
            return None;
        }
        let distances: Vec<f64> = values.iter().map(|value| value - sums.mean).collect();
        let fourth = distances.iter().map(|distance| distance.powi(4)).sum::<f64>() / sums.n;
        let finite = fourth.is_finite() && sums.variance.powi(2) >= f64::MIN_POSITIVE;
        finite.then_some(Self { distances, second: sums.variance, fourth })
    }

    fn at(&self, place: usize, row: &[(u32, f64)]) -> Option<LocalMoran> {
        let (n, own) = (self.distances.len() as f64, self.distances[place]);
        let neighbours = || row.iter().filter(|(neighbour, _)| *neighbour as usize != place);
        let all: f64 = neighbours().map(|(_, weight)| weight).sum();
        let squares: f64 = neighbours().map(|(_, weight)| weight * weight).sum();
        if all <= 0.0 {
            return None;
        }
        let lag: f64 = neighbours()
            .map(|(neighbour, weight)| weight * self.distances[*neighbour as usize])
            .sum();
        let relative = own / self.second;
        let (i, expected) = (relative * lag, -relative * own * all / (n - 1.0));
        let spread = (squares - all * all / (n - 1.0)).max(0.0);
        let left = (self.second - own * own / (n - 1.0)).max(0.0);
        let variance = relative * relative * n / (n - 2.0) * spread * left;
        let z = (variance > 0.0).then(|| (i - expected) / variance.sqrt());
        let (expected_unconditional, variance_unconditional) = self.unconditional(all, squares);
        let p = z.and_then(two_sided);
        Some(LocalMoran {
            i,
            expected,
            variance,
            z,
            p,
            expected_unconditional,
            variance_unconditional,
        })
    }

    fn unconditional(&self, all: f64, squares: f64) -> (f64, f64) {
        let n = self.distances.len() as f64;
        let kurtosis = self.fourth / (self.second * self.second);
        let expected = -all / (n - 1.0);
        let own = squares * (n - kurtosis) / (n - 1.0);
        let pairs = (all * all - squares) * (2.0 * kurtosis - n) / ((n - 1.0) * (n - 2.0));
        (expected, own + pairs - expected * expected)
    }
}

/// Moran's statistic over all places.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GlobalMoran {
    /// About -1 to 1: above what chance gives where like values are neighbours.
    pub i: f64,
    /// What chance gives, `-1 / (n - 1)`.
    pub expected: f64,
    /// How that varies where the values are dealt out (randomisation).
    pub variance: f64,
    /// How that varies where values are drawn from a normal distribution.
    pub variance_normal: f64,
    /// `i` less its expectation in standard errors, by randomisation; `None` where it does not vary.
    pub z: Option<f64>,
}

/// Moran's statistic over all places.
///
/// `None` with fewer than four places, where values do not vary or there are no neighbours. Source: Moran, *Biometrika* 37
/// (1950) 17; variances of Cliff & Ord (1981), *Spatial Processes*, section 2.3.
#[must_use]
pub fn global_moran(values: &[f64], weights: Rows<'_>) -> Option<GlobalMoran> {
    let moments = Moments::of(values, weights)?;
    let (s0, s1, s2) = sums_of_weights(weights)?;
    let n = values.len() as f64;
    let lag = |(place, neighbour, weight): (usize, usize, f64)| {
        weight * moments.distances[place] * moments.distances[neighbour]
    };
    let i = entries(weights).map(lag).sum::<f64>() / (s0 * moments.second);
    let expected = -1.0 / (n - 1.0);
    let kurtosis = moments.fourth / (moments.second * moments.second);
    let of_weights = (n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0;
    let of_values = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
    let dealt = (n * of_weights - of_values) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0);
    let drawn = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0);
    let variance = dealt - expected * expected;
    let z = (variance > 0.0).then(|| (i - expected) / variance.sqrt());
    (values.len() > 3).then_some(GlobalMoran {
        i,
        expected,
        variance,
        variance_normal: drawn - expected * expected,
        z,
    })
}

/// Every weight between two places, with both.
fn entries(weights: Rows<'_>) -> impl Iterator<Item = (usize, usize, f64)> {
    let row = |(place, row): (usize, &'_ Vec<(u32, f64)>)| {
        row.iter()
            .map(move |(neighbour, weight)| (place, *neighbour as usize, *weight))
            .collect::<Vec<_>>()
    };
    weights.iter().enumerate().flat_map(row).filter(|(place, neighbour, _)| place != neighbour)
}

/// The sum of weights, half the sum of squares of both directions together, and the sum of squares of what leaves and
/// enters a place: S0, S1 and S2.
fn sums_of_weights(weights: Rows<'_>) -> Option<(f64, f64, f64)> {
    let mut both: std::collections::BTreeMap<(usize, usize), f64> =
        std::collections::BTreeMap::new();
    let mut through = vec![0.0; weights.len()];
    let mut s0 = 0.0;
    for (place, neighbour, weight) in entries(weights) {
        s0 += weight;
        through[place] += weight;
        through[neighbour] += weight;
        *both.entry((place.min(neighbour), place.max(neighbour))).or_default() += weight;
    }
    let s1 = both.values().map(|weight| weight * weight).sum();
    let s2 = through.iter().map(|weight| weight * weight).sum();
    (s0 > 0.0).then_some((s0, s1, s2))
}

fn two_sided(z: f64) -> Option<f64> {
    Some((2.0 * normal_sf(z.abs())?).min(1.0))
}

fn is_sound(values: &[f64], weights: Rows<'_>) -> bool {
    let is_weight = |(neighbour, weight): &(u32, f64)| {
        (*neighbour as usize) < values.len() && *weight >= 0.0 && weight.is_finite()
    };
    values.len() == weights.len()
        && values.iter().all(|value| value.is_finite())
        && weights.iter().flatten().all(is_weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(n: usize) -> Vec<Vec<(u32, f64)>> {
        let row = |place: usize| {
            let neighbours = [place.checked_sub(1), (place + 1 < n).then_some(place + 1)];
            neighbours.into_iter().flatten().map(|neighbour| (neighbour as u32, 1.0)).collect()
        };
        (0..n).map(row).collect()
    }

    #[test]
    fn unsound_input_has_no_answer() {
        for (values, weights) in [
            (vec![1.0], vec![]),
            (vec![1.0], vec![vec![(1, 1.0)]]),
            (vec![1.0], vec![vec![(0, -1.0)]]),
            (vec![f64::NAN], vec![vec![(0, 1.0)]]),
        ] {
            assert_eq!(getis_ord(&values, &weights, Own::Included), None);
            assert_eq!(local_moran(&values, &weights), None);
            assert_eq!(global_moran(&values, &weights), None);
        }
    }

    #[test]
    fn what_does_not_vary_is_near_nothing() {
        let places = getis_ord(&[0.1; 4], &line(4), Own::LeftOut).unwrap();
        assert!(places.iter().flatten().all(|place| place.z.is_none()));
        assert_eq!(local_moran(&[0.1; 4], &line(4)), None);
        assert_eq!(global_moran(&[0.1; 4], &line(4)), None);
    }

    #[test]
    fn a_place_without_neighbours_has_no_statistic() {
        let weights = vec![vec![(1, 1.0)], vec![(0, 1.0)], vec![], vec![(3, 2.0)]];
        let places = getis_ord(&[1.0, 2.0, 3.0, 5.0], &weights, Own::LeftOut).unwrap();
        assert_eq!(
            places.iter().map(Option::is_some).collect::<Vec<_>>(),
            [true, true, false, false]
        );
        let places = local_moran(&[1.0, 2.0, 3.0, 5.0], &weights).unwrap();
        assert_eq!(
            places.iter().map(Option::is_some).collect::<Vec<_>>(),
            [true, true, false, false]
        );
    }

    #[test]
    fn neighbours_of_all_alike_are_near_nothing() {
        let all: Vec<Vec<(u32, f64)>> = vec![(0..3).map(|place| (place, 0.1)).collect(); 3];
        let places = getis_ord(&[1.0, 2.0, 9.0], &all, Own::Included).unwrap();
        assert!(places.iter().flatten().all(|place| place.z.is_none()));
    }

    proptest! {
        #[test]
        fn scale_and_origin_of_values_change_no_z(
            values in proptest::collection::vec(-9.0..9.0f64, 5..20), scale in 0.1..1e6f64, shift in -1e3..1e3f64
        ) {
            let other: Vec<f64> = values.iter().map(|value| value * scale + shift).collect();
            for own in [Own::Included, Own::LeftOut] {
                let z = |values: &[f64]| -> Vec<f64> {
                    let places = getis_ord(values, &line(values.len()), own).unwrap();
                    places.iter().map(|place| place.unwrap().z.unwrap()).collect()
                };
                for (a, b) in z(&values).iter().zip(z(&other)) {
                    prop_assert!((a - b).abs() < 1e-4, "{} {}", a, b);
                }
            }
        }

        #[test]
        fn local_statistics_add_up_to_the_global_one(values in proptest::collection::vec(-9.0..9.0f64, 5..20)) {
            let weights = line(values.len());
            let local: f64 = local_moran(&values, &weights).unwrap().iter().flatten().map(|place| place.i).sum();
            let all: f64 = weights.iter().flatten().map(|(_, weight)| weight).sum();
            prop_assert!((local / all - global_moran(&values, &weights).unwrap().i).abs() < 1e-12);
        }
    }
}
