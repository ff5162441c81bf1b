//! The inspection table that an office files: by rule, right and owner.

use std::collections::{BTreeMap, BTreeSet};

use super::CustomersBehind;
use super::names::{basis, mark, missing, rights, severity};
use crate::map::{ConsumerRight, Language, Text};
use crate::report::HiddenLine;
use crate::report::view::{Figure, Quantity, Subject, View};
use crate::rules::pack::{Basis, Rule};
use crate::rules::{Apart, Inspection, InspectionRow, Missing, Pack, VerdictCounts};
use crate::time::Micros;

/// What an inspection found, beside what one of an earlier period found.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InspectionAnswers<'a> {
    pack: &'a Pack,
    now: &'a Inspection,
    before: Option<&'a Inspection>,
    /// Behind the verdicts of now, for the public.
    customers: Option<&'a CustomersBehind>,
}

impl<'a> InspectionAnswers<'a> {
    /// What a pack's inspection found.
    #[must_use]
    pub const fn new(pack: &'a Pack, inspection: &'a Inspection) -> Self {
        Self { pack, now: inspection, before: None, customers: None }
    }

    /// Beside what the inspection of an earlier period found.
    #[must_use]
    pub const fn against(self, before: Option<&'a Inspection>) -> Self {
        Self { before, ..self }
    }

    /// For the public, which sees rules alone, no count of fewer than five customers, and none that would tell such a
    /// count.
    #[must_use]
    pub const fn public(self, customers: &'a CustomersBehind) -> Self {
        Self { customers: Some(customers), before: None, ..self }
    }

    /// The tables: rules of law and guidance, rules of the house, by right, by owner, vulnerable customers, what is
    /// undetermined and why, what is taken as not having happened, and rules for which nothing was looked at. A table
    /// without rows is left out.
    #[must_use]
    pub fn views(&self) -> Vec<View> {
        let is_house = |rule: &Rule| rule.basis == Basis::House;
        let mut views = vec![
            self.by_rule("law", "Law and guidance", "法规与指引", |rule| !is_house(rule)),
            self.by_rule("house", "House rules", "内部标准", is_house),
        ];
        if self.customers.is_none() {
            let further = [self.by_right(), self.by_owner(), self.vulnerable()];
            views.extend(further);
            // for the public, that a rule stands here would tell of verdicts whose counts are hidden
            views.extend([self.undetermined(), self.assumed()]);
        }
        views.push(self.apart());
        views.retain(|view| !view.rows.is_empty());
        views
    }

