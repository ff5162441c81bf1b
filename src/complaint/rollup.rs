//! Complaints added up by what they have in common.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::facet::{Business, Channel, DispCause, Reason};
use super::{Case, Caseload, Tally};
use crate::map::{ConsumerRight, JourneyMap, StageId, Text, TouchpointId};

/// What complaints are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum By {
    /// Consumer right; a complaint counts under each of its rights.
    Right,
    /// Stage of the touchpoint.
    Stage,
    /// Touchpoint.
    Touchpoint,
    /// Channel of the standard, else the register's own word.
    Channel,
    /// Business of the standard, else the register's own word.
    Business,
    /// Reason of the standard, else the register's own word.
    Reason,
    /// The group of causes of DISP nearest to the reason.
    DispCause,
    /// Product.
    Product,
    /// Region.
    Region,
    /// Branch.
    Branch,
    /// The department that answers for the touchpoint, else the register's.
    Owner,
    /// The local month of receipt.
    Month,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Right,
        Self::Stage,
        Self::Touchpoint,
        Self::Channel,
        Self::Business,
        Self::Reason,
        Self::DispCause,
        Self::Product,
        Self::Region,
        Self::Branch,
        Self::Owner,
        Self::Month,
    ];

    /// Its name in tables for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Stage => "stage",
            Self::Touchpoint => "touchpoint",
            Self::Channel => "channel",
            Self::Business => "business",
            Self::Reason => "reason",
            Self::DispCause => "disp-cause",
            Self::Product => "product",
            Self::Region => "region",
            Self::Branch => "branch",
            Self::Owner => "owner",
            Self::Month => "month",
        }
    }
}

/// What the complaints of a line have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is named by what it holds")]
pub enum Group<'a> {
    Right(ConsumerRight),
    Stage(StageId),
    Touchpoint(TouchpointId),
    Channel(Channel),
    Business(Business),
    Reason(Reason),
    DispCause(DispCause),
    /// A month of the calendar: `2026-02`.
    Month(String),
    /// A word of the register or of the map.
    Own(Cow<'a, str>),
    /// They do not say, or it could not be found.
    Unsaid,
}

impl Group<'_> {
    /// Its name in tables for programs; `(not said)` where the complaints do not say.
    #[must_use]
    pub fn key<'a>(&'a self, map: &'a JourneyMap) -> &'a str {
        match self {
            Self::Right(right) => right.key(),
            Self::Stage(stage) => &map.stages()[stage.index()].id,
            Self::Touchpoint(touchpoint) => &map.touchpoint(*touchpoint).id,
            Self::Channel(channel) => channel.key(),
            Self::Business(business) => business.key(),
            Self::Reason(reason) => reason.key(),
            Self::DispCause(cause) => cause.key(),
            Self::Month(month) => month,
            Self::Own(word) => word,
            Self::Unsaid => "(not said)",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self, map: &JourneyMap) -> Text {
        match self {
            Self::Right(right) => right.name(),
            Self::Stage(stage) => map.stages()[stage.index()].name.clone(),
            Self::Touchpoint(touchpoint) => map.touchpoint(*touchpoint).name.clone(),
            Self::Channel(channel) => channel.name(),
            Self::Business(business) => business.name(),
            Self::Reason(reason) => reason.name(),
            Self::DispCause(cause) => cause.name(),
            Self::Month(month) => Text::plain(month.clone()),
            Self::Own(word) => Text::plain(word.clone().into_owned()),
            Self::Unsaid => Text::both("(not said)", "（未注明）"),
        }
    }
}

/// Complaints with something in common.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RollUpLine<'a> {
    /// What they have in common.
    pub group: Group<'a>,
    /// What was counted.
    pub tally: Tally,
    /// Their share of all complaints, from 0 to 1; where a complaint counts under several rights the shares add up to
    /// more than 1.
    pub share: f64,
}

/// Complaints added up by what they have in common.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RollUp<'a> {
    /// By what.
    pub by: By,
    /// The most complaints first, months in their order; those that do not say come last.
    pub lines: Vec<RollUpLine<'a>>,
    /// All complaints, each counted once.
    pub all: Tally,
}

