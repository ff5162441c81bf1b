//! The `log` section as YAML.

use super::scalar::{list, one_or_many, scalar};
use crate::map::{
    ColumnNames, Complaint, HandlingUnit, LogSection, TimeFormat, TimestampMeans,
    UnknownTouchpoints,
};
use crate::time::ClockChange;

/// The section, with the zone that was assumed where the section names none.
pub(super) fn write(section: &LogSection, zone_assumed: Option<&str>) -> String {
    let mut lines = vec!["log:".to_owned(), "  columns:".to_owned()];
    lines.extend(columns(&section.columns).into_iter().map(|line| format!("    {line}")));
    lines.extend(timestamp(section, zone_assumed).into_iter().map(|line| format!("  {line}")));
    lines.extend(file(section).into_iter().map(|line| format!("  {line}")));
    lines.extend(handling_of_rows(section).into_iter().map(|line| format!("  {line}")));
    lines.join("\n") + "\n"
}

fn columns(names: &ColumnNames) -> Vec<String> {
    let entry = |key: &str, name: &Option<String>| {
        name.as_ref().map(|name| format!("{key}: {}", scalar(name)))
    };
    let attributes = &names.attributes;
    [
        entry("customer", &names.customer),
        Some(format!("journey: {}", one_or_many(&names.journey))),
        Some(format!("time: {}", time(names))),
        Some(format!("touchpoint: {}", scalar(&names.touchpoint))),
        entry("channel", &names.channel),
        names.failed.as_ref().map(|failed| flag("failed", &failed.column, &failed.values)),
        names.complaint.as_ref().map(complaint),
        entry("complained_about", &names.complained_about),
        entry("satisfaction", &names.satisfaction),
        names.handling.as_ref().map(|column| handling(column, names.handling_unit)),
        (!attributes.is_empty()).then(|| format!("attributes: {}", list(attributes))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn time(names: &ColumnNames) -> String {
    match &names.time_of_day {
        Some(time_of_day) => list([&names.time, time_of_day]),
        None => scalar(&names.time),
    }
}

fn flag(key: &str, column: &str, values: &[String]) -> String {
    format!("{key}: {{ column: {}, values: {} }}", scalar(column), list(values))
}

fn complaint(complaint: &Complaint) -> String {
    match complaint {
        Complaint::Flag { column, values } => flag("complaint", column, values),
        Complaint::Category { column } => {
            format!("complaint: {{ column: {}, category: true }}", scalar(column))
        }
    }
}

fn handling(column: &str, unit: HandlingUnit) -> String {
    let unit = match unit {
        HandlingUnit::Seconds => "seconds",
        HandlingUnit::Minutes => "minutes",
        HandlingUnit::Millis => "millis",
    };
    format!("handling: {{ column: {}, unit: {unit} }}", scalar(column))
}

fn timestamp(section: &LogSection, zone_assumed: Option<&str>) -> Vec<String> {
    let formats: Vec<String> = section.formats.iter().map(TimeFormat::to_string).collect();
    let zone = section.zone.as_deref().or(zone_assumed);
    let mut lines = vec!["timestamp:".to_owned(), format!("  formats: {}", one_or_many(&formats))];
    if section.zone.is_none() && zone_assumed.is_some() {
        lines.push("  # assumed, since timestamps carry no offset".to_owned());
    }
    lines.extend(zone.map(|zone| format!("  zone: {}", scalar(zone))));
    if section.clock_changes != ClockChange::default() {
        lines.push(format!("  clock_changes: {}", section.clock_changes));
    }
    if section.any_year {
        lines.push("  any_year: true".to_owned());
    }
    if section.means == TimestampMeans::Complete {
        lines.push("  means: complete".to_owned());
    }
    lines
}

fn file(section: &LogSection) -> Vec<String> {
    [
        section.encoding.map(|encoding| format!("encoding: {encoding}")),
        section.header.as_ref().map(|names| format!("header: {}", list(names))),
        section.comment.map(|comment| format!("comment: {}", character(comment))),
        (section.delimiter != b',').then(|| format!("delimiter: {}", delimiter(section.delimiter))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn handling_of_rows(section: &LogSection) -> Vec<String> {
    let mut lines = Vec::new();
    if !section.filter.is_empty() {
        lines.push("filter:".to_owned());
    }
    let filter = section.filter.iter();
    lines.extend(
        filter.map(|(column, values)| format!("  {}: {}", scalar(column), one_or_many(values))),
    );
    if section.unknown == UnknownTouchpoints::Add {
        lines.push("unknown_touchpoints: add".to_owned());
    }
    if section.drop_duplicates {
        lines.push("duplicates: drop".to_owned());
    }
    lines
}

fn delimiter(delimiter: u8) -> String {
    if delimiter == b'\t' { "tab".to_owned() } else { character(delimiter) }
}

fn character(character: u8) -> String {
    scalar(&char::from(character).to_string())
}
