//! How long a journey still takes, in steps or in time: its mean and its variance.

use serde::Serialize;

use super::absorbing_chain::{AbsorbingChain, START, state_of_first};
use super::absorbing_matrix::AbsorbingMatrix;
use super::linear::Solution;
use super::passages::is_settled;

/// The mean and the variance of an amount from journey to journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// The mean, in the unit of the amount.
    pub mean: f64,
    /// The variance, in that unit squared.
    pub variance: f64,
}

/// How long a visit takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VisitTime {
    /// The mean.
    pub mean: f64,
    /// The mean of the square.
    pub second_moment: f64,
}

impl VisitTime {
    /// With a mean and a mean of the square, in any unit of time and that unit squared.
    ///
    /// `None` where one is negative or no number, or the second moment is below the mean's square by more than
    /// rounding.
    #[must_use]
    pub fn new(mean: f64, second_moment: f64) -> Option<Self> {
        const ROUNDING: f64 = 1e-9;
        let is_sound = mean >= 0.0
            && second_moment.is_finite()
            && mean * mean * (1.0 - ROUNDING) <= second_moment;
        is_sound.then_some(Self { mean, second_moment })
    }
}

/// What is left of a journey from each state on, with the residual that it was accepted with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StateLength {
    /// From each state until the journey ends or is stuck; 0 from states that are stuck.
    pub by_state: Vec<Spread>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

/// What is left of a journey from Start and from each touchpoint on, with the residual that it was accepted with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JourneyLength {
    /// From Start: a whole journey.
    pub from_start: Spread,
    /// From the arrival at each touchpoint on, in map order, until the journey ends or is stuck; 0 from those that are
    /// stuck or were not visited.
    pub by_touchpoint: Vec<Spread>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

impl AbsorbingMatrix {
    /// The number of visits until a journey ends, from each state on, that state's counted.
    ///
    /// Mean and variance are those of Kemeny and Snell, *Finite Markov Chains*, theorem 3.3.5.
    #[must_use]
    pub fn steps_to_end(&self) -> StateLength {
        self.amount_to_end(&vec![VisitTime { mean: 1.0, second_moment: 1.0 }; self.states()])
    }

    /// The time until a journey ends, where each visit takes a time of its own that does not depend on what follows.
    ///
    /// A semi-Markov chain: `T = m + Q T`, and the second moment is `T2 = s2 + 2 m (Q T) + Q T2` (Howard, *Dynamic
    /// Probabilistic Systems* II, 1971, chapter 11). `None` where there is not one time a state.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::{AbsorbingMatrix, VisitTime};
    ///
    /// // half of the calls are followed by another; each takes 6 minutes, exponentially spread
    /// let calls = AbsorbingMatrix::new(vec![vec![(0, 0.5)]], vec![vec![0.5]]).expect("a row");
    /// let call = VisitTime::new(6.0, 2.0 * 6.0 * 6.0).expect("moments");
    /// let time = calls.time_to_end(&[call]).expect("one time a state");
    /// assert!((time.by_state[0].mean - 12.0).abs() < 1e-12);
    /// assert!((time.by_state[0].variance - 144.0).abs() < 1e-10);
    /// ```
    #[must_use]
    pub fn time_to_end(&self, visits: &[VisitTime]) -> Option<StateLength> {
        (visits.len() == self.states()).then(|| self.amount_to_end(visits))
    }

    fn amount_to_end(&self, visits: &[VisitTime]) -> StateLength {
        let first = visits.iter().map(|visit| visit.mean).collect();
        self.length(first, |ahead| {
            let row = |state: usize| self.row(state as u32).iter();
            let next = |state| row(state).map(|(to, share)| share * ahead[*to as usize]).sum();
            let second = visits.iter().enumerate().map(|(state, visit)| {
                let next: f64 = next(state);
                visit.second_moment + 2.0 * visit.mean * next
            });
            second.collect()
        })
    }

    /// From what a step adds to the mean, and, knowing the means from each state on, to the second moment.
    pub(super) fn length(
        &self,
        mut first: Vec<f64>,
        second: impl FnOnce(&[f64]) -> Vec<f64>,
    ) -> StateLength {
        self.quiet_stuck(&mut first);
        let mean = self.gathered(&first);
        let mut second = second(&mean.values);
        self.quiet_stuck(&mut second);
        let square = self.gathered(&second);
        let residual = mean.residual.max(square.residual);
        let spread = |(mean, square): (&f64, &f64)| Spread {
            mean: *mean,
            variance: (square - mean * mean).max(0.0),
        };
        let by_state = mean.values.iter().zip(&square.values).map(spread).collect();
        StateLength { by_state, residual, settled: is_settled(residual) }
    }

    /// The expected sum of an amount a visit from each state on; nothing from stuck ones.
    pub(super) fn sum_to_end(&self, mut amounts: Vec<f64>) -> Solution {
        self.quiet_stuck(&mut amounts);
        self.gathered(&amounts)
    }

    pub(super) fn quiet_stuck(&self, constants: &mut [f64]) {
        for &state in self.stuck() {
            constants[state as usize] = 0.0;
        }
    }
}

impl AbsorbingChain {
    /// The number of visits of a journey, lost touchpoints and goals too.
    #[must_use]
    pub fn steps_to_end(&self) -> JourneyLength {
        let visit = |state: u32| f64::from(state != START && !self.is_pool(state));
        let visits: Vec<VisitTime> = (0..self.matrix().states() as u32)
            .map(|state| VisitTime { mean: visit(state), second_moment: visit(state) })
            .collect();
        self.of_states(&self.matrix().amount_to_end(&visits))
    }

    pub(super) fn of_states(&self, length: &StateLength) -> JourneyLength {
        let touchpoints =
            length.by_state.iter().skip(state_of_first() as usize).take(self.ends().len());
        JourneyLength {
            from_start: length.by_state[START as usize],
            by_touchpoint: touchpoints.copied().collect(),
            residual: length.residual,
            settled: length.settled,
        }
    }
}
