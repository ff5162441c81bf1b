//! What the shape of the graph says: a graph in, figures by node out.
//!
//! These figures are context beside the scores. A touchpoint that many ways lead through is no worse for it.

mod allowed_share;
mod betweenness;
mod dominators;
mod entropy;
mod page_rank;
mod shortest_paths;
mod touchpoint_network;
mod variant_coverage;
mod weighted_graph;

pub use allowed_share::{AllowedShare, allowed_share};
pub use betweenness::{Betweenness, betweenness};
pub use dominators::Dominators;
pub use entropy::{NextStepEntropy, path_entropy, row_entropies};
pub use page_rank::{PageRank, Ranks};
pub use shortest_paths::StepLength;
pub use touchpoint_network::{Counted, TouchpointNetwork};
pub use variant_coverage::VariantCoverage;
pub use weighted_graph::WeightedGraph;
