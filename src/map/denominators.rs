//! What complaints are counted against, as regulators print it: the `denominators` section of a map.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RegisterSource;

/// What a rate of complaints is per.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Per {
    /// Per thousand accounts.
    Accounts,
    /// Per thousand outlets (每千营业网点).
    Outlets,
    /// Per ten million personal customers (每千万个人客户).
    Customers,
    /// Per hundred million yuan of premium (亿元保费).
    Premium,
    /// Per ten thousand policies (万张保单).
    Policies,
}

/// The median of a peer group, as published.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PeerMedian {
    /// What it is per.
    pub per: Per,
    /// The median, in the unit of that rate.
    pub median: f64,
    /// Whose complaints it counts: a rate of the other source is not held against it.
    pub source: RegisterSource,
    /// The peer group and where the figure was published.
    pub group: Option<String>,
}

/// What complaints are counted against; each positive.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Denominators {
    /// How many there are of each.
    pub sizes: Vec<(Per, f64)>,
    /// Medians of peer groups.
    pub peers: Vec<PeerMedian>,
}

impl Denominators {
    /// How many there are.
    #[must_use]
    pub fn size(&self, per: Per) -> Option<f64> {
        self.sizes.iter().find(|(each, _)| *each == per).map(|(_, size)| *size)
    }
}
