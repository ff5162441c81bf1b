//! Why a document was not read, and the public error of each kind of document.

use std::io;
use std::path::PathBuf;

use crate::position::Fault;

/// Why a document was not read.
pub(crate) enum Refusal {
    /// The text could not be had, from the file where it is one.
    Unreadable { path: Option<PathBuf>, cause: io::Error },
    /// At least one fault, in the order of the text.
    Faulty(Vec<Fault>),
}

/// The public error of a kind of document, made of a refusal.
macro_rules! document_error {
    ($(#[$about:meta])* $error:ident of $noun:literal) => {
        $(#[$about])*
        #[derive(Debug, thiserror::Error)]
        #[non_exhaustive]
        pub enum $error {
            /// The text could not be had.
            #[error(
                "cannot read the {}{}: {cause}",
                $noun,
                path.as_ref().map(|path| format!(" `{}`", path.display())).unwrap_or_default()
            )]
            Unreadable {
                /// The file, where the text is one.
                path: Option<std::path::PathBuf>,
                /// What the system said.
                cause: std::io::Error,
            },
            /// Everything that is wrong with the text.
            #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
            Faulty {
                /// At least one fault, in the order of the text.
                faults: Vec<crate::position::Fault>,
            },
        }

        impl $error {
            /// Everything that is wrong with the text, in its order; empty where there was no text.
            #[must_use]
            pub fn faults(&self) -> &[crate::position::Fault] {
                match self {
                    Self::Unreadable { .. } => &[],
                    Self::Faulty { faults } => faults,
                }
            }
        }

        impl From<crate::yaml::Refusal> for $error {
            fn from(refusal: crate::yaml::Refusal) -> Self {
                match refusal {
                    crate::yaml::Refusal::Unreadable { path, cause } => {
                        Self::Unreadable { path, cause }
                    }
                    crate::yaml::Refusal::Faulty(faults) => Self::Faulty { faults },
                }
            }
        }
    };
}

pub(crate) use document_error;
