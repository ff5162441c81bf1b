//! Names seen so far: text in, dense numbers in order of first appearance out.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Many short texts end to end in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    ends: Vec<usize>,
}

impl Names {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text[start..self.ends[number]]
    }

    pub(super) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number))
    }

    /// The same names in another order; names that the order leaves out are dropped.
    pub(super) fn in_order(&self, order: impl IntoIterator<Item = u32>) -> Self {
        let mut names = Self::default();
        for number in order {
            names.push(self.get(number as usize));
        }
        names
    }
}

/// Gives each name a number; names are compared by their bytes, never by a hash alone.
#[derive(Debug, Default)]
pub(super) struct Interner {
    names: Names,
    numbers: HashTable<u32>,
    // Seeded anew in every process, since the names come from outside.
    hasher: RandomState,
    last: u32,
}

impl Interner {
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn into_names(self) -> Names {
        self.names
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// The number of a name, a new one where it was not seen before.
    pub(super) fn intern(&mut self, name: &str) -> u32 {
        if !self.is_last(name) {
            self.last = self.look_up(name);
        }
        self.last
    }

    /// Rows of one journey mostly stand together, which saves the look-up.
    fn is_last(&self, name: &str) -> bool {
        self.len() > 0 && self.names.get(self.last as usize) == name
    }

    fn look_up(&mut self, name: &str) -> u32 {
        let Self { names, numbers, hasher, .. } = self;
        let hash_of = |&number: &u32| hasher.hash_one(names.get(number as usize));
        let is_name = |&number: &u32| names.get(number as usize) == name;
        match numbers.entry(hasher.hash_one(name), is_name, hash_of) {
            Entry::Occupied(seen) => *seen.get(),
            Entry::Vacant(free) => {
                let number = u32::try_from(names.len()).expect("the builder stops before 2^32");
                free.insert(number);
                names.push(name);
                number
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_appearance() {
        let mut interner = Interner::default();
        let numbers: Vec<_> = ["b", "a", "a", "b", "", "c"].map(|n| interner.intern(n)).into();
        assert_eq!(numbers, [0, 1, 1, 0, 2, 3]);
        assert_eq!(interner.names().iter().collect::<Vec<_>>(), ["b", "a", "", "c"]);
    }

    #[test]
    fn many_names_keep_their_numbers_when_the_table_grows() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for number in 0..10_000_u32 {
                assert_eq!(interner.intern(&number.to_string()), number, "round {round}");
            }
        }
    }
}
