//! What if visits to one touchpoint led elsewhere: any row, checked, and what it changes.

use serde::Serialize;

use super::absorbing_chain::{AbsorbingChain, ENDS, START, state};
use super::destination::Destination;
use super::state_row::{StateRow, is_whole};
use crate::map::TouchpointId;

/// A row that a touchpoint is given; its shares add up to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowEdit {
    touchpoint: TouchpointId,
    next: Vec<(Destination, f64)>,
}

/// What a journey gains or loses by another row of one touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EditChange {
    /// Change of the probability of completion.
    pub completed: f64,
    /// Change of the probability of being closed.
    pub closed: f64,
    /// Change of the probability of abandonment.
    pub abandoned: f64,
    /// Change of the expected visits to each touchpoint in map order.
    pub visits: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

impl RowEdit {
    /// Where visits to a touchpoint are to lead, with the share of each destination; one named twice has both shares.
    ///
    /// `None` where a share is negative or no number, they do not add up to 1 to 1e-9, or an end does not absorb:
    /// `open` and `continued` do not.
    #[must_use]
    pub fn new(touchpoint: TouchpointId, next: Vec<(Destination, f64)>) -> Option<Self> {
        let is_place = |to: &Destination| match to {
            Destination::End(end) => ENDS.contains(end),
            Destination::NextSegment | Destination::Touchpoint(_) => true,
        };
        let is_sound = next.iter().all(|(to, share)| is_place(to) && *share >= 0.0)
            && is_whole(next.iter().map(|(_, share)| share).sum());
        is_sound.then_some(Self { touchpoint, next })
    }

    /// The touchpoint whose row it is.
    #[must_use]
    pub fn touchpoint(&self) -> TouchpointId {
        self.touchpoint
    }

    /// Where its visits lead, with the share of each destination.
    #[must_use]
    pub fn next(&self) -> &[(Destination, f64)] {
        &self.next
    }
}

impl AbsorbingChain {
    /// The row of a touchpoint with one share set, and the others scaled in proportion.
    ///
    /// `None` where the share is not within 0 to 1, nothing else is there to take the rest, a part of the row leads to
    /// what is [stuck](Self::stuck), or the touchpoint is unknown.
    ///
    /// # Examples
    ///
    /// See [`edited`](Self::edited).
    #[must_use]
    pub fn edge_edit(
        &self,
        touchpoint: TouchpointId,
        to: Destination,
        share: f64,
    ) -> Option<RowEdit> {
        let mut next = self.row(touchpoint);
        let is_complete = is_whole(next.iter().map(|(_, share)| share).sum());
        next.retain(|(other, _)| *other != to);
        let others: f64 = next.iter().map(|(_, share)| share).sum();
        let can_scale = others > 0.0 || share >= 1.0;
        if !is_complete || !can_scale || !(0.0..=1.0).contains(&share) {
            return None;
        }
        // others of no share have nothing to scale
        for (_, other) in next.iter_mut().filter(|(_, other)| *other > 0.0) {
            *other *= (1.0 - share) / others;
        }
        next.push((to, share));
        next.sort_by_key(|(to, _)| *to);
        RowEdit::new(touchpoint, next)
    }

    /// The chain with these rows: several edits at once, solved anew by what is asked of it.
    ///
    /// `None` where two edits are for one touchpoint, one is for an end or an unknown touchpoint, or one leads to a
    /// touchpoint from which no end is known to be reached.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::{AbsorbingChain, Destination};
    /// use touchpoint::journey::JourneyEnd;
    /// use touchpoint::map::TouchpointId;
    /// use touchpoint::prelude::*;
    /// use touchpoint::time::Timestamp;
    ///
    /// let map = JourneyMap::from_yaml("
    /// id: loan
    /// stages: [apply]
    /// touchpoints:
    ///   - { id: form, stage: apply }
    ///   - { id: granted, stage: apply, end: goal }
    ///   - { id: account closed, stage: apply, end: lost }
    /// ")?;
    /// let mut log = EventLog::builder();
    /// for (journey, end) in [("a", "granted"), ("b", "account closed")] {
    ///     for (at, touchpoint) in [(0, "form"), (1, end)] {
    ///         log.push(NewEvent { journey, time: Timestamp(at), touchpoint, ..NewEvent::default() })?;
    ///     }
    /// }
    /// let log = log.finish();
    /// let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    /// let chain = AbsorbingChain::new(&map, &graph, &[]);
    ///
    /// let [form, granted] = [TouchpointId(0), TouchpointId(1)];
    /// let edit = chain.edge_edit(form, Destination::Touchpoint(granted), 0.8).expect("a share");
    /// let change = chain.change_by(&edit).expect("journeys still end");
    /// assert!((change.completed - 0.3).abs() < 1e-12);
    ///
    /// let edited = chain.edited(&[edit]).expect("a row for the form");
    /// assert!((edited.absorption(JourneyEnd::Completed).from_start - 0.8).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn edited(&self, edits: &[RowEdit]) -> Option<Self> {
        let rows: Option<Vec<StateRow>> = edits.iter().map(|edit| self.state_row(edit)).collect();
        Some(self.with_matrix(self.matrix().with_rows(&rows?)?))
    }

    /// What one edit changes for a journey, in closed form, without solving the chain anew.
    ///
    /// `None` as for [`edited`](Self::edited), and where no end would be reached from the touchpoint, now or then.
    #[must_use]
    pub fn change_by(&self, edit: &RowEdit) -> Option<EditChange> {
        let change = self.matrix().change_by(START, &self.state_row(edit)?)?;
        let end = |place: usize| change.ends[place];
        Some(EditChange {
            completed: end(0),
            closed: end(1),
            abandoned: end(2),
            visits: self.by_touchpoint(&change.visits).to_vec(),
            residual: change.residual,
            settled: change.settled,
        })
    }

    fn state_row(&self, edit: &RowEdit) -> Option<StateRow> {
        let own = edit.touchpoint;
        if self.ends().get(own.index())?.is_some() {
            return None;
        }
        let (mut row, mut exits) = (Vec::new(), vec![0.0; ENDS.len()]);
        for &(to, share) in edit.next.iter().filter(|(_, share)| *share > 0.0) {
            match to {
                Destination::NextSegment => row.push((START, share)),
                Destination::Touchpoint(to) if to == own || self.is_open(to) => {
                    row.push((state(to), share));
                }
                Destination::Touchpoint(_) => return None,
                Destination::End(end) => {
                    exits[ENDS.iter().position(|other| *other == end)?] += share;
                }
            }
        }
        StateRow::new(state(own), row, exits)
    }
}
