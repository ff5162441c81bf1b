//! Held against linear algebra: what the sums determine is what elimination determines.

use proptest::prelude::*;

use super::*;

/// Whether each count is determined by the shown ones and by what flows in flows out, by Gauss and Jordan modulo a prime;
/// the rank of so small a matrix of 0, 1 and -1 is the same there as in fractions.
fn determined(balance: &Balance, hidden: &[bool]) -> Vec<bool> {
    let unknown: Vec<usize> = (0..hidden.len()).filter(|&number| hidden[number]).collect();
    let mut rows: Vec<Vec<i128>> = (0..balance.points.len())
        .map(|point| unknown.iter().map(|&number| coefficient(balance, number, point)).collect())
        .collect();
    eliminate(&mut rows, unknown.len());
    let mut determined = vec![false; hidden.len()];
    for row in rows {
        let mut filled = row.iter().enumerate().filter(|(_, value)| **value != 0);
        if let (Some((place, _)), None) = (filled.next(), filled.next()) {
            determined[unknown[place]] = true;
        }
    }
    determined
}

fn coefficient(balance: &Balance, number: usize, point: usize) -> i128 {
    let arrow = balance.arrows[number];
    i128::from(arrow.from == point) - i128::from(arrow.to == point)
}

const PRIME: i128 = 1_000_000_007;

/// To the reduced row echelon form, in which a variable is determined if and only if it stands alone in a row.
fn eliminate(rows: &mut [Vec<i128>], columns: usize) {
    let mut done = 0;
    for column in 0..columns {
        let pivot = (done..rows.len()).find(|&row| rows[row][column].rem_euclid(PRIME) != 0);
        let Some(pivot) = pivot else { continue };
        rows.swap(done, pivot);
        let inverse = power(rows[done][column].rem_euclid(PRIME), PRIME - 2);
        rows[done].iter_mut().for_each(|value| *value = (*value * inverse).rem_euclid(PRIME));
        let by = rows[done].clone();
        for (_, values) in rows.iter_mut().enumerate().filter(|(row, _)| *row != done) {
            let times = values[column];
            for (value, by) in values.iter_mut().zip(&by) {
                *value = (*value - times * by).rem_euclid(PRIME);
            }
        }
        done += 1;
    }
}

fn power(base: i128, mut exponent: i128) -> i128 {
    let (mut result, mut base) = (1, base);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}

fn arrows() -> impl Strategy<Value = (usize, Vec<(usize, usize, u64, bool)>)> {
    (2_usize..7).prop_flat_map(|points| {
        let arrow = (0..points, 0..points, 0_u64..12, prop::bool::weighted(0.9));
        (Just(points), prop::collection::vec(arrow, 0..20))
    })
}

fn balance(points: usize, arrows: &[(usize, usize, u64, bool)]) -> Balance {
    let mut balance = Balance::new(points);
    for &(from, to, customers, is_told) in arrows {
        let add = if is_told { Balance::told } else { Balance::untold };
        add(&mut balance, from, to, customers);
    }
    balance
}

/// A table with its margins and its sum, as flows.
fn table(rows: &[Vec<u64>]) -> Balance {
    let (height, width) = (rows.len(), rows[0].len());
    let mut balance = Balance::new(height + width + 2);
    let (source, sink) = (height + width, height + width + 1);
    for (row, cells) in rows.iter().enumerate() {
        balance.told(source, row, cells.iter().sum());
        for (column, &cell) in cells.iter().enumerate() {
            balance.told(row, height + column, cell);
        }
    }
    for column in 0..width {
        balance.told(height + column, sink, rows.iter().map(|row| row[column]).sum());
    }
    balance.told(sink, source, rows.iter().flatten().sum());
    balance
}

fn assert_nothing_of_few_can_be_worked_out(balance: &Balance) {
    let hidden = balance.hidden();
    let everything = balance.bridges(&vec![true; hidden.len()]);
    let determined = determined(balance, &hidden);
    for (number, arrow) in balance.arrows.iter().enumerate() {
        // on no cycle at all it is zero in every table, whatever is shown
        if is_few(arrow.customers) && !everything[number] {
            assert!(hidden[number], "{number} of {balance:?}");
            assert!(!determined[number], "{number} of {balance:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_bridge_is_what_the_sums_determine(
        (points, arrows) in arrows(),
        choice in prop::collection::vec(any::<bool>(), 20),
    ) {
        let balance = balance(points, &arrows);
        let hidden = &choice[..arrows.len()];
        prop_assert_eq!(balance.bridges(hidden), determined(&balance, hidden));
    }

    #[test]
    fn no_count_of_few_can_be_worked_out((points, arrows) in arrows()) {
        assert_nothing_of_few_can_be_worked_out(&balance(points, &arrows));
    }

    #[test]
    fn no_cell_of_few_can_be_worked_out_from_the_margins(
        rows in (1_usize..6, 1_usize..6).prop_flat_map(|(height, width)| {
            prop::collection::vec(prop::collection::vec(0_u64..15, width), height)
        }),
    ) {
        assert_nothing_of_few_can_be_worked_out(&table(&rows));
    }
}

fn line(cells: &[u64]) -> Vec<bool> {
    let mut balance = Balance::new(2);
    for &cell in cells {
        balance.told(0, 1, cell);
    }
    balance.told(1, 0, cells.iter().sum());
    balance.hidden()
}

#[test]
fn the_next_smallest_covers_a_single_one() {
    assert_eq!(line(&[40, 2, 9, 30]), [false, true, true, false, false]);
    assert_eq!(line(&[40, 9, 30]), [false; 4]);
}

#[test]
fn two_of_one_customer_each_are_covered_by_a_third() {
    assert_eq!(line(&[1, 1, 20, 30]), [true, true, true, false, false]);
    assert_eq!(line(&[2, 3, 20, 30]), [true, true, false, false, false]);
}

#[test]
fn none_covers_where_nothing_is_smaller() {
    assert_eq!(line(&[0, 3, 20]), [true, true, true, false]);
}

#[test]
fn the_sum_goes_where_there_is_nothing_else() {
    assert_eq!(line(&[3]), [true, true]);
    assert_eq!(line(&[0]), [false, false]);
}
