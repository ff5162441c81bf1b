//! What was found, in words and in short: the figures stand in the tables below.

use crate::map::Text;
use crate::report::document::Document;
use crate::report::findings::{Finding, FindingKind, findings_for};
use crate::report::phrases::Phrases;
use crate::report::style::Style;
use crate::report::{Analysis, Page};

/// As many obligations, and as many hotspots, as hotspots are shown of a family; where there is neither, what was looked
/// for.
pub(in crate::report) fn write_findings(
    analysis: &Analysis<'_>,
    page: &Page,
    document: &mut Document,
) {
    let say = Phrases { language: page.language };
    let found = findings_for(analysis, page.audience);
    document.heading(say.what_was_found());
    if found.list.is_empty() {
        document.line(say.nothing_found());
        document.styled(Style::Faint, found.looked_for.in_language(say.language));
    }
    let (obligations, hotspots): (Vec<&Finding>, Vec<&Finding>) =
        found.list.iter().partition(|finding| finding.kind == FindingKind::Obligation);
    let shown = [&obligations, &hotspots].map(|findings| findings.iter().take(page.top));
    let shown: Vec<&&Finding> = shown.into_iter().flatten().collect();
    shown.iter().for_each(|finding| write_in_short(finding, say, document));
    let more = found.list.len() - shown.len();
    if more > 0 {
        document.styled(Style::Faint, say.more_findings(&say.count(more as u64)));
    }
}

/// An obligation stands with its numbers, which no table below has.
fn write_in_short(finding: &Finding, say: Phrases, document: &mut Document) {
    let said = |text: &Text| text.in_language(say.language).to_owned();
    document.item(Style::Strong, said(&finding.headline));
    if finding.kind == FindingKind::Obligation {
        document.under_item(said(&finding.numbers));
    }
    let next = say.strength_and_next(say.strength(finding.strength), &said(&finding.check_next));
    document.under_item(next);
}
