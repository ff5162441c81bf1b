//! One customer's walks in, whole numbers in a metric's columns out.

use super::marks::Marks;
use super::question::Columns;
use crate::map::TouchpointId;

/// The sums of one metric's columns at one touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums<'a> {
    /// Counts, in the metric's order of columns.
    pub counts: &'a [u64],
    /// Amounts, in the metric's order of columns.
    pub amounts: &'a [i128],
}

/// Where a metric writes one customer's walks.
#[derive(Debug)]
pub struct Tally<'a> {
    pub(super) rows: usize,
    pub(super) columns: Columns,
    pub(super) counts: &'a mut [u64],
    pub(super) amounts: &'a mut [i128],
    pub(super) marks: &'a mut Marks,
    /// Where this metric met the customer already.
    pub(super) customers: &'a mut Marks,
}

impl Tally<'_> {
    /// The columns of a touchpoint, for metrics that write several of them at once.
    pub fn row(&mut self, touchpoint: TouchpointId) -> Row<'_> {
        let (row, Columns { counts, amounts }) = (touchpoint.index(), self.columns);
        Row {
            counts: &mut self.counts[row * counts..(row + 1) * counts],
            amounts: &mut self.amounts[row * amounts..(row + 1) * amounts],
        }
    }

    /// Adds to a column of counts at a touchpoint.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn count(&mut self, touchpoint: TouchpointId, column: usize, count: u64) {
        self.row(touchpoint).count(column, count);
    }

    /// Adds to a column of amounts at a touchpoint.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn amount(&mut self, touchpoint: TouchpointId, column: usize, amount: i128) {
        self.row(touchpoint).amount(column, amount);
    }

    /// The row that belongs to no touchpoint: Start, or what cannot be attributed.
    #[must_use]
    pub fn nowhere(&self) -> TouchpointId {
        TouchpointId((self.rows - 1) as u32)
    }

    /// Marks for the metric's own use; another metric may have left marks on.
    pub fn marks(&mut self) -> &mut Marks {
        self.marks
    }

    /// Whether the customer is met at a touchpoint for the first time; asked once a visit, it counts customers.
    pub fn is_new_customer(&mut self, touchpoint: TouchpointId) -> bool {
        self.customers.mark(touchpoint)
    }
}

/// One touchpoint's columns of a [`Tally`].
#[derive(Debug)]
pub struct Row<'a> {
    counts: &'a mut [u64],
    amounts: &'a mut [i128],
}

impl<'a> Row<'a> {
    /// All columns of counts and of amounts, for metrics that write most of them at every visit.
    ///
    /// # Panics
    ///
    /// Where the metric did not name so many columns.
    #[must_use]
    pub fn columns<const COUNTS: usize, const AMOUNTS: usize>(
        self,
    ) -> (&'a mut [u64; COUNTS], &'a mut [i128; AMOUNTS]) {
        let counts = self.counts.try_into().expect("so many columns of counts");
        (counts, self.amounts.try_into().expect("so many columns of amounts"))
    }

    /// Adds to a column of counts.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn count(&mut self, column: usize, count: u64) {
        self.counts[column] += count;
    }

    /// Adds to a column of amounts.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn amount(&mut self, column: usize, amount: i128) {
        self.amounts[column] += amount;
    }
}
