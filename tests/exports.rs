//! Exports of the graph in full: each was looked at, and is held to its golden file. `UPDATE_GOLDEN=1` writes them anew.

#[path = "support/golden.rs"]
mod golden;
mod support;

use golden::assert_golden;
use support::exported::{Case, EXPORTS, hostile_names, pages};
use touchpoint::report::{Audience, Page, csv, graphml, transitions_csv};

#[test]
fn exports_are_as_they_were_looked_at() {
    let kept = |name: &str, page: &str, ending: &str| match (name, page) {
        // of the loan in full, each language and audience would be 90 kB
        ("loan", _) if ending == "graphml" => false,
        ("loan", "zh.public") => false,
        ("hostile", page) => page == "en",
        _ => true,
    };
    for case in [Case::loan(), Case::hostile()] {
        case.analyse(|analysis| {
            for (page, name) in pages() {
                for (ending, export) in EXPORTS {
                    if kept(case.name, name, ending) {
                        let file = format!("{}.{name}.{ending}", case.name);
                        assert_golden(&format!("export/{file}"), &export(analysis, &page));
                    }
                }
            }
        });
    }
}

#[test]
fn no_control_character_no_turned_writing_and_no_id_of_a_journey_gets_through() {
    let is_free = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{200d}".contains(c);
    Case::hostile().analyse(|analysis| {
        for (page, name) in pages() {
            for (ending, export) in EXPORTS {
                let text = export(analysis, &page);
                assert!(!text.contains(is_free), "{name}.{ending}");
                assert!(!text.contains("secret"), "{name}.{ending}");
                // in a quoted text of DOT it means nothing, and Graphviz escapes it in what it draws
                assert!(ending == "dot" || !text.contains("<script"), "{name}.{ending}");
            }
        }
    });
}

#[test]
fn every_name_is_told_whole_somewhere() {
    Case::hostile().analyse(|analysis| {
        let text = graphml(analysis, &Page::default());
        let long = hostile_names().pop().expect("names");
        assert!(text.contains(&long));
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    });
}

#[test]
fn a_spreadsheet_takes_no_name_for_a_formula() {
    Case::hostile().analyse(|analysis| {
        for (page, _) in pages() {
            for table in [csv(analysis, &page), transitions_csv(analysis, &page)] {
                let mut reader = csv::Reader::from_reader(table.as_bytes());
                for row in reader.records() {
                    for cell in &row.expect("a row of as many fields") {
                        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                        assert!(!is_formula || cell.parse::<f64>().is_ok(), "{cell}");
                    }
                }
            }
        }
    });
}

#[test]
fn the_public_is_told_no_more_by_the_graph_than_by_the_table() {
    let public = Page::default().audience(Audience::Public);
    for case in [Case::loan(), Case::hostile()] {
        case.analyse(|analysis| {
            let text = graphml(analysis, &public);
            for inside in ["n_at_risk\"", "e_at_risk\"", "n_mean_seconds\"", "e_median_seconds\""] {
                assert!(!text.contains(&format!("<data key=\"{inside}")), "{inside}");
            }
            assert_eq!(told(&text, "e_all"), in_table(&transitions_csv(analysis, &public), "all"));
            let table = csv(analysis, &public);
            assert!(
                !told(&text, "n_visits").is_empty() || table.contains(",visits,figure,,count,*")
            );
        });
    }
}

/// What the elements of a key hold, in order.
fn told(text: &str, key: &str) -> Vec<String> {
    let begin = format!("<data key=\"{key}\">");
    let values = text.split(&begin).skip(1);
    values.map(|rest| rest.split('<').next().expect("text").to_owned()).collect()
}

/// What a column shows, in order.
fn in_table(table: &str, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let place = headings.iter().position(|heading| heading == column).expect("a column");
    let rows = reader.records().map(|row| row.expect("a row")[place].to_owned());
    rows.filter(|cell| cell != "*").collect()
}
