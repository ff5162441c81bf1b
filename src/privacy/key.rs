//! The key that pseudonyms are made with.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What an id names; equal ids of different kinds have different pseudonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IdOf {
    /// A customer.
    Customer,
    /// A journey.
    Journey,
    /// A complaint of a register.
    Complaint,
}

impl IdOf {
    /// Its name, for messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Journey => "journey",
            Self::Complaint => "complaint",
        }
    }
}

impl fmt::Display for IdOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A secret that turns ids into pseudonyms; printing it shows nothing of it.
#[derive(Clone)]
pub struct Key {
    keyed: Hmac<Sha256>,
}

/// Bytes that are no key; nothing of them is told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFault {
    /// There are too few bytes.
    #[error("a key has at least {least} bytes, and this has {found}", least = Key::LEAST)]
    Short {
        /// How many bytes there are, without the line ends behind them.
        found: usize,
    },
    /// There are too many bytes for a key; perhaps another file was meant.
    #[error("a key has at most {most} bytes; is this the file of the key?", most = Key::MOST)]
    Long,
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(io::Error),
}

impl Key {
    /// Bytes that a key has at least: 128 bits.
    pub const LEAST: usize = 16;
    /// Bytes that a key has at most.
    pub const MOST: usize = 4 << 10;
    /// Hexadecimal digits of a pseudonym: 128 bits.
    pub const DIGITS: usize = 32;

    /// A key of these bytes, without the line ends behind them.
    ///
    /// # Errors
    ///
    /// There are fewer than 16 bytes, or more than 4,096.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes a key of any length.
    pub fn new(bytes: impl AsRef<[u8]>) -> Result<Self, KeyFault> {
        let key = without_line_ends(bytes.as_ref());
        match key.len() {
            found @ 0..Self::LEAST => Err(KeyFault::Short { found }),
            Self::LEAST..=Self::MOST => {
                let keyed = Hmac::new_from_slice(key).expect("HMAC takes a key of any length");
                Ok(Self { keyed })
            }
            _ => Err(KeyFault::Long),
        }
    }

    /// The key in a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or holds no key.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, KeyFault> {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(KeyFault::Unreadable)?;
        // a few bytes more than a key has, for line ends; a file without end is none
        let most = Self::MOST as u64 + 64;
        file.take(most).read_to_end(&mut bytes).map_err(KeyFault::Unreadable)?;
        Self::new(bytes)
    }

    /// The pseudonym of an id: 32 hexadecimal digits, the first 128 bits of HMAC-SHA-256 (RFC 2104, FIPS 198-1) of what
    /// it names, a zero byte and the id.
    ///
    /// Among n ids the chance that any two share a pseudonym is at most n² / 2^129: below 2 in 10^21 for 10^9 ids.
    #[must_use]
    pub fn pseudonym(&self, of: IdOf, id: &[u8]) -> String {
        let parts = [of.name().as_bytes(), &[0], id];
        let mut digits = hexadecimal(&self.authenticate(&parts));
        digits.truncate(Self::DIGITS);
        digits
    }

    fn authenticate(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut keyed = self.keyed.clone();
        for part in parts {
            keyed.update(part);
        }
        keyed.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// An editor or `echo` ends a file with a line end, which is no part of the key.
fn without_line_ends(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r'));
    &bytes[..end.map_or(0, |last| last + 1)]
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |half: u8| DIGITS[usize::from(half)];
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(key: &[u8], message: &[u8]) -> String {
        hexadecimal(&Key::new(key).expect("a key").authenticate(&[message]))
    }

    /// RFC 4231, the cases whose key has 16 bytes or more: 1, 3, 4, 6 and 7.
    #[test]
    fn codes_are_those_of_rfc_4231() {
        let counting: Vec<u8> = (1..=25).collect();
        let larger = b"This is a test using a larger than block-size key and a larger than block-size data. \
The key needs to be hashed before being used by the HMAC algorithm.";
        let cases: [(&[u8], &[u8], &str); 5] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &counting,
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                larger,
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, message, wanted) in cases {
            assert_eq!(code(key, message), wanted);
        }
    }

    #[test]
    fn a_message_in_parts_is_the_message() {
        let key = Key::new([0xaa; 20]).expect("a key");
        assert_eq!(key.authenticate(&[b"Hi ", b"There"]), key.authenticate(&[b"Hi There"]));
    }
}
