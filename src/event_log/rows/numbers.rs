//! What the numbers that a parser gave to names are in the whole log.

use std::ops::Range;

use super::block::{Block, Dictionaries};
use crate::event_log::builder::channel_no;
use crate::event_log::names::Interner;
use crate::event_log::segments::Segment;
use crate::event_log::{EventFault, Label};

/// For each name of a parser its number in the log, in the order in which the parser met them.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Numbers {
    labels: Vec<u32>,
    channels: Vec<u32>,
    categories: Vec<u32>,
    attributes: Vec<Vec<u32>>,
}

impl Numbers {
    /// Takes the names up that the parser met since.
    ///
    /// A parser meets the names of a chunk in the order of its rows, and chunks are taken up in the order of the file, so
    /// the log's numbers do not depend on which parser had which chunk.
    pub(in crate::event_log) fn take_up(
        &mut self,
        met: &Dictionaries,
        log: &mut Dictionaries,
    ) -> Result<(), EventFault> {
        take_up(&mut self.labels, &met.labels, &mut log.labels);
        take_up(&mut self.channels, &met.channels, &mut log.channels);
        take_up(&mut self.categories, &met.categories, &mut log.categories);
        self.attributes.resize_with(met.attributes.len(), Vec::new);
        let attributes = self.attributes.iter_mut().zip(&met.attributes);
        for ((numbers, met), log) in attributes.zip(&mut log.attributes) {
            take_up(numbers, met, log);
        }
        log.channels.len().checked_sub(1).map_or(Ok(()), |last| channel_no(last as u32).map(drop))
    }

    /// Adds events of a block to a segment of the log, all but their journeys and customers.
    pub(in crate::event_log) fn add(&self, block: &Block, range: Range<usize>, to: &mut Segment) {
        let (events, from, to) = (to.columns.len(), &block.columns, &mut to.columns);
        let label = |label: &Label| Label(self.labels[label.index()]);
        to.labels.extend(from.labels[range.clone()].iter().map(label));
        let number = |numbers: &[u32], number: u32| numbers[number as usize];
        to.channels.extend(events, &from.channels, range.clone(), |channel| {
            number(&self.channels, channel.into()) as u16
        });
        to.failed.extend(events, &from.failed, range.clone(), |failed| failed);
        to.complaints.extend(events, &from.complaints, range.clone(), |category| {
            number(&self.categories, category)
        });
        to.about.extend(events, &from.about, range.clone(), |about| number(&self.labels, about));
        to.satisfaction.extend(events, &from.satisfaction, range.clone(), |value| value);
        to.handling.extend(events, &from.handling, range.clone(), |span| span);
        let attributes = to.attributes.iter_mut().zip(&from.attributes);
        for ((to, from), numbers) in attributes.zip(&self.attributes) {
            to.extend(from[range.clone()].iter().map(|&value| number(numbers, value)));
        }
        to.times.extend_from_slice(&from.times[range]);
    }
}

fn take_up(numbers: &mut Vec<u32>, met: &Interner, log: &mut Interner) {
    let new = numbers.len()..met.len();
    numbers.extend(new.map(|number| log.intern(met.names().get(number))));
}
