//! The squared length of a vector in units of its covariance.

/// Pivots below this share of their variance are dependent on those before, but for rounding.
const ROUNDING: f64 = 1e-9;

/// `z' V^- z` and the rank of `V`, a covariance; what depends on the places before it is left out.
///
/// `None` where the rank is 0 or the form is not finite.
pub(super) fn quadratic_form(vector: &[f64], covariance: &[Vec<f64>]) -> Option<(f64, usize)> {
    let (mut left, mut rows) = (vector.to_vec(), covariance.to_vec());
    let (mut form, mut rank) = (0.0, 0);
    for place in 0..left.len() {
        let pivot = rows[place][place];
        if pivot > ROUNDING * covariance[place][place] {
            form += left[place] * left[place] / pivot;
            rank += 1;
            eliminate(&mut left, &mut rows, place);
        }
    }
    let is_defined = rank > 0 && f64::is_finite(form);
    is_defined.then_some((form, rank))
}

/// Takes what a place explains out of those after it.
fn eliminate(left: &mut [f64], rows: &mut [Vec<f64>], place: usize) {
    let (done, below) = rows.split_at_mut(place + 1);
    let (pivot_row, pivot_value) = (&done[place], left[place]);
    for (row, value) in below.iter_mut().zip(&mut left[place + 1..]) {
        let factor = row[place] / pivot_row[place];
        row.iter_mut().zip(pivot_row).for_each(|(entry, pivot)| *entry -= factor * pivot);
        *value -= factor * pivot_value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_places_add_up() {
        let form = quadratic_form(&[2.0, 3.0], &[vec![4.0, 0.0], vec![0.0, 9.0]]);
        assert_eq!(form, Some((2.0, 2)));
    }

    #[test]
    fn what_depends_on_others_is_left_out() {
        let covariance = [vec![1.0, -1.0, 0.0], vec![-1.0, 1.0, 0.0], vec![0.0; 3]];
        assert_eq!(quadratic_form(&[2.0, -2.0, 0.0], &covariance), Some((4.0, 1)));
        assert_eq!(quadratic_form(&[1.0], &[vec![0.0]]), None);
        assert_eq!(quadratic_form(&[f64::NAN], &[vec![1.0]]), None);
    }
}
