//! The views that were asked for by name.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Estimate, Named};
use crate::map::JourneyMap;
use crate::report::view::{Figure, Quantity, Subject, View, ViewColumn, ViewRow};

/// A view that was asked for by name.
#[derive(Serialize)]
pub(in crate::report) struct ViewCard<'a> {
    key: &'a str,
    title: Named<'a>,
    notes: Vec<Named<'a>>,
    columns: Vec<ViewItem<'a>>,
    rows: Vec<ViewRowCard<'a>>,
}

#[derive(Serialize)]
struct ViewItem<'a> {
    key: &'a str,
    name: Named<'a>,
    unit: Quantity,
}

#[derive(Serialize)]
struct ViewRowCard<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    touchpoint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    figures: BTreeMap<&'a str, ViewFigure<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ViewFigure<'a> {
    Hidden { value: (), hidden: bool },
    Estimate(Estimate),
    Words(Named<'a>),
}

impl<'a> ViewCard<'a> {
    /// Without a map no row is about a touchpoint.
    pub(in crate::report) fn new(map: Option<&'a JourneyMap>, view: &'a View) -> Self {
        let item = |column: &'a ViewColumn| ViewItem {
            key: &column.key,
            name: Named::new(&column.name),
            unit: column.quantity,
        };
        let rows = view.rows.iter().map(|row| ViewRowCard::new(map, view, row));
        Self {
            key: &view.key,
            title: Named::new(&view.title),
            notes: view.notes.iter().map(Named::new).collect(),
            columns: view.columns.iter().map(item).collect(),
            rows: rows.collect(),
        }
    }
}

impl<'a> ViewRowCard<'a> {
    fn new(map: Option<&'a JourneyMap>, view: &'a View, row: &'a ViewRow) -> Self {
        let (touchpoint, name) = match &row.subject {
            Subject::Touchpoint(touchpoint) => {
                (map.map(|map| map.touchpoint(*touchpoint).id.as_str()), None)
            }
            Subject::Named(key, _) => (None, Some(key.as_str())),
        };
        let columns = view.columns.iter().map(|column| column.key.as_str());
        let figures = columns.zip(row.figures.iter().map(ViewFigure::new)).collect();
        Self { touchpoint, row: name, figures }
    }
}

impl<'a> ViewFigure<'a> {
    fn new(figure: &'a Figure) -> Self {
        match figure {
            Figure::Hidden => Self::Hidden { value: (), hidden: true },
            Figure::Number(value, interval) => {
                let value = value.filter(|value| value.is_finite());
                Self::Estimate(Estimate { value, interval: *interval })
            }
            Figure::Words(words) => Self::Words(Named::new(words)),
        }
    }
}
