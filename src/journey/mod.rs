//! One ordered walk per journey, and the moment that decides its end: a map and a log in, walks out.

mod decision;
mod filed;
mod journeys;
mod silence;
mod sojourn;
mod summary;
mod variants;
mod walk;

pub use decision::{Decision, JourneyEnd, Resumed};
pub use filed::{Filed, FiledComplaint};
pub use journeys::Journeys;
pub use silence::SilentChannel;
pub use summary::{Ends, JourneySummary, Ties};
pub use variants::Variants;
pub use walk::{About, ComplaintSource, CustomerWalks, Received, Visit, Walk};