impl<'a> RollUp<'a> {
    /// The complaints by one thing that they have in common.
    ///
    /// A register with neither complaints nor the column gives no lines, or the one of those that do not say.
    #[must_use]
    pub fn new(caseload: &Caseload<'a>, by: By) -> Self {
        let all: Vec<&Case<'a>> = caseload.cases().iter().collect();
        let share = |cases: usize| cases as f64 / all.len() as f64;
        let line = |(group, cases): (Group<'a>, Vec<&Case<'_>>)| RollUpLine {
            group,
            tally: Tally::of(&cases),
            share: share(cases.len()),
        };
        let mut lines: Vec<RollUpLine<'a>> = grouped(caseload, by).into_iter().map(line).collect();
        // the sort is stable: what ties stays in the order of the groups
        lines.sort_by_key(|line| {
            let most_first = u64::MAX - line.tally.complaints;
            (line.group == Group::Unsaid, if by == By::Month { 0 } else { most_first })
        });
        Self { by, lines, all: Tally::of(&all) }
    }
}

/// The complaints of each group, in the order of the groups.
pub(super) fn grouped<'c, 'a>(
    caseload: &'c Caseload<'a>,
    by: By,
) -> BTreeMap<Group<'a>, Vec<&'c Case<'a>>> {
    let mut groups: BTreeMap<Group<'a>, Vec<&Case<'a>>> = BTreeMap::new();
    for case in caseload.cases() {
        for group in groups_of(case, by, caseload.map()) {
            groups.entry(group).or_default().push(case);
        }
    }
    groups
}

/// Several only by right; the one of those that do not say where there is none.
fn groups_of<'a>(case: &Case<'a>, by: By, map: &'a JourneyMap) -> Vec<Group<'a>> {
    if by == By::Right && !case.meaning.rights.is_empty() {
        return case.meaning.rights.iter().copied().map(Group::Right).collect();
    }
    vec![group_of(case, by, map).unwrap_or(Group::Unsaid)]
}

fn group_of<'a>(case: &Case<'a>, by: By, map: &'a JourneyMap) -> Option<Group<'a>> {
    let (row, meaning) = (case.complaint, &case.meaning);
    match by {
        By::Right => None,
        By::Stage => case.touchpoint.map(|touchpoint| Group::Stage(map.stage_of(touchpoint))),
        By::Touchpoint => case.touchpoint.map(Group::Touchpoint),
        By::Channel => meaning.channel.map(Group::Channel).or_else(|| own(row.channel.as_deref())),
        By::Business => {
            meaning.business.map(Group::Business).or_else(|| own(row.business.as_deref()))
        }
        By::Reason => reason_of(case),
        By::DispCause => meaning.reason.map(|reason| Group::DispCause(reason.disp_cause())),
        By::Product => own(row.product.as_deref()),
        By::Region => own(row.region.as_deref()),
        By::Branch => own(row.branch.as_deref()),
        By::Owner => own(owner_of(case, map)),
        By::Month => case.received.map(|day| Group::Month(month(&day.to_string()))),
    }
}

fn own(word: Option<&str>) -> Option<Group<'_>> {
    word.filter(|word| !word.is_empty()).map(|word| Group::Own(Cow::Borrowed(word)))
}

/// The reason of the standard, else the register's own word.
pub(super) fn reason_of<'a>(case: &Case<'a>) -> Option<Group<'a>> {
    case.meaning.reason.map(Group::Reason).or_else(|| own(case.complaint.reason.as_deref()))
}

/// The department that answers for the touchpoint, else the register's.
fn owner_of<'a>(case: &Case<'a>, map: &'a JourneyMap) -> Option<&'a str> {
    let of_touchpoint = case.touchpoint.and_then(|id| map.touchpoint(id).owner.as_deref());
    of_touchpoint.or(case.complaint.owner.as_deref())
}

