//! The covariance of the scores of Gray's test.

use super::gray::Standing;
use super::strata::Stratum;

/// The sums of which the covariance is made, over the moments seen so far.
///
/// Gray's scores are linear in the incidences of the groups; each event of a group moves its incidence and its survival
/// and so all scores. Source: Gray, *Ann. Stat.* 16 (1988) 1141, section 3, with the corrections for ties of R's
/// cmprsk.
pub(super) struct GrayVariance {
    /// Of all groups together, if they had the same.
    incidence: f64,
    /// How the score of each group (row) depends on the incidence of each (column), now and over all times.
    now: Vec<Vec<f64>>,
    over_time: Vec<Vec<f64>>,
    /// Sums that `over_time` multiplies twice, once and not at all in the end.
    twice: Vec<f64>,
    once: Vec<Vec<f64>>,
    direct: Vec<Vec<f64>>,
}

impl GrayVariance {
    pub(super) fn new(groups: usize) -> Self {
        let square = vec![vec![0.0; groups]; groups];
        Self {
            incidence: 0.0,
            now: square.clone(),
            over_time: square.clone(),
            twice: vec![0.0; groups],
            once: square.clone(),
            direct: square,
        }
    }

    /// Takes in a moment, with the standing of each group before it.
    pub(super) fn add(&mut self, strata: &[Stratum], before: &[Standing]) {
        let events: f64 = strata.iter().map(|stratum| stratum.cause).sum();
        let starts: Vec<Option<f64>> = before
            .iter()
            .zip(strata)
            .map(|(standing, stratum)| standing.at_start(stratum))
            .collect();
        let all: f64 = starts.iter().flatten().sum();
        if all <= 0.0 {
            return;
        }
        self.depend(&starts, all, events);
        self.incidence += events / all;
        for (group, stratum) in strata.iter().enumerate() {
            if starts[group].is_some() {
                let after = before[group].after(stratum).survival;
                self.add_own(group, stratum, before[group].survival, after, events, all);
                self.add_other(group, stratum, before[group].survival, after);
            }
        }
    }

    /// How scores depend on incidences at this moment, and over all so far.
    fn depend(&mut self, starts: &[Option<f64>], all: f64, events: f64) {
        let hazard = events / (all * (1.0 - self.incidence));
        for (group, start) in starts.iter().enumerate() {
            for (other, of_other) in starts.iter().enumerate() {
                let own = if group == other { 1.0 } else { 0.0 };
                let now = start
                    .zip(*of_other)
                    .map_or(0.0, |(start, of_other)| start * (own - of_other / all));
                self.now[group][other] = now;
                if events > 0.0 {
                    self.over_time[group][other] += now * hazard;
                }
            }
        }
    }

    /// The events of the cause, which move the group's incidence.
    fn add_own(
        &mut self,
        group: usize,
        stratum: &Stratum,
        before: f64,
        after: f64,
        events: f64,
        all: f64,
    ) {
        if events <= 0.0 {
            return;
        }
        let moved = if after > 0.0 { 1.0 - (1.0 - self.incidence) / after } else { 1.0 };
        let variance = tied(events, all * before) * before * events / (all * stratum.at_risk);
        self.twice[group] += moved * moved * variance;
        let column = |row: usize| self.now[row][group] - moved * self.over_time[row][group];
        let column: Vec<f64> = (0..self.now.len()).map(column).collect();
        self.add_column(group, &column, moved * variance, variance);
    }

    /// The events of another cause, which move the group's survival alone.
    fn add_other(&mut self, group: usize, stratum: &Stratum, before: f64, after: f64) {
        if after <= 0.0 || stratum.other <= 0.0 {
            return;
        }
        let (moved, at_risk) = ((1.0 - self.incidence) / after, stratum.at_risk);
        let share = before / at_risk;
        let variance = tied(stratum.other, at_risk) * share * share * stratum.other;
        self.twice[group] += moved * moved * variance;
        let column: Vec<f64> = self.over_time.iter().map(|row| moved * row[group]).collect();
        self.add_column(group, &column, -moved * variance, variance);
    }

    fn add_column(&mut self, group: usize, column: &[f64], once: f64, direct: f64) {
        for (row, &value) in column.iter().enumerate() {
            self.once[row][group] += value * once;
            for (other, &of_other) in column.iter().enumerate() {
                self.direct[row][other] += value * of_other * direct;
            }
        }
    }

    /// The covariance of the scores: a row for each group.
    pub(super) fn covariance(mut self) -> Vec<Vec<f64>> {
        let groups = self.twice.len();
        for row in 0..groups {
            for other in 0..groups {
                self.direct[row][other] +=
                    (0..groups).map(|k| self.shared(row, other, k)).sum::<f64>();
            }
        }
        self.direct
    }

    fn shared(&self, row: usize, other: usize, by: usize) -> f64 {
        let (one, two) = (self.over_time[row][by], self.over_time[other][by]);
        one * two * self.twice[by] + one * self.once[other][by] + two * self.once[row][by]
    }
}

/// What so many events at once leave of the variance of single ones.
fn tied(events: f64, at_risk: f64) -> f64 {
    if events > 1.0 { (1.0 - (events - 1.0) / (at_risk - 1.0)).max(0.0) } else { 1.0 }
}
