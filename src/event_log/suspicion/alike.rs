//! Pairs of names that look alike: names with their counts in, pairs out, without comparing each with each.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::NameCount;
use super::spelling::{folded, is_letter, is_slip};

/// Of more names nothing is said: a column that holds so many holds no names.
const MOST_NAMES: usize = 65_536;
/// Longer names are no names, and comparing them takes time.
const LONGEST: usize = 64;
/// In shorter ones a slip may as well be meant.
const SHORTEST_SLIP: usize = 4;

/// Every pair of places whose names look alike, the first of the two the more frequent: the most frequent pairs first,
/// by the count of the rarer name.
pub(super) fn alike(names: &[NameCount]) -> Vec<(usize, usize)> {
    if names.len() > MOST_NAMES {
        return Vec::new();
    }
    let mut by_folded: Vec<(String, usize)> = names
        .iter()
        .enumerate()
        .filter(|(_, named)| named.name.chars().count() <= LONGEST)
        .map(|(place, named)| (folded(&named.name), place))
        .filter(|(folded, _)| !folded.is_empty())
        .collect();
    let rank = |place: usize| (std::cmp::Reverse(names[place].count), &names[place].name);
    by_folded.sort_by(|(one, a), (other, b)| one.cmp(other).then(rank(*a).cmp(&rank(*b))));
    let groups: Vec<&[(String, usize)]> = by_folded.chunk_by(|a, b| a.0 == b.0).collect();
    let mut pairs: Vec<(usize, usize)> = groups.iter().flat_map(|group| same(group)).collect();
    let first: Vec<(&str, usize)> = groups.iter().map(|group| (&*group[0].0, group[0].1)).collect();
    pairs.extend(slips(&first, names));
    for pair in &mut pairs {
        if rank(pair.1) < rank(pair.0) {
            *pair = (pair.1, pair.0);
        }
    }
    pairs.sort_by(|a, b| (rank(a.1), rank(a.0)).cmp(&(rank(b.1), rank(b.0))));
    pairs
}

/// The most frequent of a group with each of the others.
fn same(group: &[(String, usize)]) -> impl Iterator<Item = (usize, usize)> {
    group[1..].iter().map(|(_, other)| (group[0].1, *other))
}

/// Pairs that differ by a slip: both are the same once a letter is left out of one of them, or of each.
fn slips(names: &[(&str, usize)], counted: &[NameCount]) -> Vec<(usize, usize)> {
    let mut shortened: Vec<(u64, usize)> = Vec::new();
    let hasher = RandomState::default();
    for (folded, place) in names {
        shortened.extend(shortenings(folded, &hasher).into_iter().map(|hash| (hash, *place)));
    }
    shortened.sort_unstable();
    shortened.dedup();
    let mut pairs = Vec::new();
    for bucket in shortened.chunk_by(|a, b| a.0 == b.0) {
        for (number, (_, one)) in bucket.iter().enumerate() {
            for (_, other) in &bucket[number + 1..] {
                if is_slip(&counted[*one].name, &counted[*other].name) {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// A name, and the name without each of its letters in turn, as hashes.
fn shortenings(folded: &str, hasher: &RandomState) -> Vec<u64> {
    let characters: Vec<char> = folded.chars().collect();
    if characters.len() < SHORTEST_SLIP {
        return Vec::new();
    }
    let letters = (0..characters.len()).filter(|&place| is_letter(characters[place]));
    let without = letters.map(|place| {
        let mut shorter = characters.clone();
        shorter.remove(place);
        hasher.hash_one(&shorter)
    });
    std::iter::once(hasher.hash_one(&characters)).chain(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(names: &[(&str, u64)]) -> Vec<(String, String)> {
        let names: Vec<NameCount> =
            names.iter().map(|&(name, count)| NameCount { name: name.to_owned(), count }).collect();
        let name = |place: usize| names[place].name.clone();
        alike(&names).into_iter().map(|(one, other)| (name(one), name(other))).collect()
    }

    fn pair(one: &str, other: &str) -> (String, String) {
        (one.to_owned(), other.to_owned())
    }

    #[test]
    fn each_pair_is_there_once_with_the_more_frequent_first() {
        let names =
            [("upload-id", 3), ("Upload ID", 40), ("UPLOAD_ID", 5), ("sign", 9), ("uplaod id", 1)];
        let wanted = [
            pair("Upload ID", "UPLOAD_ID"),
            pair("Upload ID", "upload-id"),
            pair("Upload ID", "uplaod id"),
        ];
        assert_eq!(pairs(&names), wanted);
    }

    #[test]
    fn names_that_are_none_are_not_compared() {
        let long = "x".repeat(65);
        assert_eq!(pairs(&[("-", 1), ("_", 1), (&long, 1), (&long.to_uppercase(), 1)]), []);
        assert_eq!(pairs(&[("pay", 1), ("say", 1), ("step 1", 1), ("step 2", 1)]), []);
    }

    #[test]
    fn ten_thousand_names_take_no_time() {
        let spelled = |number: u64| {
            let letters = (0..8).map(|place| (b'a' + (number >> (2 * place) & 3) as u8) as char);
            NameCount { name: letters.collect(), count: number }
        };
        let names: Vec<NameCount> = (0..10_000).map(spelled).collect();
        let start = std::time::Instant::now();
        assert!(!alike(&names).is_empty());
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
