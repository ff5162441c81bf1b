//! Figures within a figure, and beside it.

use super::contrast::Subject;
use super::interval::Measured;
use super::scorecard::{AsideScore, PartScore, Score};
use crate::map::Text;
use crate::metric::{Aside, Law, Sums};

/// The parts of one figure.
pub(super) struct Parts {
    pub(super) scores: Vec<PartScore>,
    /// As means, for they are sums by exposure whatever the law of the figure.
    pub(super) measured: Vec<Option<Measured>>,
}

impl Parts {
    /// The parts vary as the figure does, each with a variance of its own.
    pub(super) fn new(
        subject: Subject<'_>,
        names: &[(&'static str, Text)],
        figure: Option<&Measured>,
        level: f64,
    ) -> Self {
        if names.is_empty() {
            return Self { scores: Vec::new(), measured: Vec::new() };
        }
        let estimate = |part, sums: Sums| subject.metric.part(part, sums);
        let values: Vec<Option<f64>> =
            (0..names.len()).map(|part| estimate(part, subject.total())).collect();
        let variances = subject.variances(&values, estimate);
        let measured: Vec<Option<Measured>> = values
            .iter()
            .zip(variances)
            .map(|(value, variance)| {
                Some(Measured { value: (*value)?, variance: variance?, ..*figure? })
            })
            .collect();
        let scores =
            names.iter().zip(&values).zip(&measured).map(|(((key, name), value), part)| {
                let interval = part.and_then(|part| part.interval(level));
                PartScore { key, name: name.clone(), value: *value, interval, shrunk: None }
            });
        let scores = scores.collect();
        let as_mean = |part: Option<Measured>| Some(Measured { law: Law::Mean, ..part? });
        Self { scores, measured: measured.into_iter().map(as_mean).collect() }
    }
}

/// The figures beside a touchpoint's own, which vary by laws of their own.
pub(super) fn asides(subject: Subject<'_>, score: &Score, level: f64) -> Vec<AsideScore> {
    let asides = subject.metric.asides();
    if asides.is_empty() {
        return Vec::new();
    }
    let estimate = |aside, sums: Sums| subject.metric.aside(aside, sums);
    let values: Vec<Option<f64>> =
        (0..asides.len()).map(|aside| estimate(aside, subject.total())).collect();
    let variances = subject.variances(&values, estimate);
    let (support, exposure, buckets) = (score.support, score.exposure, subject.met_in());
    let each = asides.into_iter().zip(values.into_iter().zip(variances));
    each.map(|(Aside { key, name, unit, law }, (value, variance))| {
        let interval = value.zip(variance).and_then(|(value, variance)| {
            Measured { law, value, variance, support, exposure, buckets }.interval(level)
        });
        AsideScore { key, name, unit, value, interval }
    })
    .collect()
}
