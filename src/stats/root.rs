//! The root of a continuous function between two points at which its sign differs.

/// A root between `low` and `high` by Ridders' method (IEEE Trans. Circuits Syst. 26 (1979) 979), which at worst halves
/// the bracket with every second evaluation; at most 100 rounds.
///
/// `None` where the function does not change its sign, or answers NaN.
pub(super) fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut a, mut b) = ((low, f(low)), (high, f(high)));
    if a.1 * b.1 > 0.0 || a.1.is_nan() || b.1.is_nan() {
        return None;
    }
    let mut last = f64::INFINITY;
    for _ in 0..100 {
        let middle = at(f64::midpoint(a.0, b.0), &f);
        let next = at(step(a, middle, b), &f);
        if next.1.is_nan() || (next.0 - last).abs() <= 1e-14 * next.0.abs() {
            break;
        }
        last = next.0;
        let [left, right] = if middle.0 <= next.0 { [middle, next] } else { [next, middle] };
        (a, b) = if differ(a, left) {
            (a, left)
        } else if differ(left, right) {
            (left, right)
        } else {
            (right, b)
        };
    }
    last.is_finite().then_some(last)
}

fn at(x: f64, f: impl Fn(f64) -> f64) -> (f64, f64) {
    (x, f(x))
}

/// Where the line through the ends meets 0 once an exponential has made the three points straight.
fn step(a: (f64, f64), middle: (f64, f64), b: (f64, f64)) -> f64 {
    let scale = (middle.1 * middle.1 - a.1 * b.1).sqrt();
    if scale <= 0.0 {
        return middle.0;
    }
    let direction = if a.1 >= b.1 { 1.0 } else { -1.0 };
    middle.0 + (middle.0 - a.0) * direction * middle.1 / scale
}

/// Whether the values have different signs, 0 having both.
fn differ(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.1 <= 0.0) != (b.1 <= 0.0) || a.1 == 0.0 || b.1 == 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_from_either_side() {
        let near = |got: Option<f64>, want: f64| (got.unwrap() - want).abs() < 1e-13;
        assert!(near(root(0.0, 4.0, |x| x * x - 2.0), 2f64.sqrt()));
        assert!(near(root(0.0, 700.0, |x| 3.0 - x.exp()), 3f64.ln()));
        assert!(near(root(1.0, 2.0, |x| x - 1.0), 1.0));
        assert!(near(root(0.0, 1.0, |x| (x - 0.3).powi(5)), 0.3));
    }

    #[test]
    fn without_a_change_of_sign_there_is_none() {
        assert_eq!(root(0.0, 1.0, |x| x + 1.0), None);
        assert_eq!(root(0.0, 1.0, |_| f64::NAN), None);
    }
}
