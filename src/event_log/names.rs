//! Names seen so far: text in, dense numbers in order of first appearance out.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::key::Key;

/// Many short texts end to end in one piece of memory.
#[derive(Clone, Debug, Default)]
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

    #[inline]
    pub(super) fn bytes(&self, number: usize) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text.as_bytes()[start..self.ends[number]]
    }

    pub(super) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// Adds a name and says its number.
    fn add(&mut self, name: &str) -> u32 {
        let number = u32::try_from(self.len()).expect("the builder stops before 2^32");
        self.push(name);
        number
    }

    /// Bytes of the texts, and of where they end.
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<usize>()
    }

    /// No names, with room for so many of so many bytes in all.
    pub(super) fn with_capacity(names: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(names) }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number))
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
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

/// A name's place in the table: short names are compared there, others where they are kept.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    number: u32,
}

impl Slot {
    fn hash(&self, hasher: &RandomState, names: &Names) -> u64 {
        if self.key.is_whole() {
            hasher.hash_one(self.key)
        } else {
            hasher.hash_one(names.get(self.number as usize))
        }
    }
}

/// Gives each name a number; names are compared by their bytes, never by a hash alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    names: Names,
    slots: HashTable<Slot>,
    // Seeded anew in every process, since the names come from outside.
    hasher: RandomState,
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
        let key = Key::of(name.as_bytes());
        if key.is_whole() {
            return self.intern_key(key);
        }
        let Self { names, slots, hasher } = self;
        let is_name = |slot: &Slot| is_it(slot, key, name, names);
        let hash_of = |slot: &Slot| slot.hash(hasher, names);
        match slots.entry(hasher.hash_one(name), is_name, hash_of) {
            Entry::Occupied(seen) => seen.get().number,
            Entry::Vacant(free) => free.insert(Slot { key, number: names.add(name) }).get().number,
        }
    }

    /// The number of a name that its key holds whole.
    pub(super) fn intern_key(&mut self, key: Key) -> u32 {
        let Self { names, slots, hasher } = self;
        let hash_of = |slot: &Slot| slot.hash(hasher, names);
        match slots.entry(hasher.hash_one(key), |slot| slot.key == key, hash_of) {
            Entry::Occupied(seen) => seen.get().number,
            Entry::Vacant(free) => {
                let number = key.text(|name| names.add(name));
                free.insert(Slot { key, number }).get().number
            }
        }
    }

    /// Bytes that the names and their table take, or will take when the table grows next.
    pub(super) fn size(&self) -> usize {
        /// More than a few chunks can add.
        const SOON: usize = 1 << 17;
        let grows_soon = self.slots.len() + SOON > self.slots.capacity();
        // the larger table is there before the smaller one goes
        let tables = self.slots.allocation_size() * if grows_soon { 3 } else { 1 };
        self.names.size() + tables
    }

    /// The number of a name that was seen before.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let key = Key::of(name.as_bytes());
        let slot = if key.is_whole() {
            self.slots.find(self.hasher.hash_one(key), |slot| slot.key == key)
        } else {
            let hash = self.hasher.hash_one(name);
            self.slots.find(hash, |slot| is_it(slot, key, name, &self.names))
        };
        Some(slot?.number)
    }
}

fn is_it(slot: &Slot, key: Key, name: &str, names: &Names) -> bool {
    slot.key == key && names.get(slot.number as usize) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_appearance() {
        let mut interner = Interner::default();
        let long = "a name of more than fifteen bytes";
        let numbers: Vec<_> =
            ["b", "a", long, "a", "b", "", long, "c"].map(|n| interner.intern(n)).into();
        assert_eq!(numbers, [0, 1, 2, 1, 0, 3, 2, 4]);
        assert_eq!(interner.names().iter().collect::<Vec<_>>(), ["b", "a", long, "", "c"]);
        assert_eq!(interner.find(long), Some(2));
        assert_eq!(interner.find("another name of more than fifteen bytes"), None);
    }

    #[test]
    fn many_names_keep_their_numbers_when_the_table_grows() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for number in 0..10_000_u32 {
                let name = format!("{}{number}", "x".repeat(number as usize % 20));
                assert_eq!(interner.intern(&name), number, "round {round}");
            }
        }
    }
}
