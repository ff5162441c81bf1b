//! Journey maps and event logs in; the touchpoints where customers struggle, leave and complain out.

pub mod stats;
