//! Findings and the map as simple as can be.

use std::fmt::Write;

use super::mark::{escaped, short};
use super::visible::visible;
use crate::map::{Language, Text, TouchpointId};
use crate::report::phrases::Phrases;
use crate::report::{Analysis, Page};
use crate::score::Standing;

pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
    pub(super) looked_for: Text,
}

pub(super) struct Finding {
    pub(super) headline: Text,
    pub(super) numbers: Text,
    pub(super) strength: Strength,
    pub(super) check_next: Text,
    pub(super) touchpoint: Option<TouchpointId>,
}

#[derive(Clone, Copy)]
pub(super) enum Strength {
    Strong,
}

pub(super) fn findings(analysis: &Analysis<'_>) -> Findings {
    let list = analysis.scorecard.hotspots().into_iter().filter(|(_, score)| score.rank == Some(1));
    let both = |of: &dyn Fn(Language) -> String| Text::both(of(Language::En), of(Language::Zh));
    let list = list.map(|(family, score)| {
        let name = |language| analysis.name(score.touchpoint, language);
        Finding {
            headline: both(&|it| format!("{} · {}", name(it), family.name.in_language(it))),
            numbers: both(&|it| {
                let say = Phrases { language: it };
                let value = say.figure(family.unit, score.value);
                format!("{value} ({})", say.interval(family.unit, score.interval))
            }),
            strength: Strength::Strong,
            check_next: Text::both("Read thirty of these journeys.", "抽查三十个旅程。"),
            touchpoint: Some(score.touchpoint),
        }
    });
    let looked_for = Text::both("Hotspots were looked for.", "已检查热点。");
    Findings { list: list.collect(), looked_for }
}

pub(super) const STYLE: &str = "
.jm-card rect{fill:#fff8e6;stroke:#8a6d1f}.jm-card text{fill:#1d2733;font-size:12px}
.jm-card.jm-hot rect{fill:#f6c6a8;stroke:#8c1d18;stroke-width:2}
.jm-edge{fill:none;stroke:#8794a3;opacity:.5}
@media (prefers-color-scheme:dark){.jm-card rect{fill:#3a3320}.jm-card.jm-hot rect{fill:#6b2a1c}.jm-card text{fill:#f3efe4}}
";

pub(super) fn inline(analysis: &Analysis<'_>, page: &Page) -> String {
    let stages = analysis.map.stages();
    let mut rows = vec![0_u32; stages.len()];
    let place: Vec<(f64, f64)> = analysis
        .touchpoints()
        .map(|(_, touchpoint)| {
            let row = &mut rows[touchpoint.stage.index()];
            *row += 1;
            (f64::from(touchpoint.stage.0) * 190.0 + 10.0, f64::from(*row) * 60.0 - 30.0)
        })
        .collect();
    let (width, height) = (stages.len() * 190, rows.iter().max().unwrap_or(&0) * 60 + 20);
    let mut svg = format!(
        r#"<svg class="jm" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="map">"#
    );
    for (from, to, transition) in analysis.graph.transitions() {
        use crate::graph::Node::Touchpoint;
        let (Touchpoint(from), Touchpoint(to)) = (from, to) else { continue };
        if from == to || transition.all < 100 {
            continue;
        }
        let ((x, y), (x_end, y_end)) = (place[from.index()], place[to.index()]);
        let _ = write!(
            svg,
            r#"<path class="jm-edge jm-main" data-from="{}" data-to="{}" d="M{} {}L{} {}"/>"#,
            from.0,
            to.0,
            x + 160.0,
            y + 20.0,
            x_end,
            y_end + 20.0
        );
    }
    for (id, _) in analysis.touchpoints() {
        let (x, y) = place[id.index()];
        let name = analysis.name(id, page.language);
        let is_hot = analysis.scorecard.families.iter().any(|family| {
            family.scores.get(id.index()).is_some_and(|score| score.standing == Standing::Hotspot)
        });
        let _ = write!(
            svg,
            r#"<g class="jm-card{}" data-touchpoint="{}" tabindex="0" role="button" aria-label="{}"><title>{}</title><rect x="{x}" y="{y}" width="160" height="40" rx="6"/><text x="{}" y="{}">{}</text></g>"#,
            if is_hot { " jm-hot" } else { "" },
            id.0,
            escaped(&visible(name)),
            escaped(&visible(name)),
            x + 8.0,
            y + 25.0,
            short(name, 24),
        );
    }
    svg.push_str("</svg>");
    svg
}
