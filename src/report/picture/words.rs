//! What the picture says, in English and in Chinese.

use crate::map::{Language, Support};
use crate::report::phrases::Phrases;

/// A text in both languages.
type Both = (&'static str, &'static str);

pub(super) const MAIN: Both = ("onward", "前进");
pub(super) const BACK: Both = ("back", "返回");
pub(super) const COMPLAINT: Both = ("into where complaints are received", "进入投诉受理触点");
pub(super) const BEGIN: Both = ("journeys begin", "旅程开始");
pub(super) const BREADTH: Both = ("the broader, the busier", "线越粗，流量越大");
pub(super) const REPEATS: Both = ("repeat visits", "重复访问");
pub(super) const EXITS: Both = ("drop-off", "流失");
pub(super) const FRICTION: Both = ("friction per visit", "每次访问的摩擦");
pub(super) const COMPLAINTS: Both = ("complaints", "投诉");
pub(super) const FAILURES: Both = ("failures", "失败");
pub(super) const SATISFACTION: Both = ("satisfaction", "满意度");
pub(super) const DARK_BADGE: Both = ("dark badge: hotspot", "深色徽标：热点");
pub(super) const DISC: Both =
    ("hotspots, the foremost first (by their best rank)", "热点，按最佳排名由先到后");
pub(super) const COLOUR: Both = ("Colour", "颜色");
pub(super) const HOTSPOT_LEVELS: [Both; 4] = [
    ("no hotspot", "非热点"),
    ("above the rest, not surely", "高于其余，尚不确定"),
    ("hotspot", "热点"),
    ("hotspot in several families", "多个方面的热点"),
];
pub(super) const BLANK: Both = ("no figure", "无数值");
pub(super) const WORST: Both = ("worst", "最差");
pub(super) const BEST: Both = ("best", "最好");
pub(super) const MEASURED: Both =
    ("Experience: measured satisfaction, mean by touchpoint", "体验曲线：实测满意度（各触点均值）");
pub(super) const INVERSE: Both = (
    "Experience: the inverse of friction; the dashed line is friction as at the rest",
    "体验曲线：摩擦的倒数；虚线表示与其余触点相同",
);
pub(super) const DIAMONDS: Both =
    ("diamonds: measured satisfaction, where it was asked", "菱形：实测满意度（有调查的触点）");
pub(super) const NO_CURVE: Both =
    ("Experience: neither satisfaction nor friction is known", "体验曲线：满意度与摩擦均未知");
pub(super) const NOT_MEASURED: Both = ("No satisfaction was measured.", "日志没有满意度数据。");
pub(super) const NOT_PUBLIC: Both =
    ("Satisfaction and repeats are not shown to the public.", "满意度与重复访问不对公众显示。");
pub(super) const NEVER: Both = ("never visited", "从未访问");

pub(super) fn said(say: Phrases, (en, zh): Both) -> &'static str {
    match say.language {
        Language::En => en,
        Language::Zh => zh,
    }
}

/// Phrases with something in them.
impl Phrases {
    pub(super) fn others(self, count: usize) -> String {
        match self.language {
            Language::En => format!("others ({count})"),
            Language::Zh => format!("其他 ({count})"),
        }
    }

    pub(super) fn map_of(self, title: &str) -> String {
        match self.language {
            Language::En => format!("Journey map: {title}"),
            Language::Zh => format!("旅程地图：{title}"),
        }
    }

    pub(super) fn hotspot_number(self, number: usize) -> String {
        match self.language {
            Language::En => format!("hotspot {number}"),
            Language::Zh => format!("热点 {number}"),
        }
    }

    pub(super) fn lifts(self, [low, high]: [Option<f64>; 2]) -> String {
        match (self.language, low, high) {
            (_, Some(low), Some(high)) => format!("{low}–{high}×"),
            (_, Some(low), None) => format!("≥ {low}×"),
            (Language::En, None, Some(high)) => format!("< {high}× the rest"),
            (Language::Zh, None, Some(high)) => format!("< {high}×（与其余之比）"),
            (_, None, None) => String::new(),
        }
    }

    pub(super) fn thin(self, Support { customers, events, .. }: Support) -> String {
        match self.language {
            Language::En => {
                format!("too few to say: under {customers} customers or {events} events")
            }
            Language::Zh => format!("样本过少：客户不足 {customers} 位或事件不足 {events} 件"),
        }
    }

    pub(super) fn left_out(self, flows: usize, most: f64) -> String {
        let (flows, most) = (self.count(flows as u64), self.share(most));
        match self.language {
            Language::En => {
                format!("Not drawn: {flows} thinner flows, each at most {most} of the busiest")
            }
            Language::Zh => format!("未画出：{flows} 条较细的流量，均不超过最大流量的 {most}"),
        }
    }

    /// A column of touchpoints by their mean place in journeys.
    pub(super) fn places(self, (first, last): (f64, f64)) -> String {
        if !last.is_finite() {
            return said(self, NEVER).to_owned();
        }
        let (first, last) = (format!("{first:.1}"), format!("{last:.1}"));
        let between = if first == last { first } else { format!("{first}–{last}") };
        match self.language {
            Language::En => format!("Step {between}"),
            Language::Zh => format!("第 {between} 步"),
        }
    }

    pub(super) fn passage(self, from: &str, to: &str, count: u64) -> String {
        format!("{from} → {to}: {}", self.count(count))
    }
}
