//! Figures shrunk towards those they are compared with: better for ranking, never for the interval.

use super::groups::Group;
use super::interval::Measured;
use crate::metric::Law;
use crate::stats::shrinkage::{beta_binomial, gamma_poisson, normal_normal};

/// A group with fewer members than this has no mean worth shrinking to.
const LEAST_MEMBERS: usize = 5;

/// The shrunk figures of the rows that were measured: within the kind where it is large enough, else among all.
pub(super) fn shrink(measured: &[Option<Measured>], kinds: &[Group]) -> Vec<Option<f64>> {
    let all: Vec<usize> = (0..measured.len()).collect();
    let mut shrunk = vec![None; measured.len()];
    shrink_among(&all, measured, &mut shrunk);
    for kind in kinds {
        let known = kind.members.iter().filter(|&&row| measured[row].is_some()).count();
        if known >= LEAST_MEMBERS {
            shrink_among(&kind.members, measured, &mut shrunk);
        }
    }
    shrunk
}

fn shrink_among(rows: &[usize], measured: &[Option<Measured>], shrunk: &mut [Option<f64>]) {
    let known: Vec<(usize, &Measured)> = rows
        .iter()
        .filter_map(|&row| Some((row, measured[row].as_ref()?)))
        // a mean that did not vary has no weight that can be said
        .filter(|(_, m)| !matches!(m.law, Law::Mean | Law::Gap) || m.variance > 0.0)
        .collect();
    let Some((_, first)) = known.first() else { return };
    let exposure: Vec<f64> = known.iter().map(|(_, m)| m.effective_exposure()).collect();
    let events: Vec<f64> = known.iter().zip(&exposure).map(|((_, m), n)| m.value * n).collect();
    let each = events.iter().zip(&exposure);
    let values: Option<Vec<f64>> = match first.law {
        Law::Share => beta_binomial(&events, &exposure)
            .map(|prior| each.map(|(&x, &n)| prior.shrink(x, n)).collect()),
        Law::Rate => gamma_poisson(&events, &exposure)
            .map(|prior| each.map(|(&x, &n)| prior.shrink(x, n)).collect()),
        Law::Mean | Law::Gap => {
            let values: Vec<f64> = known.iter().map(|(_, m)| m.value).collect();
            let variances: Vec<f64> = known.iter().map(|(_, m)| m.variance).collect();
            normal_normal(&values, &variances).map(|prior| {
                values.iter().zip(&variances).map(|(&value, &v)| prior.shrink(value, v)).collect()
            })
        }
    };
    for ((row, _), value) in known.iter().zip(values.into_iter().flatten()) {
        shrunk[*row] = Some(value);
    }
}
