//! Every fixed phrase, in English and in Chinese.

use super::Audience;
use crate::event_log::RejectReason;
use crate::journey::JourneyEnd;
use crate::map::{Actor, End, Language};

/// The phrases of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrases {
    pub(super) language: Language,
}

/// Phrases as they stand.
macro_rules! fixed {
    ($($name:ident: $en:literal, $zh:literal;)+) => {
        impl Phrases {
            $(pub(super) fn $name(self) -> &'static str {
                match self.language {
                    Language::En => $en,
                    Language::Zh => $zh,
                }
            })+
        }
    };
}

/// Phrases with something in them, which each language puts where it belongs.
macro_rules! filled {
    ($($name:ident($($value:ident),+): $en:literal, $zh:literal;)+) => {
        impl Phrases {
            $(pub(super) fn $name(self, $($value: &str),+) -> String {
                match self.language {
                    Language::En => format!($en),
                    Language::Zh => format!($zh),
                }
            })+
        }
    };
}

/// Things with their number: one, several, in Chinese.
macro_rules! counted {
    ($($name:ident: $one:literal, $several:literal, $zh:literal;)+) => {
        impl Phrases {
            $(pub(super) fn $name(self, count: u64) -> String {
                let number = self.count(count);
                match (self.language, count) {
                    (Language::En, 1) => format!($one, number = number),
                    (Language::En, _) => format!($several, number = number),
                    (Language::Zh, _) => format!($zh, number = number),
                }
            })+
        }
    };
}

pub(super) use {filled, fixed};

