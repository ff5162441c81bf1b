//! Small set-ups whose right answer is known in closed form, for studies of the estimators.

use super::design::{Design, Rates};
use super::{Scenario, SyntheticLog};
use crate::map::End;
use crate::time::Micros;

impl Scenario {
    /// The set-up of [`drop_off_study`](super::drop_off_study), to be refined.
    #[must_use]
    pub fn drop_off_study() -> Self {
        const MEAN_GAP_DAYS: f64 = 6.8; // cut at 14 days: 4.75 on average
        let mut scenario = Self::of(vec![
            plain(
                "visit",
                Rates { silent: 0.2, pause: MEAN_GAP_DAYS * 86_400.0, ..Rates::default() },
            ),
            Design { end: Some(End::Goal), ..plain("done", Rates::default()) },
        ]);
        scenario.id = "drop-off-study";
        scenario.about = "One visit a journey: one in five is never followed by another event.";
        scenario.longest_gap = Some(Micros(scenario.patience.0 - Micros::PER_SECOND));
        scenario.days(30).journeys(20_000)
    }

    /// The set-up of [`complaint_study`](super::complaint_study), to be refined.
    #[must_use]
    pub fn complaint_study() -> Self {
        let mut scenario = Self::of(vec![
            plain("visit", Rates { complaint: 1.0, ..Rates::default() }),
            Design { contact: true, intake: true, ..plain("hotline", Rates::default()) },
            Design { end: Some(End::Goal), ..plain("done", Rates::default()) },
        ]);
        scenario.touchpoints[0].onward = vec![(2, 1.0)];
        scenario.id = "complaint-study";
        scenario.about = "Every visit leads to a complaint, 20 days later on average.";
        // patience decides nothing here, and the longest gap leaves the lag as it is
        scenario.patience = Micros::days(1_000);
        scenario.complaint_lag(20.0).days(60).journeys(20_000)
    }
}

fn plain(id: &str, rates: Rates) -> Design {
    Design {
        id: id.to_owned(),
        label: id.to_owned(),
        onward: if id == "visit" { vec![(1, 1.0)] } else { Vec::new() },
        rates,
        ..Design::default()
    }
}

/// Visits of which one in five is the customer's last; patience 14 days, a log of 30 days.
///
/// About 22 % of the visits are open when it ends. The share of all visits seen to be dropped is .107, of
/// the resolved ones .137; dating silence at patience gives .200.
#[must_use]
pub fn drop_off_study(seed: u64) -> SyntheticLog {
    Scenario::drop_off_study().seed(seed).generate()
}

/// Visits that all lead to a complaint, with a lag of 20 days on average; look-back 30 days, a log of 60 days.
///
/// Within the look-back .777 of them are complained about, over all visits .63 are seen to be.
#[must_use]
pub fn complaint_study(seed: u64) -> SyntheticLog {
    Scenario::complaint_study().seed(seed).generate()
}
