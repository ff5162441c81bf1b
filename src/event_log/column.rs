//! A column that a log may lack, one small value an event.

use std::ops::Range;

/// A value with one bit pattern set aside for "none", so that a column costs no more than its values.
pub(super) trait Cell: Copy + Ord {
    /// Stands where an event has no value.
    const NONE: Self;
}

impl Cell for bool {
    const NONE: Self = false;
}

impl Cell for u16 {
    const NONE: Self = Self::MAX;
}

impl Cell for u32 {
    const NONE: Self = Self::MAX;
}

impl Cell for i64 {
    const NONE: Self = Self::MIN;
}

/// The values of all events, or nothing while the log has no such column.
#[derive(Clone, Debug)]
pub(super) struct Column<T> {
    values: Option<Vec<T>>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { values: None }
    }
}

impl<T: Cell> Column<T> {
    /// A column that has these values.
    pub(super) fn of(values: Vec<T>) -> Self {
        Self { values: Some(values) }
    }

    /// A column of no events.
    pub(super) fn declared_if(named: bool) -> Self {
        Self { values: named.then(Vec::new) }
    }

    /// The values of all events; none where there is no such column.
    pub(super) fn into_values(self) -> Vec<T> {
        self.values.unwrap_or_default()
    }

    /// Takes all events out; the column itself stays.
    pub(super) fn clear(&mut self) {
        self.values.iter_mut().for_each(Vec::clear);
    }

    pub(super) fn reserve(&mut self, events: usize) {
        self.values.iter_mut().for_each(|values| values.reserve_exact(events));
    }

    pub(super) fn bytes_per_event(&self) -> usize {
        if self.is_there() { size_of::<T>() } else { 0 }
    }

    /// Adds values of the next events; the column is declared.
    pub(super) fn extend_from_slice(&mut self, more: &[T]) {
        self.values.get_or_insert_default().extend_from_slice(more);
    }

    /// Adds the values of some events of another log, where `events` came before, changed by a function.
    pub(super) fn extend(
        &mut self,
        events: usize,
        other: &Self,
        range: Range<usize>,
        change: impl Fn(T) -> T,
    ) {
        self.declare_if(other.is_there(), events);
        let Some(values) = &mut self.values else { return };
        let length = values.len() + range.len();
        if let Some(more) = &other.values {
            let change = |value: &T| if *value == T::NONE { T::NONE } else { change(*value) };
            values.extend(more[range].iter().map(change));
        }
        values.resize(length, T::NONE);
    }

    /// The column exists from here on, without a value for the events so far.
    pub(super) fn declare_if(&mut self, named: bool, events: usize) {
        if named && self.values.is_none() {
            self.values = Some(vec![T::NONE; events]);
        }
    }

    /// Adds the value of the next event, of which `events` came before.
    pub(super) fn push(&mut self, events: usize, value: Option<T>) {
        self.declare_if(value.is_some(), events);
        if let Some(values) = &mut self.values {
            values.push(value.unwrap_or(T::NONE));
        }
    }

    pub(super) fn is_there(&self) -> bool {
        self.values.is_some()
    }

    pub(super) fn as_slice(&self) -> Option<&[T]> {
        self.values.as_deref()
    }

    /// The value of an event as it is held.
    pub(super) fn value(&self, event: usize) -> T {
        self.values.as_ref().map_or(T::NONE, |values| values[event])
    }

    /// Changes all values that are there by a function.
    pub(super) fn change(&mut self, change: impl Fn(T) -> T) {
        let values = self.values.iter_mut().flatten().filter(|value| **value != T::NONE);
        values.for_each(|value| *value = change(*value));
    }

    pub(super) fn get(&self, event: usize) -> Option<T> {
        let value = self.values.as_ref()?[event];
        (value != T::NONE).then_some(value)
    }

    /// The values of these events, in their order.
    pub(super) fn in_order(&self, order: &[u32]) -> Self {
        Self { values: self.values.as_ref().map(|values| in_order(values, order)) }
    }
}

/// The values at these places.
pub(super) fn in_order<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|&place| values[place as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_begins_with_its_first_value() {
        let mut column = Column::<u32>::default();
        column.push(0, None);
        assert!(!column.is_there());
        column.push(1, Some(7));
        column.push(2, None);
        assert_eq!((0..3).map(|e| column.get(e)).collect::<Vec<_>>(), [None, Some(7), None]);
        assert_eq!(column.in_order(&[1, 0]).get(0), Some(7));
    }
}
