//! How long visits take, and what that makes of a journey's length and of the time spent at each touchpoint.

use super::absorbing_chain::{AbsorbingChain, START, state_of_first};
use super::length::{JourneyLength, VisitTime};
use crate::graph::TouchpointGraph;
use crate::map::{TimestampMeans, TouchpointId};

/// Sojourn times of the touchpoints in seconds, by what the log's timestamps mean.
///
/// A sojourn goes from one visit to the next of the same segment, up to the deciding moment. So what leads to silence
/// takes no time, and neither does the pause between two segments. A touchpoint of which no visit was timed takes none.
///
/// Moments come from the clock's histogram: the mean to 0.4 %, the second moment to 0.8 %. The exact sums of transitions are
/// not taken, since they go over whole walks, aftercare too.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitTimes {
    timed: Vec<Option<VisitTime>>,
    means: TimestampMeans,
}

impl VisitTimes {
    /// As the at-risk visits of a graph took, under the same meaning of timestamps as its log.
    #[must_use]
    pub fn from_graph(graph: &TouchpointGraph, means: TimestampMeans) -> Self {
        let ids = (0..graph.touchpoints() as u32).map(TouchpointId);
        let timed = ids.map(|id| {
            let [mean, second_moment] = graph.traffic(id).sojourn.moments()?;
            Some(VisitTime { mean, second_moment })
        });
        Self::new(timed.collect(), means)
    }

    /// Of one timed visit to each touchpoint in map order, in seconds.
    ///
    /// Where timestamps mark the start, the time until the next visit; where they mark completion, the time since the
    /// visit before.
    #[must_use]
    pub fn new(timed: Vec<Option<VisitTime>>, means: TimestampMeans) -> Self {
        Self { timed, means }
    }

    /// Of one timed visit in seconds; `None` where none was timed.
    #[must_use]
    pub fn of(&self, touchpoint: TouchpointId) -> Option<VisitTime> {
        self.timed.get(touchpoint.index()).copied().flatten()
    }

    fn at(&self, state: u32) -> VisitTime {
        let touchpoint = state.checked_sub(state_of_first()).map(TouchpointId);
        touchpoint.and_then(|id| self.of(id)).unwrap_or_default()
    }
}

impl AbsorbingChain {
    /// The time in seconds until a journey ends.
    ///
    /// Sojourns are taken as independent of where a visit leads and of each other: `T = m + Q T` and
    /// `T2 = s2 + 2 m (Q T) + Q T2` (Howard 1971, chapter 11), both over what leads to another visit.
    #[must_use]
    pub fn time_to_end(&self, times: &VisitTimes) -> JourneyLength {
        let states = 0..self.matrix().states() as u32;
        let means: Vec<f64> = match times.means {
            TimestampMeans::Start => self.times_ahead(times, |visit, share| visit.mean * share),
            TimestampMeans::Complete => states.clone().map(|from| self.wait(times, from)).collect(),
        };
        self.of_states(&self.matrix().length(means, |ahead| match times.means {
            TimestampMeans::Start => self.squares_by_start(times, ahead),
            TimestampMeans::Complete => {
                states.map(|from| self.square_by_completion(times, ahead, from)).collect()
            }
        }))
    }

    /// Expected seconds of a journey at each touchpoint in map order, given the expected visits to each state.
    pub(super) fn time_at(&self, times: &VisitTimes, visits: &[f64]) -> Vec<f64> {
        let mut seconds = vec![0.0; self.matrix().states()];
        match times.means {
            TimestampMeans::Start => {
                let a_visit = self.times_ahead(times, |visit, share| visit.mean * share);
                seconds
                    .iter_mut()
                    .zip(a_visit)
                    .zip(visits)
                    .for_each(|((sum, time), n)| *sum = time * n);
            }
            TimestampMeans::Complete => {
                for from in START + 1..self.matrix().states() as u32 {
                    for &(to, share) in self.matrix().row(from) {
                        seconds[to as usize] += visits[from as usize] * share * times.at(to).mean;
                    }
                }
            }
        }
        self.by_touchpoint(&seconds).to_vec()
    }

    /// Something of each state's visit time and the share of its visits that another visit follows.
    fn times_ahead(&self, times: &VisitTimes, of: impl Fn(VisitTime, f64) -> f64) -> Vec<f64> {
        let followed = self.ahead(&vec![1.0; self.matrix().states()]);
        (0..).zip(followed).map(|(state, share)| of(times.at(state), share)).collect()
    }

    fn squares_by_start(&self, times: &VisitTimes, ahead: &[f64]) -> Vec<f64> {
        let squares = self.times_ahead(times, |visit, share| visit.second_moment * share);
        let next = self.ahead(ahead);
        let state = (0..).zip(squares).zip(next);
        state.map(|((state, square), next)| square + 2.0 * times.at(state).mean * next).collect()
    }

    /// The mean wait before the visit that follows one to this state; before a segment's first there is none.
    fn wait(&self, times: &VisitTimes, from: u32) -> f64 {
        let row = if from == START { &[] } else { self.matrix().row(from) };
        row.iter().map(|(to, share)| share * times.at(*to).mean).sum()
    }

    fn square_by_completion(&self, times: &VisitTimes, ahead: &[f64], from: u32) -> f64 {
        let row = if from == START { &[] } else { self.matrix().row(from) };
        let square = |&(to, share): &(u32, f64)| {
            let visit = times.at(to);
            share * (visit.second_moment + 2.0 * visit.mean * ahead[to as usize])
        };
        row.iter().map(square).sum()
    }

    /// The expected value at the next visit of the same segment, pools passed through.
    fn ahead(&self, values: &[f64]) -> Vec<f64> {
        let mut known = values.to_vec();
        known[START as usize] = 0.0;
        let next = |state: u32, known: &[f64]| -> f64 {
            self.matrix().row(state).iter().map(|(to, share)| share * known[*to as usize]).sum()
        };
        for pool in (0..self.matrix().states() as u32).filter(|state| self.is_pool(*state)) {
            known[pool as usize] = next(pool, &known);
        }
        (0..self.matrix().states() as u32).map(|state| next(state, &known)).collect()
    }
}
