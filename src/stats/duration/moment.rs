//! Durations in order: all that end at one time, and how many were at risk of ending then.

/// A distinct time and the causes of those durations that end at it; cause 0 is censoring.
pub(super) struct Moment<'a> {
    pub time: f64,
    pub at_risk: usize,
    ended: &'a [(f64, usize)],
}

/// Durations by time, each with what is known of it; `None` if one of the times is not a finite number.
pub(super) fn in_order<T>(durations: impl Iterator<Item = (f64, T)>) -> Option<Vec<(f64, T)>> {
    let mut ordered: Vec<(f64, T)> = durations.collect();
    ordered.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    ordered.iter().all(|(time, _)| time.is_finite()).then_some(ordered)
}

/// The moments of durations that are in order.
pub(super) fn moments(ordered: &[(f64, usize)]) -> impl Iterator<Item = Moment<'_>> {
    let mut left = ordered.len();
    ties(ordered).map(move |ended| {
        let at_risk = left;
        left -= ended.len();
        Moment { time: ended[0].0, at_risk, ended }
    })
}

/// Durations that are in order, those of one time together.
pub(super) fn ties<T>(ordered: &[(f64, T)]) -> impl Iterator<Item = &[(f64, T)]> {
    // in order, what is not less than the next is equal to it
    ordered.chunk_by(|(a, _), (b, _)| a >= b)
}

impl Moment<'_> {
    /// How many durations end here by an event of any cause.
    pub(super) fn events(&self) -> usize {
        self.ended.iter().filter(|(_, cause)| *cause > 0).count()
    }

    /// How many durations end here by this cause.
    pub(super) fn events_by(&self, asked: usize) -> usize {
        self.ended.iter().filter(|(_, cause)| *cause == asked).count()
    }
}
