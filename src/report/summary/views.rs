//! The views that were asked for by name.

use super::Summary;
use crate::report::document::Document;
use crate::report::view::{Layout, Length, View};

/// Rows shown for each hotspot that is shown of a family.
const ROWS_PER_HOTSPOT: usize = 2;

impl Summary<'_> {
    pub(super) fn write_view(&self, view: &View, document: &mut Document) {
        let most = match view.length {
            Length::Paged => self.top * ROWS_PER_HOTSPOT,
            Length::Whole => view.rows.len(),
        };
        let layout = Layout { say: self.say, map: Some(self.analysis.map) };
        layout.write(view, most, document);
    }
}
