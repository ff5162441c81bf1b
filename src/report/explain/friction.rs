//! How friction's time is measured, and what it is made of.

use super::{Explanation, facts};
use crate::metric::{BenchmarkSource, Clock, Friction, Origin, Unit};
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::numbers::UNDEFINED;
use crate::score::{PartScore, Score};

impl Explanation<'_> {
    pub(super) fn write_friction(&self, score: &Score, document: &mut Document) {
        let friction = Friction::new(self.analysis.map, self.analysis.graph);
        let origins = friction.origins(self.analysis.journeys, self.touchpoint);
        document.table(facts(self.basis(&friction)));
        document.table(self.parts(score, &origins));
    }

    /// Fixed by the graph before anything is charged, so it can be asked again.
    fn basis<'s>(&self, friction: &Friction) -> Vec<(&'s str, String)> {
        let (say, id) = (self.say, self.touchpoint);
        let clock = match friction.clock(id) {
            Clock::Handling => say.handling(),
            Clock::Sojourn => say.sojourn(),
        };
        let benchmark = friction.benchmark(id).map_or_else(
            || say.no_benchmark().to_owned(),
            |benchmark| {
                let source = match benchmark.source {
                    BenchmarkSource::Target => say.target_of_map(),
                    BenchmarkSource::Peers => say.median_of_peers(),
                };
                say.with_source(&say.seconds(benchmark.time.as_seconds()), source)
            },
        );
        let cap = friction.cap(id).map(|cap| say.seconds(cap.as_seconds()));
        vec![
            (say.clock(), clock.to_owned()),
            (say.benchmark(), benchmark),
            (say.cap(), cap.unwrap_or_else(|| UNDEFINED.to_owned())),
        ]
    }

    fn parts(&self, score: &Score, origins: &[Origin]) -> Table {
        let say = self.say;
        let level = say.level(self.analysis.scorecard.settings.level);
        let mut table = Table::new(vec![
            Column::words(say.part()),
            Column::numbers(say.per_visit()),
            Column::numbers(say.interval_at(&level)),
            Column::numbers(say.share_of_figure()),
            Column::numbers(say.held()),
            Column::words(say.mostly_from()).folds(1),
        ]);
        for part in &score.parts {
            table.row(vec![
                Cell::plain(part.name.in_language(say.language)),
                Cell::plain(say.figure(Unit::Seconds, part.value)),
                Cell::plain(say.interval(Unit::Seconds, part.interval)),
                Cell::plain(say.figure(Unit::Share, share(part, score))),
                Cell::plain(say.figure(Unit::Share, held(part, score))),
                Cell::plain(self.mostly_from(part, origins)),
            ]);
        }
        table.without_empty_columns()
    }

    /// Where most of those came from to whom the part happened, and how many they were.
    fn mostly_from(&self, part: &PartScore, origins: &[Origin]) -> String {
        let most = origins.iter().find(|origin| origin.part.key() == part.key);
        most.map_or_else(String::new, |origin| {
            let name = self.analysis.name(origin.from, self.say.language);
            format!("{name} · {}", self.say.count(origin.visits))
        })
    }
}

fn share(part: &PartScore, score: &Score) -> Option<f64> {
    let whole = score.value.filter(|whole| *whole > 0.0)?;
    Some(part.value? / whole)
}

/// How often the part held, charged or not.
fn held(part: &PartScore, score: &Score) -> Option<f64> {
    let is_of_part = |key: &str| key.strip_suffix("_held") == Some(part.key);
    let held = score.details.iter().find(|detail| is_of_part(detail.key))?;
    held.value
}
