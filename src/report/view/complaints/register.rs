//! What a register holds.

use super::{Figure, Quantity, Subject, View, count};
use crate::complaint::{Case, Caseload, Tally};
use crate::map::{ComplaintClass, Text};

impl View {
    /// What a register holds: its complaints and what is known of them, then the rows that are no complaints.
    #[must_use]
    pub fn complaint_register(caseload: &Caseload<'_>) -> Self {
        let cases: Vec<&Case<'_>> = caseload.cases().iter().collect();
        let tally = Tally::of(&cases);
        let mut view = Self::new("complaint_register", "The complaint register", "投诉登记簿")
            .column(Quantity::Count, "count", "count", "数量")
            .column(Quantity::Share, "share", "of complaints", "占投诉")
            .whole()
            .note_of_period(caseload)
            .note(
                "A repeat counts as a complaint, and so does one that was merged into another. Enquiries, reports and petitions are no complaints, and are in no other table.",
                "重复投诉与已合并的投诉均计为投诉。咨询、举报、信访不是投诉，不计入其他各表。",
            );
        for (key, name, number) in counted(&tally, caseload) {
            let share = if is_of_complaints(key) { share(number, &tally) } else { None.into() };
            view.row(Subject::Named(key.to_owned(), name), vec![count(number), share]);
        }
        for left_out in caseload.left_out() {
            let subject = Subject::Named(left_out.class.key().to_owned(), class(left_out.class));
            view.row(subject, vec![count(left_out.rows), None.into()]);
        }
        view
    }
}

/// People are no part of the complaints.
fn is_of_complaints(key: &str) -> bool {
    !["complainants", "customers"].contains(&key)
}

fn share(number: u64, tally: &Tally) -> Figure {
    let share = number as f64 / tally.complaints as f64;
    Figure::from((tally.complaints > 0).then_some(share))
}

/// What is counted, without what nobody told.
fn counted(tally: &Tally, caseload: &Caseload<'_>) -> Vec<(&'static str, Text, u64)> {
    let cases = || caseload.cases().iter();
    let attributed = cases().filter(|case| case.touchpoint.is_some()).count() as u64;
    let with_right = cases().filter(|case| !case.meaning.rights.is_empty()).count() as u64;
    let complaints = ("complaints", Text::both("complaints", "投诉"), tally.complaints);
    let others = [
        ("attributed", Text::both("· with a touchpoint", "· 已归因到触点"), attributed),
        ("with_right", Text::both("· with a right at stake", "· 涉及消费者权利"), with_right),
        ("repeats", Text::both("· repeat an earlier one", "· 重复投诉"), tally.repeats),
        ("merged", Text::both("· merged into another", "· 已合并"), tally.merged),
        (
            "forwarded",
            Text::both("· forwarded by an authority", "· 由监管等机构转送"),
            tally.forwarded,
        ),
        ("vulnerable", Text::both("· of vulnerable customers", "· 来自弱势客户"), tally.vulnerable),
        ("upheld", Text::both("· upheld", "· 支持"), tally.upheld),
        ("partly_upheld", Text::both("· upheld in part", "· 部分支持"), tally.partly_upheld),
        ("not_upheld", Text::both("· not upheld", "· 不支持"), tally.not_upheld),
        ("with_redress", Text::both("· that tell what was paid", "· 注明赔付"), tally.with_redress),
        ("complainants", Text::both("people who complain", "投诉人"), tally.complainants),
        ("customers", Text::both("distinct customers", "不同客户"), tally.customers.unwrap_or(0)),
    ];
    let told = others.into_iter().filter(|(_, _, number)| *number > 0);
    std::iter::once(complaints).chain(told).collect()
}

fn class(class: ComplaintClass) -> Text {
    match class {
        ComplaintClass::Inquiry => Text::both("left out: enquiries", "不计：咨询"),
        ComplaintClass::Report => Text::both("left out: reports", "不计：举报"),
        ComplaintClass::Petition => Text::both("left out: petitions", "不计：信访"),
        _ => Text::both("left out: class unknown", "不计：类别不明"),
    }
}
