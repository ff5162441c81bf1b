//! Touchpoints that are all alike: for null logs, and benches of any size.

use super::Scenario;
use super::design::{ChannelDesign, Design, Rates, StageDesign};
use crate::map::End;

/// What happens at a visit, everywhere.
const RATES: Rates = Rates {
    silent: 0.04,
    withdraw: 0.01,
    complaint: 0.02,
    ask: 0.02,
    failure: 0.03,
    retry: 0.8,
    switch: 0.03,
    seconds: 120.0,
    pause: 7_200.0,
    asked: 0.1,
};

const STAGES: [StageDesign; 5] = [
    StageDesign { id: "one", en: "One", zh: "一" },
    StageDesign { id: "two", en: "Two", zh: "二" },
    StageDesign { id: "three", en: "Three", zh: "三" },
    StageDesign { id: "four", en: "Four", zh: "四" },
    StageDesign { id: "five", en: "Five", zh: "五" },
];

const CHANNELS: [ChannelDesign; 3] = [
    ChannelDesign {
        id: "app",
        label: "APP",
        en: "App",
        zh: "手机银行",
        share: 0.6,
        switch_to: &["phone"],
    },
    ChannelDesign {
        id: "web",
        label: "WEB",
        en: "Web",
        zh: "网上银行",
        share: 0.4,
        switch_to: &["phone"],
    },
    ChannelDesign {
        id: "phone",
        label: "TEL",
        en: "Phone",
        zh: "电话",
        share: 0.0,
        switch_to: &["app", "web"],
    },
];

impl Scenario {
    /// `count` touchpoints that are all alike, `t1`, `t2`, ..., in a ring that mostly leads forward, sometimes
    /// on by two or back by one, and from everywhere to the goal; with a hotline.
    ///
    /// Journeys begin anywhere and have about seven visits, however many touchpoints there are.
    #[must_use]
    pub fn line(count: usize) -> Self {
        let count = count.max(3);
        let steps = (0..count).map(|place| step(place, count));
        let mut scenario = Self::of(steps.chain(others()).collect());
        scenario.id = "line";
        scenario.about =
            "Touchpoints that are all alike: whatever is flagged here is flagged by chance.";
        scenario.stages = STAGES.to_vec();
        scenario.channels = CHANNELS.to_vec();
        scenario.starts = (0..count).map(|place| (place, 1.0)).collect();
        scenario.help = vec![(count, 1.0)];
        scenario
    }

    /// A [`line`](Self::line) of `count` touchpoints with as many `detours` beside it, `d1`, `d2`, ..., that are like them
    /// in all but how often they are visited.
    ///
    /// The way to the `n`-th leaves from the `n`-th touchpoint (beginning again with the first) and weighs `share / n`,
    /// where all other ways from there weigh 1 together.
    #[must_use]
    pub fn line_with_detours(count: usize, detours: usize, share: f64) -> Self {
        let mut scenario = Self::line(count);
        let steps = count.max(3);
        scenario.id = "line-with-detours";
        for number in 1..=detours {
            let (from, detour) = ((number - 1) % steps, scenario.touchpoints.len());
            let label = format!("d{number}");
            scenario.touchpoints.push(Design {
                id: label.clone(),
                label,
                onward: vec![((from + 1) % steps, 0.90), (steps + 1, 0.10)],
                ..step(from, steps)
            });
            scenario.touchpoints[from].onward.push((detour, share / number as f64));
        }
        scenario
    }
}

fn step(place: usize, count: usize) -> Design {
    let goal = count + 1;
    Design {
        id: format!("t{}", place + 1),
        label: format!("t{}", place + 1),
        stage: place * STAGES.len() / count,
        kind: "step",
        timed: true,
        rates: RATES,
        onward: vec![
            ((place + 1) % count, 0.65),
            ((place + 2) % count, 0.15),
            ((place + count - 1) % count, 0.10),
            (goal, 0.10),
        ],
        ..Design::default()
    }
}

/// The hotline, the goal and the lost end, which follow the touchpoints.
fn others() -> [Design; 3] {
    let named = |id: &str, label: &str, en: &str, zh: &str| Design {
        id: id.to_owned(),
        label: label.to_owned(),
        en: en.to_owned(),
        zh: zh.to_owned(),
        stage: STAGES.len() - 1,
        ..Design::default()
    };
    let hotline = Design {
        kind: "contact",
        contact: true,
        intake: true,
        timed: true,
        way: super::design::Way::Only(2),
        rates: Rates { complaint: 0.0, withdraw: 0.0, failure: 0.0, ..RATES },
        ..named("hotline", "HOTLINE", "Hotline", "客服热线")
    };
    let done = Design { end: Some(End::Goal), ..named("done", "DONE", "Done", "完成") };
    let lost = Design { end: Some(End::Lost), ..named("left", "LEFT", "Withdrawn", "撤回") };
    [hotline, done, lost]
}