/// A date without its day.
fn month(day: &str) -> String {
    day.rsplit_once('-').map_or(day, |(month, _)| month).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::Complaint;
    use crate::complaint::sample::{complaint, map, register};
    use crate::time::LocalDays;

    /// Each line as its key and number of complaints.
    fn lines(
        list: Vec<Complaint>,
        touchpoints: &[Option<TouchpointId>],
        by: By,
    ) -> Vec<(String, u64)> {
        let (map, register) = (map(), register(list));
        let days = LocalDays::new("Asia/Shanghai").expect("a zone");
        let caseload = Caseload::new(&map, &register, touchpoints, &days);
        let lines = RollUp::new(&caseload, by).lines;
        let line = |line: RollUpLine<'_>| (line.group.key(&map).to_owned(), line.tally.complaints);
        lines.into_iter().map(line).collect()
    }

    fn because(reason: &str) -> Complaint {
        let mut row = complaint("c", 0);
        row.reason = Some(reason.into());
        row
    }

    fn owned<const N: usize>(lines: [(&str, u64); N]) -> Vec<(String, u64)> {
        lines.map(|(key, complaints)| (key.to_owned(), complaints)).to_vec()
    }

    #[test]
    fn a_complaint_counts_under_each_of_its_rights_and_once_in_all() {
        let list = vec![because("搭售"), because("收费"), complaint("c", 0)];
        let expected = [("fair-dealing", 2), ("choice", 1), ("(not said)", 1)];
        assert_eq!(lines(list, &[], By::Right), owned(expected));
    }

    #[test]
    fn the_standard_s_reasons_and_the_register_s_own_stand_side_by_side() {
        let list = vec![because("收费"), because("定价收费"), because("停车"), complaint("c", 0)];
        assert_eq!(
            lines(list.clone(), &[], By::Reason),
            owned([("pricing", 2), ("停车", 1), ("(not said)", 1)])
        );
        let causes = [("information-and-charges", 2), ("(not said)", 2)];
        assert_eq!(lines(list, &[], By::DispCause), owned(causes));
    }

    #[test]
    fn months_are_local_and_in_their_order() {
        // 16:00 in UTC is midnight in Shanghai
        let list = [30 * 24 + 16, 0, 1, 30 * 24 + 15].map(|hours| complaint("c", hours)).to_vec();
        assert_eq!(lines(list, &[], By::Month), owned([("2026-03", 3), ("2026-04", 1)]));
    }

    #[test]
    fn stages_are_those_of_the_touchpoints() {
        let list = vec![complaint("c", 0); 3];
        let at = [1, 1, 0].map(|place| Some(TouchpointId(place)));
        assert_eq!(lines(list.clone(), &at, By::Stage), owned([("service", 2), ("offer", 1)]));
        assert_eq!(lines(list, &at[..1], By::Touchpoint), owned([("chat", 1), ("(not said)", 2)]));
    }

    #[test]
    fn decisions_and_money_are_summed_over_those_that_tell() {
        let (map, days) = (map(), LocalDays::new("UTC").expect("a zone"));
        let mut list = vec![complaint("c", 0); 5];
        for (row, (upheld, redress)) in list.iter_mut().zip([
            ("yes", Some(100.5)),
            ("部分支持", Some(f64::NAN)),
            ("No", Some(0.0)),
            ("pending", None),
        ]) {
            row.upheld = Some(upheld.into());
            row.redress = redress;
        }
        list[0].customer = Some("a".into());
        list[1].customer = Some("a".into());
        list[1].repeat_of = Some("c".into());
        list[2].complainants = 20;
        let register = register(list);
        let all = RollUp::new(&Caseload::new(&map, &register, &[], &days), By::Region).all;
        assert_eq!((all.complaints, all.complainants, all.customers), (5, 24, Some(1)));
        assert_eq!((all.upheld, all.partly_upheld, all.not_upheld), (1, 1, 1));
        assert_eq!((all.with_redress, all.redress, all.repeats), (2, Some(100.5), 1));
        assert_eq!(all.upheld_share(), Some(2.0 / 3.0));
    }

    #[test]
    fn no_complaints_give_no_lines() {
        for by in By::ALL {
            assert_eq!(lines(Vec::new(), &[], by), [], "{by:?}");
        }
    }
}
