//! What the complaints of a register add up to, as views.

use touchpoint::complaint::{
    By, Caseload, Complaints, RegisterSummary, ThreeDays, Timeliness, attribute,
};
use touchpoint::journey::{About, ComplaintSource, CustomerWalks, Filed};
use touchpoint::map::{ComplaintsSection, JourneyMap, TouchpointId};
use touchpoint::report::{Topics, View};
use touchpoint::time::{LocalDays, Timestamp};

use super::failure::Failure;
use super::walks::Walks;

/// What a register says of the touchpoints of a log.
pub(super) struct Told {
    /// By row: what it names, or what the ladder found.
    pub(super) touchpoints: Vec<Option<TouchpointId>>,
    pub(super) summary: RegisterSummary,
}

/// The touchpoints that rows name themselves; without a log there is nothing else.
pub(super) fn named(map: &JourneyMap, complaints: &Complaints) -> Told {
    let touchpoint = |about| match about {
        About::Touchpoint(touchpoint) => Some(touchpoint),
        _ => None,
    };
    let touchpoints = complaints.about(map).into_iter().map(touchpoint).collect();
    Told { touchpoints, summary: RegisterSummary::new(complaints) }
}

/// The touchpoints that rows name, else the customers' last ones.
pub(super) fn found(walks: &Walks<'_>, complaints: &Complaints) -> Result<Told, Failure> {
    let mut told = named(walks.map, complaints);
    walks.each(|journeys| {
        told.summary = std::mem::take(&mut told.summary).add(complaints, journeys);
        let filed = journeys.filed().map(Filed::complaints).unwrap_or_default();
        let mut buffer = CustomerWalks::default();
        for of_customer in filed.chunk_by(|a, b| a.customer == b.customer) {
            journeys.walks_of(of_customer[0].customer, &mut buffer);
            for attribution in attribute(journeys, &buffer) {
                if let ComplaintSource::Register(place) = attribution.received.source {
                    told.touchpoints[place as usize] = attribution.touchpoint;
                }
            }
        }
    })?;
    Ok(told)
}

/// How much is told of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// What an office reads first.
    First,
    /// The roll-ups by everything that rows say.
    All,
}

impl Detail {
    fn takes(self, by: By, map: &JourneyMap) -> bool {
        match by {
            By::Right => true,
            // departments have a view of their own
            By::Owner => false,
            By::Stage => self == Self::All && map.stages().len() > 1,
            _ => self == Self::All,
        }
    }
}

/// The views, in the order in which an office reads them.
pub(super) fn views(
    map: &JourneyMap,
    complaints: &Complaints,
    told: &Told,
    visits: Option<u64>,
    as_of: Timestamp,
    detail: Detail,
) -> Vec<View> {
    let days = days(map.complaints());
    let caseload = Caseload::new(map, complaints, &told.touchpoints, &days);
    let mut views = vec![
        View::complaint_register(&caseload),
        View::complaint_attribution(&told.summary),
        View::complaint_owners(&caseload),
    ];
    let by = By::ALL.into_iter().filter(|by| detail.takes(*by, map));
    views.extend(by.map(|by| View::complaints_by(&caseload, by)));
    views.push(View::complaint_rates(&caseload, visits));
    views.push(View::complaint_timeliness(&Timeliness::new(&caseload, as_of, ThreeDays::Calendar)));
    views
}

/// What complaints are about, by touchpoint.
pub(super) fn topics(map: &JourneyMap, complaints: &Complaints, told: &Told) -> Topics {
    let days = days(map.complaints());
    Topics::from_register(&Caseload::new(map, complaints, &told.touchpoints, &days))
}

fn days(section: Option<&ComplaintsSection>) -> LocalDays {
    let zone = section.and_then(|section| section.zone.as_deref()).unwrap_or("UTC");
    LocalDays::new(zone).expect("the reader of maps checks zones")
}
