//! Bars and intervals drawn with characters, on a scale from 0 to 1.

/// A figure with its interval and what it is compared with, all on the scale of its table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) value: f64,
    pub(super) high: f64,
    pub(super) rest: Option<f64>,
}

const FULL: char = '█';
/// A bar's last character, by eighths.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A share as a bar of at most so many columns, to an eighth of a column.
pub(super) fn bar(share: f64, columns: usize) -> String {
    let eighths = whole(share * columns as f64 * 8.0, columns * 8);
    let mut bar: String = std::iter::repeat_n(FULL, eighths / 8).collect();
    bar.extend((eighths % 8).checked_sub(1).map(|part| EIGHTHS[part]));
    bar
}

/// `├──●──┤` in exactly so many columns; `┊` marks the rest.
pub(super) fn range(range: &Range, columns: usize) -> String {
    let place = |value: f64| whole(value * columns.saturating_sub(1) as f64, columns - 1);
    let (low, high) = (place(range.low), place(range.high));
    let mut line = vec![' '; columns];
    line[low..=high].fill('─');
    line[low] = '├';
    line[high] = '┤';
    if let Some(rest) = range.rest.map(place) {
        line[rest] = if line[rest] == '─' { '┼' } else { '┊' };
    }
    line[place(range.value)] = '●';
    line.into_iter().collect()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the columns of a screen"
)]
fn whole(value: f64, most: usize) -> usize {
    value.round().clamp(0.0, most as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_marked_beside_and_within_an_interval() {
        let drawn = |rest| range(&Range { low: 0.5, value: 0.7, high: 0.9, rest }, 11);
        assert_eq!(drawn(Some(0.2)), "  ┊  ├─●─┤ ");
        assert_eq!(drawn(Some(0.6)), "     ├┼●─┤ ");
        assert_eq!(drawn(None), "     ├─●─┤ ");
    }

    #[test]
    fn a_bar_is_drawn_to_an_eighth() {
        assert_eq!(bar(1.0, 3), "███");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.0, 3), "");
    }
}
