//! What a schema cannot say: references resolve, versions do not hold at once, clocks can run, tests can be met.

use super::written::Written;
use super::{asked, clocks, conditions, dates, due_dates, sources, vocabulary};
use crate::yaml::{Faults, Node};

/// Checks the whole tree; what has the wrong shape is passed over, since it has a fault already.
pub(super) fn check(pack: &Node, faults: &mut Faults) {
    let rules: Vec<Written<'_>> =
        pack.get("rules").into_iter().flat_map(Node::items).map(Written::new).collect();
    sources::check(pack, &rules, faults);
    dates::check_versions(&rules, faults);
    due_dates::check(&rules, faults);
    vocabulary::check(pack, &rules, faults);
    if pack.get("calendar").is_none() {
        clocks::check_calendar(&rules, faults);
    }
    for rule in &rules {
        asked::check(rule, faults);
        clocks::check(rule, faults);
        conditions::check(rule, faults);
    }
}
