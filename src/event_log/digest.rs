//! What a file held, by the SHA-256 of its bytes.

use std::io::{self, Read};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// An input by its name, its length and the digest of its bytes as they lay there, packed or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct InputDigest {
    /// Its name, as whoever read it called it.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes: 64 hexadecimal digits in lower case.
    pub sha256: String,
}

impl InputDigest {
    /// Of an input that is read to its end.
    ///
    /// ```
    /// use touchpoint::event_log::InputDigest;
    ///
    /// let digest = InputDigest::of("abc.txt", &b"abc"[..])?;
    /// assert_eq!(digest.bytes, 3);
    /// assert!(digest.sha256.starts_with("ba7816bf"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    pub fn of(name: impl Into<String>, input: impl Read) -> io::Result<Self> {
        let mut found = None;
        let mut input = Digesting::new(name.into(), input, |digest| found = Some(digest));
        io::copy(&mut input, &mut io::sink())?;
        drop(input);
        Ok(found.expect("copying reads to the end"))
    }

    /// The same bytes under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

/// Tells the digest of what was read, once the end is reached.
pub(super) struct Digesting<R, F> {
    name: String,
    input: R,
    bytes: u64,
    /// `None` once it was told.
    hash: Option<Sha256>,
    tell: F,
}

impl<R: Read, F: FnMut(InputDigest)> Digesting<R, F> {
    pub(super) fn new(name: String, input: R, tell: F) -> Self {
        Self { name, input, bytes: 0, hash: Some(Sha256::new()), tell }
    }

    fn end(&mut self) {
        if let Some(hash) = self.hash.take() {
            let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            let name = std::mem::take(&mut self.name);
            (self.tell)(InputDigest { name, bytes: self.bytes, sha256 });
        }
    }
}

impl<R: Read, F: FnMut(InputDigest)> Read for Digesting<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        if length == 0 && !buffer.is_empty() {
            self.end();
        }
        self.bytes += length as u64;
        if let Some(hash) = &mut self.hash {
            hash.update(&buffer[..length]);
        }
        Ok(length)
    }
}
