//! One metric's evidence in, the scores of every touchpoint out.

use super::contrast::{Contrast, Subject, variances};
use super::groups::{Counted, Groups};
use super::hotspot::{is_supported, p_above};
use super::impact::{excess, price};
use super::interval::Measured;
use super::parts::{self, Parts};
use super::scorecard::{ComparedWith, Family, Impact, Score, Settings, Shrinkage, Standing};
use super::shrink::Priors;
use crate::map::{JourneyMap, Support, Text, TouchpointId};
use crate::metric::{Law, Metric};
use crate::stats::Interval;

/// A metric whose touchpoints are scored.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) map: &'a JourneyMap,
    pub(super) counted: Counted<'a>,
    pub(super) metric: &'a dyn Metric,
    /// The metric's place in the evidence.
    pub(super) place: usize,
    pub(super) settings: &'a Settings,
}

/// A family before its touchpoints are tested against each other.
pub(super) struct FamilyScores {
    pub(super) family: Family,
    /// Skewness of each score's buckets, as the bootstrap's corrected interval needs it.
    pub(super) accelerations: Vec<Option<f64>>,
}

/// A score, and what its shrinkage needs of it.
struct Row {
    score: Score,
    measured: Option<Measured>,
    parts: Vec<Option<Measured>>,
    acceleration: Option<f64>,
}

