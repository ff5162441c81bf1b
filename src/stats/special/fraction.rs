//! The value of a continued fraction, from its terms.

/// Terms at most; where the tails call for a fraction some 200 are enough.
const MOST_TERMS: u32 = 5000;

/// `first + n1 / (d1 + n2 / (d2 + ...))`, where `term(i)` gives the `i`-th numerator and denominator, by Lentz's method
/// (Press et al., *Numerical Recipes* (2007), section 5.2).
pub(super) fn continued_fraction(first: f64, term: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut value = first;
    let mut ratio = first;
    let mut inverse = 0.0;
    for i in 1..MOST_TERMS {
        let (numerator, denominator) = term(f64::from(i));
        inverse = 1.0 / (denominator + numerator * inverse);
        ratio = denominator + numerator / ratio;
        let factor = ratio * inverse;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_all_the_way_down_are_the_golden_ratio() {
        let golden = f64::midpoint(1.0, 5f64.sqrt());
        assert!((continued_fraction(1.0, |_| (1.0, 1.0)) - golden).abs() < 1e-15);
    }
}
