//! Where the complaints of a register went.

use super::{Quantity, Subject, View, count};
use crate::complaint::RegisterSummary;
use crate::map::Text;

impl View {
    /// The steps of the ladder by which complaints found their touchpoints, each counted; without a log there is none.
    #[must_use]
    pub fn complaint_attribution(summary: &RegisterSummary) -> Self {
        let mut view = Self::new(
            "complaint_attribution",
            "How complaints found their touchpoint",
            "投诉如何归因到触点",
        )
        .column(Quantity::Count, "count", "count", "数量")
        .whole();
        let rejected = Text::both("rows rejected, and in no table", "被拒收的行（不计入各表）");
        let rejected = (Subject::Named("rejected".to_owned(), rejected), summary.reading.rejected);
        let Some(found) = &summary.attributed else {
            view.row(rejected.0, vec![count(rejected.1)]);
            return view.note(
                "No event log: complaints are about what they name, and there is no other way to tell.",
                "没有事件日志：仅按投诉自身指明的触点归因。",
            );
        };
        let rows = [
            ("named", Text::both("named the touchpoint", "指明了触点"), found.named),
            (
                "last_touchpoint",
                Text::both("by the last touchpoint in the look-back", "按回溯期内最后触点"),
                found.last_touchpoint,
            ),
            ("unattributed", Text::both("unattributed", "未能归因"), found.unattributed),
            (
                "without_journey",
                Text::both("· of no customer of the log", "· 客户不在日志中"),
                found.without_journey,
            ),
            (
                "after_observation",
                Text::both("received after observation ended", "观察结束后收到"),
                found.after_observation,
            ),
            (
                "left_out_of_log",
                Text::both(
                    "the log's own, which the register replaces",
                    "日志自带的投诉，由登记簿取代",
                ),
                found.left_out_of_log,
            ),
        ];
        for (key, name, number) in rows {
            view.row(Subject::Named(key.to_owned(), name), vec![count(number)]);
        }
        view.row(rejected.0, vec![count(rejected.1)]);
        view
    }
}
