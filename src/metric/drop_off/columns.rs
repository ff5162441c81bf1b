//! The columns of drop-off, and the shares that they come to.

use crate::map::Text;
use crate::metric::patience_cells::{ALL_CELLS, CELLS, HALF_CELLS};
use crate::metric::question::{Aside, Law, Unit};
use crate::metric::tally::Sums;
use crate::stats::duration::{LifeCell, life_table};

pub(super) const VISITS: usize = 0;
pub(super) const CUSTOMERS: usize = 1;
pub(super) const LOST: usize = 2;
pub(super) const SILENT: usize = 3;
pub(super) const RESUMED: usize = 4;
pub(super) const CLOSED: usize = 5;
pub(super) const WENT_ON: usize = 6;
pub(super) const CENSORED: usize = 7;
/// Visits that were followed for longer than patience.
pub(super) const MATURED: usize = 8;
/// Journeys whose first at-risk visit here matured, and of those the abandoned ones that were left from here.
pub(super) const MATURED_JOURNEYS: usize = 9;
pub(super) const ENDED_HERE: usize = 10;
/// Visits that were followed to half of patience, and for longer than twice.
pub(super) const FOLLOWED_TO_HALF: usize = 11;
pub(super) const FOLLOWED_TO_DOUBLE: usize = 12;
/// Three columns a cell follow: lost, went on, censored. Those of the cells within patience add up to the columns above;
/// those beyond are visits that these count as silent.
pub(super) const CELL_COLUMNS: usize = 13;
pub(super) const COLUMNS: usize = CELL_COLUMNS + 3 * ALL_CELLS;

/// How long a silence after a visit is a drop-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Horizon {
    Half,
    Patience,
    Double,
}

impl Horizon {
    /// Those that stand beside the figure, in the order of its asides.
    pub(super) const BESIDE: [Self; 2] = [Self::Half, Self::Double];

    fn cells(self) -> usize {
        match self {
            Self::Half => HALF_CELLS,
            Self::Patience => CELLS,
            Self::Double => ALL_CELLS,
        }
    }

    /// The visits that were followed so far.
    fn followed(self) -> usize {
        match self {
            Self::Half => FOLLOWED_TO_HALF,
            Self::Patience => MATURED,
            Self::Double => FOLLOWED_TO_DOUBLE,
        }
    }
}

/// What the shares beside the figure are called.
pub(super) fn asides() -> Vec<Aside> {
    let aside =
        |key, en, zh| Aside { key, name: Text::both(en, zh), unit: Unit::Share, law: Law::Share };
    vec![
        aside("at_half_patience", "within half the patience", "期限减半"),
        aside("at_double_patience", "within double the patience", "期限加倍"),
    ]
}

/// The cells up to a horizon.
pub(super) fn cells(sums: Sums<'_>, horizon: Horizon) -> impl Iterator<Item = LifeCell> {
    let columns = &sums.counts[CELL_COLUMNS..CELL_COLUMNS + 3 * horizon.cells()];
    columns.chunks_exact(3).enumerate().map(|(place, cell)| LifeCell {
        cause: cell[0] as f64,
        other: cell[1] as f64,
        censored: cell[2] as f64,
        instant: place == 0,
    })
}

/// The share of visits that are lost, or followed by nothing, within a horizon; `None` where nobody was at risk, or
/// followed so far.
pub(super) fn share(sums: Sums<'_>, horizon: Horizon) -> Option<f64> {
    let table = life_table(sums.counts[VISITS] as f64, cells(sums, horizon))?;
    let is_followed = sums.counts[horizon.followed()] > 0;
    is_followed.then(|| (table.incidence + table.survival).clamp(0.0, 1.0))
}
