//! Which cells of a line or of a table are hidden.

use super::balance::Balance;

/// Whether sums are shown beside the cells that they are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Totals {
    /// They are, so that a single hidden cell could be worked out.
    Shown,
    /// They are not.
    Withheld,
}

/// What is hidden of a line of counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HiddenLine {
    /// Whether each cell is hidden, in their order.
    pub cells: Vec<bool>,
    /// Whether the sum is hidden.
    pub sum: bool,
}

/// What is hidden of a table of counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HiddenTable {
    /// Whether each cell is hidden, row by row.
    pub cells: Vec<Vec<bool>>,
    /// Whether the sum of each row is hidden.
    pub rows: Vec<bool>,
    /// Whether the sum of each column is hidden.
    pub columns: Vec<bool>,
    /// Whether the sum of all is hidden.
    pub sum: bool,
}

impl HiddenLine {
    /// Hides the cells of one to four customers, and as few others as it takes that none of them can be worked out from
    /// the sum. A cell of none is shown, unless it has to cover another.
    ///
    /// A sum is of at least as many customers as its largest cell, and is hidden where that is of fewer than five.
    ///
    /// ```
    /// use touchpoint::report::{HiddenLine, Totals};
    ///
    /// let hidden = HiddenLine::of(&[40, 2, 9], Totals::Shown);
    /// assert_eq!(hidden.cells, [false, true, true]);
    /// assert_eq!(HiddenLine::of(&[40, 2, 9], Totals::Withheld).cells, [false, true, false]);
    /// ```
    #[must_use]
    pub fn of(customers: &[u64], totals: Totals) -> Self {
        let mut balance = Balance::new(2);
        for &customers in customers {
            balance.told(0, 1, customers);
        }
        let most = customers.iter().copied().max().unwrap_or(0);
        add_sum(&mut balance, [1, 0], most, totals);
        let mut cells = balance.hidden();
        let sum = cells.pop().unwrap_or_default();
        Self { cells, sum }
    }
}

fn add_sum(balance: &mut Balance, [from, to]: [usize; 2], customers: u64, totals: Totals) -> usize {
    match totals {
        Totals::Shown => balance.told(from, to, customers),
        Totals::Withheld => balance.untold(from, to, customers),
    }
}

impl HiddenTable {
    /// The same of a table of rows, with the sums of rows, of columns and of all.
    ///
    /// Rows may be of different lengths; what is missing is taken to be empty, and is not shown.
    #[must_use]
    pub fn of(customers: &[impl AsRef<[u64]>], totals: Totals) -> Self {
        let rows: Vec<&[u64]> = customers.iter().map(AsRef::as_ref).collect();
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let mut numbers = Numbered::new(rows.len(), columns);
        numbers.add_cells(&rows);
        numbers.add_sums(&rows, columns, totals);
        numbers.hidden()
    }
}

/// A table as a balance: all flows from its corner through rows and columns.
struct Numbered {
    balance: Balance,
    rows: usize,
    cells: Vec<Vec<usize>>,
    row_sums: Vec<usize>,
    column_sums: Vec<usize>,
    sum: Option<usize>,
}

impl Numbered {
    fn new(rows: usize, columns: usize) -> Self {
        let balance = Balance::new(rows + columns + 2);
        let (cells, row_sums, column_sums) = (Vec::new(), Vec::new(), Vec::new());
        Self { balance, rows, cells, row_sums, column_sums, sum: None }
    }

    fn add_cells(&mut self, rows: &[&[u64]]) {
        for (row, cells) in rows.iter().enumerate() {
            let cells = cells.iter().enumerate();
            let numbers = cells
                .map(|(column, &customers)| self.balance.told(row, self.rows + column, customers))
                .collect();
            self.cells.push(numbers);
        }
    }

    fn add_sums(&mut self, rows: &[&[u64]], columns: usize, totals: Totals) {
        let (source, sink) = (self.rows + columns, self.rows + columns + 1);
        let mut all = 0;
        for (row, cells) in rows.iter().enumerate() {
            let most = cells.iter().copied().max().unwrap_or(0);
            all = all.max(most);
            let number = add_sum(&mut self.balance, [source, row], most, totals);
            self.row_sums.push(number);
        }
        for column in 0..columns {
            let most = rows.iter().filter_map(|row| row.get(column)).copied().max().unwrap_or(0);
            let number = add_sum(&mut self.balance, [self.rows + column, sink], most, totals);
            self.column_sums.push(number);
        }
        self.sum = Some(add_sum(&mut self.balance, [sink, source], all, totals));
    }

    fn hidden(&self) -> HiddenTable {
        let hidden = self.balance.hidden();
        let of = |numbers: &[usize]| numbers.iter().map(|&number| hidden[number]).collect();
        HiddenTable {
            cells: self.cells.iter().map(|row| of(row)).collect(),
            rows: of(&self.row_sums),
            columns: of(&self.column_sums),
            sum: self.sum.is_some_and(|sum| hidden[sum]),
        }
    }
}
