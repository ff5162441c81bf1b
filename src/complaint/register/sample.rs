//! A register made by hand, for tests.

use super::{Complaint, Complaints};

impl Complaints {
    pub(crate) fn of(list: Vec<Complaint>, moment_types: &[&str]) -> Self {
        let moment_types = moment_types.iter().map(|&name| name.to_owned()).collect();
        Self { list, moment_types, ..Self::default() }
    }
}
