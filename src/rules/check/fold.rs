//! Sums over many, by as many threads as there are.

/// Adds up `0..items`; adding and merging must be indifferent to order.
#[cfg(feature = "parallel")]
pub(super) fn fold<S: Send>(
    items: u32,
    new: impl Fn() -> S + Sync,
    step: impl Fn(&mut S, u32) + Sync,
    merge: impl Fn(&mut S, S) + Sync,
) -> S {
    use rayon::prelude::*;

    // a few ranges a thread even out customers of unequal length, without many sums to merge
    let parts = (rayon::current_num_threads() as u32 * 4).max(1);
    let size = items.div_ceil(parts).max(1);
    let sum = |part: u32| {
        let mut sum = new();
        let end = part.saturating_add(1).saturating_mul(size).min(items);
        (part * size..end).for_each(|item| step(&mut sum, item));
        sum
    };
    (0..items.div_ceil(size))
        .into_par_iter()
        .map(sum)
        .reduce_with(|mut sum, part| {
            merge(&mut sum, part);
            sum
        })
        .unwrap_or_else(&new)
}

/// Adds up `0..items`.
#[cfg(not(feature = "parallel"))]
pub(super) fn fold<S>(
    items: u32,
    new: impl Fn() -> S,
    step: impl Fn(&mut S, u32),
    _merge: impl Fn(&mut S, S),
) -> S {
    let mut sum = new();
    (0..items).for_each(|item| step(&mut sum, item));
    sum
}
