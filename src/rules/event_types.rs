//! The types of events that rules speak of, in one place.

/// The types that every pack may name, in the order of the alphabet; a pack adds its own under `events`.
///
/// ```
/// assert!(touchpoint::rules::event_types().contains(&"complaint.received"));
/// ```
#[must_use]
pub const fn event_types() -> &'static [&'static str] {
    &EVENT_TYPES
}

const EVENT_TYPES: [&str; 64] = [
    "account.opened",
    "apr.disclosed",
    "billing_error.acknowledged",
    "billing_error.notice",
    "billing_error.resolved",
    "callback.done",
    "claim.decided",
    "claim.filed",
    "complaint.acknowledged",
    "complaint.complexity_set",
    "complaint.contacted",
    "complaint.decided",
    "complaint.extension_approved",
    "complaint.extension_notified",
    "complaint.forwarded_by_regulator",
    "complaint.holding_sent",
    "complaint.new_facts",
    "complaint.received",
    "complaint.resolved_accepted",
    "complaint.response_sent",
    "complaint.resumed",
    "complaint.review_decided",
    "complaint.review_requested",
    "complaint.src_sent",
    "complaint.suspended",
    "complaint.withdrawn",
    "consent.granted",
    "consent.refused",
    "consent.withdrawn",
    "contingency.started",
    "contract.signed",
    "cooling_off.started",
    "credit.debited",
    "credit.notified",
    "credit.provisional",
    "disclosure.acknowledged",
    "disclosure.shown",
    "document.requested",
    "error.confirmation_required",
    "error.confirmed",
    "error.corrected",
    "error.determined",
    "error.notice",
    "error.reported",
    "fee.disclosed",
    "identity.verified",
    "major.flagged",
    "marketing.sent",
    "payment.debited",
    "pi.breach",
    "pi.collected",
    "pi.shared",
    "policy.cancelled",
    "product.launched",
    "product.reviewed",
    "product.terms_changed",
    "recording.ended",
    "recording.started",
    "regulator.notified",
    "risk.assessed",
    "service.denied",
    "service.enabled",
    "suitability.matched",
    "suitability.mismatch_warned",
];

#[cfg(test)]
mod tests {
    use super::event_types;

    #[test]
    fn types_are_in_order_and_stand_once() {
        assert!(event_types().is_sorted_by(|one, next| one < next));
    }
}