    /// What was found of one rule, over all owners.
    pub(in crate::report) fn of_rule(&self, place: u16) -> InspectedRule<'a> {
        let rows = || self.now.rows.iter().filter(|row| row.rule == place);
        let owners = rows().filter_map(|row| Some((row.owner.as_deref()?, amiss(&row.all))));
        let hidden = self.customers.map(|customers| customers.hidden(place));
        InspectedRule {
            rule: self.rule(place),
            counts: self.now.of_rule(place),
            worst_delay: rows().filter_map(|row| row.worst_delay).max(),
            owner: owners.rev().max_by_key(|(_, amiss)| *amiss).filter(|(_, amiss)| *amiss > 0),
            is_public: hidden
                .is_some_and(|hidden| !hidden.sum && !hidden.cells[..DECIDED].contains(&true)),
        }
    }

    fn rule(&self, place: u16) -> &'a Rule {
        &self.pack.rules[usize::from(place)]
    }

    /// The rules that had obligations, in the order of the pack.
    pub(in crate::report) fn rules(&self) -> Vec<u16> {
        let mut rules: Vec<u16> = self.now.rows.iter().map(|row| row.rule).collect();
        rules.dedup();
        rules
    }

    fn by_rule(&self, key: &str, en: &str, zh: &str, belongs: impl Fn(&Rule) -> bool) -> View {
        let mut view = self.table(&format!("rules_{key}"), en, zh, Length::Full);
        for place in self.rules() {
            let rule = self.rule(place);
            if belongs(rule) {
                let rows = || self.now.rows.iter().filter(|row| row.rule == place);
                let worst = rows().filter_map(|row| row.worst_delay).max();
                let before = self.before.map(|before| before.of_rule(place));
                let figures = Counted { counts: self.now.of_rule(place), worst, before };
                let mut figures = figures.with(&words_of(rule));
                if let Some(customers) = self.customers {
                    hide(&mut figures, &customers.hidden(place));
                }
                view.row(subject(rule), figures);
            }
        }
        view.note(
            "None: no record, which is not no act. Contra: recorded against the rule. Share: met among met, late, none and contra; a census, so without an interval.",
            "无记录不等于未做；违反：记录与规则相悖；未明：数据不足以判定。达标率：达标 ÷（达标＋超期＋无记录＋违反）；全数统计，故无区间。",
        )
    }

    fn by_right(&self) -> View {
        let mut view = self.table("rights", "By right", "按权利", Length::Short);
        for right in ConsumerRight::ALL {
            let touches = |place: u16| self.rule(place).rights.contains(&right);
            let figures = Self::sum(self.now, touches);
            if figures.0.obligations > 0 {
                let before = self.before.map(|before| Self::sum(before, touches).0);
                let figures = Counted { counts: figures.0, worst: figures.1, before };
                let subject = Subject::Named(right.key().to_owned(), right.name());
                view.row(subject, figures.with(&nothing()));
            }
        }
        view.note(
            "A rule counts under each of its rights, so these are no parts of a whole.",
            "一条规则计入其涉及的每项权利，各行不可相加。",
        )
    }

    fn sum(
        inspection: &Inspection,
        takes: impl Fn(u16) -> bool,
    ) -> (VerdictCounts, Option<Micros>) {
        let mut counts = VerdictCounts::default();
        let mut worst = None;
        for row in inspection.rows.iter().filter(|row| takes(row.rule)) {
            counts.add(&row.all);
            worst = worst.max(row.worst_delay);
        }
        (counts, worst)
    }

    /// Where the most is amiss first.
    fn by_owner(&self) -> View {
        let mut view = self.table("owners", "By owner and rule", "按部门与规则", Length::Short);
        let mut rows: Vec<&InspectionRow> = self.now.rows.iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(amiss(&row.all)));
        for row in rows {
            let rule = self.rule(row.rule);
            let before = self.before.map(|before| of_owner(before, row));
            let figures = Counted { counts: row.all, worst: row.worst_delay, before };
            let owner = owner(row.owner.as_deref());
            view.row(owner_and_rule(&owner, rule), figures.with(&words_of(rule)));
        }
        view
    }

    fn vulnerable(&self) -> View {
        let mut view = self.table(
            "vulnerable",
            "Of these, vulnerable customers",
            "其中：弱势消费者",
            Length::Short,
        );
        for place in self.rules() {
            let counts = vulnerable_of(self.now, place);
            if counts.obligations > 0 {
                let rule = self.rule(place);
                let before = self.before.map(|before| vulnerable_of(before, place));
                let figures = Counted { counts, worst: None, before };
                view.row(subject(rule), figures.with(&words_of(rule)));
            }
        }
        view
    }

    fn undetermined(&self) -> View {
        let mut view =
            View::new("undetermined", "Undetermined, and for want of what", "无法判定及所缺")
                .column(Quantity::Words, "missing", "what is missing", "所缺")
                .column(Quantity::Count, "undetermined", "undetermined", "无法判定");
        let mut wanting: BTreeMap<(u16, &Missing), u64> = BTreeMap::new();
        for row in &self.now.rows {
            for (reason, count) in &row.missing {
                *wanting.entry((row.rule, reason)).or_default() += count;
            }
        }
        for ((place, reason), count) in wanting {
            let words = Figure::Words(missing(reason));
            view.row(subject(self.rule(place)), vec![words, (count as f64).into()]);
        }
        view
    }

    fn assumed(&self) -> View {
        let mut view = View::new("assumed", "Taken as not having happened", "按未发生处理")
            .whole()
            .column(Quantity::Words, "events", "events that nothing records", "没有数据源记录的事件")
            .note(
                "If they did happen, verdicts that are late or without a record may be kept limits, and answers in \
                 several parts may have been void.",
                "若其实发生过，超期或无记录的结论可能其实达标，分几步的答复可能已失效。",
            );
        for place in self.rules() {
            let of_rule = self.now.rows.iter().filter(|row| row.rule == place);
            let events: BTreeSet<&str> =
                of_rule.flat_map(|row| &row.assumed_absent).map(String::as_str).collect();
            if !events.is_empty() {
                let events: Vec<&str> = events.into_iter().collect();
                let words = Figure::Words(Text::plain(events.join(", ")));
                view.row(subject(self.rule(place)), vec![words]);
            }
        }
        view
    }

    fn apart(&self) -> View {
        let mut view = View::new("not_looked_at", "Nothing to look at", "未检视的规则")
            .whole()
            .column(Quantity::Words, "title", "title", "标题")
            .column(Quantity::Words, "reason", "reason", "原因");
        let looked_at = self.rules();
        let rules = (0_u16..).zip(&self.pack.rules);
        for (place, rule) in rules.filter(|(place, _)| !looked_at.contains(place)) {
            let apart = self.now.apart.iter().find(|(apart, _)| *apart == place);
            let words = [rule.title.clone(), why_apart(apart.map(|(_, reason)| *reason), rule)];
            view.row(subject(rule), words.into_iter().map(Figure::Words).collect());
        }
        view
    }

    /// The columns that all tables of counts have; texts of a short one leave out what the table of rules says.
    fn table(&self, key: &str, en: &str, zh: &str, length: Length) -> View {
        let count = Quantity::Count;
        let short = |view: View| match length {
            Length::Full => view,
            Length::Short => view.last_column_for_programs(),
        };
        let view = View::new(format!("inspection_{key}"), en, zh)
            .whole()
            .column(count, "obligations", "due", "义务")
            .column(count, "met", "met", "达标")
            .column(count, "late", "late", "超期")
            .column(count, "no_record", "none", "无记录")
            .column(count, "contrary", "contra", "违反")
            .column(count, "undetermined", "unclear", "未明")
            .column(count, "pending", "open", "未到期");
        let view = short(view.column(count, "not_applicable", "n/a", "不适用"));
        let view = short(view.column(Quantity::Share, "share", "share", "达标率"));
        let view = match self.before {
            Some(_) => view.column(Quantity::Share, "share_before", "before", "上期"),
            None => view,
        };
        let view = short(view.column(Quantity::Seconds, "worst_delay", "worst", "最长"));
        let view = short(view.column(Quantity::Words, "title", "title", "标题"));
        let view = short(view.column(Quantity::Words, "known", "known by", "核对情况"));
        view.column_for_programs(Quantity::Words, "severity")
            .column_for_programs(Quantity::Words, "rights")
            .column_for_programs(Quantity::Words, "basis")
    }
}

