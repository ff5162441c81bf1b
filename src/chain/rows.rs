//! Sparse rows of probabilities.

/// Rows of (column, probability), one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    starts: Vec<usize>,
    entries: Vec<(u32, f64)>,
}

impl Rows {
    pub(super) fn new(rows: impl Iterator<Item = Vec<(u32, f64)>>) -> Self {
        let mut sparse = Self { starts: vec![0], entries: Vec::new() };
        for row in rows {
            sparse.entries.extend(row);
            sparse.starts.push(sparse.entries.len());
        }
        sparse
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many probabilities are stored.
    pub(super) fn entries(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn row(&self, row: usize) -> &[(u32, f64)] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }
}
