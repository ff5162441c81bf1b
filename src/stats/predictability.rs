//! How well the next step of an endless walk can be foretold: rows of transition probabilities in.

use super::entropy::entropy_of_shares;
use super::root::root;

/// States at most: the cube of their number is the work.
pub const MOST_STATES: usize = 1_000;

/// The share of its steps that an endless walk spends in each state.
///
/// A row holds the weights of the steps out of a state, which need not add up to 1. `None` unless every state can be
/// reached from every other: an absorbing chain has no such distribution worth the name. `None` also where rows are not
/// square, a weight is negative or not finite, a row is empty, or there are more than [`MOST_STATES`]. Source: the
/// elimination without subtractions of Grassmann, Taksar & Heyman, *Oper. Res.* 33 (1985) 1107.
///
/// ```
/// use touchpoint::stats::predictability::stationary;
///
/// let shares = stationary(&[vec![0.5, 0.5], vec![1.0, 0.0]]).expect("each state leads to the other");
/// assert!((shares[0] - 2.0 / 3.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn stationary(rows: &[Vec<f64>]) -> Option<Vec<f64>> {
    let mut rows = shares(rows)?;
    if !is_connected(&rows) {
        return None;
    }
    for last in (1..rows.len()).rev() {
        leave_out(&mut rows, last)?;
    }
    let mut weights = vec![1.0];
    for state in 1..rows.len() {
        weights.push(weights.iter().zip(&rows).map(|(weight, row)| weight * row[state]).sum());
    }
    let sum: f64 = weights.iter().sum();
    sum.is_finite().then(|| weights.iter().map(|weight| weight / sum).collect())
}

/// The walk as seen while it is not in its last state.
fn leave_out(rows: &mut [Vec<f64>], last: usize) -> Option<()> {
    let (before, rest) = rows.split_at_mut(last);
    let leaving: f64 = rest[0][..last].iter().sum();
    if leaving <= 0.0 {
        return None;
    }
    for row in before {
        row[last] /= leaving;
        let by_last = row[last];
        for (share, on) in row.iter_mut().zip(&rest[0][..last]) {
            *share += by_last * on;
        }
    }
    Some(())
}

/// The entropy of the next step of an endless walk, in nats.
///
/// `None` where [`stationary`] is. Source: Cover & Thomas, *Elements of Information Theory* (2006), theorem 4.2.4.
#[must_use]
pub fn entropy_rate(rows: &[Vec<f64>]) -> Option<f64> {
    let spent = stationary(rows)?;
    spent.iter().zip(rows).map(|(share, row)| Some(share * entropy_of_shares(row)?)).sum()
}

/// Fano's bound: the highest share of next steps that anyone could foretell, where the next step has this entropy in
/// bits and there are so many outcomes.
///
/// It solves `S = H(p) + (1 - p) log2(N - 1)` for `p` from `1 / N` to 1. `None` with fewer than two outcomes, and where
/// the entropy is negative, above `log2 N` or no number. Source: Song et al., *Science* 327 (2010) 1018.
///
/// ```
/// use touchpoint::stats::predictability::fano_bound;
///
/// assert_eq!(fano_bound(0.0, 10), Some(1.0));
/// assert!((fano_bound(0.8, 10).expect("0.8 bits are possible") - 0.897_784).abs() < 1e-6);
/// ```
#[must_use]
pub fn fano_bound(bits: f64, outcomes: u64) -> Option<f64> {
    let most = (outcomes as f64).log2();
    if outcomes < 2 || !(0.0..=most).contains(&bits) {
        return None;
    }
    let (least, others) = (1.0 / outcomes as f64, (outcomes as f64 - 1.0).log2());
    if bits <= 0.0 {
        return Some(1.0);
    }
    if bits >= most {
        return Some(least);
    }
    let excess = |p: f64| bits_of_two(p) + (1.0 - p) * others - bits;
    // next to 1 / N the excess is of the size of its rounding, and may miss a change of sign
    Some(root(least, 1.0, excess).unwrap_or(least).clamp(least, 1.0))
}

