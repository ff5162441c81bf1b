//! Names from data, as a sentence can hold them.

use crate::map::{Text, TouchpointId};
use crate::report::Analysis;
use crate::report::phrases::Phrases;
use crate::report::width::{clean, cut};

/// Columns of a name within a sentence; longer ones are cut.
const LONGEST: usize = 60;
/// Columns of a reason, which may be a sentence itself.
const LONGEST_REASON: usize = 200;

/// A touchpoint's name in quotes; its id where nothing of the name can be seen.
pub(super) fn touchpoint(analysis: &Analysis<'_>, id: TouchpointId, say: Phrases) -> String {
    let touchpoint = analysis.map.touchpoint(id);
    let name = clean(touchpoint.name.in_language(say.language));
    let name = if name.is_empty() { clean(&touchpoint.id) } else { name };
    say.finding_name(&cut(&name, LONGEST))
}

/// Another text from data.
pub(super) fn text(text: &Text, say: Phrases) -> String {
    plain(text.in_language(say.language))
}

/// Why a touchpoint is protective.
pub(super) fn reason(reason: &Text, say: Phrases) -> String {
    cut(&clean(reason.in_language(say.language)), LONGEST_REASON)
}

/// A name that is the same in every language.
pub(super) fn plain(name: &str) -> String {
    cut(&clean(name), LONGEST)
}
