//! Cumulative incidences and survival with their variances, carried from one moment to the next: those at risk and the
//! events of each cause in, nothing else kept.

/// Survival of all causes, and the incidence of each.
#[derive(Clone, Debug)]
pub(super) struct Incidences {
    pub(super) survival: f64,
    pub(super) survival_variance: f64,
    pub(super) causes: Vec<Cause>,
}

/// The incidence of one cause.
#[derive(Clone, Debug, Default)]
pub(super) struct Cause {
    pub(super) incidence: f64,
    /// By the infinitesimal jackknife.
    pub(super) variance: f64,
    /// With the survival.
    covariance: f64,
    pub(super) delta: DeltaVariance,
}

/// One moment as every cause sees it.
#[derive(Clone, Copy)]
struct Passage {
    at_risk: f64,
    /// Events of any cause.
    events: f64,
    before: f64,
    after: f64,
    variance_before: f64,
}

impl Incidences {
    pub(super) fn new(n_causes: usize) -> Self {
        let causes = vec![Cause::default(); n_causes];
        Self { survival: 1.0, survival_variance: 0.0, causes }
    }

    /// Takes in a moment; without an event nothing changes.
    ///
    /// The infinitesimal jackknife adds up the squared influence of every duration. The influences of those at risk are
    /// alike and their shares in a moment add up to 0, so the sums can be carried on without the durations: the
    /// covariance of a multinomial draw is added at each moment. Source: Therneau, Crowson & Atkinson, *Multi-state
    /// models and competing risks* (vignette of R's survival); for the survival alone it is Greenwood's.
    pub(super) fn pass(&mut self, at_risk: f64, events: impl Iterator<Item = f64> + Clone) {
        let all: f64 = events.clone().sum();
        if !(all > 0.0 && at_risk > 0.0) {
            return;
        }
        let passage = Passage {
            at_risk,
            events: all,
            before: self.survival,
            after: self.survival / at_risk * (at_risk - all),
            variance_before: self.survival_variance,
        };
        for (cause, own) in self.causes.iter_mut().zip(events) {
            cause.pass(&passage, own);
        }
        self.survival = passage.after;
        self.survival_variance = passage.stay().powi(2) * self.survival_variance
            + passage.before.powi(2) * (all / at_risk) * passage.stay() / at_risk;
    }
}

impl Passage {
    fn stay(&self) -> f64 {
        (self.at_risk - self.events) / self.at_risk
    }

    /// The variance that so many events at once add, in units of the survival before.
    fn tied(&self, events: f64) -> f64 {
        let n = self.at_risk;
        let correction = if events > 1.0 { 1.0 - (events - 1.0) / (n - 1.0) } else { 1.0 };
        self.before.powi(2) * correction * events / (n * n)
    }
}

impl Cause {
    fn pass(&mut self, passage: &Passage, own: f64) {
        let (n, before) = (passage.at_risk, passage.before);
        let hazard = own / n;
        self.incidence += before / n * own;
        self.variance += hazard * (2.0 * self.covariance + hazard * passage.variance_before)
            + before.powi(2) * hazard * (1.0 - hazard) / n;
        let shared = before.powi(2) * hazard / n;
        let carried = self.covariance + hazard * passage.variance_before;
        self.covariance = passage.stay() * (carried - shared);
        self.delta.pass(passage, own, self.incidence);
    }
}

/// The variance of an incidence by Aalen's delta method, as three sums and what they last came to.
#[derive(Clone, Debug, Default)]
pub(super) struct DeltaVariance {
    pub(super) variance: f64,
    own: f64,
    shared: f64,
    survival: f64,
}

impl DeltaVariance {
    /// Source: Aalen, *Ann. Stat.* 6 (1978) 534, with the hypergeometric correction for ties of R's cmprsk.
    fn pass(&mut self, passage: &Passage, own: f64, incidence: f64) {
        let Passage { after, .. } = *passage;
        let other = passage.events - own;
        let per_survivor = if after > 0.0 { 1.0 / after } else { 0.0 };
        if other > 0.0 && after > 0.0 {
            self.add(incidence * per_survivor, per_survivor, passage.tied(other));
        }
        if own > 0.0 {
            self.add(1.0 + incidence * per_survivor, per_survivor, passage.tied(own));
            self.variance = self.own + incidence * (incidence * self.survival - 2.0 * self.shared);
        }
    }

    fn add(&mut self, of_incidence: f64, of_survival: f64, weight: f64) {
        self.own += of_incidence * of_incidence * weight;
        self.shared += of_incidence * of_survival * weight;
        self.survival += of_survival * of_survival * weight;
    }
}
