//! Plain numbers that know no journeys.

pub mod histogram;
