//! The beta distribution.
//!
//! Inside, a point is kept as `x` and `1 - x` both, so that a point next to 1 keeps its digits; and what is true of
//! the lower tail is used for the upper by exchanging the two shapes and the two halves of the point.

use super::deviance::{log1p_less_itself, stirling_error};
use super::fraction::continued_fraction;
use super::newton::{self, Tail};
use super::tail::{Fall, tail_integral};
use super::{finite, normal, probability, shape};

/// Where both shapes are this large the tails are integrated: the fraction gets longer with the smaller shape.
const INTEGRATE_FROM: f64 = 200.0;

/// Below this logarithm of `x` times the shape the distribution function is its leading power to the last digit.
const POWER_ALONE_BELOW: f64 = -39.0;

/// Both shapes of a beta distribution.
#[derive(Clone, Copy)]
pub(super) struct Shapes {
    pub a: f64,
    pub b: f64,
}

/// A point of 0..=1 as its distances from both ends.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// Probability that a variable of the beta distribution with shapes `a` and `b` is at most `x`.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> Option<f64> {
    checked_tails(a, b, x).map(|(below, _)| below)
}

/// Probability that a variable of the beta distribution with shapes `a` and `b` exceeds `x`.
#[must_use]
pub fn beta_sf(a: f64, b: f64, x: f64) -> Option<f64> {
    checked_tails(a, b, x).map(|(_, above)| above)
}

/// The `x` which a variable of the beta distribution with shapes `a` and `b` is at most with probability `p`.
///
/// ```
/// use touchpoint::stats::special::beta_quantile;
///
/// // 3 complaints in 10 million: the lower end of the exact 95 % interval
/// let low = beta_quantile(3.0, 9_999_998.0, 0.025).expect("both shapes are positive");
/// assert!((low / 6.186_722e-8 - 1.0).abs() < 1e-5);
/// ```
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> Option<f64> {
    let p = probability(p)?;
    finite(quantile(Shapes::checked(a, b)?, p, 1.0 - p).x)
}

fn checked_tails(a: f64, b: f64, x: f64) -> Option<(f64, f64)> {
    if x.is_nan() {
        return None;
    }
    let x = x.clamp(0.0, 1.0);
    let (below, above) = tails(Shapes::checked(a, b)?, Point { x, y: 1.0 - x });
    Some((finite(below)?.clamp(0.0, 1.0), finite(above)?.clamp(0.0, 1.0)))
}

/// Probability up to and beyond the point.
pub(super) fn tails(shapes: Shapes, point: Point) -> (f64, f64) {
    let Shapes { a, b } = shapes;
    let Point { x, y } = point;
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    if a.min(b) >= INTEGRATE_FROM {
        either_side(b * x <= a * y, shapes, point, lower_integral)
    } else {
        either_side((b + 1.0) * x <= (a + 1.0) * y, shapes, point, lower_fraction)
    }
}

/// The tail on the side away from the bulk by the function for the lower tail, and what it leaves.
fn either_side(
    lower: bool,
    shapes: Shapes,
    point: Point,
    tail: fn(Shapes, Point) -> f64,
) -> (f64, f64) {
    if lower {
        let below = tail(shapes, point);
        (below, 1.0 - below)
    } else {
        let above = tail(shapes.mirrored(), point.mirrored());
        (1.0 - above, above)
    }
}

/// `x^a y^b / B(a, b)`, the density of `ln(x / y)`.
pub(super) fn kernel(shapes: Shapes, point: Point) -> f64 {
    let Shapes { a, b } = shapes;
    let Point { x, y } = point;
    if x <= 0.0 || y <= 0.0 {
        return 0.0;
    }
    let excess = b * x - a * y;
    let exponent = log_power_ratio(a, a + b, x, excess) + log_power_ratio(b, a + b, y, -excess);
    shapes.spread().sqrt() * (exponent - shapes.stirling()).exp()
}

