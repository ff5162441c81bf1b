//! A small map and register for tests.

use super::{Complaint, Complaints};
use crate::map::{ComplaintClass, JourneyMap};
use crate::time::{Micros, Timestamp};

/// Two touchpoints: `fees` of the product department, with the right to know, and `chat` that nobody answers for.
pub(crate) fn map() -> JourneyMap {
    let text = "
id: loan
stages: [offer, service]
touchpoints:
  - { id: fees, name: { en: Fees, zh: 费用告知 }, stage: offer, owner: Products, rights: [information] }
  - { id: chat, name: { en: Chat, zh: 在线客服 }, stage: service }
complaints:
  columns: { id: id, received: received, reason: reason, channel: channel }
  reasons:
    收费: { reason: pricing }
    搭售: { reason: choice, rights: [fair-dealing, choice] }
  channels: { APP: mobile-app, 鸽: carrier-pigeon }
  timestamp: { zone: Asia/Shanghai }
";
    JourneyMap::from_yaml(text).expect("a map")
}

/// A consumer's complaint that was received so many hours after 2026-03-01T00:00Z.
pub(crate) fn complaint(id: &str, hours: i64) -> Complaint {
    Complaint {
        id: id.to_owned(),
        line: 2,
        customer: None,
        journey: None,
        received: after(hours),
        class: ComplaintClass::ConsumerComplaint,
        touchpoint: None,
        channel: None,
        business: None,
        reason: None,
        product: None,
        branch: None,
        region: None,
        owner: None,
        status: None,
        upheld: None,
        forwarded_by: None,
        repeat_of: None,
        merged_into: None,
        redress: None,
        complainants: 1,
        vulnerable: None,
        timely: None,
        moments: vec![(0, after(hours))],
        attributes: Vec::new(),
    }
}

/// So many hours after 2026-03-01T00:00Z.
pub(crate) fn after(hours: i64) -> Timestamp {
    Timestamp(1_772_323_200_000_000 + hours * 3_600 * Micros::PER_SECOND)
}

/// A register of these that records answers.
pub(crate) fn register(list: Vec<Complaint>) -> Complaints {
    Complaints::of(list, &["complaint.received", "complaint.response_sent"])
}