fixed! {
    second: "s", "秒";
    minute: "min", "分";
    hour: "h", "小时";
    day: "d", "天";
    list_comma: ", ", "、";

    what_was_read: "What was read", "读入";
    set_aside: "Set aside", "未用于评分";
    what_to_look_at: "What to look at in the log", "日志中值得核查之处";
    guessed: "Guessed", "推定";
    how_journeys_end: "How journeys end", "旅程如何结束";
    how_to_read: "How to read this", "如何解读";
    what_was_found: "Findings", "发现";
    nothing_found: "No finding.", "没有发现。";

    audience_internal: "Audience: internal. Counts of any size, and no ids.", "适用范围：内部。含任意大小的计数，不含标识。";
    audience_public: "Audience: public. * hides a count of fewer than 5 customers, and what would tell it.", "适用范围：公开。* 表示不足 5 位客户的计数，或可据以推算出它的数据。";
    views_withheld: "Further views are not shown to the public: they do not say how many customers stand behind each figure.", "更多视图不对公众显示：其数值未注明所涉客户数。";
    visits_heading: "visits", "访问";
    journeys_heading: "journeys", "旅程";
    rejected_heading: "rows that could not be used", "无法使用的行";
    touchpoints_heading: "Visits", "访问量";

    no_ties: "No ties in time: the order in the file decided nothing.", "没有时间相同的相邻事件，文件顺序未起作用。";
    no_customers: "No customer is named: each journey counts as a customer of its own.", "日志没有客户列：每个旅程按一位客户计。";
    midnights: "All timestamps stand at midnight: the order within a day is lost, and so are times shorter than a day.", "所有时间均为零点：同一天内的先后顺序以及短于一天的时长均已丢失。";
    moved_on: "moved on by the change", "按调整量顺延";
    taken_as_earlier: "taken as the earlier of two", "取两者中较早的";
    taken_as_later: "taken as the later of two", "取两者中较晚的";
    backstage_events: "backstage: the bank or a system acts", "后台：由机构或系统执行";
    unmapped_events: "at touchpoints that the map does not have", "触点不在地图中";
    late_events: "after observation ended", "在观察结束之后";
    rows_or_events: "rows", "行数";
    reason: "reason", "原因";
    for_example: "for example", "示例";

    end: "end", "结局";
    share_of_all: "share", "占比";
    completed: "completed", "完成";
    closed: "closed", "关闭";
    abandoned: "abandoned", "放弃";
    open: "open", "未决";
    continued: "continued", "续接";
    later_lost: "· later lost", "· 之后流失";
    by_loss: "· lost", "· 到达流失触点";
    by_silence: "· silent", "· 沉默";
    resumed: "· · resumed later", "· · 之后恢复";
    resumed_completed: "· · · and completed", "· · · 并完成";
    with_patience: "with a patience of", "等待期限";
    abandoned_then: "abandoned", "放弃";
    resumed_then: "resumed later", "之后恢复";
    no_patience: "The map sets no patience: silence decides nothing.", "地图未设定等待期限：沉默不作判定。";

    touchpoint: "touchpoint", "触点";
    figure_heading: "figure", "数值";
    rest: "rest", "其余";
    lift: "lift", "倍数";
    impact: "impact", "影响";
    worth: "cost", "金额";
    right: "right to", "权利";
    owner: "owner", "负责";

    friction_reading: "Friction is time beyond the benchmark, and the whole time of failed or repeated visits; its intervals hold benchmark and cap fixed.", "摩擦是超出基准的时间，失败或重复的访问全额计入；其区间以基准和上限给定为条件。";
    drawing_key: "├──●──┤ the figure and its interval; ┊ the rest", "├──●──┤ 数值及其区间；┊ 其余触点";
    impact_reading: "Impact is what lies beyond the rest's rate; for friction, all the time charged.", "影响是超出其余触点水平的部分；摩擦则为计入的全部时间。";
    too_close: "too close to the margin to settle", "与界限过近，难以判定";
    association: "A figure says where, not why: it is an association, not a cause.", "数值说明在哪里，不说明为什么：是关联，不是因果。";

    part: "part", "组成";
    per_visit: "per visit", "每次访问";
    share_of_figure: "of the figure", "占摩擦";
    mostly_from: "mostly from", "多来自";
    held: "held at", "发生率";
    rows_to_visits: "From rows to visits", "从行到访问";
    came_from: "Where visitors came from", "访客来自";
    went_to: "Where visitors went to", "访客去向";
    at_risk: "at risk", "在途";
    all: "all", "全部";
    median_time: "median time", "时间中位数";
    start: "Start", "开始";
    stage: "stage", "阶段";
    kind: "kind", "类型";
    rows_read: "rows read", "读入行数";
    events_kept: "of those, events", "其中事件";
    visits_all: "visits, all touchpoints", "全部触点的访问";
    visits_here: "visits here", "此处访问";
    visits_at_risk: "of those, up to the deciding moment", "其中判定时刻之前";
    visits_aftercare: "of those, after it", "其中判定之后";
    walks_here: "journeys that came here", "到过此处的旅程";
    walks_with_repeats: "of those, more than once", "其中不止一次";
    self_loops: "visits directly after one here", "紧接着再次到访";
    median_sojourn: "median time until the next step", "到下一步的时间中位数";
    median_handling: "median handling time", "办理时间中位数";
    expected_visits: "expected visits per journey", "每个旅程的期望访问";
    completed_from_here: "completed from here", "从此处完成的概率";
    numerator: "numerator", "分子";
    denominator: "denominator", "分母";
    customers: "customers", "客户";
    interval_row: "its interval", "区间";
    cap: "cap of one visit", "单次上限";
    shrunk: "shrunk, for ranking", "收缩值（用于排序）";
    rest_of_kind: "the others of its kind", "同类其他触点";
    rest_of_all: "all others", "所有其他触点";
    margin_times_rest: "the rest times the margin", "其余 × 界限";
    nothing_tested: "Nothing could be tested: no touchpoint has enough behind it and others to compare with.", "没有可检验的触点：样本不足，或没有可比较的触点。";
    p_value: "p, one-sided", "p 值（单侧）";
    lost_completions: "completions lost, by the chain", "按链推算失去的完成";
    above_rest: "probability above the rest", "高于其余的概率";
    q_value: "q, within the family", "q 值（族内）";
    target: "target of the map", "地图目标";
    clock: "clock", "计时";
    handling: "handling time", "办理时间";
    sojourn: "time until the next step", "到下一步的时间";
    benchmark: "benchmark", "基准";
    target_of_map: "the target of the map", "地图目标";
    median_of_peers: "the median of the others of its kind", "同类其他触点的中位数";
    no_benchmark: "- (no target, and fewer than three others of its kind)", "-（无目标，同类触点不足三个）";
    intake: "takes complaints in", "受理投诉";
    contact: "contact", "联系触点";
    never_visited: "Verdict: none, it was never visited, or not followed for long enough.", "结论：无，未被访问过，或观察时间不足。";
    no_comparison: "Verdict: none, there is nothing to compare it with.", "结论：无，没有可比较的触点。";
    set_a_target: "To settle it: set `targets: { time: ... }` on the map; without a benchmark nothing is known of the waiting.", "如要判定：请在地图上设定 `targets: { time: ... }`；没有基准，等待无从得知。";
    too_close_to_settle: "It is too close to the margin for any log to settle.", "与界限过近，再多数据也难以判定。";
    no_interval: "how it varies between customers is not known", "客户之间的波动未知";
}

