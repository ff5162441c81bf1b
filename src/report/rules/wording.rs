//! What a rule says, in words, in both languages.

use crate::map::Language;
use crate::rules::pack::{
    Absent, Asked, Clock, Combination, Condition, CountAtLeast, Deadline, DeclareRule,
    EventPattern, Limit, Matches, OtherSide, Precedes, Relation, Roll, Rule, Spans, Test, Tier,
    Unit, Value,
};

/// Words in one language.
#[derive(Clone, Copy)]
pub(super) struct Wording {
    pub(super) language: Language,
}

impl Wording {
    fn pick(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.language {
            Language::En => en.into(),
            Language::Zh => zh.into(),
        }
    }

    fn list(self, items: &[String], last: (&str, &str)) -> String {
        let (comma, last) = match self.language {
            Language::En => (", ", format!(" {} ", last.0)),
            Language::Zh => ("、", last.1.to_owned()),
        };
        match items.split_last() {
            None => String::new(),
            Some((only, [])) => only.clone(),
            Some((end, rest)) => format!("{}{last}{end}", rest.join(comma)),
        }
    }

    fn all(self, items: &[String]) -> String {
        self.list(items, ("and", "和"))
    }

    fn any(self, items: &[String]) -> String {
        self.list(items, ("or", "或"))
    }

    /// When the rule applies.
    pub(super) fn trigger(self, rule: &Rule) -> String {
        if let Combination::All(asked) = &rule.asks
            && matches!(asked.as_slice(), [Asked::Declare(_)])
        {
            return self.pick("every journey", "每个旅程");
        }
        let mut words = self.pattern(&rule.trigger.what);
        if !rule.trigger.first_by.is_empty() {
            let keys = self.all(&rule.trigger.first_by);
            words +=
                &self.pick(format!(", the first for each {keys}"), format!("，每个 {keys} 的首次"));
        }
        if let Some(group) = &rule.trigger.group {
            let span = group.within.map(|limit| self.limit(limit));
            let same = self.all(&group.same);
            let (count, within) = (group.count, span.unwrap_or_default());
            words += &self.pick(
                format!(", once {count} come together with the same {same} within {within}"),
                format!("，同一 {same} 在 {within} 内累计满 {count} 人"),
            );
        }
        words
    }

    /// Where it does not apply after all; one sentence each.
    pub(super) fn exemptions(self, rule: &Rule) -> Vec<String> {
        let say = |what: &EventPattern, within: Option<Limit>| {
            let what = self.pattern(what);
            match within.map(|limit| self.limit(limit)) {
                Some(limit) => self.pick(
                    format!("Not where {what} comes within {limit}."),
                    format!("{limit}内有{what}的，不适用。"),
                ),
                None => {
                    self.pick(format!("Not where {what} comes."), format!("有{what}的，不适用。"))
                }
            }
        };
        rule.exemptions.iter().map(|exempt| say(&exempt.what, exempt.within)).collect()
    }

    /// What is asked; one sentence each.
    pub(super) fn asks(self, rule: &Rule) -> Vec<String> {
        let (asked, any) = match &rule.asks {
            Combination::All(asked) => (asked, false),
            Combination::Any(asked) => (asked, true),
        };
        let mut sentences: Vec<String> = Vec::new();
        if any {
            sentences.push(self.pick("Any of these:", "下列任一即可："));
        }
        sentences.extend(asked.iter().flat_map(|asked| self.asked(asked)));
        sentences
    }

    fn asked(self, asked: &Asked) -> Vec<String> {
        match asked {
            Asked::Precedes(precedes) => vec![self.precedes(precedes)],
            Asked::Deadline(deadline) => self.deadline(deadline),
            Asked::Absent(absent) => vec![self.absent(absent)],
            Asked::Matches(matches) => self.matches(matches),
            Asked::Spans(spans) => vec![self.spans(spans)],
            Asked::CountAtLeast(count) => vec![self.count(count)],
            Asked::Declare(declare) => vec![declare_words(declare)],
        }
    }

    fn precedes(self, precedes: &Precedes) -> String {
        let what = self.pattern(&precedes.what);
        let mut words =
            self.pick(format!("Before it or with it: {what}"), format!("此前或同时须有{what}"));
        if let Some(age) = precedes.max_age {
            let age = self.limit(age);
            words += &self.pick(format!(", at most {age} old"), format!("，距今不超过{age}"));
        }
        if let Some(after) = &precedes.after {
            let after = self.pattern(after);
            words += &self.pick(format!(", itself after {after}"), format!("，且在{after}之后"));
        }
        if !precedes.undone_by.is_empty() {
            let undone = self.any(&self.patterns(&precedes.undone_by));
            words += &self
                .pick(format!(", not undone since by {undone}"), format!("，其后未被{undone}撤销"));
        }
        self.stop(words)
    }