/// What was found of one rule.
pub(in crate::report) struct InspectedRule<'a> {
    pub(in crate::report) rule: &'a Rule,
    pub(in crate::report) counts: VerdictCounts,
    /// The longest delay.
    pub(in crate::report) worst_delay: Option<Micros>,
    /// The department with the most amiss, and how many; the first of equals.
    pub(in crate::report) owner: Option<(&'a str, u64)>,
    /// Whether the public may see every count that is decided.
    pub(in crate::report) is_public: bool,
}

impl InspectedRule<'_> {
    /// What went wrong, as far as it is decided.
    pub(in crate::report) const fn amiss(&self) -> u64 {
        amiss(&self.counts)
    }
}

/// How much of a table texts show.
#[derive(Clone, Copy)]
enum Length {
    Full,
    Short,
}

/// The figures of a row.
struct Counted {
    counts: VerdictCounts,
    worst: Option<Micros>,
    before: Option<VerdictCounts>,
}

impl Counted {
    fn with(&self, words: &[Text; 5]) -> Vec<Figure> {
        let counts = &self.counts;
        let numbers = [
            counts.obligations,
            counts.met,
            counts.late,
            counts.no_record,
            counts.contrary,
            counts.undetermined,
            counts.pending,
            counts.not_applicable,
        ];
        let mut figures: Vec<Figure> =
            numbers.into_iter().map(|number| (number as f64).into()).collect();
        figures.push(counts.share().into());
        figures.extend(self.before.map(|before| Figure::from(before.share())));
        figures.push(self.worst.map(Micros::as_seconds).into());
        figures.extend(words.iter().cloned().map(Figure::Words));
        figures
    }
}

