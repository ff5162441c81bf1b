//! The order of sweeps: rows in, states with those that they lead to before them out.

use crate::chain::rows::Rows;

/// The states in post-order of a walk through the rows from the first state on.
///
/// Where no way leads back, a state comes after all that it leads to, and one sweep in this order solves everything;
/// where ways lead back, only they cost further sweeps.
pub(super) fn post_order(rows: &Rows) -> Vec<u32> {
    let mut order = Vec::with_capacity(rows.len());
    let mut seen = vec![false; rows.len()];
    let mut walk: Vec<(u32, usize)> = Vec::new();
    for root in 0..rows.len() as u32 {
        if !std::mem::replace(&mut seen[root as usize], true) {
            walk.push((root, 0));
        }
        while let Some((state, next)) = walk.last_mut() {
            if let Some(&(to, _)) = rows.row(*state as usize).get(*next) {
                *next += 1;
                if !std::mem::replace(&mut seen[to as usize], true) {
                    walk.push((to, 0));
                }
            } else {
                order.push(*state);
                walk.pop();
            }
        }
    }
    order
}
