//! The words of findings, in English and in Chinese. None of them says why: a figure is an association.

use super::Strength;
use crate::map::{Language, Text};
use crate::metric::Part;
use crate::report::phrases::{Phrases, filled, fixed};

/// The same said in both languages.
pub(super) fn both(say: impl Fn(Phrases) -> String) -> Text {
    let [en, zh] = [Language::En, Language::Zh].map(|language| say(Phrases { language }));
    Text::both(en, zh)
}

fixed! {
    strong_evidence: "Strong evidence", "证据充分";
    moderate_evidence: "Moderate evidence", "证据中等";
    weak_evidence: "Weak evidence", "证据较弱";

    others_of_kind: "the others of its kind", "同类其余触点";
    others_of_all: "the other touchpoints", "其余触点";

    between_figures: "; ", "；";
    between_sentences: " ", "";
    full_stop: ".", "。";

    no_record_is_no_proof: "A missing record is not a missing act: look for records elsewhere.", "无记录不等于未做：请核查其他系统的记录。";
    read_the_cases: "Read the cases: `touchpoint rules check --verdicts FILE`.", "逐项核查：`touchpoint rules check --verdicts FILE`。";
    read_the_clause: "Hold the rule against its text first.", "先核对规则原文。";

    look_at_silence: "See what the step asks for and whether another channel took these customers on.", "查看该步骤要求什么，以及是否由其他渠道接续。";
    look_at_losses: "Read the reasons recorded where these journeys were lost.", "查看这些旅程流失处记录的原因。";
    look_at_failures: "Compare failed attempts by channel, product and hour, and read what customers were told.", "按渠道、产品和时段比较失败的尝试，并查看给客户的提示。";
    look_at_complaints: "Read these complaints by reason.", "按原因阅读这些投诉。";
    look_at_visits: "Read the longest visits first.", "先看用时最长的访问。";
    look_at_figure: "Compare its visits with those elsewhere.", "与其他触点的访问比较。";

    part_failure: "Find the step that fails.", "找出失败的步骤。";
    part_repeat_contact: "See which earlier contact left the matter open.", "查看此前哪次联系未解决。";
    part_self_loop: "See what is asked again at once.", "查看哪些内容被立即重复要求。";
    part_rework: "See what is sent back, and for what.", "查看哪些内容被退回及其事由。";
    part_back_track: "See which later step sends customers back.", "查看哪个后续步骤退回客户。";
    part_channel_switch: "See what could not be done in the channel before.", "查看在前一渠道未能办理什么。";
    part_waiting: "See where cases lie: hours, capacity, hand-overs.", "查看积压在何处：时段、人力、交接。";

    looked_at_no_rules: "No rules were asked for.", "未要求检查规则。";
    left_out_few: "Findings that rest on few customers, and what was checked against rules without a count of customers, are left out.", "涉及少数客户的发现，以及未计客户数的规则检查，均不列出。";
}

