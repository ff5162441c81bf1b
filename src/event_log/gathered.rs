//! What a look at every journey adds up to; the sums of the parts of a log are those of the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Label;
use super::column::{Cell, Column};
use super::columns::Columns;
use super::side_by_side::join;
use crate::map::{ColumnNames, Complaint};

/// Sums over journeys, by the numbers of names: parts that are merged number their names alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gathered {
    /// Events by label.
    pub(super) labels: Vec<u64>,
    /// Events by channel.
    pub(super) channels: Vec<u64>,
    /// Complaints by category.
    pub(super) categories: Vec<u64>,
    /// Journeys by the label of their first event.
    pub(super) first_labels: Vec<u64>,
    /// Moments at which a journey has events at different touchpoints.
    pub(super) tied_moments: u64,
    /// Journeys of more than [`MANY`](Self::MANY) events, by their number of events.
    pub(super) long_journeys: BTreeMap<u64, u64>,
    /// Columns in which an event has a value.
    pub(super) filled: BTreeSet<Field>,
}

/// A column that a log may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Channel,
    Failed,
    Complaint,
    ComplainedAbout,
    Satisfaction,
    Handling,
    Attribute(usize),
}

/// A column that a log may lack, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) field: Field,
    pub(super) name: String,
    /// Whether only some of its values mean something.
    pub(super) is_flag: bool,
}

impl Heading {
    /// The columns that these names map, but for those without which a row is no event.
    pub(super) fn all(names: &ColumnNames) -> Vec<Self> {
        let failed = names.failed.as_ref().map(|failed| &failed.column);
        let is_flag = matches!(names.complaint, Some(Complaint::Flag { .. }));
        let complaint = names.complaint.as_ref().map(Complaint::column);
        let single = [
            (Field::Channel, names.channel.as_ref(), false),
            (Field::Failed, failed, true),
            (Field::Complaint, complaint, is_flag),
            (Field::ComplainedAbout, names.complained_about.as_ref(), false),
            (Field::Satisfaction, names.satisfaction.as_ref(), false),
            (Field::Handling, names.handling.as_ref(), false),
        ];
        let attributes = names.attributes.iter().enumerate();
        let attributes =
            attributes.map(|(place, name)| (Field::Attribute(place), Some(name), false));
        let mapped = single.into_iter().chain(attributes);
        mapped
            .filter_map(|(field, name, is_flag)| Some(Self { field, name: name?.clone(), is_flag }))
            .collect()
    }
}

/// How many names there are of each sort.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbered {
    pub(super) labels: usize,
    pub(super) channels: usize,
    pub(super) categories: usize,
}

impl Gathered {
    /// Journeys of more events are looked at.
    pub(super) const MANY: u64 = 1_000;

    /// Looks at all journeys once.
    pub(super) fn new(columns: &Columns, starts: &[u32], names: Numbered) -> Self {
        let labels = || histogram(&columns.labels, names.labels, Label::index);
        let channels = || present(&columns.channels, names.channels, usize::from);
        let categories = || present(&columns.complaints, names.categories, |name| name as usize);
        let (labels, (channels, categories)) = join(labels, || join(channels, categories));
        let mut gathered = Self {
            labels,
            channels,
            categories,
            first_labels: vec![0; names.labels],
            filled: filled(columns),
            ..Self::default()
        };
        for journey in starts.windows(2).filter(|journey| journey[0] < journey[1]) {
            gathered.first_labels[columns.labels[journey[0] as usize].index()] += 1;
            let events = u64::from(journey[1] - journey[0]);
            if events > Self::MANY {
                *gathered.long_journeys.entry(events).or_default() += 1;
            }
        }
        gathered
    }

    /// Adds the sums of another part.
    pub(super) fn merge(&mut self, other: &Self) {
        add(&mut self.labels, &other.labels);
        add(&mut self.channels, &other.channels);
        add(&mut self.categories, &other.categories);
        add(&mut self.first_labels, &other.first_labels);
        self.tied_moments += other.tied_moments;
        for (&events, journeys) in &other.long_journeys {
            *self.long_journeys.entry(events).or_default() += journeys;
        }
        self.filled.extend(&other.filled);
    }

    pub(super) fn events(&self) -> u64 {
        self.labels.iter().sum()
    }

    pub(super) fn journeys(&self) -> u64 {
        self.first_labels.iter().sum()
    }
}

