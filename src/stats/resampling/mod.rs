//! How far an estimate varies between samples of independent clusters: estimates without each cluster, of clusters drawn
//! anew, or the clusters' totals, in; variances and intervals out.

mod bootstrap;
mod jackknife;
mod ratio;
mod weights;

pub use bootstrap::Replicates;
pub use jackknife::{acceleration, jackknife_variance};
pub use ratio::{RatioEstimate, ratio_variance};
pub use weights::bootstrap_weights;
