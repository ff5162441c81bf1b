//! The corridors between rows: which a way takes, on which track, and so where the rows stand.

use std::cmp::Reverse;

use super::route::{Course, Way};
use super::{CARD_HEIGHT, Cells};

/// Between a card and the first track beside it, and between tracks.
const MARGIN: i32 = 14;
const GAP: i32 = 4;
/// A corridor without tracks; arrows between cards need as much.
const LEAST: i32 = 26;

/// Where rows and tracks are.
pub(super) struct Tracks {
    pub(super) row_tops: Vec<i32>,
    /// By way; 0 where it takes none.
    pub(super) of_way: Vec<i32>,
    pub(super) height: i32,
}

/// A track: who runs on it between which gutters, and how broad it is.
#[derive(Default)]
struct Track {
    spans: Vec<(usize, usize)>,
    breadth: i32,
    ways: Vec<usize>,
}

/// Chooses corridors for the ways that need one, the busiest first.
pub(super) fn tracks(cells: &Cells, ways: &mut [Way]) -> Tracks {
    let mut corridors: Vec<Vec<Track>> = Vec::new();
    corridors.resize_with(cells.rows + 1, Vec::new);
    let mut numbers: Vec<usize> = (0..ways.len()).collect();
    numbers.sort_by_key(|&number| (Reverse(ways[number].flow.weight), number));
    for number in numbers {
        let breadth = ways[number].flow.breadth;
        let Course::Corridor { from, to, above } = &mut ways[number].course else { continue };
        let span = (from.gutter().min(to.gutter()), from.gutter().max(to.gutter()));
        let detour = |row: usize| {
            let from_middle = |other: usize| (2 * row).abs_diff(2 * other + 1);
            from_middle(from.cell.row) + from_middle(to.cell.row)
        };
        // a corridor that is full is worth a detour of a row
        let best =
            (0..=cells.rows).min_by_key(|&row| (detour(row) + corridors[row].len() / 2, row));
        *above = best.unwrap_or(0);
        take(&mut corridors[*above], number, span, breadth);
    }
    stack(cells.rows, ways.len(), &corridors)
}

/// Puts a way on the first track that is free between its gutters.
fn take(corridor: &mut Vec<Track>, number: usize, span: (usize, usize), breadth: i32) {
    let is_free = |track: &Track| track.spans.iter().all(|it| it.1 < span.0 || span.1 < it.0);
    let place = corridor.iter().position(is_free).unwrap_or_else(|| {
        corridor.push(Track::default());
        corridor.len() - 1
    });
    let track = &mut corridor[place];
    track.spans.push(span);
    track.ways.push(number);
    track.breadth = track.breadth.max(breadth);
}

fn stack(rows: usize, ways: usize, corridors: &[Vec<Track>]) -> Tracks {
    let mut tracks = Tracks { row_tops: Vec::new(), of_way: vec![0; ways], height: 0 };
    let mut y = 0;
    for (row, corridor) in corridors.iter().enumerate() {
        let used: i32 = corridor.iter().map(|track| track.breadth + GAP).sum::<i32>() - GAP;
        let height = (used + 2 * MARGIN).max(LEAST);
        let mut at = y + (height - used) / 2;
        for track in corridor {
            track.ways.iter().for_each(|&way| tracks.of_way[way] = at + track.breadth / 2);
            at += track.breadth + GAP;
        }
        y += height;
        if row < rows {
            tracks.row_tops.push(y);
            y += CARD_HEIGHT;
        }
    }
    tracks.height = y;
    tracks
}
