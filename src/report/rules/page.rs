//! One rule in full.

use super::list::period;
use super::names::{basis, mark, rights, severity};
use super::wording::Wording;
use crate::map::{Language, Text};
use crate::report::document::Document;
use crate::report::screen::lay_out;
use crate::report::style::Style;
use crate::report::{Format, Page, markdown};
use crate::rules::Pack;
use crate::rules::pack::{Reference, Rule};

/// One rule of a pack in full: when it applies, what it asks, where it is written, and how well that is known.
///
/// Text and Markdown are for people; JSON is the rule as it was read, and so is CSV's place taken by JSON.
///
/// # Panics
///
/// Never: a rule holds nothing that JSON cannot say.
#[must_use]
pub fn rule(pack: &Pack, rule: &Rule, format: Format, page: &Page) -> String {
    match format {
        Format::Markdown => markdown::write(&document(pack, rule, page.language)),
        Format::Csv | Format::Json => {
            let mut text = serde_json::to_string_pretty(rule).expect("a rule is plain values");
            text.push('\n');
            text
        }
        _ => lay_out(&document(pack, rule, page.language), page.width),
    }
}

fn document(pack: &Pack, rule: &Rule, language: Language) -> Document {
    let say = Wording { language };
    let said = |text: &Text| text.in_language(language).to_owned();
    let mut document = Document::default();
    document.title(format!("{}  {}", rule.id, said(&rule.title)));
    document.styled(Style::Faint, about(rule, language));
    if let Some(reason) = &rule.disabled {
        let disabled = Text::both("Disabled", "停用");
        document.styled(Style::Unsure, format!("{}: {}", said(&disabled), said(reason)));
    }
    document.heading(said(&Text::both("When", "何时")));
    document.line(say.trigger(rule));
    say.exemptions(rule).into_iter().for_each(|sentence| document.line(sentence));
    document.heading(said(&Text::both("What it asks", "要求")));
    say.asks(rule).into_iter().for_each(|sentence| document.item(Style::Plain, sentence));
    document.heading(said(&Text::both("Where it is written", "出处")));
    for reference in &rule.references {
        write_reference(pack, reference, language, &mut document);
    }
    for clause in &rule.clauses {
        let note = clause.note.as_ref().map(|note| format!(" – {}", said(note)));
        let known = said(&mark(clause.mark));
        let style = if clause.mark.is_unverified() { Style::Unsure } else { Style::Plain };
        document.item(style, format!("{}: {known}{}", clause.part, note.unwrap_or_default()));
    }
    for note in &rule.notes {
        document.styled(Style::Faint, said(note));
    }
    document
}

/// Basis, severity, rights and period in one line.
fn about(rule: &Rule, language: Language) -> String {
    let texts = [
        basis(rule.basis),
        severity(rule.severity()),
        rights(&rule.rights),
        period(rule.effective_from, rule.effective_to),
    ];
    let texts: Vec<&str> = texts.iter().map(|text| text.in_language(language)).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn write_reference(
    pack: &Pack,
    reference: &Reference,
    language: Language,
    document: &mut Document,
) {
    let said = |text: &Text| text.in_language(language).to_owned();
    let source = pack.source(&reference.source);
    let mut words = source.map_or_else(|| reference.source.clone(), |source| said(&source.title));
    if let Some(number) = source.and_then(|source| source.number.as_ref()) {
        words = format!("{words} ({number})");
    }
    if let Some(article) = &reference.article {
        words += &said(&Text::both(format!(", art. {article}"), format!("，第 {article} 条")));
    }
    let style = if reference.mark.is_unverified() { Style::Unsure } else { Style::Plain };
    document.item(style, format!("{words}: {}", said(&mark(reference.mark))));
    let caution = source.and_then(|source| source.caution.as_ref());
    if let Some(caution) = caution {
        document.styled(Style::Faint, said(caution));
    }
}