filled! {
    strength_and_next(strength, next): "{strength}. Next: {next}", "{strength}。下一步：{next}";
    more_findings(count): "{count} more in the JSON.", "另有 {count} 项见 JSON。";
    interval_at(level): "{level} interval", "{level} 区间";
    intervals_are(level): "Intervals cover {level} and take customers, not visits, as independent; figures are as observed, not shrunk.", "区间水平为 {level}，以客户而非访问为独立单位；数值为观测值，未作收缩。";
    period(first, last): "{first} to {last}", "{first} 至 {last}";
    observed_until(date): "observed until {date}", "观察至 {date}";
    rows_are(rows, events, filtered, rejected): "{rows} = {events} + {filtered} filtered + {rejected} rejected", "{rows} = {events} + 过滤 {filtered} + 拒收 {rejected}";
    rows_are_with_dropped(rows, events, filtered, rejected, dropped): "{rows} = {events} + {filtered} filtered + {rejected} rejected + {dropped} duplicates dropped", "{rows} = {events} + 过滤 {filtered} + 拒收 {rejected} + 去重 {dropped}";
    duplicates_kept(rows): "{rows} equal an earlier row in every kept column; all are kept.", "{rows}与之前的行完全相同，均保留。";
    of_them_visited(visited, touchpoints): "{visited} of {touchpoints} visited", "{touchpoints}中 {visited} 个有访问";
    several_customers(journeys): "{journeys} with more than one customer: the first named holds.", "{journeys}涉及多位客户：以最先出现者为准。";
    silent_channel(channel, date, events): "Channel {channel} fell silent on {date}, after {events}: is its log complete?", "渠道 {channel} 自 {date} 起再无事件（此前 {events}）：其日志是否完整？";
    zone(zone): "Timestamps without an offset are read in {zone}.", "未带时差的时间按 {zone} 读取。";
    time_forms(forms): "Timestamps by form: {forms}.", "各格式的时间数：{forms}。";
    named_count(name, count): "`{name}` ({count})", "`{name}`（{count}）";
    pair(one, other): "{one} and {other}", "{one}与 {other}";
    late_beginnings(journeys, labels): "A late step comes first in {journeys}: {labels}. Is the log cut at its beginning?", "{journeys}以本应靠后的步骤开始：{labels}。日志的开头是否被截断？";
    backward(rows): "Out of order in the file, and sorted by time: {rows} right after a later one of the same journey.", "文件中时间倒退，已按时间排序：{rows}紧接在同一旅程较晚的行之后。";
    alike_touchpoints(pairs): "Touchpoint labels that look alike: {pairs}.", "写法相近的触点标签：{pairs}。";
    alike_channels(pairs): "Channels that look alike: {pairs}.", "写法相近的渠道：{pairs}。";
    alike_categories(pairs): "Complaint categories that look alike: {pairs}.", "写法相近的投诉类别：{pairs}。";
    empty_columns(columns): "No row has a value in {columns}.", "以下列全部为空：{columns}。";
    unset_flags(columns): "No row has a value that means a failure or a complaint in {columns}.", "以下列从未出现表示失败或投诉的值：{columns}。";
    long_journeys(journeys, events): "Of more than 1,000 events and 100 times the mean: {journeys}, the longest of {events}. Is the id a placeholder?", "事件超过 1,000 个且超过均值 100 倍：{journeys}，最多 {events}。其编号是否只是占位符？";
    skipped_times(count, how): "Local times that a change of clocks skips: {count}, {how}.", "因时钟调整而不存在的本地时间：{count} 个，{how}。";
    repeated_times(count, how): "Local times that a change of clocks has twice: {count}, {how}.", "因时钟调整而出现两次的本地时间：{count} 个，{how}。";
    ties(neighbours, journeys, drop_offs): "Ties in time: the order in the file decided {neighbours} in {journeys}, and {drop_offs}.", "时间相同：文件顺序决定了 {journeys}中的 {neighbours}，以及 {drop_offs}。";
    chain_says(completed, closed, abandoned): "By the chain, from the start: completed {completed}, closed {closed}, abandoned {abandoned}.", "按马尔可夫链，从开始起：完成 {completed}，关闭 {closed}，放弃 {abandoned}。";
    stuck(names): "No end was ever reached from {names}.", "从以下触点从未到达任何结局：{names}。";
    family_per(family, per): "{family} per {per}", "{family}（每{per}）";
    all_together(value, interval): "All together {value} ({interval})", "合计 {value}（{interval}）";
    all_together_alone(value): "All together {value}", "合计 {value}";
    tested(all, tested, hotspots): "{all}; {tested} tested, {hotspots}.", "{all}；检验 {tested}，{hotspots}。";
    none_above(margin): "No hotspot: none is above {margin} times the rest.", "没有热点：均未超过其余触点的 {margin} 倍。";
    none_surely_above(margin): "No hotspot: none is surely above {margin} times the rest.", "没有热点：没有触点可确定超过其余触点的 {margin} 倍。";
    more_hotspots(count): "and {count} more; all are in the CSV and the JSON", "另有 {count}，全部见 CSV 与 JSON";
    more_neighbours(count): "and {count} more; all are in the JSON", "另有 {count} 个，全部见 JSON";
    above_but_unsure(names): "Above the margin, but not surely so: {names}.", "超过界限但尚不确定：{names}。";
    unsure_one(name, value, rest, settled): "{name} {value}, the rest {rest} ({settled})", "{name} {value}，其余 {rest}（{settled}）";
    would_settle(count): "about {count} more journeys would settle it", "约再需 {count} 次旅程即可判定";
    absent(reason): "Not answered: {reason}.", "无法回答：{reason}。";
    too_few(count, customers, events, names): "{count} with too few to rank (under {customers} or {events}): {names}.", "{count}样本过少，不排名（不足 {customers}或 {events}）：{names}。";
    set_targets(names): "Set a target, there is no benchmark for the waiting at: {names}.", "请设定目标，以下触点的等待没有基准：{names}。";
    exempted_at(name, time, reason): "Protective, {time} exempted: {name} ({reason}).", "保护性触点，豁免 {time}：{name}（{reason}）。";
    unattributed(count, complaints): "Of {complaints}, {count} could not be attributed to a touchpoint.", "{complaints}中，{count} 件未能归因到触点。";
    more_rows(count): "{count} more rows in CSV and JSON.", "其余 {count} 行见 CSV 与 JSON。";
    with_interval(value, interval): "{value} ({interval})", "{value}（{interval}）";
    and_more(names, count): "{names} and {count} more", "{names} 等另外 {count} 个";
    hotspot_rule(margin, q): "A hotspot lies above {margin} times the rest of its kind, with a q-value of at most {q} and the lower end of its interval above the rest; rank 1 has the highest lower end.", "热点：超过同类其余触点的 {margin} 倍，q 值不高于 {q}，且区间下端高于其余；按区间下端排名。";
    id_is(id): "id {id}", "标识 {id}";
    exempt_because(reason): "protective: {reason}", "保护性：{reason}";
    with_source(value, source): "{value} ({source})", "{value}（{source}）";
    per_exposure(count, per): "{count} {per}s", "{count} {per}";
    hotspot_verdict(rank, of): "Verdict: hotspot {rank} of {of}.", "结论：热点，第 {rank} 位，共 {of} 个。";
    hotspot_reason(value, limit, q, low, rest): "{value} exceeds the rest times the margin ({limit}), q {q} is low enough, and the lower end {low} is above the rest ({rest}).", "{value} 超过其余 × 界限（{limit}），q 值 {q} 足够低，区间下端 {low} 高于其余（{rest}）。";
    uncertain_by_chance(value, limit, q, most): "Verdict: uncertain. {value} exceeds the rest times the margin ({limit}), but q is {q}, above {most}.", "结论：不确定。{value} 超过其余 × 界限（{limit}），但 q 值为 {q}，高于 {most}。";
    uncertain_by_low_end(value, limit, rest): "Verdict: uncertain. {value} exceeds the rest times the margin ({limit}), but the lower end of its interval is not above the rest ({rest}).", "结论：不确定。{value} 超过其余 × 界限（{limit}），但区间下端不高于其余（{rest}）。";
    would_settle_it(count): "About {count} more journeys would settle it.", "约再需 {count} 次旅程即可判定。";
    at_line(line): "line {line}", "第 {line} 行";
    at_field(line, column): "line {line}, column `{column}`", "第 {line} 行，`{column}` 列";
    no_interval_verdict(value, limit): "Verdict: none. {value} exceeds the rest times the margin ({limit}), but how it varies between customers is not known.", "结论：无。{value} 超过其余 × 界限（{limit}），但客户之间的波动未知。";
    clear_verdict(value, limit): "Verdict: no hotspot. {value} does not exceed the rest times the margin ({limit}).", "结论：不是热点。{value} 未超过其余 × 界限（{limit}）。";
    thin_verdict(customers, least_customers, events, least_events): "Verdict: none, too few to rank: {customers} of at least {least_customers} customers, {events} of at least {least_events} events.", "结论：无，样本过少：客户 {customers}（至少 {least_customers}），事件 {events}（至少 {least_events}）。";
    not_asked(reason): "Not asked here: {reason}.", "此处不适用：{reason}。";
    ends_as(end): "the journey ends: {end}", "旅程在此结束：{end}";
}

