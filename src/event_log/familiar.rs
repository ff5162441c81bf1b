//! A few names that come again and again, found without a table.

use super::names::Interner;

/// Remembers in which numbers names of a dictionary were last found.
#[derive(Clone, Debug)]
pub(super) struct Familiar {
    /// One more than the number of the name that was last found for this place.
    numbers: [u32; PLACES],
}

/// More than the touchpoints of most maps.
const PLACES: usize = 256;

impl Default for Familiar {
    fn default() -> Self {
        Self { numbers: [0; PLACES] }
    }
}

impl Familiar {
    /// The number of a name that was seen before.
    #[inline]
    pub(super) fn find(&mut self, dictionary: &Interner, name: &[u8]) -> Option<u32> {
        let number = &mut self.numbers[place(name)];
        if *number > 0 && dictionary.names().bytes(*number as usize - 1) == name {
            return Some(*number - 1);
        }
        let found = dictionary.find(std::str::from_utf8(name).ok()?)?;
        *number = found + 1;
        Some(found)
    }
}

/// By the length and both ends of a name, which tell most names apart.
#[inline]
fn place(name: &[u8]) -> usize {
    let (first, last) = match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => (end(name.first()), end(name.last())),
    };
    let mixed = (first ^ last.rotate_left(13)).wrapping_add(name.len() as u32);
    // Knuth's multiplicative hash, of which the highest bits are the best
    (mixed.wrapping_mul(0x9e37_79b1) >> 24) as usize
}

fn end(byte: Option<&u8>) -> u32 {
    byte.map_or(0, |byte| u32::from(*byte))
}