impl Asked<'_> {
    pub(super) fn scores(&self) -> FamilyScores {
        let groups = Groups::new(self.map, self.counted, self.place, self.metric);
        let names = self.metric.parts();
        let mut rows: Vec<Row> =
            (0..self.map.touchpoints().len()).map(|row| self.row(row, &groups, &names)).collect();
        let shrinkage = shrink(&mut rows, &groups, names.len());
        let (metric, total) = (self.metric, groups.asked.total.sums());
        let nowhere = self.counted.evidence.rows() - 1;
        let sums = self.counted.totals.sums(self.place, nowhere);
        FamilyScores {
            accelerations: rows.iter().map(|row| row.acceleration).collect(),
            family: Family {
                whole: metric.estimate(total),
                whole_interval: self.whole_interval(&groups),
                total: metric.total(total),
                shrinkage,
                nowhere: metric.details(nowhere, sums),
                scores: rows.into_iter().map(|row| row.score).collect(),
                ..empty_family(metric)
            },
        }
    }

    fn row(&self, row: usize, groups: &Groups, names: &[(&'static str, Text)]) -> Row {
        let Self { metric, counted, place, settings, .. } = *self;
        let touchpoint = &self.map.touchpoints()[row];
        let subject = Subject { counted, metric, place, row };
        let (group, compared_with) = groups.of(row);
        let mut score = blank_score(row, compared_with);
        score.target = metric.target(touchpoint);
        score.details = metric.details(row, subject.total());
        if let Some(reason) = metric.not_asked(self.map, touchpoint) {
            score.standing = Standing::NotAsked(reason);
            return Row::unmeasured(score);
        }
        (score.support, score.exposure) = metric.support(subject.total());
        score.asides = parts::asides(subject, &score, settings.level);
        let Some(contrast) = subject.against(group, settings.hotspot_margin) else {
            return Row::unmeasured(score);
        };
        self.compared(subject, score, &contrast, names)
    }

    fn compared(
        &self,
        subject: Subject<'_>,
        mut score: Score,
        contrast: &Contrast,
        names: &[(&'static str, Text)],
    ) -> Row {
        let Self { metric, settings, .. } = *self;
        score.value = Some(contrast.value);
        score.rest = contrast.rest;
        score.lift = contrast.rest.filter(|rest| *rest > 0.0).map(|rest| contrast.value / rest);
        score.standing = first_standing(&score, settings);
        let measured = measure(metric, &score, contrast);
        add_doubt(&mut score, measured.as_ref(), contrast, settings);
        let Parts { scores, measured: parts } =
            Parts::new(subject, names, measured.as_ref(), settings.level);
        score.parts = scores;
        let amount = if matches!(metric.about().law, Law::Mean | Law::Gap) {
            metric.total(subject.total())
        } else {
            excess(&score)
        };
        let price = price(self.map.prices(), metric.about().key);
        score.impact = amount.map(|amount| Impact::new(amount, price));
        Row { score, measured, parts, acceleration: contrast.acceleration }
    }

    fn whole_interval(&self, groups: &Groups) -> Option<Interval> {
        let (metric, total) = (self.metric, &groups.asked.total);
        let buckets = groups.asked.by_bucket.iter();
        let value = metric.estimate(total.sums())?;
        let variance =
            variances(total.sums(), buckets, &[Some(value)], |_, sums| metric.estimate(sums))[0]?;
        let (mut support, exposure) = metric.support(total.sums());
        // whoever was met at several touchpoints counts at each of them
        support.customers = support.customers.min(self.settings.customers);
        let (law, buckets) = (metric.about().law, self.settings.buckets);
        Measured { law, value, variance, support, exposure, buckets }.interval(self.settings.level)
    }
}

impl Row {
    fn unmeasured(score: Score) -> Self {
        Self { score, measured: None, parts: Vec::new(), acceleration: None }
    }
}

/// Shrinks figures by their law, and each part of them by a normal distribution; says by what the figures were.
fn shrink(rows: &mut [Row], groups: &Groups, parts: usize) -> Vec<Shrinkage> {
    let measured: Vec<Option<Measured>> = rows.iter().map(|row| row.measured).collect();
    let priors = Priors::new(&measured, groups.kinds());
    for (place, Row { score, measured, .. }) in rows.iter_mut().enumerate() {
        let Some(measured) = measured else { continue };
        score.shrunk = priors.shrink(place, measured);
        score.above_rest = score.rest.and_then(|rest| priors.above(place, measured, rest));
    }
    (0..parts).for_each(|part| shrink_part(rows, groups, part));
    priors.into_shrinkage()
}

fn shrink_part(rows: &mut [Row], groups: &Groups, part: usize) {
    let of = |row: &Row| -> Option<Measured> { *row.parts.get(part)? };
    let measured: Vec<Option<Measured>> = rows.iter().map(of).collect();
    let priors = Priors::new(&measured, groups.kinds());
    for (place, (row, measured)) in rows.iter_mut().zip(&measured).enumerate() {
        if let Some(measured) = measured {
            row.score.parts[part].shrunk = priors.shrink(place, measured);
        }
    }
}

fn add_doubt(
    score: &mut Score,
    measured: Option<&Measured>,
    contrast: &Contrast,
    settings: &Settings,
) {
    let Some(measured) = measured else { return };
    score.std_error = Some(measured.variance.sqrt());
    score.interval = measured.interval(settings.level);
    let floor = measured.cautious_variance() - measured.variance;
    if score.interval.is_none() {
        return;
    }
    if let (Some(rest), Some(variance)) = (contrast.rest, contrast.distance_variance) {
        let distance = contrast.value - settings.hotspot_margin * rest;
        score.p = p_above(distance, variance + floor, measured.degrees_of_freedom());
    }
}

pub(super) fn empty_family(metric: &dyn Metric) -> Family {
    let about = metric.about();
    Family {
        key: about.key,
        name: about.name,
        per: about.per,
        unit: about.unit,
        law: about.law,
        absent: None,
        tests: 0,
        whole: None,
        whole_interval: None,
        total: None,
        shrinkage: Vec::new(),
        nowhere: Vec::new(),
        scores: Vec::new(),
    }
}

fn blank_score(row: usize, compared_with: ComparedWith) -> Score {
    Score {
        touchpoint: TouchpointId(row as u32),
        support: Support { customers: 0, events: 0 },
        exposure: 0,
        value: None,
        interval: None,
        std_error: None,
        shrunk: None,
        rest: None,
        compared_with,
        lift: None,
        p: None,
        q: None,
        above_rest: None,
        standing: Standing::NoExposure,
        rank: None,
        settled_by: None,
        impact: None,
        target: None,
        parts: Vec::new(),
        asides: Vec::new(),
        details: Vec::new(),
        resampled: None,
    }
}

/// Where a touchpoint stands before any test.
fn first_standing(score: &Score, settings: &Settings) -> Standing {
    if is_supported(score.support, settings.least_support) {
        Standing::NoComparison
    } else {
        Standing::ThinSupport
    }
}

fn measure(metric: &dyn Metric, score: &Score, contrast: &Contrast) -> Option<Measured> {
    Some(Measured {
        law: metric.about().law,
        value: contrast.value,
        variance: contrast.variance?,
        support: score.support,
        exposure: score.exposure,
        buckets: contrast.buckets,
    })
}
