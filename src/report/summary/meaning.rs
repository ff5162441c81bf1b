//! What the figures mean, in a few sentences.

use super::Summary;
use crate::report::document::Document;

impl Summary<'_> {
    pub(super) fn write_meaning(&self, document: &mut Document) {
        let (settings, say) = (self.analysis.scorecard.settings, self.say);
        document.heading(say.how_to_read());
        let families = &self.analysis.scorecard.families;
        if families.iter().any(|family| !family.hotspots().is_empty()) {
            document.key(say.drawing_key());
        }
        document.line(say.intervals_are(&say.level(settings.level)));
        document.line(say.hotspot_rule(
            &settings.hotspot_margin.to_string(),
            &settings.false_discovery_rate.to_string(),
        ));
        document.line(say.impact_reading());
        document.line(say.friction_reading());
        document.line(say.association());
    }
}