    fn deadline(self, deadline: &Deadline) -> Vec<String> {
        let what = self.all(&self.patterns(&deadline.what));
        let mut sentences = Vec::new();
        if let Some(rule) = &deadline.due_of {
            sentences.push(self.pick(
                format!("{what}, by the due date of {rule} as it stood at the trigger."),
                format!("须在触发时 {rule} 的到期日之前有{what}。"),
            ));
        }
        for (place, tier) in deadline.tiers.iter().enumerate() {
            let limit = self.tier_limit(tier);
            sentences.push(if place == 0 {
                self.pick(format!("{what}, within {limit}."), format!("{limit}内须有{what}。"))
            } else {
                let opening = self.opening(tier);
                self.pick(
                    format!("Within {limit} where, by the due date before, there is {opening}."),
                    format!("在上一档到期日之前（含当日）有{opening}的，为{limit}。"),
                )
            });
        }
        sentences.extend(self.clock(&deadline.clock));
        sentences
    }

    fn tier_limit(self, tier: &Tier) -> String {
        let mut words = self.limit(tier.limit);
        for (conditions, limit) in &tier.limits {
            let (limit, conditions) = (self.limit(*limit), self.conditions(conditions));
            words += &self.pick(
                format!(" ({limit} where {conditions})"),
                format!("（{conditions}的为{limit}）"),
            );
        }
        words
    }

    fn opening(self, tier: &Tier) -> String {
        let mut needed = self.patterns(&tier.opened_by);
        if !tier.when.is_empty() {
            needed.insert(0, self.conditions(&tier.when));
        }
        self.all(&needed)
    }

    fn clock(self, clock: &Clock) -> Vec<String> {
        let mut sentences = vec![if clock.count_first_day {
            self.pick("The day of the trigger counts.", "触发当日计入。")
        } else {
            self.pick("The day of the trigger does not count.", "触发当日不计入。")
        }];
        if clock.roll == Roll::NextOpenDay {
            sentences.push(self.pick(
                "A last day on which it is closed moves to the next open day.",
                "最后一日为休假日的，顺延至其后第一个工作日。",
            ));
        }
        for stop in &clock.suspensions {
            let (from, to) = (self.pattern(&stop.from), self.pattern(&stop.to));
            sentences.push(self.pick(
                format!("Not counted: from {from} to {to}."),
                format!("自{from}至{to}不计入。"),
            ));
        }
        for event in self.patterns(&clock.restarts) {
            sentences.push(
                self.pick(format!("Counted anew from {event}."), format!("自{event}起重新计算。")),
            );
        }
        for event in self.patterns(&clock.voids) {
            sentences.push(self.pick(
                format!("Not applicable after {event}, up to the due day."),
                format!("到期日前（含当日）有{event}的，不再适用。"),
            ));
        }
        sentences
    }

    fn absent(self, absent: &Absent) -> String {
        let what = self.pattern(&absent.what);
        let mut words = self.pick(format!("Afterwards no {what}"), format!("此后不得有{what}"));
        if let Some(limit) = absent.within {
            let limit = self.limit(limit);
            words += &self.pick(format!(" within {limit}"), format!("（{limit}内）"));
        }
        if !absent.until.is_empty() {
            let until = self.any(&self.patterns(&absent.until));
            words += &self.pick(format!(", until {until}"), format!("，直至{until}"));
        }
        self.stop(words)
    }

    fn matches(self, matches: &Matches) -> Vec<String> {
        let mut sentences = Vec::new();
        if !matches.conditions.is_empty() {
            let conditions = self.conditions(&matches.conditions);
            sentences.push(self.pick(format!("Its {conditions}."), format!("其{conditions}。")));
        }
        sentences.extend(matches.comparison.as_ref().map(|side| self.comparison(side)));
        sentences
    }

    fn comparison(self, side: &OtherSide) -> String {
        let other = match &side.value {
            Value::OfTrigger(attribute) => {
                self.pick(format!("its {attribute}"), format!("其 {attribute}"))
            }
            Value::Constant(text) => text.clone(),
            Value::OfLast { pattern, attribute } => {
                let pattern = self.pattern(pattern);
                self.pick(
                    format!("the {attribute} of the last {pattern}"),
                    format!("最近一次{pattern}的 {attribute}"),
                )
            }
        };
        let (en, zh) = match side.relation {
            Relation::Equal => ("equals", "等于"),
            Relation::Different => ("differs from", "不同于"),
            Relation::AtMost => ("is at most", "不高于"),
            Relation::AtLeast => ("is at least", "不低于"),
        };
        let attribute = &side.attribute;
        self.pick(format!("Its {attribute} {en} {other}."), format!("其 {attribute} {zh}{other}。"))
    }

