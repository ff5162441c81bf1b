//! What the packs say of small made-up logs and registers.

use touchpoint::rules::Pack;

#[test]
fn the_built_in_packs_are_without_a_fault() {
    for id in Pack::built_in_ids() {
        if let Some(pack) = Pack::built_in(id) {
            println!("{} {}", pack.id, pack.rules.len());
        }
    }
}
