//! What a complaint's own words mean: the map's word first, then the standard's.

use serde::Serialize;

use super::{Business, Channel, Reason, reason_of_cfpb_issue};
use crate::complaint::Complaint;
use crate::map::{ComplaintsSection, ConsumerRight, JourneyMap, TouchpointId};

/// Where the rights of a complaint come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightsFrom {
    /// Its reason.
    Reason,
    /// The touchpoint that it is about, for its reason says none.
    Touchpoint,
    /// Neither says any.
    Nothing,
}

/// What a complaint's own words mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Meaning {
    /// The channel; `None` where its word is blank or no name of the standard.
    pub channel: Option<Channel>,
    /// The business, likewise.
    pub business: Option<Business>,
    /// The reason, likewise.
    pub reason: Option<Reason>,
    /// The consumer rights at stake, several or none, each once, in the order of the law.
    pub rights: Vec<ConsumerRight>,
    /// Where the rights come from.
    pub rights_from: RightsFrom,
}

/// What the words of a register mean, by a map.
#[derive(Clone, Copy, Debug)]
pub struct Meanings<'a> {
    map: &'a JourneyMap,
}

impl<'a> Meanings<'a> {
    /// By what the map's section on complaints says of channels and reasons, and by its touchpoints' rights.
    #[must_use]
    pub const fn new(map: &'a JourneyMap) -> Self {
        Self { map }
    }

    /// What a complaint means that is about this touchpoint.
    ///
    /// Its rights are those that the map gives its reason, else those of the standard's reason, else its touchpoint's.
    #[must_use]
    pub fn of(self, complaint: &Complaint, touchpoint: Option<TouchpointId>) -> Meaning {
        let own = complaint.reason.as_deref();
        let (rights, rights_from) = self.rights(own, touchpoint);
        Meaning {
            channel: complaint.channel.as_deref().and_then(|text| self.channel(text)),
            business: complaint.business.as_deref().and_then(Business::named),
            reason: own.and_then(|text| self.reason(text)),
            rights,
            rights_from,
        }
    }

    /// The consumer rights at stake where a complaint gives this reason and is about this touchpoint, each once, in the
    /// order of the law, and where they come from.
    #[must_use]
    pub fn rights(
        self,
        reason: Option<&str>,
        touchpoint: Option<TouchpointId>,
    ) -> (Vec<ConsumerRight>, RightsFrom) {
        let of_reason = reason.map_or(&[][..], |text| self.rights_of_reason(text));
        let of_touchpoint = touchpoint.map_or(&[][..], |id| &self.map.touchpoint(id).rights);
        match (of_reason, of_touchpoint) {
            ([], []) => (Vec::new(), RightsFrom::Nothing),
            ([], rights) => (in_order(rights), RightsFrom::Touchpoint),
            (rights, _) => (in_order(rights), RightsFrom::Reason),
        }
    }

    /// The reason that a register's word stands for: the map's, else the standard's by its own name, else that of a
    /// CFPB issue.
    #[must_use]
    pub fn reason(self, text: &str) -> Option<Reason> {
        let mapped = self.section().and_then(|section| section.reasons.get(text));
        match mapped.and_then(|meaning| meaning.reason.as_deref()) {
            Some(key) => Reason::named(key),
            None => Reason::named(text).or_else(|| reason_of_cfpb_issue(text)),
        }
    }

    /// The channel that a register's word stands for: the map's, else the standard's by its own name.
    #[must_use]
    pub fn channel(self, text: &str) -> Option<Channel> {
        let mapped = self.section().and_then(|section| section.channels.get(text));
        Channel::named(mapped.map_or(text, String::as_str))
    }

    /// What the map's section on complaints takes for names of the standard that are none: each once, in order.
    #[must_use]
    pub fn unknown_names(self) -> Vec<&'a str> {
        let Some(section) = self.section() else { return Vec::new() };
        let reasons = section.reasons.values().filter_map(|meaning| meaning.reason.as_deref());
        let reasons = reasons.filter(|key| Reason::named(key).is_none());
        let channels = section.channels.values().map(String::as_str);
        let channels = channels.filter(|key| Channel::named(key).is_none());
        let mut unknown: Vec<&str> = reasons.chain(channels).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown
    }

    fn section(self) -> Option<&'a ComplaintsSection> {
        self.map.complaints()
    }

    fn rights_of_reason(self, text: &str) -> &'a [ConsumerRight] {
        let mapped = self.section().and_then(|section| section.reasons.get(text));
        match mapped.and_then(|meaning| meaning.rights.as_deref()) {
            Some(rights) => rights,
            None => self.reason(text).map_or(&[], Reason::rights),
        }
    }
}

/// Each right once, in the order of the law.
fn in_order(rights: &[ConsumerRight]) -> Vec<ConsumerRight> {
    let mut rights = rights.to_vec();
    rights.sort_unstable();
    rights.dedup();
    rights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::sample::{complaint, map};

    fn meaning(reason: Option<&str>, touchpoint: Option<u32>) -> Meaning {
        let map = map();
        let mut complaint = complaint("1", 0);
        complaint.reason = reason.map(Into::into);
        Meanings::new(&map).of(&complaint, touchpoint.map(TouchpointId))
    }

    #[test]
    fn the_map_explains_a_reason_before_the_standard_does() {
        let fees = meaning(Some("收费"), None);
        assert_eq!((fees.reason, fees.rights_from), (Some(Reason::Pricing), RightsFrom::Reason));
        assert_eq!(fees.rights, [ConsumerRight::FairDealing]);
        let bundled = meaning(Some("搭售"), None);
        assert_eq!(bundled.reason, Some(Reason::Choice));
        assert_eq!(bundled.rights, [ConsumerRight::Choice, ConsumerRight::FairDealing]);
        assert_eq!(meaning(Some("信息披露"), None).reason, Some(Reason::Disclosure));
        assert_eq!(meaning(Some("Getting the loan"), None).reason, Some(Reason::RulesAndProcess));
    }

    #[test]
    fn a_touchpoint_s_rights_stand_in_where_the_reason_says_none() {
        let at_fees = meaning(None, Some(0));
        assert_eq!(at_fees.rights, [ConsumerRight::Information]);
        assert_eq!(at_fees.rights_from, RightsFrom::Touchpoint);
        let broken = meaning(Some("systems"), Some(0));
        assert_eq!(
            (broken.reason, broken.rights_from),
            (Some(Reason::Systems), RightsFrom::Touchpoint)
        );
        assert_eq!(meaning(Some("never heard"), Some(1)).rights_from, RightsFrom::Nothing);
    }

    #[test]
    fn names_that_the_standard_lacks_are_told() {
        assert_eq!(Meanings::new(&map()).unknown_names(), ["carrier-pigeon"]);
    }

    #[test]
    fn a_channel_is_known_by_the_map_or_by_its_standard_name() {
        let map = map();
        let meanings = Meanings::new(&map);
        assert_eq!(meanings.channel("APP"), Some(Channel::MobileApp));
        assert_eq!(meanings.channel("营业现场"), Some(Channel::Branch));
        assert_eq!(meanings.channel("鸽"), None);
    }
}
