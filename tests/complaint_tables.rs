//! The tables of a complaint register as their readers see them: golden files that were looked at, and the CFPB's
//! sample against its reference. `UPDATE_GOLDEN=1` writes the golden files anew.

#[path = "support/golden.rs"]
mod golden;
mod support;

use std::fs;
use std::path::PathBuf;

use golden::assert_golden;
use support::map;
use touchpoint::complaint::facet::{Business, CFPB_ISSUES, Channel, Known, Reason};
use touchpoint::complaint::{By, Caseload, Complaints, RegisterReader, ThreeDays, Timeliness};
use touchpoint::event_log::EventLog;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{About, JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language, Text, TouchpointId};
use touchpoint::report::{Analysis, Page, View, csv, json as report_json, markdown, text};
use touchpoint::score::Scorer;
use touchpoint::time::{LocalDays, Timestamp};

const MAP: &str = "
id: loan
title: { en: Loan, zh: 贷款 }
stages: [{ id: offer, name: { en: Offer, zh: 报价 } }, { id: service, name: { en: Service, zh: 服务 } }]
touchpoints:
  - { id: fees, name: { en: Fees and early repayment, zh: 费用与提前还款告知 }, stage: offer, owner: 产品部, rights: [information, fair-dealing] }
  - { id: chat, name: { en: Online chat, zh: 在线客服 }, stage: service, owner: 运营部, rights: [respect] }
complaints:
  columns: { id: id, received: received, customer: customer, channel: channel, reason: reason, touchpoint: touchpoint, region: region, class: class, answered: answered, upheld: upheld, redress: redress, repeat_of: repeats, timely: timely, owner: owner }
  classes: { 投诉: consumer-complaint, 咨询: inquiry, 举报: report }
  reasons: { 乱收费: { reason: pricing }, 推销: { reason: marketing, rights: [choice, information] } }
  channels: { APP: mobile-app, 网点: branch }
  timestamp: { zone: Asia/Shanghai }
denominators:
  accounts: 91000
  outlets: 120
  customers: 86000
  peers:
    - { per: outlets, median: 41.5, source: internal, group: City banks 2026 Q1 }
    - { per: customers, median: 55.1, source: regulator-forwarded, group: Large banks 2020 Q2 }
";

const REGISTER: &str = "\
id,received,customer,channel,reason,touchpoint,region,class,answered,upheld,redress,repeats,timely,owner
1,2026-01-05,a,APP,乱收费,fees,上海,投诉,2026-01-08,是,1200,,yes,客服部
2,2026-01-06,b,APP,乱收费,fees,上海,投诉,2026-01-23,部分支持,300.5,,yes,客服部
3,2026-01-31,a,网点,推销,fees,北京,投诉,2026-03-20,否,,1,no,客服部
4,2026-02-02,c,电话,服务态度及服务质量,chat,北京,投诉,2026-02-03,是,,,,客服部
5,2026-02-03,d,电话,停车,,北京,投诉,,,,,,行政部
6,2026-02-04,e,信件,乱收费,,,投诉,2026-05-01,否,,,no,
7,2026-02-05,f,APP,怎么还款,,上海,咨询,,,,,,
8,2026-02-06,g,APP,诈骗,,上海,举报,,,,,,
9,2026-03-30,h,APP,系统故障,fees,上海,投诉,,,,,,客服部
10,2026-04-02,h,APP,系统故障,fees,上海,投诉,,,,,,客服部
";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[track_caller]
/// What the rows themselves say they are about.
fn named(map: &JourneyMap, register: &Complaints) -> Vec<Option<TouchpointId>> {
    let touchpoint = |about| if let About::Touchpoint(id) = about { Some(id) } else { None };
    register.about(map).into_iter().map(touchpoint).collect()
}

/// All tables as of 2026-04-01 in Shanghai.
fn views(map: &JourneyMap, register: &Complaints, visits: Option<u64>) -> Vec<View> {
    let days = LocalDays::new("Asia/Shanghai").expect("a zone");
    let caseload = Caseload::new(map, register, &named(map, register), &days);
    let as_of = Timestamp(1_774_972_800_000_000);
    let timeliness = Timeliness::new(&caseload, as_of, ThreeDays::Calendar);
    let mut views = vec![View::complaint_register(&caseload)];
    views.extend(By::ALL.map(|by| View::complaints_by(&caseload, by)));
    views.push(View::complaint_rates(&caseload, visits));
    views.push(View::complaint_timeliness(&timeliness));
    views.push(View::complaint_owners(&caseload));
    views
}

