//! What flows through touchpoints from Start to the ends: solved once, asked many things.

use super::absorbing_chain::{AbsorbingChain, ENDS, START, state};
use super::passages::is_settled;
use super::reward::Reward;
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;

/// A chain solved from Start, for touchpoints that are asked about.
///
/// From it [dependence](Self::dependence), [bypass](Self::bypass) and [repair](Self::repairs) follow in closed form,
/// without solving the chain again. Touchpoints that were not visited, and those that are
/// [stuck](AbsorbingChain::stuck), are left out: nothing can be said of them.
#[derive(Clone, Debug)]
pub struct Flow<'a> {
    chain: &'a AbsorbingChain,
    /// Expected visits to each state.
    visits: Vec<f64>,
    own: Vec<Own>,
    /// By end, for each state.
    ends: [Vec<f64>; ENDS.len()],
    /// Visits still to come.
    steps: Reward,
    residual: f64,
}

/// Expected visits to a touchpoint of journeys that are there, this one counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    pub(super) touchpoint: TouchpointId,
    pub(super) visits: f64,
}

impl AbsorbingChain {
    /// Solves the chain for all touchpoints at once; `None` beyond [`DENSE_AT_MOST`](super::DENSE_AT_MOST) states.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::AbsorbingChain;
    /// use touchpoint::map::TouchpointId;
    /// use touchpoint::prelude::*;
    /// use touchpoint::time::{Micros, Timestamp};
    ///
    /// let map = JourneyMap::from_yaml("
    /// id: loan
    /// stages: [apply]
    /// touchpoints:
    ///   - { id: form, stage: apply }
    ///   - { id: call, stage: apply }
    ///   - { id: granted, stage: apply, end: goal }
    ///   - { id: account closed, stage: apply, end: lost }
    /// ")?;
    /// let mut log = EventLog::builder();
    /// let walks = [["form", "granted"], ["call", "granted"], ["form", "account closed"]];
    /// for (journey, walk) in ["a", "b", "c"].iter().zip(walks) {
    ///     for (minute, touchpoint) in (0..).zip(walk) {
    ///         let time = Timestamp(minute * 60 * Micros::PER_SECOND);
    ///         log.push(NewEvent { journey, time, touchpoint, ..NewEvent::default() })?;
    ///     }
    /// }
    /// let log = log.finish();
    /// let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    /// let chain = AbsorbingChain::new(&map, &graph, &[]);
    /// let flow = chain.flow().expect("five states are few");
    ///
    /// // of two completed journeys one went through the form, one through the call
    /// let form = &flow.dependence(&[])[0];
    /// assert!((form.completed.effect.expect("some complete") - 0.5).abs() < 1e-12);
    ///
    /// // if a quarter instead of half of the visits to the form were lost, one in six more journeys would complete
    /// let repair = flow.repair(TouchpointId(0), 0.25, &[]).expect("some go on");
    /// assert!((repair.completed - 1.0 / 6.0).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn flow(&self) -> Option<Flow<'_>> {
        let own = self.matrix().own_visits()?;
        let touchpoints = (0..self.ends().len() as u32).map(TouchpointId);
        let visits = touchpoints.zip(self.by_touchpoint(&own.values));
        let own_visits = visits
            .filter(|(id, _)| self.is_open(*id))
            .map(|(touchpoint, visits)| Own { touchpoint, visits: *visits });
        Some(self.flow_with(own_visits.collect(), own.residual))
    }

    /// Solves the chain for these touchpoints, one solution each: for chains of any size.
    #[must_use]
    pub fn flow_through(&self, touchpoints: &[TouchpointId]) -> Flow<'_> {
        let (mut own, mut residual) = (Vec::new(), 0.0_f64);
        for &touchpoint in touchpoints.iter().filter(|id| self.is_open(**id)) {
            let column = self.matrix().visits_to(state(touchpoint));
            own.push(Own { touchpoint, visits: column.values[state(touchpoint) as usize] });
            residual = residual.max(column.residual);
        }
        self.flow_with(own, residual)
    }

    fn flow_with(&self, mut own: Vec<Own>, residual: f64) -> Flow<'_> {
        let visits = self.matrix().visits_from(&self.matrix().beginning_at(START));
        own.retain(|own| visits.values[state(own.touchpoint) as usize] > 0.0);
        let ends = [0, 1, 2].map(|end| self.matrix().absorption(end));
        let steps = self.reward(&vec![Some(1.0); self.ends().len()]);
        let residuals =
            ends.iter().map(|end| end.residual).chain([visits.residual, steps.residual]);
        Flow {
            chain: self,
            residual: residuals.fold(residual, f64::max),
            visits: visits.values,
            own,
            ends: ends.map(|end| end.values),
            steps,
        }
    }
}

impl<'a> Flow<'a> {
    /// The chain that was solved.
    #[must_use]
    pub fn chain(&self) -> &'a AbsorbingChain {
        self.chain
    }

    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.residual
    }

    /// Whether the residual is at most 1e-10; if not, take no number from here.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        is_settled(self.residual)
    }

    /// The probability that a journey ever passes through a touchpoint; `None` where it was not asked about.
    #[must_use]
    pub fn reached(&self, touchpoint: TouchpointId) -> Option<f64> {
        self.own_of(touchpoint).map(|own| self.reach(own))
    }

    /// The probability that a journey ends in this way; 0 for those that do not absorb.
    #[must_use]
    pub fn end_share(&self, end: JourneyEnd) -> f64 {
        // elimination can leave a negative zero
        self.end_values(end).map_or(0.0, |values| values[START as usize] + 0.0)
    }

    /// Expected visits of a journey to each touchpoint in map order; 0 to those that are stuck.
    #[must_use]
    pub fn expected_visits(&self) -> &[f64] {
        self.chain.by_touchpoint(&self.visits)
    }

    pub(super) fn own(&self) -> &[Own] {
        &self.own
    }

    pub(super) fn own_of(&self, touchpoint: TouchpointId) -> Option<Own> {
        self.own.iter().find(|own| own.touchpoint == touchpoint).copied()
    }

    /// Kemeny and Snell, *Finite Markov Chains*, theorem 3.5.7: a journey is never at a touchpoint before it begins.
    pub(super) fn reach(&self, own: Own) -> f64 {
        (self.visits_to(own.touchpoint) / own.visits).clamp(0.0, 1.0)
    }

    /// Expected visits of a journey.
    pub(super) fn visits_to(&self, touchpoint: TouchpointId) -> f64 {
        self.visits[state(touchpoint) as usize]
    }

    pub(super) fn visits(&self) -> &[f64] {
        &self.visits
    }

    pub(super) fn steps(&self) -> &Reward {
        &self.steps
    }

    /// The probability of an end from Start and from a touchpoint.
    pub(super) fn end(&self, end: JourneyEnd, touchpoint: TouchpointId) -> (f64, f64) {
        self.end_values(end).map_or((0.0, 0.0), |values| {
            (values[START as usize], values[state(touchpoint) as usize])
        })
    }

    fn end_values(&self, end: JourneyEnd) -> Option<&[f64]> {
        let column = ENDS.iter().position(|absorbing| *absorbing == end)?;
        Some(&self.ends[column])
    }
}
