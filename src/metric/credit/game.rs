//! Shapley values of games: what sets of players are worth in, each player's part out.

use std::collections::{BTreeMap, BTreeSet};

/// The most players of a [general game](shapley_values): a million sets are asked for their worth.
pub const MOST_PLAYERS: usize = 20;

/// The credit of each player, when every set of players has so many outcomes of its own.
///
/// A set's outcomes are shared alike among its players: the Shapley value of the game in which a coalition is worth the
/// outcomes of all sets within it. Source: Zhao, Mahboobi and Bagheri (2018), arXiv:1804.05327. The cost grows with the
/// sets' sizes alone. A player named twice in a set counts once; the outcomes of an empty set are nobody's.
///
/// # Examples
///
/// ```
/// use touchpoint::metric::set_worth_credits;
///
/// let credits = set_worth_credits([(vec!["web"], 10.0), (vec!["web", "call"], 6.0)]);
/// assert_eq!(credits["web"], 13.0);
/// assert_eq!(credits["call"], 3.0);
/// ```
#[must_use]
pub fn set_worth_credits<T: Ord + Clone, S: IntoIterator<Item = T>>(
    outcomes: impl IntoIterator<Item = (S, f64)>,
) -> BTreeMap<T, f64> {
    let mut credits = BTreeMap::new();
    for (set, outcomes) in outcomes {
        let players: BTreeSet<T> = set.into_iter().collect();
        let part = outcomes / players.len() as f64;
        for player in players {
            *credits.entry(player).or_insert(0.0) += part;
        }
    }
    credits
}

/// The Shapley value of each player of any game, by enumeration of all coalitions.
///
/// A coalition is a set of bits, one a player; `worth` is asked once for each. `None` with more than
/// [`MOST_PLAYERS`] players, or where a worth is not finite. Source: Shapley (1953), *Contributions to the Theory of
/// Games* II, 307: the mean of what a player adds, over all orders of arrival.
///
/// # Examples
///
/// ```
/// use touchpoint::metric::shapley_values;
///
/// // one left glove and two right ones; a pair is worth 1
/// let pairs = |gloves: u32| f64::from(gloves & 1 == 1 && gloves > 1);
/// let values = shapley_values(3, pairs).expect("three players are few");
/// assert!((values[0] - 2.0 / 3.0).abs() < 1e-12);
/// assert!((values[1] - 1.0 / 6.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn shapley_values(players: usize, worth: impl Fn(u32) -> f64) -> Option<Vec<f64>> {
    if players > MOST_PLAYERS {
        return None;
    }
    let worth: Vec<f64> = (0..1_u32 << players).map(worth).collect();
    let weights = order_shares(players);
    let value = |player: usize| {
        let without = (0..worth.len()).filter(|coalition| coalition & (1 << player) == 0);
        without
            .map(|coalition| {
                let added = worth[coalition | 1 << player] - worth[coalition];
                weights[coalition.count_ones() as usize] * added
            })
            .sum()
    };
    let values: Vec<f64> = (0..players).map(value).collect();
    values.iter().all(|value| value.is_finite()).then_some(values)
}

/// The share of all orders of arrival in which a given player comes after exactly a given set of so many others:
/// `s! (n - s - 1)! / n!`, which is one over `n` times the number of such sets.
fn order_shares(players: usize) -> Vec<f64> {
    let mut sets = 1.0;
    let share = |size: usize| {
        let share = 1.0 / (players as f64 * sets);
        sets *= (players - 1 - size) as f64 / (size + 1) as f64;
        share
    };
    (0..players).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_coalitions_agree() {
        let outcomes = [(0b001, 10.0), (0b010, 4.0), (0b011, 6.0), (0b111, 9.0)];
        let sets = outcomes.iter().map(|(set, outcomes)| {
            ((0..3_u32).filter(|player| set >> player & 1 == 1).collect::<Vec<_>>(), *outcomes)
        });
        let within = |coalition: u32| {
            outcomes.iter().filter(|(set, _)| set & !coalition == 0).map(|(_, worth)| worth).sum()
        };
        let values = shapley_values(3, within).expect("three players");
        for (player, credit) in set_worth_credits(sets) {
            assert!((values[player as usize] - credit).abs() < 1e-12);
        }
    }

    #[test]
    fn games_too_large_or_without_numbers_have_no_value() {
        assert_eq!(shapley_values(MOST_PLAYERS + 1, |_| 0.0), None);
        assert_eq!(shapley_values(2, |_| f64::INFINITY), None);
        assert_eq!(shapley_values(0, |_| 0.0), Some(Vec::new()));
        assert!(set_worth_credits([(Vec::<u8>::new(), 3.0)]).is_empty());
    }

    #[test]
    fn twenty_players_share_what_they_are_worth_together() {
        let values = shapley_values(20, |coalition| f64::from(coalition.count_ones()).powi(2));
        let values = values.expect("twenty players");
        assert!(values.iter().all(|value| (value - 20.0).abs() < 1e-9), "{values:?}");
    }
}
