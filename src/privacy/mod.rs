//! Ids in, pseudonyms out; and with the key, from a pseudonym back to the row.
//!
//! A pseudonym is the same in every run with the same key, and nobody without the key can tell whose it is, not even
//! by trying all ids.
//!
//! ```
//! use touchpoint::privacy::{IdOf, Key};
//!
//! let key = Key::new("a secret of sixteen bytes or more\n")?;
//! let pseudonym = key.pseudonym(IdOf::Customer, b"C-1001");
//! assert_eq!(pseudonym.len(), 32);
//! assert_eq!(pseudonym, key.pseudonym(IdOf::Customer, b"C-1001"));
//! assert_ne!(pseudonym, key.pseudonym(IdOf::Journey, b"C-1001"));
//! # Ok::<(), touchpoint::privacy::KeyFault>(())
//! ```

mod key;
mod locate;

pub use key::{IdOf, Key, KeyFault};
pub use locate::{Located, Place, locate};
