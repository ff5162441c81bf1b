//! Drop-off over time, and where it differs between touchpoints or segments.

use super::{Figure, Quantity, Subject, View};
use crate::map::{Language, Text};
use crate::report::phrases::Phrases;
use crate::score::{CurvePoint, CurveTest, DropOffCurve, DropOffCurves, SegmentComparison};

/// The share of patience, in its cells, at which texts tell what went on: a sixteenth, a quarter, a half, all of it.
const TOLD: [usize; 4] = [7, 10, 14, 22];

impl View {
    /// What became of visits in the time up to patience, the highest drop-off first.
    #[must_use]
    pub fn curves(curves: &DropOffCurves) -> Self {
        let mut by_drop_off: Vec<&DropOffCurve> = curves.touchpoints.iter().collect();
        by_drop_off.sort_by(|a, b| {
            let [a_share, b_share] = [a, b].map(|curve| curve.drop_off.unwrap_or(0.0));
            b_share.total_cmp(&a_share).then(a.touchpoint.index().cmp(&b.touchpoint.index()))
        });
        let points = by_drop_off.iter().map(|curve| curve.points.as_slice());
        let longest = points.max_by_key(|points| points.len()).unwrap_or_default();
        let mut view = blank(longest);
        for curve in by_drop_off {
            view.row(Subject::Touchpoint(curve.touchpoint), figures(curve, longest.len()));
        }
        view
    }

    /// The drop-off of each segment by touchpoint, and whether they differ, the surest difference first; segments are
    /// headed by these names, in their order.
    #[must_use]
    pub fn segments(comparison: &SegmentComparison, names: &[String]) -> Self {
        let mut view = blank_segments(names);
        let missing = names.iter().map(|_| None.into());
        let overall = missing.chain(test(comparison.overall.as_ref()));
        let name = Text::both("all touchpoints", "全部触点");
        view.row(Subject::Named("all".to_owned(), name), overall.collect());
        let mut touchpoints: Vec<_> = comparison.touchpoints.iter().collect();
        let p = |test: &Option<CurveTest>| test.as_ref().map_or(f64::INFINITY, |test| test.p);
        touchpoints.sort_by(|a, b| p(&a.difference).total_cmp(&p(&b.difference)));
        for touchpoint in touchpoints {
            let shares = touchpoint.drop_off.iter().map(|share| (*share).into());
            let figures = shares.chain(test(touchpoint.difference.as_ref())).collect();
            view.row(Subject::Touchpoint(touchpoint.touchpoint), figures);
        }
        view
    }
}

fn blank(longest: &[CurvePoint]) -> View {
    let mut view = View::new("curves", "Drop-off over time", "流失随时间的变化")
        .column(Quantity::Share, "drop_off", "drop-off", "流失")
        .column(Quantity::Chance, "q", "q, differs from the rest", "与其余不同的 q 值");
    for place in TOLD {
        let Some(point) = longest.get(place) else { continue };
        let [en, zh] = [Language::En, Language::Zh]
            .map(|language| Phrases { language }.seconds(point.seconds).replace('\u{a0}', " "));
        view = view
            .column(
                Quantity::Share,
                &format!("gone_on_within_{}", point.seconds),
                &format!("went on within {en}"),
                &format!("{zh}内继续"),
            )
            .without_intervals_in_texts();
    }
    for point in longest {
        for what in ["lost", "gone_on", "waiting"] {
            view = view.column_for_programs(Quantity::Share, &format!("{what}_{}", point.seconds));
        }
    }
    view.column_for_programs(Quantity::Number, "chi_squared")
        .column_for_programs(Quantity::Chance, "p")
        .column_for_programs(Quantity::Chance, "classical_p")
        .note(
            "Gray's test of the whole curve against the rest of its kind, with the variance between customers; p as if visits were independent stands in CSV and JSON, with every point of the curves.",
            "对整条曲线与同类其余触点作 Gray 检验，方差按客户聚类；CSV 与 JSON 含曲线各点及假定访问独立的 p 值。",
        )
}

fn figures(curve: &DropOffCurve, points: usize) -> Vec<Figure> {
    let difference = curve.difference.as_ref();
    let mut figures: Vec<Figure> =
        vec![curve.drop_off.into(), difference.and_then(|test| test.q).into()];
    let told = TOLD.iter().filter(|place| **place < points);
    figures.extend(told.map(|&place| {
        let share = curve.points.get(place).map(|point| point.gone_on);
        (share.map(|share| share.value), share.and_then(|share| share.interval)).into()
    }));
    for place in 0..points {
        let point = curve.points.get(place);
        for share in [point.map(|p| p.lost), point.map(|p| p.gone_on), point.map(|p| p.waiting)] {
            let interval = share.and_then(|share| share.interval);
            figures.push((share.map(|share| share.value), interval).into());
        }
    }
    figures.push(difference.map(|test| test.chi_squared).into());
    figures.push(difference.map(|test| test.p).into());
    figures.push(difference.and_then(|test| test.classical_p).into());
    figures
}

fn blank_segments(names: &[String]) -> View {
    let mut view = View::new("segments", "Drop-off by segment", "各分群的流失");
    for name in names {
        view = view.column(Quantity::Share, &format!("drop_off_{name}"), name, name);
    }
    view.column(Quantity::Chance, "p", "p, they differ", "差异的 p 值")
        .column(Quantity::Chance, "q", "q", "q")
        .column_for_programs(Quantity::Number, "chi_squared")
        .column_for_programs(Quantity::Chance, "classical_p")
        .note(
            "Gray's test between segments with the variance between customers; a segment is what the first event of a journey says.",
            "分群之间的 Gray 检验，方差按客户聚类；分群取旅程首个事件的取值。",
        )
}

fn test(test: Option<&CurveTest>) -> [Figure; 4] {
    [
        test.map(|test| test.p).into(),
        test.and_then(|test| test.q).into(),
        test.map(|test| test.chi_squared).into(),
        test.and_then(|test| test.classical_p).into(),
    ]
}
