//! Rows without quotes, found 64 bytes at a time.
//!
//! Most logs have no quote in most of their rows; where a chunk has none its fields end at delimiters and line ends, and
//! nothing else need be known. All other chunks are left to the [reference](super::reference).

use wide::u8x64;

use super::fields::{Fields, Place};

/// Where the fields and the rows of a chunk end.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where each field ends, after one place before the first; beyond `fields` what earlier chunks left there.
    bounds: Vec<u32>,
    /// How many fields have ended when each row ends.
    rows: Vec<u32>,
    fields: usize,
    lines: u64,
}

/// The place before the first byte.
const BEFORE: u32 = u32::MAX;

impl Index {
    /// Finds all fields; `false` where a quote or a NUL is in the way.
    pub(super) fn fill(&mut self, bytes: &[u8], delimiter: u8) -> bool {
        // a block may end as many fields as it has bytes, and the last row ends without a line end
        let most = 1 + bytes.len() + 65;
        if self.bounds.len() < most {
            self.bounds.resize(most, 0);
        }
        self.bounds[0] = BEFORE;
        self.fields = 0;
        self.rows.clear();
        let needles = Needles::new(delimiter);
        let (blocks, rest) = bytes.as_chunks::<64>();
        for (place, block) in blocks.iter().enumerate() {
            let found = needles.find(block);
            if found.strange != 0 {
                return false;
            }
            self.add(found, place);
        }
        let found = needles.find_in_rest(rest);
        self.add(found, blocks.len());
        self.lines = self.rows.len() as u64;
        if bytes.last().is_some_and(|&last| last != b'\n') {
            self.end_last_row(bytes.len());
        }
        found.strange == 0
    }

    /// How many lines end.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// The rows one after another.
    pub(super) fn rows<'c>(
        &'c self,
        text: &'c str,
        comment: Option<u8>,
    ) -> impl Iterator<Item = (Fields<'c>, Place)> {
        let mut from = 0;
        let rows = self.rows.iter().enumerate().map(move |(line, &to)| {
            let bounds = &self.bounds[from..=to as usize];
            from = to as usize;
            let (start, end) = (bounds[0].wrapping_add(1) as usize, self.bounds[from] as usize);
            (Fields::of_text(text, bounds), Place { line: line as u64, start, end })
        });
        let is_comment =
            move |start: usize| comment.is_some() && text.as_bytes().get(start) == comment.as_ref();
        rows.filter(move |(fields, place)| !fields.is_blank() && !is_comment(place.start))
    }

    fn add(&mut self, found: Found, place: usize) {
        let ends = found.delimiters | found.line_ends;
        let bounds = &mut self.bounds[self.fields + 1..self.fields + 65];
        let (mut left, count) = (ends, ends.count_ones() as usize);
        // eight at a time without a branch; what is written beyond the last is written over
        for eight in bounds.as_chunks_mut::<8>().0.iter_mut().take(count.div_ceil(8)) {
            for bound in eight {
                *bound = place as u32 * 64 + left.trailing_zeros();
                left &= left.wrapping_sub(1);
            }
        }
        let mut line_ends = found.line_ends;
        while line_ends != 0 {
            let up_to = line_ends ^ (line_ends - 1);
            self.rows.push(self.fields as u32 + (ends & up_to).count_ones());
            line_ends &= line_ends - 1;
        }
        self.fields += count;
    }

    fn end_last_row(&mut self, length: usize) {
        self.fields += 1;
        self.bounds[self.fields] = length as u32;
        self.rows.push(self.fields as u32);
    }
}

/// The characters that are looked for.
struct Needles {
    delimiter: u8x64,
    line_end: u8x64,
    quote: u8x64,
    nul: u8x64,
}

impl Needles {
    fn new(delimiter: u8) -> Self {
        let all = |byte| u8x64::splat(byte);
        Self { delimiter: all(delimiter), line_end: all(b'\n'), quote: all(b'"'), nul: all(0) }
    }

    fn find(&self, block: &[u8; 64]) -> Found {
        let block = u8x64::new(*block);
        let strange = block.simd_eq(self.quote) | block.simd_eq(self.nul);
        Found {
            delimiters: block.simd_eq(self.delimiter).to_bitmask(),
            line_ends: block.simd_eq(self.line_end).to_bitmask(),
            strange: strange.to_bitmask(),
        }
    }

    /// The same in fewer than 64 bytes.
    fn find_in_rest(&self, rest: &[u8]) -> Found {
        let mut block = [0; 64];
        block[..rest.len()].copy_from_slice(rest);
        let found = self.find(&block);
        let there = (1 << rest.len()) - 1;
        Found {
            delimiters: found.delimiters & there,
            line_ends: found.line_ends & there,
            strange: found.strange & there,
        }
    }
}

/// A bit for each byte of a block.
#[derive(Clone, Copy, Debug)]
struct Found {
    delimiters: u64,
    line_ends: u64,
    /// Quotes and NULs.
    strange: u64,
}
