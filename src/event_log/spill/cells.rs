//! Values as the bytes of a spill file, little-endian.

use crate::event_log::Label;
use crate::time::Timestamp;

/// A value of a fixed number of bytes.
pub(super) trait Plain: Copy {
    /// How many.
    const SIZE: usize;

    fn put(self, to: &mut Vec<u8>);

    /// The value of so many bytes.
    fn get(from: &[u8]) -> Self;
}

macro_rules! plain {
    ($($number:ty),+) => {$(
        impl Plain for $number {
            const SIZE: usize = size_of::<$number>();

            fn put(self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            fn get(from: &[u8]) -> Self {
                Self::from_le_bytes(from.try_into().expect("as many bytes as the value has"))
            }
        }
    )+};
}

plain!(u8, u16, u32, u64, i64);

impl Plain for bool {
    const SIZE: usize = 1;

    fn put(self, to: &mut Vec<u8>) {
        to.push(self.into());
    }

    fn get(from: &[u8]) -> Self {
        from[0] != 0
    }
}

impl Plain for Timestamp {
    const SIZE: usize = i64::SIZE;

    fn put(self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn get(from: &[u8]) -> Self {
        Self(i64::get(from))
    }
}

impl Plain for Label {
    const SIZE: usize = u32::SIZE;

    fn put(self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn get(from: &[u8]) -> Self {
        Self(u32::get(from))
    }
}