filled! {
    finding_name(name): "“{name}”", "“{name}”";
    leaves(name, often, others, rest): "At {name} customers leave after {often}; at {others} after {rest}.", "在{name}，{often}之后客户离开；{others}为 {rest}。";
    loses_time(name, value, others, rest): "At {name} friction takes {value} a visit; at {others} {rest}.", "在{name}，每次访问的摩擦为 {value}；{others}为 {rest}。";
    complains(name, often, others, rest): "At {name} customers complain after {often}; at {others} after {rest}.", "在{name}，{often}之后客户投诉；{others}为 {rest}。";
    fails(name, often, others, rest): "At {name} something fails on {often}; at {others} on {rest}.", "在{name}，{often}失败；{others}为 {rest}。";
    stands_out(name, family, value, others, rest): "At {name} {family} is {value}; at {others} {rest}.", "在{name}，{family}为 {value}；{others}为 {rest}。";

    figure_beside(family, value, interval, others, rest): "{family} {value} [{interval}], {others} {rest}", "{family} {value}［{interval}］，{others} {rest}";
    with_support(figure, customers, q): "{figure}, {customers}, q {q}", "{figure}，{customers}，q {q}";
    worth_completions(more, journeys): "If customers here went on as at the touchpoints it is compared with, about {more} more of {journeys} would complete: an association, not a promise.", "假如此处客户与所比较的触点一样继续前行，{journeys}中约多 {more} 个完成：是关联，不是承诺。";

    silent_then(silent, resumed, look): "{silent} of them fell silent, and {resumed} of these came back later. {look}", "其中 {silent} 次之后沉默，又有 {resumed} 次之后恢复。{look}";
    lost_then(lost, look): "{lost} of them reached a touchpoint of loss. {look}", "其中 {lost} 次到达流失触点。{look}";
    mostly_part(part, share, look): "{share} of it is {part}. {look}", "其中 {share} 为{part}。{look}";
    rights_at_stake(look, rights): "{look} Rights at stake: {rights}.", "{look}涉及权利：{rights}。";

    broken(title, rule, amiss, decided): "{title} ({rule}): {amiss}, of {decided} obligations decided.", "{title}（{rule}）：已判定 {decided} 项义务，其中 {amiss}。";
    were_late(count): "{count} recorded late", "{count} 项超期";
    had_no_record(count): "{count} without a record", "{count} 项无记录";
    were_contrary(count): "{count} recorded against the rule", "{count} 项与规则相悖";
    census(share, undetermined, pending): "Met {share} (a census, so without an interval); {undetermined} undetermined, {pending} not yet due", "达标 {share}（全数统计，故无区间）；无法判定 {undetermined} 项，未到期 {pending} 项";
    share_alone(share): "Met {share} (a census, so without an interval)", "达标 {share}（全数统计，故无区间）";
    longest_delay(said, time): "{said}; longest delay {time}", "{said}；最长超期 {time}";
    rule_rests_on(said, basis, severity, mark): "{said}; {basis}, severity {severity}, {mark}.", "{said}；{basis}，级别{severity}，{mark}。";
    most_at_owner(owner, count): "Most with {owner} ({count}).", "多数属 {owner}（{count} 项）。";

    protects(name, reason): "{name} is protective ({reason}): its drop-off is no finding.", "{name}为保护性触点（{reason}）：其流失不作为发现。";
    protects_time(name, reason, time): "{name} is protective ({reason}): {time} exempted from friction, and its drop-off is no finding.", "{name}为保护性触点（{reason}）：摩擦豁免 {time}，其流失不作为发现。";

    looked_at_rules(count, obligations): "Rules: {obligations} obligations under {count} rules; late, without a record, or recorded against the rule.", "规则：{count} 条规则下的 {obligations} 项义务；超期、无记录或与规则相悖。";
    looked_at_families(families, margin, q): "Touchpoints above {margin} times those they are compared with, with a q-value of at most {q} and the lower end above: {families}.", "高于比较对象 {margin} 倍、q 值不高于 {q} 且区间下端高于比较对象的触点：{families}。";
    tested_in(family, count): "{family} ({count} tested)", "{family}（检验 {count} 个）";
    untested_in(family): "{family} (not answered)", "{family}（无法回答）";
    least_support(customers, events): "Tested are touchpoints with at least {customers} and {events}.", "仅检验至少有 {customers}和 {events}的触点。";
}

impl Phrases {
    /// The words for a strength, as a heading.
    pub(in crate::report) fn strength(self, strength: Strength) -> &'static str {
        match strength {
            Strength::Strong => self.strong_evidence(),
            Strength::Moderate => self.moderate_evidence(),
            Strength::Weak => self.weak_evidence(),
        }
    }

    /// What to look at where most of the friction is of one part.
    pub(super) fn look_at_part(self, part: Part) -> &'static str {
        match part {
            Part::Failure => self.part_failure(),
            Part::RepeatContact => self.part_repeat_contact(),
            Part::SelfLoop => self.part_self_loop(),
            Part::Rework => self.part_rework(),
            Part::BackTrack => self.part_back_track(),
            Part::ChannelSwitch => self.part_channel_switch(),
            Part::Waiting => self.part_waiting(),
        }
    }
}