    fn spans(self, spans: &Spans) -> String {
        let (from, to) = (self.pattern(&spans.from), self.pattern(&spans.to));
        let covered = self.all(&self.patterns(&spans.covers));
        let mut words = if covered.is_empty() {
            self.pick(format!("It lies between {from} and {to}"), format!("须处于{from}与{to}之间"))
        } else {
            self.pick(
                format!("It and the first {covered} lie between {from} and {to}"),
                format!("其与首次{covered}均须处于{from}与{to}之间"),
            )
        };
        if let Some(before) = &spans.preceded_by {
            let before = self.pattern(before);
            words += &self.pick(format!(", after {before}"), format!("，此前须有{before}"));
        }
        self.stop(words)
    }

    fn count(self, asked: &CountAtLeast) -> String {
        let (what, count) = (self.pattern(&asked.what), asked.count);
        let mut words =
            self.pick(format!("At least {count} of {what}"), format!("{what}至少 {count} 次"));
        if let Some(limit) = asked.within {
            let limit = self.limit(limit);
            words += &self.pick(format!(" within {limit}"), format!("（{limit}内）"));
        }
        self.stop(words)
    }

    fn patterns(self, patterns: &[EventPattern]) -> Vec<String> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn pattern(self, pattern: &EventPattern) -> String {
        let mut words = self.any(&pattern.events);
        if !pattern.conditions.is_empty() {
            let conditions = self.conditions(&pattern.conditions);
            words += &self.pick(format!(" ({conditions})"), format!("（{conditions}）"));
        }
        if !pattern.same.is_empty() {
            let same = self.all(&pattern.same);
            words += &self.pick(format!(" with the same {same}"), format!("（{same} 相同）"));
        }
        if self.language == Language::Zh { format!(" {words} ") } else { words }
    }

    fn conditions(self, conditions: &[Condition]) -> String {
        let conditions: Vec<String> =
            conditions.iter().map(|condition| self.condition(condition)).collect();
        self.all(&conditions)
    }

    fn condition(self, condition: &Condition) -> String {
        let name = &condition.attribute;
        match &condition.test {
            Test::In(values) => {
                let values = self.any(values);
                self.pick(format!("{name} is {values}"), format!("{name} 为 {values}"))
            }
            Test::NotIn(values) => {
                let values = self.any(values);
                self.pick(format!("{name} is not {values}"), format!("{name} 不为 {values}"))
            }
            Test::Covers(values) => {
                let values = self.all(values);
                self.pick(format!("{name} covers {values}"), format!("{name} 含 {values}"))
            }
            Test::Present => self.pick(format!("{name} is given"), format!("{name} 已填")),
            Test::Blank => self.pick(format!("{name} is blank"), format!("{name} 为空")),
            Test::AtLeast(least) => {
                self.pick(format!("{name} is at least {least}"), format!("{name} 不低于 {least}"))
            }
            Test::AtMost(most) => {
                self.pick(format!("{name} is at most {most}"), format!("{name} 不高于 {most}"))
            }
        }
    }

    fn limit(self, limit: Limit) -> String {
        let amount = limit.amount;
        let plural = if amount == 1 { "" } else { "s" };
        match limit.unit {
            Unit::Hour => self.pick(format!("{amount} hour{plural}"), format!("{amount} 小时")),
            Unit::CalendarDay => {
                self.pick(format!("{amount} calendar day{plural}"), format!("{amount} 个自然日"))
            }
            Unit::BusinessDay => {
                self.pick(format!("{amount} business day{plural}"), format!("{amount} 个工作日"))
            }
            Unit::Week => self.pick(format!("{amount} week{plural}"), format!("{amount} 周")),
        }
    }

    fn stop(self, sentence: String) -> String {
        sentence + &self.pick(".", "。")
    }
}

/// Templates have one name in every language.
fn declare_words(declare: &DeclareRule) -> String {
    let name = serde_json::to_value(declare.template).ok();
    let name = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let pair: Vec<&str> = std::iter::once(declare.a.as_str()).chain(declare.b.as_deref()).collect();
    format!("Declare: {name}({})", pair.join(", "))
}