/// Without colours.
fn plain(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    let without = parts.filter_map(|part| Some(part.split_once('m')?.1));
    without.fold(first, |text, part| text + part)
}

/// The views between what stands before and after them in a report of a log without events.
fn printed(map: &JourneyMap, views: &[View], print: impl Fn(&Analysis<'_>) -> String) -> String {
    let log = EventLog::builder().finish();
    let journeys = Journeys::new(map, &log);
    let summary = JourneySummary::from_journeys(&journeys);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    let scorecard = Scorer::new(map).score_journeys(&graph, &journeys);
    print(&Analysis::new(&journeys, &summary, &graph, &scorecard).views(views))
}

fn between<'a>(text: &'a str, first: &str, after: &str) -> &'a str {
    let begin = text.find(first).expect("the first view");
    &text[begin..begin + text[begin..].find(after).expect("what follows the views")]
}

#[test]
fn the_tables_are_told_in_both_languages() {
    let map = map(MAP);
    let reader = RegisterReader::for_map(&map).expect("a section");
    let register = reader.read(REGISTER.as_bytes()).expect("a register");
    let views = views(&map, &register, Some(12_345));
    let page = Page::default().width(80);
    let english = printed(&map, &views, |analysis| plain(&text(analysis, &page)));
    let english = between(&english, "The complaint register", "How to read this");
    assert_golden("report/complaints.en.80.txt", english);
    let page = page.language(Language::Zh);
    let chinese = printed(&map, &views, |analysis| plain(&text(analysis, &page)));
    assert_golden("report/complaints.zh.80.txt", between(&chinese, "投诉登记簿", "如何解读"));
    let marked = printed(&map, &views, |analysis| markdown(analysis, &page));
    assert_golden("report/complaints.zh.md", between(&marked, "## 投诉登记簿", "## 如何解读"));
}

#[test]
fn programs_get_every_figure_and_no_figure_is_no_number() {
    let map = map(MAP);
    let reader = RegisterReader::for_map(&map).expect("a section");
    for rows in [REGISTER, REGISTER.lines().next().expect("a heading")] {
        let register = reader.read(rows.as_bytes()).expect("a register");
        let views = views(&map, &register, None);
        for print in [report_json, csv] {
            let said = printed(&map, &views, |analysis| print(analysis, &Page::default()));
            let mut fields = said.split([',', '\n']);
            assert!(fields.all(|field| !["NaN", "inf", "-inf"].contains(&field)), "{said}");
            assert!(said.contains("complaint_rates"));
        }
    }
}

/// The sample is packed.
#[cfg(feature = "gzip")]
mod cfpb {
    use std::collections::BTreeMap;

    use touchpoint::complaint::facet::{CFPB_ISSUES, Meanings};
    use touchpoint::complaint::{Preset, RollUp, RollUpLine};
    use touchpoint::map::ConsumerRight;

    use super::support::{json, shared};
    use super::*;

    /// The CFPB's sample, its issues a map's touchpoints.
    fn sample() -> Option<(JourneyMap, Complaints)> {
        let path = shared("data/complaints-cfpb/complaints.csv.gz")?;
        let touchpoints: Vec<String> = CFPB_ISSUES
            .iter()
            .map(|(issue, _)| format!("  - {{ id: {issue:?}, stage: issue }}"))
            .collect();
        let map =
            map(&format!("id: cfpb\nstages: [issue]\ntouchpoints:\n{}\n", touchpoints.join("\n")));
        let section = Preset::Cfpb.section();
        let register = RegisterReader::new(&section).read_path(path).expect("a register");
        Some((map.with_complaints(Some(section)), register))
    }

    #[test]
    fn the_cfpb_sample_adds_up_as_its_reference_says() {
        let Some((map, register)) = sample() else { return };
        let reference = shared("data/complaints-cfpb/complaints.oracle.json").expect("a reference");
        let reference = json(&reference);
        let days = LocalDays::new("America/New_York").expect("a zone");
        let caseload = Caseload::new(&map, &register, &named(&map, &register), &days);
        assert_eq!(caseload.cases().len() as u64, reference["rows"].as_u64().expect("a count"));
        for (by, column) in
            [(By::Product, "Sub-product"), (By::Touchpoint, "Issue"), (By::Region, "State")]
        {
            let found = lines(&map, &RollUp::new(&caseload, by));
            for (value, count) in reference["columns"][column].as_object().expect("counts") {
                assert_eq!(found.get(value).copied(), count.as_u64(), "{column} {value}");
            }
        }
        assert!(
            lines(&map, &RollUp::new(&caseload, By::Touchpoint)).len() == 24,
            "each issue is one"
        );
        let months = lines(&map, &RollUp::new(&caseload, By::Month));
        // counted from the file's first column by another program
        let expected = [385, 342, 350, 303, 385, 398, 384, 280];
        let expected =
            (1..).zip(expected).map(|(month, count)| (format!("2023-{month:02}"), count));
        assert_eq!(months, expected.collect());
    }