/// `a ln(x / mean) - excess`, where `mean = a / total` and `excess = total x - a`.
fn log_power_ratio(a: f64, total: f64, x: f64, excess: f64) -> f64 {
    let relative = excess / a;
    if relative.abs() <= 0.5 {
        a * log1p_less_itself(relative)
    } else {
        a * (x.ln() + total.ln() - a.ln()) - excess
    }
}

/// The lower tail by quadrature in units of `x`.
fn lower_integral(shapes: Shapes, point: Point) -> f64 {
    let Shapes { a, b } = shapes;
    let Point { x, y } = point;
    let odds = x / y;
    let drift = (a * y - b * x + x - y) / y;
    let fall = Fall { slope: drift, curvature: (a - 1.0) + (b - 1.0) * odds * odds, reach: 1.0 };
    let log_ratio = |u: f64| {
        (a - 1.0) * log1p_less_itself(-u) + (b - 1.0) * log1p_less_itself(u * odds) - drift * u
    };
    kernel(shapes, point) / y * tail_integral(&fall, log_ratio)
}

/// The lower tail by the continued fraction of `DiDonato` & Morris (ACM TOMS 18 (1992) 360, BFRAC), whose terms do not
/// cancel where one shape is large and `x` is next to 1.
fn lower_fraction(shapes: Shapes, point: Point) -> f64 {
    let Shapes { a, b } = shapes;
    let Point { x, y } = point;
    let lead = a * y - b * x + 1.0;
    let value = continued_fraction(a * lead / (a + 1.0), |m| {
        let width = a + 2.0 * m - 1.0;
        let cross = m * (b - m) * x;
        let numerator = ((a + m - 1.0) / width) * ((a + b + m - 1.0) / width * x) * cross;
        (numerator, m + cross / width + (a + m) * (lead + m * (2.0 - x)) / (width + 2.0))
    });
    kernel(shapes, point) / value
}

/// The point with probability `p` below and `q = 1 - p` above.
pub(super) fn quantile(shapes: Shapes, p: f64, q: f64) -> Point {
    if p > q {
        return lower_quantile(shapes.mirrored(), q, p).mirrored();
    }
    lower_quantile(shapes, p, q)
}

/// The point with probability `p` below, where `p` is at most a half.
fn lower_quantile(shapes: Shapes, p: f64, q: f64) -> Point {
    let Shapes { a, b } = shapes;
    let leading = shapes.leading_log_quantile(p);
    if leading + b.max(1.0).ln() < POWER_ALONE_BELOW {
        let x = leading.exp();
        return Point { x, y: 1.0 - x };
    }
    let mirrored = shapes.mirrored().leading_log_quantile(q);
    if mirrored + a.max(1.0).ln() < POWER_ALONE_BELOW {
        let y = mirrored.exp();
        return Point { x: 1.0 - y, y };
    }
    let centre = a.ln() - b.ln();
    let start = if a < 1.0 {
        leading.min(centre)
    } else {
        centre + normal::below(p) * (1.0 / a + 1.0 / b).sqrt()
    };
    Point::at(newton::solve(p.ln(), start, centre, |z| {
        let point = Point::at(z);
        Tail { probability: tails(shapes, point).0, slope: kernel(shapes, point) }
    }))
}

impl Shapes {
    fn checked(a: f64, b: f64) -> Option<Self> {
        Some(Self { a: shape(a)?, b: shape(b)? })
    }