counted! {
    row_count: "{number} row", "{number} rows", "{number} 行";
    event_count: "{number} event", "{number} events", "{number} 个事件";
    customer_count: "{number} customer", "{number} customers", "{number} 位客户";
    journey_count: "{number} journey", "{number} journeys", "{number} 个旅程";
    segment_count: "{number} segment", "{number} segments", "{number} 个片段";
    visit_count: "{number} visit", "{number} visits", "{number} 次访问";
    touchpoint_count: "{number} touchpoint", "{number} touchpoints", "{number} 个触点";
    neighbour_count: "{number} pair of neighbours", "{number} pairs of neighbours", "{number} 对相邻事件";
    drop_off_count: "{number} drop-off", "{number} drop-offs", "{number} 次流失";
    complaint_count: "{number} complaint", "{number} complaints", "{number} 件投诉";
    hotspot_count: "{number} hotspot", "{number} hotspots", "{number} 个热点";
}

impl Phrases {
    /// Names with commas between them.
    pub(super) fn list(self, names: &[String]) -> String {
        names.join(self.list_comma())
    }

    /// So many events of a family.
    pub(super) fn events_of(self, family: &str, amount: f64) -> String {
        let number = self.events(amount);
        let (en, zh) = match family {
            "drop_off" => ("drop-off", "次流失"),
            "complaints" => ("complaint", "件投诉"),
            "failure" => ("failure", "次失败"),
            _ => return number,
        };
        match self.language {
            Language::En if number == "1" => format!("1 {en}"),
            Language::En => format!("{number} {en}s"),
            Language::Zh => format!("{number} {zh}"),
        }
    }

