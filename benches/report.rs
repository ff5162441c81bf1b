//! What it costs to show what was scored: the page, the picture and the text, with the walks that the page counts
//! besides; the bundled journey, and a map of 200 touchpoints.

mod common;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::report::{Analysis, Course, Page, Picture, html, journey_map, text};
use touchpoint::score::Scorer;
use touchpoint::synthetic::Scenario;

fn report(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    let loan = ("loan", Scenario::retail_loan().journeys(5_000));
    let large = ("touchpoints", Scenario::line(200).vary(0.4).journeys(100_000));
    for (name, scenario) in [loan, large] {
        let made = scenario.seed(1).generate();
        let (map, log) = (common::map(&made), common::event_log(&made));
        let journeys = Journeys::new(&map, &log);
        let (graph, summary) = (
            TouchpointGraph::from_journeys(&map, &journeys),
            JourneySummary::from_journeys(&journeys),
        );
        let card = Scorer::new(&map).score_journeys(&graph, &journeys);
        group.bench_function(BenchmarkId::new("course", name), |bencher| {
            bencher.iter(|| Course::from_journeys(&journeys));
        });
        let course = Course::from_journeys(&journeys);
        let analysis = Analysis::new(&journeys, &summary, &graph, &card).course(&course);
        let page = Page::default();
        group.bench_function(BenchmarkId::new("page", name), |bencher| {
            bencher.iter(|| html(&analysis, &page, &Picture::default()));
        });
        group.bench_function(BenchmarkId::new("picture", name), |bencher| {
            bencher.iter(|| journey_map(&analysis, &page, &Picture::default()));
        });
        group.bench_function(BenchmarkId::new("text", name), |bencher| {
            bencher.iter(|| text(&analysis, &page));
        });
    }
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
