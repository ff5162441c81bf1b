//! What each department has to look at first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rollup::{grouped, reason_of};
use super::{By, Case, Caseload, Group, RollUp, RollUpLine, Tally};
use crate::map::ConsumerRight;

/// What a department has to look at first: the touchpoint with most of its complaints; a complaint that could not be
/// attributed goes by its reason.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Focus<'a> {
    /// A touchpoint, a reason of the standard, or a reason in the register's own words.
    pub at: Group<'a>,
    /// How many of its complaints are about it.
    pub complaints: u64,
    /// The right that most of them touch; `None` where they touch none.
    pub right: Option<ConsumerRight>,
}

/// The complaints of a department.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OwnerLine<'a> {
    /// The department, or [`Group::Unsaid`].
    pub owner: Group<'a>,
    /// What was counted.
    pub tally: Tally,
    /// Its share of all complaints, from 0 to 1.
    pub share: f64,
    /// What it has to look at first; `None` where its complaints tell neither touchpoint nor reason.
    pub first: Option<Focus<'a>>,
}

/// The departments, the one with the most complaints first; complaints without one come last.
#[must_use]
pub fn by_owner<'a>(caseload: &Caseload<'a>) -> Vec<OwnerLine<'a>> {
    let cases = grouped(caseload, By::Owner);
    let line = |line: RollUpLine<'a>| {
        let first = focus(cases.get(&line.group).map_or(&[], Vec::as_slice));
        OwnerLine { owner: line.group, tally: line.tally, share: line.share, first }
    };
    RollUp::new(caseload, By::Owner).lines.into_iter().map(line).collect()
}

/// Ties go to the first in the order of the map, then of the standard.
fn focus<'a>(cases: &[&Case<'a>]) -> Option<Focus<'a>> {
    let mut places: BTreeMap<Group<'a>, Vec<&Case<'a>>> = BTreeMap::new();
    for case in cases {
        let place = case.touchpoint.map(Group::Touchpoint).or_else(|| reason_of(case));
        if let Some(place) = place {
            places.entry(place).or_default().push(case);
        }
    }
    let (at, about) = places.into_iter().rev().max_by_key(|(_, cases)| cases.len())?;
    Some(Focus { at, complaints: about.len() as u64, right: most_touched(&about) })
}

fn most_touched(cases: &[&Case<'_>]) -> Option<ConsumerRight> {
    let mut times: BTreeMap<ConsumerRight, u64> = BTreeMap::new();
    for right in cases.iter().flat_map(|case| &case.meaning.rights) {
        *times.entry(*right).or_default() += 1;
    }
    times.into_iter().min_by_key(|&(right, times)| (Reverse(times), right)).map(|(right, _)| right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::Complaint;
    use crate::complaint::facet::Reason;
    use crate::complaint::sample::{complaint, map, register};
    use crate::map::TouchpointId;
    use crate::time::LocalDays;

    fn about(reason: &str, owner: Option<&str>) -> Complaint {
        let mut row = complaint("c", 0);
        row.reason = Some(reason.into());
        row.owner = owner.map(Into::into);
        row
    }

    #[test]
    fn the_touchpoint_s_department_answers_before_the_register_s_and_looks_where_most_complain() {
        let map = map();
        let register = register(vec![
            about("收费", Some("Desk")),
            about("信息披露", Some("Desk")),
            about("服务态度及服务质量", Some("Desk")),
            about("服务态度及服务质量", Some("Desk")),
            about("自主选择权", Some("Desk")),
            complaint("c", 0),
        ]);
        let touchpoints = [Some(TouchpointId(0)), Some(TouchpointId(0))];
        let days = LocalDays::new("UTC").expect("a zone");
        let caseload = Caseload::new(&map, &register, &touchpoints, &days);
        let owners = by_owner(&caseload);
        let names: Vec<&str> = owners.iter().map(|line| line.owner.key(&map)).collect();
        assert_eq!(names, ["Desk", "Products", "(not said)"]);
        let first: Vec<_> = owners.iter().map(|line| line.first.clone()).collect();
        let focus = |at, complaints, right| Some(Focus { at, complaints, right: Some(right) });
        let expected = [
            focus(Group::Reason(Reason::ServiceAttitude), 2, ConsumerRight::Respect),
            // one of each: the first in the order of the law
            focus(Group::Touchpoint(TouchpointId(0)), 2, ConsumerRight::Information),
            None,
        ];
        assert_eq!(first, expected);
    }
}
