//! The mass beyond a point of a bell-shaped density: its shape away from the point in, one integral out.

/// Where the integral is cut: what lies beyond is less than `e^-40` of the density at the point.
const CUT: f64 = 40.0;

/// Positive nodes and weights of the 32-point Gauss-Legendre rule on [-1, 1] (Abramowitz & Stegun, table 25.4;
/// computed here to 40 digits from the Legendre recurrence).
const GAUSS_LEGENDRE: [(f64, f64); 16] = [
    (0.997_263_861_849_481_6, 0.007_018_610_009_470_096),
    (0.985_611_511_545_268_4, 0.016_274_394_730_905_67),
    (0.964_762_255_587_506_4, 0.025_392_065_309_262_06),
    (0.934_906_075_937_739_7, 0.034_273_862_913_021_43),
    (0.896_321_155_766_052_1, 0.042_835_898_022_226_68),
    (0.849_367_613_732_57, 0.050_998_059_262_376_175),
    (0.794_483_795_967_942_4, 0.058_684_093_478_535_544),
    (0.732_182_118_740_289_7, 0.065_822_222_776_361_85),
    (0.663_044_266_930_215_2, 0.072_345_794_108_848_5),
    (0.587_715_757_240_762_3, 0.078_193_895_787_070_31),
    (0.506_899_908_932_229_4, 0.083_311_924_226_946_75),
    (0.421_351_276_130_635_33, 0.087_652_093_004_403_81),
    (0.331_868_602_282_127_67, 0.091_173_878_695_763_89),
    (0.239_287_362_252_137_06, 0.093_844_399_080_804_57),
    (0.144_471_961_582_796_5, 0.095_638_720_079_274_86),
    (0.048_307_665_687_738_32, 0.096_540_088_514_727_8),
];

/// How a log-density falls from the point outwards.
pub(super) struct Fall {
    /// First derivative of the fall at the point, 0 or more beyond the mode.
    pub slope: f64,
    /// Second derivative of the fall at the point.
    pub curvature: f64,
    /// How far the density reaches.
    pub reach: f64,
}

/// Integral over `0..reach` of the exponential of a concave function that is 0 at 0.
///
/// The time does not depend on the shape of the density, where continued fractions take the square root of it;
/// the idea is that of Press et al., *Numerical Recipes* (2007), section 6.2.
pub(super) fn tail_integral(fall: &Fall, log_ratio: impl Fn(f64) -> f64) -> f64 {
    let half = cut(fall, &log_ratio) / 2.0;
    let pair = |&(node, weight): &(f64, f64)| {
        weight * (log_ratio(half * (1.0 - node)).exp() + log_ratio(half * (1.0 + node)).exp())
    };
    half * GAUSS_LEGENDRE.iter().map(pair).sum::<f64>()
}

/// The distance at which the density has fallen by [`CUT`]: from its first two derivatives, and further out while
/// that is not enough.
fn cut(fall: &Fall, log_ratio: impl Fn(f64) -> f64) -> f64 {
    let root = (fall.slope * fall.slope + 2.0 * CUT * fall.curvature).sqrt();
    let mut distance = (2.0 * CUT / (fall.slope + root)).min(fall.reach);
    for _ in 0..20 {
        if distance >= fall.reach || log_ratio(distance) <= -CUT {
            break;
        }
        distance = (1.2 * distance).min(fall.reach);
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exponential_and_half_a_bell_have_their_known_mass() {
        let exponential = Fall { slope: 3.0, curvature: 0.0, reach: f64::INFINITY };
        assert!((tail_integral(&exponential, |u| -3.0 * u) - 1.0 / 3.0).abs() < 1e-15);
        let bell = Fall { slope: 0.0, curvature: 1.0, reach: f64::INFINITY };
        let half = (std::f64::consts::PI / 2.0).sqrt();
        assert!((tail_integral(&bell, |u| -u * u / 2.0) - half).abs() < 1e-14);
    }
}
