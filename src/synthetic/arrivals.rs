//! When journeys begin.

use super::Scenario;
use super::chance::{Chance, Choice};

const DAYS_PER_WEEK: u32 = 7;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// Journeys begin uniformly over the log, or uniformly within weeks that have ever more or fewer of them.
#[derive(Debug)]
pub(super) struct Arrivals {
    days: u32,
    /// The weeks by how many begin in them; none where all are alike.
    weeks: Option<Choice>,
}

impl Arrivals {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let growth = scenario.weekly_growth;
        let weeks = (growth != 0.0).then(|| weeks(scenario.days, growth));
        Self { days: scenario.days, weeks }
    }

    /// Seconds after the log's beginning.
    pub(super) fn draw(&self, chance: &mut Chance) -> f64 {
        let week = self.weeks.as_ref().and_then(|weeks| weeks.draw(chance)).unwrap_or(0);
        let before = DAYS_PER_WEEK * week as u32;
        let length = if self.weeks.is_some() { week_length(self.days, before) } else { self.days };
        let begin = |days: u32| f64::from(days) * SECONDS_PER_DAY;
        begin(before) + begin(length) * chance.uniform()
    }
}

fn weeks(days: u32, growth: f64) -> Choice {
    let begins: Vec<u32> = (0..days).step_by(DAYS_PER_WEEK as usize).collect();
    let weights = begins.iter().zip(per_day(begins.len(), growth)).enumerate();
    let weights =
        weights.map(|(week, (begin, rate))| (week, rate * f64::from(week_length(days, *begin))));
    Choice::new(&weights.collect::<Vec<_>>())
}

/// How many begin in a day of each week, over those of the busiest: its neighbours have fewer, so nothing overflows.
fn per_day(weeks: usize, growth: f64) -> Vec<f64> {
    let factor = (1.0 + growth).min(1.0 / (1.0 + growth));
    let mut rates: Vec<f64> =
        std::iter::successors(Some(1.0), |rate| Some(rate * factor)).take(weeks).collect();
    if growth > 0.0 {
        rates.reverse();
    }
    rates
}

/// The last week is cut where the log ends.
fn week_length(days: u32, before: u32) -> u32 {
    DAYS_PER_WEEK.min(days - before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_week_has_so_many_more_than_the_one_before() {
        let scenario = Scenario::line(3).days(17).weekly_growth(0.5);
        let (arrivals, mut chance) = (Arrivals::new(&scenario), Chance::new(1, 0));
        let days: Vec<f64> =
            (0..40_000).map(|_| arrivals.draw(&mut chance) / SECONDS_PER_DAY).collect();
        let per_day = |from: f64, to: f64| {
            days.iter().filter(|day| (from..to).contains(*day)).count() as f64 / (to - from)
        };
        let weeks = [per_day(0.0, 7.0), per_day(7.0, 14.0), per_day(14.0, 17.0)];
        assert!((weeks[1] / weeks[0] - 1.5).abs() < 0.06, "{weeks:?}");
        assert!((weeks[2] / weeks[1] - 1.5).abs() < 0.06, "{weeks:?}");
        assert!((per_day(7.0, 10.5) / per_day(10.5, 14.0) - 1.0).abs() < 0.06);
    }

    #[test]
    fn twenty_years_of_growth_do_not_overflow() {
        for (growth, busiest) in [(1.0, 7_497.0..7_500.0), (-0.9, 0.0..7.0)] {
            let arrivals = Arrivals::new(&Scenario::line(3).days(7_500).weekly_growth(growth));
            let mut chance = Chance::new(1, 0);
            let days = (0..1_000).map(|_| arrivals.draw(&mut chance) / SECONDS_PER_DAY);
            assert!(days.filter(|day| busiest.contains(day)).count() > 250, "{growth}");
        }
    }

    #[test]
    fn without_growth_a_journey_takes_one_draw() {
        let arrivals = Arrivals::new(&Scenario::line(3).days(10));
        let (mut chance, mut same) = (Chance::new(1, 0), Chance::new(1, 0));
        let drawn = arrivals.draw(&mut chance);
        assert_eq!(drawn.to_bits(), (864_000.0 * same.uniform()).to_bits());
        assert_eq!(chance.uniform().to_bits(), same.uniform().to_bits());
    }
}
