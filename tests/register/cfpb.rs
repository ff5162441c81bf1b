//! The export of the US Consumer Complaint Database, held against its reference.

use std::collections::BTreeMap;

use touchpoint::complaint::{Complaint, Complaints, Preset, RegisterReader, RegisterSummary};
use touchpoint::journey::About;
use touchpoint::time::{LocalDays, Micros};

use crate::support::{json, shared};

fn cfpb() -> Option<Complaints> {
    let path = shared("data/complaints-cfpb/complaints.csv.gz")?;
    Some(RegisterReader::new(&Preset::Cfpb.section()).read_path(path).expect("the export"))
}

/// How many complaints say each of something.
fn tally<'c>(
    complaints: &'c Complaints,
    says: impl Fn(&'c Complaint) -> Option<&'c str>,
) -> BTreeMap<&'c str, u64> {
    let mut counts = BTreeMap::new();
    for complaint in complaints.list() {
        *counts.entry(says(complaint).unwrap_or("None")).or_default() += 1;
    }
    counts
}

#[test]
fn the_export_of_the_cfpb_is_read_as_it_is() {
    let Some(complaints) = cfpb() else { return };
    let summary = RegisterSummary::new(&complaints);
    assert_eq!((summary.reading.rows, summary.reading.rejected), (2_827, 0));
    assert_eq!((summary.complaints, summary.not_timely), (2_827, 108));
    assert_eq!(summary.forwarded, BTreeMap::from([("CFPB".to_owned(), 2_827)]));
    assert_eq!(summary.customers, 0);
    assert_eq!(
        complaints.moment_types(),
        ["complaint.received", "complaint.forwarded_by_regulator"]
    );
    assert!(!complaints.moment_types().iter().any(|event| event == "complaint.response_sent"));
    let oracle = shared("data/complaints-cfpb/complaints.oracle.json").expect("beside the export");
    let oracle = json(&oracle);
    for (column, counts) in [
        ("Product", tally(&complaints, |c| c.business.as_deref())),
        ("Sub-product", tally(&complaints, |c| c.product.as_deref())),
        ("Issue", tally(&complaints, |c| c.reason.as_deref())),
        ("Issue", tally(&complaints, |c| c.touchpoint.as_deref())),
        ("State", tally(&complaints, |c| c.region.as_deref())),
        ("Submitted via", tally(&complaints, |c| c.channel.as_deref())),
        ("Company response to consumer", tally(&complaints, |c| c.status.as_deref())),
        ("Sub-issue", tally(&complaints, |c| c.attributes[0].as_deref())),
        ("Tags", tally(&complaints, |c| c.attributes[1].as_deref())),
    ] {
        let expected = oracle["columns"][column].as_object().expect("counts");
        for (value, count) in expected {
            assert_eq!(counts.get(value.as_str()).copied(), count.as_u64(), "{column} {value}");
        }
        assert_eq!(Some(counts.len() as u64), oracle["unique"][column].as_u64(), "{column}");
        assert_eq!(counts.values().sum::<u64>(), 2_827, "{column}");
    }
    let map = complaints.map(&Preset::Cfpb.section());
    assert_eq!(Some(map.touchpoints().len() as u64), oracle["unique"]["Issue"].as_u64());
    let is_named = |about: &About| matches!(about, About::Touchpoint(_));
    assert!(complaints.about(&map).iter().all(is_named));
    let companies = tally(&complaints, |c| c.owner.as_deref());
    assert_eq!(Some(companies.len() as u64), oracle["unique"]["Company"].as_u64());
}

#[test]
fn months_and_lags_of_the_cfpb_are_those_of_the_file() {
    let Some(complaints) = cfpb() else { return };
    let new_york = LocalDays::new("America/New_York").expect("a zone");
    let mut months: BTreeMap<String, u64> = BTreeMap::new();
    for complaint in complaints.list() {
        let date = new_york.date_of(complaint.received).expect("on the calendar").to_string();
        *months.entry(date[2..7].to_owned()).or_default() += 1;
    }
    assert_eq!(months, months_of_the_file());
    let lags: Vec<Micros> = complaints
        .list()
        .iter()
        .map(|complaint| complaint.moments.last().expect("sent").1 - complaint.received)
        .collect();
    let longest = lags.iter().map(|lag| (lag.0 + 3_600_000_000) / Micros::PER_DAY).max();
    assert_eq!(longest, Some(413));
    assert_eq!(complaints.counts().received_at_midnight, 2_827);
}

/// Rows by year and month, taken from the text of the first field alone.
fn months_of_the_file() -> BTreeMap<String, u64> {
    let path = shared("data/complaints-cfpb/complaints.csv.gz").expect("was there before");
    let file = std::fs::File::open(path).expect("was read before");
    let mut rows = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(file));
    let mut months = BTreeMap::new();
    for row in rows.records() {
        let row = row.expect("a row");
        let [month, _, year] = row[0].split('/').collect::<Vec<_>>()[..] else {
            panic!("a date as MM/DD/YY")
        };
        *months.entry(format!("{year}-{month}")).or_default() += 1;
    }
    months
}
