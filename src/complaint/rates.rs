//! Complaints per account, outlet, customer, premium and policy, as regulators print them.

use serde::Serialize;

use crate::map::{Denominators, PeerMedian, Per, RegisterSource, Text};
use crate::stats::Interval;
use crate::stats::rate::garwood;

/// How much an interval covers.
const LEVEL: f64 = 0.95;

/// What complaints are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RatePer {
    /// Visits to touchpoints, which an event log counts.
    Visits,
    /// What the map's `denominators` give.
    #[serde(untagged)]
    Size(Per),
}

impl RatePer {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Visits,
        Self::Size(Per::Accounts),
        Self::Size(Per::Outlets),
        Self::Size(Per::Customers),
        Self::Size(Per::Premium),
        Self::Size(Per::Policies),
    ];

    /// How many of them make one unit of the rate: 10,000,000 customers.
    #[must_use]
    pub const fn unit(self) -> f64 {
        match self {
            Self::Visits => 1.0,
            Self::Size(Per::Accounts | Per::Outlets) => 1e3,
            Self::Size(Per::Customers) => 1e7,
            Self::Size(Per::Premium) => 1e8,
            Self::Size(Per::Policies) => 1e4,
        }
    }

    /// Its name in tables for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Size(Per::Accounts) => "accounts",
            Self::Size(Per::Outlets) => "outlets",
            Self::Size(Per::Customers) => "customers",
            Self::Size(Per::Premium) => "premium",
            Self::Size(Per::Policies) => "policies",
        }
    }

    /// Its name for people, with its unit.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Visits => Text::both("per visit", "每次访问"),
            Self::Size(Per::Accounts) => Text::both("per 1,000 accounts", "每千账户"),
            Self::Size(Per::Outlets) => Text::both("per 1,000 outlets", "每千营业网点"),
            Self::Size(Per::Customers) => Text::both("per 10m customers", "每千万个人客户"),
            Self::Size(Per::Premium) => Text::both("per 100m yuan of premium", "亿元保费"),
            Self::Size(Per::Policies) => Text::both("per 10,000 policies", "万张保单"),
        }
    }
}

/// A rate of complaints.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ComplaintRate {
    /// What it is per.
    pub per: RatePer,
    /// How many of these there are; `None` where nobody says.
    pub size: Option<f64>,
    /// Complaints per unit: `complaints / size * unit`; `None` without a size.
    pub value: Option<f64>,
    /// Garwood's 95 % interval, for complaints that come independently of each other.
    pub interval: Option<Interval>,
    /// The medians of peer groups, each with what comes of it, in the order of the map.
    pub peers: Vec<PeerComparison>,
}

/// A rate beside the median of a peer group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PeerComparison {
    /// The median.
    pub peer: PeerMedian,
    /// What comes of it.
    pub outcome: PeerOutcome,
}

/// What comes of holding a rate against a median.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PeerOutcome {
    /// The rate over the median; 1 where they are equal.
    Ratio(f64),
    /// The median counts complaints of another source: the two are not compared.
    OtherSource,
    /// There is no rate, or the median is 0.
    NoRatio,
}

/// Complaints of a source per everything that they can be held against: one rate for each, whether there is a figure
/// or not.
///
/// The form is that of the quarterly notices of the Chinese regulator, in which a rate is `complaints / (size / unit)`
/// and is told beside the median of its peer group; medians across the two sources are refused.
///
/// ```
/// use touchpoint::complaint::{RatePer, rates};
/// use touchpoint::map::{Denominators, Per, RegisterSource};
///
/// let mut sizes = Denominators::default();
/// sizes.sizes.push((Per::Premium, 1_004e8));
/// let rates = rates(683, None, &sizes, RegisterSource::RegulatorForwarded);
/// let premium = rates.iter().find(|rate| rate.per == RatePer::Size(Per::Premium)).expect("all are told");
/// assert!((premium.value.expect("there is a size") - 0.68).abs() < 0.005);
/// ```
#[must_use]
pub fn rates(
    complaints: u64,
    visits: Option<u64>,
    sizes: &Denominators,
    source: RegisterSource,
) -> Vec<ComplaintRate> {
    RatePer::ALL
        .into_iter()
        .map(|per| {
            let size = match per {
                RatePer::Visits => visits.map(|visits| visits as f64),
                RatePer::Size(per) => sizes.size(per),
            };
            rate(complaints, per, size, peers(per, sizes), source)
        })
        .collect()
}

