//! The register as CSV.

use std::io::{self, Write};

use super::row::RegisterRow;
use crate::synthetic::Scenario;
use crate::synthetic::synthetic_log::{customer_id, journey_id, local};
use crate::time::Timestamp;

const COLUMNS: [&str; 26] = [
    "complaint_id",
    "customer_id",
    "journey_id",
    "received_at",
    "channel",
    "business",
    "reason",
    "touchpoint",
    "product",
    "region",
    "class",
    "owner",
    "acknowledged_at",
    "complexity",
    "complexity_set_at",
    "extension_approved_at",
    "extension_told_at",
    "decided_at",
    "answered_at",
    "status",
    "upheld",
    "redress",
    "repeat_of",
    "forwarded_by",
    "vulnerable",
    "complainants",
];

/// `T000001`: by number, in the order of receipt.
pub(in crate::synthetic) fn complaint_id(number: u64) -> String {
    format!("T{:06}", number + 1)
}

/// Writes the rows under a header, times as the log has them; the header alone where there are none.
pub(in crate::synthetic) fn write(
    scenario: &Scenario,
    rows: &[RegisterRow],
    out: impl Write,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    for row in rows {
        csv.write_record(fields(scenario, row))?;
    }
    csv.flush()
}

fn fields(scenario: &Scenario, row: &RegisterRow) -> [String; COLUMNS.len()] {
    let design = scenario.register;
    let moment =
        |moment: Option<Timestamp>| or_blank(moment, |moment| local(moment, scenario.zone_ahead));
    let label = |place: usize| scenario.touchpoints[place].label.clone();
    let status = design.map_or("", |design| design.status[usize::from(row.answered.is_some())]);
    [
        complaint_id(row.number),
        or_blank(row.customer, customer_id),
        or_blank(row.journey, journey_id),
        moment(Some(row.received)),
        row.channel.to_owned(),
        design.map_or("", |design| design.business).to_owned(),
        row.reason.to_owned(),
        or_blank(row.touchpoint, label),
        attribute(scenario, row, "product"),
        attribute(scenario, row, "region"),
        row.class.to_owned(),
        row.owner.to_owned(),
        moment(row.acknowledged),
        row.complexity.to_owned(),
        moment(row.complexity_set),
        moment(row.extension_approved),
        moment(row.extension_told),
        moment(row.decided),
        moment(row.answered),
        status.to_owned(),
        row.upheld.to_owned(),
        or_blank(row.redress, |yuan| yuan.to_string()),
        or_blank(row.repeat_of, complaint_id),
        row.forwarded_by.to_owned(),
        or_blank(row.vulnerable, |vulnerable| if vulnerable { "yes" } else { "no" }.to_owned()),
        row.complainants.to_string(),
    ]
}

fn or_blank<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, text)
}

fn attribute(scenario: &Scenario, row: &RegisterRow, column: &str) -> String {
    let columns = scenario.attributes.iter().zip(row.attributes.unwrap_or_default());
    let known = columns.filter(|_| row.attributes.is_some());
    let mut values = known.filter(|(attribute, _)| attribute.column == column);
    let value = values.next().map(|(attribute, value)| attribute.values[usize::from(value)].0);
    value.unwrap_or_default().to_owned()
}
