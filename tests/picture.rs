//! The map as a picture: well-formed whatever the data, the same every time, and no more told than may be.
#![cfg(feature = "png")]

use std::fmt::Write as _;
use std::path::Path;

use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::report::{
    Analysis, Audience, Behind, ColourBy, Fonts, Page, Picture, journey_map, png,
};
use touchpoint::score::Scorer;
use touchpoint::time::Timestamp;

fn analysed<T>(map: &JourneyMap, log: &EventLog, test: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let journeys = Journeys::new(map, log);
    let summary = JourneySummary::from_journeys(&journeys);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    let metrics = built_in(map, &graph);
    let mut evidence = Evidence::new(map, &metrics, log.all_customers());
    evidence.add(&journeys, &metrics);
    let scorecard = Scorer::new(map).score(&graph, &journeys, &metrics, &evidence);
    let behind = Behind::from_journeys(&journeys).figures(&metrics, &evidence);
    test(&Analysis::new(&journeys, &summary, &graph, &scorecard).behind(&behind))
}

fn loan() -> (JourneyMap, EventLog) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan");
    let map = JourneyMap::from_path(folder.join("map.yaml")).expect("a good map");
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read_path(folder.join("events.csv")).expect("a good log");
    (map, log)
}

/// A stage alone, twenty touchpoints, and names that would like to be more than names; three customers take a way of
/// their own.
fn hostile() -> (JourneyMap, EventLog) {
    let names = [
        r#""<script>alert('x')</script> ]]> \" & --""#,
        r#""\u202Eesrever \u2066 and \u0007 bell \uFFFF""#,
        r#""👨‍👩‍👧 =HYPERLINK(1)""#,
    ];
    let mut text =
        String::from("id: hostile\ntitle: \"<b>\\u202E &\"\nstages: [only]\ntouchpoints:\n");
    for number in 0..20 {
        let long = format!("\"{}\"", "長".repeat(300));
        let name = names.get(number).map_or(long.as_str(), |name| name);
        writeln!(text, "  - {{ id: t{number}, stage: only, name: {name} }}").expect("a text");
    }
    let map = JourneyMap::from_yaml(&text).expect("a good map");
    let mut log = EventLog::builder();
    for journey in 0..200_i64 {
        let odd = journey < 3;
        for step in 0..20_i64 {
            let touchpoint = format!("t{}", if odd { 19 - step } else { step });
            log.push(NewEvent {
                journey: &journey.to_string(),
                time: Timestamp((journey * 10_000 + step * 60) * 1_000_000),
                touchpoint: &touchpoint,
                ..NewEvent::default()
            })
            .expect("a good event");
        }
    }
    (map, log.finish())
}

#[test]
fn the_picture_is_well_formed_whatever_the_names_and_whatever_it_is_coloured_by() {
    for (map, log) in [loan(), hostile()] {
        analysed(&map, &log, |analysis| {
            for by in ColourBy::ALL {
                for language in [Language::En, Language::Zh] {
                    for audience in Audience::ALL {
                        let page = Page::default().language(language).audience(audience);
                        let svg = journey_map(analysis, &page, &Picture::default().colour(by));
                        let drawn = png(&svg, &Fonts::new(), 0.1);
                        assert!(drawn.is_ok(), "{by} {audience}: {:?}", drawn.err());
                    }
                }
            }
        });
    }
}

#[test]
fn what_turns_the_direction_of_writing_or_is_a_tag_is_shown_as_text() {
    let (map, log) = hostile();
    let svg = analysed(&map, &log, |it| journey_map(it, &Page::default(), &Picture::default()));
    assert!(!svg.contains("<script") && !svg.contains("<b>"));
    assert!(svg.contains("&lt;script&gt;") && svg.contains("[U+202E]"));
    assert!(!svg.chars().any(|c| ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{ffff}'));
    assert!(svg.contains(&"長".repeat(300)), "the whole name stands in the title");
}

#[test]
fn the_picture_is_the_same_every_time_and_has_no_ids() {
    let (map, log) = loan();
    let draw = || analysed(&map, &log, |it| journey_map(it, &Page::default(), &Picture::default()));
    let svg = draw();
    assert_eq!(svg, draw());
    assert!(!svg.contains(" id=") && !svg.contains("href"));
}

#[test]
fn every_touchpoint_of_the_loan_that_customers_meet_has_a_card() {
    let (map, log) = loan();
    let svg = analysed(&map, &log, |it| journey_map(it, &Page::default(), &Picture::default()));
    for (place, touchpoint) in map.touchpoints().iter().enumerate() {
        let is_met = !touchpoint.is_backstage() || touchpoint.end.is_some();
        assert_eq!(
            svg.contains(&format!("data-touchpoint=\"{place}\"")),
            is_met,
            "{}",
            touchpoint.id
        );
    }
}

#[test]
fn flows_of_few_customers_are_not_drawn_for_the_public() {
    let (map, log) = hostile();
    let drawn = |audience| {
        let page = Page::default().audience(audience);
        analysed(&map, &log, |it| journey_map(it, &page, &Picture::default()))
    };
    let few = ": 3</title>";
    assert!(!drawn(Audience::Public).contains(few));
    assert!(drawn(Audience::Public).contains("Audience: public"));
    let (all, public) = (drawn(Audience::Internal), drawn(Audience::Public));
    assert!(all.contains("repeat visits") && !public.contains("repeat visits"));
}