fn peers(per: RatePer, sizes: &Denominators) -> impl Iterator<Item = &PeerMedian> {
    sizes.peers.iter().filter(move |peer| per == RatePer::Size(peer.per))
}

fn rate<'a>(
    complaints: u64,
    per: RatePer,
    size: Option<f64>,
    peers: impl Iterator<Item = &'a PeerMedian>,
    source: RegisterSource,
) -> ComplaintRate {
    let units = size.map(|size| size / per.unit()).filter(|units| *units > 0.0);
    let value = units.map(|units| complaints as f64 / units).filter(|rate| rate.is_finite());
    let interval = units.and_then(|units| garwood(complaints, units, LEVEL));
    let peers = peers
        .map(|peer| PeerComparison { peer: peer.clone(), outcome: outcome(value, peer, source) });
    ComplaintRate { per, size, value, interval, peers: peers.collect() }
}

fn outcome(value: Option<f64>, peer: &PeerMedian, source: RegisterSource) -> PeerOutcome {
    if peer.source != source {
        return PeerOutcome::OtherSource;
    }
    let ratio = value.map(|value| value / peer.median).filter(|ratio| ratio.is_finite());
    ratio.map_or(PeerOutcome::NoRatio, PeerOutcome::Ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(complaints: u64, per: Per, size: f64, peers: Vec<PeerMedian>) -> ComplaintRate {
        let sizes = Denominators { sizes: vec![(per, size)], peers };
        let rates = rates(complaints, None, &sizes, RegisterSource::Internal);
        rates.into_iter().find(|rate| rate.per == RatePer::Size(per)).expect("all are told")
    }

    fn median(source: RegisterSource, median: f64) -> PeerMedian {
        PeerMedian { per: Per::Outlets, median, source, group: None }
    }

    #[test]
    fn rates_are_in_the_units_that_notices_print() {
        for (complaints, per, size, printed) in [
            // 683 complaints at 0.68 per hundred million yuan mean some 1,004 hundred million
            (683, Per::Premium, 1_004e8, 0.680_28),
            (2_377, Per::Outlets, 10_000.0, 237.7),
            (551, Per::Customers, 1e8, 55.1),
            (43, Per::Policies, 1e6, 0.43),
            (91, Per::Accounts, 91_000.0, 1.0),
        ] {
            let value = of(complaints, per, size, Vec::new()).value.expect("there is a size");
            assert!((value - printed).abs() < 1e-5, "{per:?} {value}");
        }
    }

    #[test]
    fn the_interval_is_that_of_a_poisson_count() {
        // chi-squared quantiles: 10 events, 4.795389 to 18.390356
        let rate = of(10, Per::Outlets, 2_000.0, Vec::new());
        let interval = rate.interval.expect("there is a size");
        assert!((interval.low - 4.795_389 / 2.0).abs() < 1e-6);
        assert!((interval.high - 18.390_356 / 2.0).abs() < 1e-6);
    }

    #[test]
    fn without_a_size_there_is_no_rate() {
        let nothing = Denominators::default();
        let rates = rates(5, Some(0), &nothing, RegisterSource::Internal);
        assert_eq!(rates.len(), RatePer::ALL.len());
        assert!(rates.iter().all(|rate| rate.value.is_none() && rate.interval.is_none()));
    }

    #[test]
    fn a_median_of_another_source_is_refused() {
        let peers = vec![
            median(RegisterSource::Internal, 200.0),
            median(RegisterSource::RegulatorForwarded, 237.7),
            median(RegisterSource::Internal, 0.0),
        ];
        let rate = of(50, Per::Outlets, 100.0, peers);
        let outcomes: Vec<PeerOutcome> = rate.peers.iter().map(|peer| peer.outcome).collect();
        let expected = [PeerOutcome::Ratio(2.5), PeerOutcome::OtherSource, PeerOutcome::NoRatio];
        assert_eq!(outcomes, expected);
    }
}
