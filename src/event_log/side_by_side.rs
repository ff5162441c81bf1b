//! Two things that have nothing to do with each other, done at once where there are threads.

#[cfg(feature = "parallel")]
pub(super) use rayon::join;

/// Does one after the other.
#[cfg(not(feature = "parallel"))]
pub(super) fn join<A, B>(one: impl FnOnce() -> A, other: impl FnOnce() -> B) -> (A, B) {
    (one(), other())
}
