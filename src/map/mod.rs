//! The designed journey: YAML text in, a checked [`JourneyMap`] out.

mod complaints_section;
mod denominators;
mod encoding;
mod error;
mod ids;
mod journey_map;
mod log_section;
mod recording;
mod rules;
mod text;
mod touchpoint;
mod unmapped;
mod yaml;

pub use complaints_section::{
    ComplaintClass, ComplaintsSection, ReasonMeaning, RegisterColumns, RegisterSource,
};
pub use denominators::{Denominators, PeerMedian, Per};
pub use encoding::{Encoding, EncodingFault};
pub use error::MapError;
pub use ids::{ChannelId, StageId, TouchpointId};
pub use journey_map::{Channel, JourneyMap, Stage};
pub use log_section::{
    ColumnNames, Complaint, Failed, HandlingUnit, LogSection, TimestampMeans, UnknownTouchpoints,
};
pub use recording::{AttributeSource, Recorded};
pub use rules::{JourneyRules, Prices, Scale, Scales, Support};
pub use text::{Language, Text};
pub use touchpoint::{Actor, ConsumerRight, End, Targets, Touchpoint};

pub use crate::time::TimeFormat;
