//! Rates: events and exposure in, an interval of events per unit of exposure out.

use super::Interval;
use super::proportion::outside;
use super::special::{gamma_isf, gamma_quantile};

/// Garwood's exact interval of a Poisson rate, in events per unit of exposure.
///
/// It covers at least at its level. `None` where the exposure is not positive or the level not between 0 and 1.
/// Source: Garwood, *Biometrika* 28 (1936) 437.
///
/// ```
/// use touchpoint::stats::rate::garwood;
///
/// let interval = garwood(1, 12.5, 0.95).expect("there is exposure");
/// assert!((interval.low - 0.002_025).abs() < 1e-6 && (interval.high - 0.445_731).abs() < 1e-6);
/// ```
#[must_use]
pub fn garwood(events: u64, exposure: f64, level: f64) -> Option<Interval> {
    if !(exposure > 0.0 && exposure.is_finite()) {
        return None;
    }
    let tail = outside(level)? / 2.0;
    let low = if events == 0 { 0.0 } else { gamma_quantile(events as f64, tail)? / exposure };
    let high = gamma_isf(events as f64 + 1.0, tail)? / exposure;
    high.is_finite().then_some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(garwood(1, exposure, 0.95), None);
        }
        assert_eq!(garwood(1, 1.0, 0.0), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_rate_seen(events in 0..1_000_000u64, exposure in 1e-3..1e9f64, level in 0.5..0.999f64) {
            let Interval { low, high } = garwood(events, exposure, level).unwrap();
            let rate = events as f64 / exposure;
            prop_assert!(0.0 <= low && low <= rate && rate < high);
        }

        #[test]
        fn no_number_leads_to_nan(events in any::<u64>(), exposure in ANY_FLOAT, level in ANY_FLOAT) {
            prop_assert!(garwood(events, exposure, level).is_none_or(|interval| interval.low <= interval.high));
        }
    }
}
