//! Pages that are made of the program's own words; `UPDATE_GOLDEN=1` writes them anew.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::map;
use touchpoint::event_log::EventLog;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::{Language, Text};
use touchpoint::metric::{About, Law, Metric, Unit, built_in};

/// The part of docs/metrics.md that is made stands before this line; what is written by hand stands after it.
const BY_HAND: &str = "## Worked examples";

#[test]
fn the_page_of_metrics_is_made_of_the_metrics_own_texts() {
    let path = root().join("docs/metrics.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (_, by_hand) = page.split_once(BY_HAND).expect("a part by hand");
    let expected = format!("{}{BY_HAND}{by_hand}", made());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, expected).expect("the page is written");
        return;
    }
    assert!(
        page == expected,
        "docs/metrics.md is not what the metrics say; run with UPDATE_GOLDEN=1"
    );
}

#[cfg(feature = "cli")]
#[test]
fn the_pictures_are_those_of_the_program() {
    for language in ["en", "zh"] {
        let output = assert_cmd::Command::cargo_bin("touchpoint")
            .expect("the program")
            .args(["analyze", "data/retail-loan", "--format", "svg", "--quiet", "--lang", language])
            .current_dir(root())
            .output()
            .expect("the program runs");
        let path = root().join(format!("docs/pictures/journey-map-{language}.svg"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, output.stdout).expect("the picture is written");
            continue;
        }
        let is_shown = output.stdout == fs::read(&path).expect("the picture");
        assert!(is_shown, "{} is another one; run with UPDATE_GOLDEN=1", path.display());
    }
}

#[test]
fn no_page_names_this_machine() {
    let mut pages = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    pages.extend(
        fs::read_dir(root().join("docs")).expect("docs").map(|entry| entry.expect("a page").path()),
    );
    for page in pages.into_iter().filter(|page| page.is_file()) {
        let text = fs::read_to_string(&page).expect("a page");
        assert!(!text.contains("/home/") && !text.contains("/tmp/"), "{}", page.display());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn made() -> String {
    let map = map("id: any\nstages: [one]\ntouchpoints: [{ id: a, stage: one }]");
    let log = EventLog::builder().finish();
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let sections: Vec<String> =
        built_in(&map, &graph).iter().map(|metric| section(metric.as_ref())).collect();
    format!("{INTRODUCTION}\n{}", sections.join(""))
}

const INTRODUCTION: &str = "\
# Metrics

What each figure means, how it is computed, where the method comes from, and what it does not say. The sections on
metrics are made of the metrics' own texts.

Every figure has a denominator, an interval of 95 % that is clustered by customer, and its support: distinct customers
and events. Undefined is `-` in text and `null` in JSON, never 0.
";

fn section(metric: &dyn Metric) -> String {
    let About { key, name, per, unit, law, meaning, formula, source, limits, .. } = metric.about();
    let unit = match unit {
        Unit::Share => "a share from 0 to 1",
        Unit::Seconds => "seconds",
        Unit::Count => "a count",
    };
    let law = match law {
        Law::Share => {
            "Wilson, at the effective number of exposures; shrunk by a beta-binomial prior"
        }
        Law::Rate => "Garwood, at the effective number of events; shrunk by a gamma-Poisson prior",
        Law::Mean => {
            "Student on the logarithm, from the jackknife over customers; shrunk by a normal-normal prior"
        }
        Law::Gap => "Student, from the jackknife over customers; shrunk by a normal-normal prior",
    };
    let (english, chinese) = (name.in_language(Language::En), name.in_language(Language::Zh));
    format!(
        "\n## {english} · {chinese} (`{key}`)\n\n{meaning}\n\n- **Figure**: {unit}, per {}.\n- **Formula**: {formula}\n\
         - **Interval and shrinkage**: {law}.\n- **Source**: {source}\n- **Limits**: {limits}\n{}{}\n",
        per.in_language(Language::En),
        asides(metric),
        parts(metric)
    )
}

fn parts(metric: &dyn Metric) -> String {
    let parts = metric.parts();
    list("Parts, in the order of charging", parts.iter().map(|(key, name)| (*key, name)))
}

fn asides(metric: &dyn Metric) -> String {
    let asides = metric.asides();
    list("Beside it", asides.iter().map(|aside| (aside.key, &aside.name)))
}

/// A line of names; nothing where there are none.
fn list<'a>(title: &str, names: impl Iterator<Item = (&'static str, &'a Text)>) -> String {
    let names: Vec<String> =
        names.map(|(key, name)| format!("{} (`{key}`)", name.in_language(Language::En))).collect();
    if names.is_empty() { String::new() } else { format!("- **{title}**: {}.\n", names.join(", ")) }
}