    pub(super) fn journey_end(self, end: JourneyEnd) -> &'static str {
        match end {
            JourneyEnd::Completed => self.completed(),
            JourneyEnd::Closed => self.closed(),
            JourneyEnd::Abandoned => self.abandoned(),
            JourneyEnd::Open => self.open(),
            JourneyEnd::Continued => self.continued(),
        }
    }

    pub(super) fn designed_end(self, end: End) -> &'static str {
        match (self.language, end) {
            (_, End::Goal) => self.completed(),
            (_, End::Closed) => self.closed(),
            (Language::En, End::Lost) => "lost",
            (Language::Zh, End::Lost) => "流失",
        }
    }

    pub(super) fn actor(self, actor: Actor) -> &'static str {
        match (self.language, actor) {
            (Language::En, Actor::Customer) => "customer",
            (Language::En, Actor::Bank) => "backstage (bank)",
            (Language::En, Actor::System) => "backstage (system)",
            (Language::Zh, Actor::Customer) => "客户",
            (Language::Zh, Actor::Bank) => "后台（机构）",
            (Language::Zh, Actor::System) => "后台（系统）",
        }
    }
    pub(super) fn reject_reason(self, reason: RejectReason) -> &'static str {
        let (en, zh) = match reason {
            RejectReason::MissingField => ("missing field", "缺少字段"),
            RejectReason::BadTimestamp => ("bad timestamp", "时间无法识别"),
            RejectReason::UnknownTouchpoint => ("unknown touchpoint", "未知触点"),
            RejectReason::BadNumber => ("bad number", "数字无法识别"),
            RejectReason::BrokenEncoding => ("broken encoding", "编码损坏"),
            RejectReason::FieldCount => ("field count", "字段数不符"),
            RejectReason::HeaderAgain => ("header again", "重复的表头"),
            RejectReason::RowsWithin => ("rows within a quoted field", "引号内含有其他行"),
            RejectReason::TooLong => ("field too long", "字段过长"),
            RejectReason::DuplicateId => ("duplicate id", "编号重复"),
        };
        match self.language {
            Language::En => en,
            Language::Zh => zh,
        }
    }

    /// Whom an output is for.
    pub(super) fn for_audience(self, audience: Audience) -> &'static str {
        match audience {
            Audience::Internal => self.audience_internal(),
            Audience::Public => self.audience_public(),
        }
    }
}