/// How often each of so many numbers stands in a column, leaving out where it has none.
fn present<T: Cell>(column: &Column<T>, names: usize, index: impl Fn(T) -> usize) -> Vec<u64> {
    let values = column.as_slice().unwrap_or_default();
    let mut counts =
        histogram(values, names + 1, |value| if value == T::NONE { names } else { index(value) });
    counts.truncate(names);
    counts
}

/// How often each of so many numbers stands there.
///
/// Neighbours are counted in different tables, since a count must be written before it can be read again; among many
/// names, neighbours are seldom the same.
fn histogram<T: Copy>(values: &[T], names: usize, index: impl Fn(T) -> usize) -> Vec<u64> {
    const TABLES: usize = 4;
    const FEW: usize = 4_096;
    if names > FEW {
        let mut counts = vec![0; names];
        for &value in values {
            counts[index(value)] += 1;
        }
        return counts;
    }
    let mut tables = vec![[0_u32; TABLES]; names];
    for neighbours in values.chunks(TABLES) {
        for (table, &value) in neighbours.iter().enumerate() {
            tables[index(value)][table] += 1;
        }
    }
    tables.iter().map(|counts| counts.iter().map(|&count| u64::from(count)).sum()).collect()
}

fn filled(columns: &Columns) -> BTreeSet<Field> {
    let single = [
        (Field::Channel, has_value(&columns.channels)),
        (Field::Failed, has_value(&columns.failed)),
        (Field::Complaint, has_value(&columns.complaints)),
        (Field::ComplainedAbout, has_value(&columns.about)),
        (Field::Satisfaction, has_value(&columns.satisfaction)),
        (Field::Handling, has_value(&columns.handling)),
    ];
    // number 0 of an attribute is the empty text
    let attributes = columns.attributes.iter().map(|values| values.iter().any(|&value| value != 0));
    let attributes = attributes.enumerate().map(|(place, any)| (Field::Attribute(place), any));
    single.into_iter().chain(attributes).filter_map(|(field, any)| any.then_some(field)).collect()
}

fn has_value<T: Cell>(column: &Column<T>) -> bool {
    column.as_slice().is_some_and(|values| values.iter().any(|value| *value != T::NONE))
}

/// Adds counts one by one; a part may know fewer names.
fn add(counts: &mut Vec<u64>, others: &[u64]) {
    counts.resize(counts.len().max(others.len()), 0);
    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts() -> impl Strategy<Value = Vec<u64>> {
        prop::collection::vec(0_u64..1_000, 0..5)
    }

    fn field() -> impl Strategy<Value = Field> {
        prop_oneof![
            Just(Field::Channel),
            Just(Field::Handling),
            (0_usize..3).prop_map(Field::Attribute)
        ]
    }

    prop_compose! {
        fn gathered()(
            (labels, channels) in (counts(), counts()),
            (categories, first_labels) in (counts(), counts()),
            tied_moments in 0_u64..9,
            long_journeys in prop::collection::btree_map(1_001_u64..1_005, 1_u64..5, 0..4),
            filled in prop::collection::btree_set(field(), 0..4),
        ) -> Gathered {
            Gathered { labels, channels, categories, first_labels, tied_moments, long_journeys, filled }
        }
    }

    fn merged(parts: &[&Gathered]) -> Gathered {
        let mut sum = Gathered::default();
        for part in parts {
            sum.merge(part);
        }
        sum
    }

    proptest! {
        #[test]
        fn parts_may_be_merged_in_any_order(a in gathered(), b in gathered(), c in gathered()) {
            let sum = merged(&[&a, &b, &c]);
            prop_assert_eq!(&sum, &merged(&[&c, &a, &b]));
            prop_assert_eq!(&sum, &merged(&[&a, &merged(&[&c, &b])]));
            prop_assert_eq!(&merged(&[&a]), &a);
        }

        #[test]
        fn every_number_is_counted(values in prop::collection::vec(0_u16..5, 0..50)) {
            let column = Column::of(values.iter().map(|&v| if v == 4 { u16::MAX } else { v }).collect());
            let counts = present(&column, 4, usize::from);
            let wanted = |number: u16| values.iter().filter(|value| **value == number).count() as u64;
            prop_assert_eq!(counts, (0..4).map(wanted).collect::<Vec<_>>());
        }
    }
}