/// Verdicts that are decided stand before the others.
const DECIDED: usize = 4;

/// Hides counts, the share that tells of them, and the delay of a single case.
fn hide(figures: &mut [Figure], hidden: &HiddenLine) {
    const OBLIGATIONS: usize = 0;
    const SHARE: usize = 8;
    const WORST: usize = 9;
    if hidden.sum {
        figures[OBLIGATIONS] = Figure::Hidden;
    }
    for (place, is_hidden) in hidden.cells.iter().enumerate() {
        if *is_hidden {
            figures[place + 1] = Figure::Hidden;
        }
    }
    if hidden.cells[..DECIDED].contains(&true) {
        figures[SHARE] = Figure::Hidden;
    }
    figures[WORST] = Figure::Hidden;
}

fn words_of(rule: &Rule) -> [Text; 5] {
    [
        rule.title.clone(),
        mark(rule.mark()),
        severity(rule.severity()),
        rights(&rule.rights),
        basis(rule.basis),
    ]
}

fn nothing() -> [Text; 5] {
    std::array::from_fn(|_| Text::plain(""))
}

fn subject(rule: &Rule) -> Subject {
    Subject::Named(rule.id.clone(), Text::plain(&rule.id))
}

/// A department, or that none is known.
pub(super) fn owner(owner: Option<&str>) -> Text {
    owner.map_or_else(|| Text::both("(no owner)", "（无部门）"), Text::plain)
}

fn owner_and_rule(owner: &Text, rule: &Rule) -> Subject {
    let key = format!("{}/{}", owner.in_language(Language::En), rule.id);
    let [en, zh] = [Language::En, Language::Zh]
        .map(|language| format!("{} {}", owner.in_language(language), rule.id));
    Subject::Named(key, Text::both(en, zh))
}

/// What went wrong, as far as it is decided.
const fn amiss(counts: &VerdictCounts) -> u64 {
    counts.late + counts.no_record + counts.contrary
}

fn vulnerable_of(inspection: &Inspection, rule: u16) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    let rows = inspection.rows.iter().filter(|row| row.rule == rule);
    rows.for_each(|row| counts.add(&row.vulnerable));
    counts
}

fn of_owner(before: &Inspection, row: &InspectionRow) -> VerdictCounts {
    let same = |other: &&InspectionRow| other.rule == row.rule && other.owner == row.owner;
    before.rows.iter().find(same).map(|row| row.all).unwrap_or_default()
}

fn why_apart(reason: Option<Apart>, rule: &Rule) -> Text {
    let events = rule.trigger.what.events.join(", ");
    let Some(reason) = reason else {
        return Text::both("nothing triggered it", "没有触发");
    };
    match reason {
        Apart::NotInForce => Text::both("not in force then", "当时未生效"),
        Apart::PartOfLog => Text::both("needs the whole log", "需要完整日志"),
        Apart::TriggerUnrecorded => Text::both(
            format!("undetermined: nothing records {events}"),
            format!("无法判定：没有数据源记录 {events}"),
        ),
    }
}