/// The entropy in bits of an outcome of this probability and its opposite.
fn bits_of_two(p: f64) -> f64 {
    entropy_of_shares(&[p, 1.0 - p]).unwrap_or(0.0) / std::f64::consts::LN_2
}

/// Rows that add up to 1.
fn shares(rows: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let of_row = |row: &Vec<f64>| {
        let sum: f64 = row.iter().sum();
        let sound = row.len() == rows.len() && row.iter().all(|weight| *weight >= 0.0);
        (sound && sum > 0.0 && sum.is_finite())
            .then(|| row.iter().map(|weight| weight / sum).collect())
    };
    if rows.is_empty() || rows.len() > MOST_STATES {
        None
    } else {
        rows.iter().map(of_row).collect()
    }
}

/// Whether every state can be reached from every other: all from the first, and the first from all.
fn is_connected(rows: &[Vec<f64>]) -> bool {
    reaches_all(rows.len(), |from, to| rows[from][to] > 0.0)
        && reaches_all(rows.len(), |from, to| rows[to][from] > 0.0)
}

fn reaches_all(states: usize, leads: impl Fn(usize, usize) -> bool) -> bool {
    let (mut left, mut queue): (Vec<usize>, Vec<usize>) = ((1..states).collect(), vec![0]);
    while let Some(from) = queue.pop() {
        let (reached, rest): (Vec<usize>, _) = left.into_iter().partition(|to| leads(from, *to));
        queue.extend(reached);
        left = rest;
    }
    left.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chains_that_end_or_fall_apart_are_none() {
        assert_eq!(stationary(&[]), None);
        assert_eq!(stationary(&[vec![1.0, 0.0], vec![0.5, 0.5]]), None);
        assert_eq!(stationary(&[vec![1.0, 0.0], vec![0.0, 1.0]]), None);
        assert_eq!(stationary(&[vec![0.0, 0.0], vec![0.5, 0.5]]), None);
        assert_eq!(stationary(&[vec![1.0], vec![1.0]]), None);
        assert_eq!(stationary(&[vec![f64::NAN]]), None);
        assert_eq!(stationary(&[vec![-1.0]]), None);
        assert_eq!(stationary(&vec![vec![1.0; MOST_STATES + 1]; MOST_STATES + 1]), None);
        assert_eq!(stationary(&[vec![7.0]]), Some(vec![1.0]));
        assert_eq!(entropy_rate(&[vec![7.0]]), Some(0.0));
    }

    #[test]
    fn nothing_can_be_said_of_impossible_entropies() {
        for (bits, outcomes) in [(0.5, 1), (0.5, 0), (-0.1, 4), (2.1, 4), (f64::NAN, 4)] {
            assert_eq!(fano_bound(bits, outcomes), None);
        }
        assert_eq!(fano_bound(2.0, 4), Some(0.25));
    }

    proptest! {
        #[test]
        fn a_step_changes_nothing_of_the_stationary_shares(
            rows in proptest::collection::vec(proptest::collection::vec(1e-6..1.0f64, 5), 5)
        ) {
            let spent = stationary(&rows).unwrap();
            for state in 0..5 {
                let arriving: f64 =
                    rows.iter().zip(&spent).map(|(row, share)| share * row[state] / row.iter().sum::<f64>()).sum();
                prop_assert!((arriving - spent[state]).abs() < 1e-14);
            }
        }

        #[test]
        fn the_bound_gives_back_the_entropy(share in 0.0..=1.0f64, outcomes in 2..10_000_000u64) {
            let bits = share * (outcomes as f64).log2();
            let p = fano_bound(bits, outcomes).unwrap();
            prop_assert!((1.0 / outcomes as f64..=1.0).contains(&p));
            let again = bits_of_two(p) + (1.0 - p) * (outcomes as f64 - 1.0).log2();
            prop_assert!((again - bits).abs() < 1e-6);
        }
    }
}
