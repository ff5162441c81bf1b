//! Intervals of shares that are symmetrical for the logarithm of the negative logarithm.

use crate::stats::Interval;
use crate::stats::proportion::outside;
use crate::stats::special::normal_isf;

/// The interval of a share from its standard error, within `0..=1`; `None` where the share is 0 or 1.
///
/// Source: Kalbfleisch & Prentice, *The Statistical Analysis of Failure Time Data* (2002), section 1.4.
pub(super) fn log_log(share: f64, std_error: f64, level: f64) -> Option<Interval> {
    let z = normal_isf(outside(level)? / 2.0)?;
    if !(share > 0.0 && share < 1.0) {
        return None;
    }
    let log = share.ln();
    let factor = (z * std_error / (share * -log)).exp();
    Some(Interval { low: (log * factor).exp(), high: (log / factor).exp() })
}