    #[test]
    fn the_cfpb_sample_has_rights_and_no_clock() {
        let Some((map, register)) = sample() else { return };
        let days = LocalDays::new("America/New_York").expect("a zone");
        let caseload = Caseload::new(&map, &register, &named(&map, &register), &days);
        assert!(caseload.cases().iter().all(|case| !case.meaning.rights.is_empty()));
        let rights = lines(&map, &RollUp::new(&caseload, By::Right));
        let of = |right: ConsumerRight| rights.get(right.key()).copied().unwrap_or_default();
        assert_eq!(rights.values().sum::<u64>(), 2_827);
        assert_eq!(of(ConsumerRight::Choice), 155);
        let as_of = Timestamp(1_700_000_000_000_000);
        let timeliness = Timeliness::new(&caseload, as_of, ThreeDays::Calendar);
        assert_eq!(timeliness.said(), (2_719, 108));
        assert!(!timeliness.records_answers);
        let view = View::complaint_timeliness(&timeliness);
        let said = printed(&map, &[view], |analysis| text(analysis, &Page::default().width(120)));
        assert!(said.contains("cannot be computed: the answer's date is not published"), "{said}");
        assert!(said.contains("2,719") && said.contains("108"), "{said}");
        assert!(Meanings::new(&map).unknown_names().is_empty());
    }

    fn lines(map: &JourneyMap, found: &RollUp<'_>) -> BTreeMap<String, u64> {
        let line = |line: &RollUpLine<'_>| (line.group.key(map).to_owned(), line.tally.complaints);
        found.lines.iter().map(line).collect()
    }
}

/// What stands before this line in docs/complaints.md is written by hand; what comes after it is made.
const MADE: &str = "### Reasons\n";

#[test]
fn the_page_of_complaints_lists_the_names_as_they_are() {
    let path = root().join("docs/complaints.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (by_hand, _) = page.split_once(MADE).expect("a part that is made");
    let expected = format!("{by_hand}{}", made());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, expected).expect("the page is written");
        return;
    }
    assert!(page == expected, "docs/complaints.md is not what the names are");
}

fn made() -> String {
    let rights = |reason: Reason| {
        reason.rights().iter().map(|right| both(&right.name())).collect::<Vec<_>>().join(", ")
    };
    let reasons = Reason::ALL.iter().map(|reason| {
        let cause = reason.disp_cause().name().in_language(Language::En).to_owned();
        let (name, known) = (both(&reason.name()), known(reason.known()));
        format!("| `{}` | {name} | {} | {cause} | {known} |\n", reason.key(), rights(*reason))
    });
    let issues = CFPB_ISSUES
        .iter()
        .map(|(issue, reason)| format!("| {issue} | `{}` | {} |\n", reason.key(), rights(*reason)));
    let channels = Channel::ALL.iter().map(|of| facet(of.key(), &of.name(), of.known()));
    let businesses = Business::ALL.iter().map(|of| facet(of.key(), &of.name(), of.known()));
    format!(
        "{MADE}\n| key | reason | rights | DISP cause | known |\n|-|-|-|-|-|\n{}\n### CFPB issues\n\n\
         A proposal for the issues of the sample of loan complaints of 2023, word for word.\n\n\
         | issue | nearest reason | rights |\n|-|-|-|\n{}\n### Channels\n\n| key | channel | known |\n|-|-|-|\n{}\n\
         ### Businesses\n\n| key | business | known |\n|-|-|-|\n{}",
        reasons.collect::<String>(),
        issues.collect::<String>(),
        channels.collect::<String>(),
        businesses.collect::<String>(),
    )
}

fn facet(key: &str, name: &Text, of: Known) -> String {
    format!("| `{key}` | {} | {} |\n", both(name), known(of))
}

fn both(name: &Text) -> String {
    format!("{} {}", name.in_language(Language::En), name.in_language(Language::Zh))
}

fn known(known: Known) -> &'static str {
    match known {
        Known::Memory => "from memory",
        Known::SecondHand => "second-hand",
    }
}
