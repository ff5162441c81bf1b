//! Figures shrunk towards those they are compared with: better for ranking, never for the interval.

use super::groups::Group;
use super::interval::Measured;
use super::scorecard::{ComparedWith, Shrinkage};
use crate::map::TouchpointId;
use crate::metric::Law;
use crate::stats::shrinkage::{
    BetaBinomial, Fit, GammaPoisson, NormalNormal, beta_binomial, gamma_poisson, normal_normal,
};
use crate::stats::special::normal_sf;

/// A group with fewer members than this has no mean worth shrinking to.
const LEAST_MEMBERS: usize = 5;

/// What the true figures of touchpoints seem to have in common.
#[derive(Clone, Copy, Debug)]
enum Prior {
    Shares(BetaBinomial),
    Rates(GammaPoisson),
    Means(NormalNormal),
}

/// Priors, and which of them each touchpoint has.
#[derive(Clone, Debug, Default)]
pub(super) struct Priors {
    priors: Vec<(Prior, Shrinkage)>,
    of_row: Vec<Option<usize>>,
}

impl Priors {
    /// Of the rows that were measured: within the kind where it is large enough, else among all.
    pub(super) fn new(measured: &[Option<Measured>], kinds: &[Group]) -> Self {
        let mut priors = Self { priors: Vec::new(), of_row: vec![None; measured.len()] };
        let known = |rows: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            rows.filter(|&row| measured[row].is_some_and(|m| is_shrunk(&m))).collect()
        };
        for kind in kinds {
            let rows = known(&mut kind.members.iter().copied());
            if rows.len() >= LEAST_MEMBERS {
                priors.add(measured, &rows, &rows, ComparedWith::Kind);
            }
        }
        let all = known(&mut (0..measured.len()));
        let rest: Vec<usize> =
            all.iter().copied().filter(|&row| priors.of_row[row].is_none()).collect();
        if !rest.is_empty() {
            priors.add(measured, &all, &rest, ComparedWith::All);
        }
        priors
    }

    /// Fits the figures of all, for some of them.
    fn add(
        &mut self,
        measured: &[Option<Measured>],
        all: &[usize],
        rows: &[usize],
        among: ComparedWith,
    ) {
        let known: Vec<Measured> = all.iter().filter_map(|&row| measured[row]).collect();
        let Some(prior) = Prior::fit(&known) else { return };
        for &row in rows {
            self.of_row[row] = Some(self.priors.len());
        }
        let touchpoints = rows.iter().map(|&row| TouchpointId(row as u32)).collect();
        let (fit, mean) = (prior.found_by(), prior.mean());
        self.priors.push((prior, Shrinkage { among, touchpoints, fit, mean }));
    }

    fn of(&self, row: usize) -> Option<&Prior> {
        self.of_row[row].map(|place| &self.priors[place].0)
    }

    pub(super) fn shrink(&self, row: usize, measured: &Measured) -> Option<f64> {
        Some(self.of(row)?.shrink(measured))
    }

    /// The probability that the true figure is above this; where figures do not vary, neither is above another.
    pub(super) fn above(&self, row: usize, measured: &Measured, figure: f64) -> Option<f64> {
        self.of(row)?.above(measured, figure)
    }

    pub(super) fn into_shrinkage(self) -> Vec<Shrinkage> {
        self.priors.into_iter().map(|(_, shrinkage)| shrinkage).collect()
    }
}

/// A mean that did not vary has no weight that can be said.
fn is_shrunk(measured: &Measured) -> bool {
    !matches!(measured.law, Law::Mean | Law::Gap) || measured.variance > 0.0
}

impl Prior {
    fn fit(known: &[Measured]) -> Option<Self> {
        let each = |of: fn(&Measured) -> f64| -> Vec<f64> { known.iter().map(of).collect() };
        match known.first()?.law {
            Law::Share => beta_binomial(
                &each(Measured::effective_events),
                &each(Measured::effective_exposure),
            )
            .map(Self::Shares),
            Law::Rate => gamma_poisson(
                &each(Measured::effective_events),
                &each(Measured::effective_exposure),
            )
            .map(Self::Rates),
            Law::Mean | Law::Gap => {
                normal_normal(&each(|m| m.value), &each(|m| m.variance)).map(Self::Means)
            }
        }
    }

    fn found_by(&self) -> Fit {
        match self {
            Self::Shares(shares) => shares.fit,
            Self::Rates(rates) => rates.fit,
            Self::Means(means) => means.fit,
        }
    }

    fn mean(&self) -> f64 {
        match self {
            Self::Shares(shares) => shares.mean,
            Self::Rates(rates) => rates.mean,
            Self::Means(means) => means.mean,
        }
    }

    fn shrink(&self, measured: &Measured) -> f64 {
        let (events, exposure) = (measured.effective_events(), measured.effective_exposure());
        match self {
            Self::Shares(shares) => shares.shrink(events, exposure),
            Self::Rates(rates) => rates.shrink(events, exposure),
            Self::Means(means) => means.shrink(measured.value, measured.variance),
        }
    }

    fn above(&self, measured: &Measured, figure: f64) -> Option<f64> {
        let (events, exposure) = (measured.effective_events(), measured.effective_exposure());
        match self {
            _ if self.found_by() == Fit::NoVariation => None,
            Self::Shares(shares) => shares.probability_above(figure, events, exposure),
            Self::Rates(rates) => rates.probability_above(figure, events, exposure),
            Self::Means(means) => {
                let above = means.shrink(measured.value, measured.variance) - figure;
                normal_sf(-above / means.shrunk_std_error(measured.variance))
            }
        }
    }
}
