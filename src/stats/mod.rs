//! Plain numbers that know no journeys.