    fn mirrored(self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// `a b / (a + b) / (2 pi)`, the square of what Stirling's formula leaves of 1 / B before the powers.
    fn spread(self) -> f64 {
        let (small, large) = (self.a.min(self.b), self.a.max(self.b));
        small / (1.0 + small / large) / std::f64::consts::TAU
    }

    fn stirling(self) -> f64 {
        stirling_error(self.a) + stirling_error(self.b) - stirling_error(self.a + self.b)
    }

    /// Logarithm of the `x` where `x^a / (a B(a, b))`, the leading power of the distribution function, is `p`.
    fn leading_log_quantile(self, p: f64) -> f64 {
        let powers = self.a * self.log_share() + self.b * self.mirrored().log_share();
        let log_beta = powers + self.stirling() - self.spread().ln() / 2.0;
        (p.ln() + self.a.ln() + log_beta) / self.a
    }

    /// `ln(a / (a + b))`.
    fn log_share(self) -> f64 {
        if self.a < self.b {
            self.a.ln() - (self.a + self.b).ln()
        } else {
            (-self.b / (self.a + self.b)).ln_1p()
        }
    }
}

impl Point {
    /// The point whose log-odds are `z`.
    fn at(z: f64) -> Self {
        Self { x: 1.0 / (1.0 + (-z).exp()), y: 1.0 / (1.0 + z.exp()) }
    }

    fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn shapes_one_and_b_have_a_closed_form() {
        for b in [0.02, 0.5, 1.0, 30.0, 1e7] {
            for p in [1e-12f64, 0.01, 0.4, 0.6, 0.99] {
                let x = -((-p).ln_1p() / b).exp_m1();
                let got = beta_quantile(1.0, b, p).unwrap();
                assert!((got - x).abs() <= 1e-13 * x, "{b} {p}: {got} {x}");
            }
        }
    }

    #[test]
    fn fraction_and_integral_agree_where_they_meet() {
        for (a, b, x) in [
            (200.0, 200.0, 0.45),
            (200.0, 1e6, 1.5e-4),
            (5e7, 200.0, 0.999_995),
            (300.0, 300.0, 0.2),
        ] {
            let (shapes, point) = (Shapes { a, b }, Point { x, y: 1.0 - x });
            let ratio = lower_fraction(shapes, point) / lower_integral(shapes, point);
            assert!((ratio - 1.0).abs() < 1e-11, "{a} {b} {x}: {ratio}");
        }
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(beta_cdf(0.0, 1.0, 0.5), None);
        assert_eq!(beta_cdf(1.0, f64::INFINITY, 0.5), None);
        assert_eq!(beta_cdf(1.0, 1.0, f64::NAN), None);
        assert_eq!(beta_quantile(1.0, 1.0, -0.1), None);
        assert_eq!(beta_quantile(3.0, 2.0, 0.0), Some(0.0));
        assert_eq!(beta_quantile(3.0, 2.0, 1.0), Some(1.0));
        assert_eq!(beta_cdf(2.0, 2.0, 7.0), Some(1.0));
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_probability_below(log_a in -4.0..17.0f64, log_b in -4.0..17.0f64, p in 1e-12..1.0f64) {
            let shapes = Shapes { a: log_a.exp(), b: log_b.exp() };
            let point = quantile(shapes, p, 1.0 - p);
            prop_assume!(point.x > 1e-300 && point.y > 1e-300);
            let (below, above) = tails(shapes, point);
            if p < 0.5 {
                prop_assert!((below / p - 1.0).abs() < 1e-9);
            } else {
                prop_assert!((above / (1.0 - p) - 1.0).abs() < 1e-9);
            }
        }

        #[test]
        fn quantiles_rise_with_probability(log_a in -3.0..17.0f64, log_b in -3.0..17.0f64, p in 0.0..0.99f64) {
            let (a, b) = (log_a.exp(), log_b.exp());
            prop_assert!(beta_quantile(a, b, p).unwrap() <= beta_quantile(a, b, p + 0.01).unwrap());
        }

        #[test]
        fn any_number_is_answered_by_a_probability_or_none(a in ANY_FLOAT, b in ANY_FLOAT, x in -0.1..1.1f64) {
            for answer in [beta_cdf(a, b, x), beta_sf(a, b, x), beta_quantile(a, b, x)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&answer));
            }
        }
    }
}
