//! The loan journey of a Chinese retail bank, invented, with one problem planted in each family.

use super::design::{Attribute, ChannelDesign, Design, Rates, StageDesign, Way};
use super::loan_register::REGISTER;
use super::{Breaches, Problem, Scenario, Trouble};
use crate::map::{Actor, End};
use crate::time::{Micros, Timestamp};

const ABOUT: &str = "\
A personal loan of a Chinese retail bank, from registration to pay-out; invented.
The log was made by a seeded generator, with one problem planted in each family: see truth.json.";

const STAGES: [StageDesign; 6] = [
    StageDesign { id: "apply", en: "Apply", zh: "申请" },
    StageDesign { id: "verify", en: "Verify", zh: "核验" },
    StageDesign { id: "decide", en: "Decide", zh: "审批" },
    StageDesign { id: "sign", en: "Sign", zh: "签约" },
    StageDesign { id: "pay-out", en: "Pay out", zh: "放款" },
    StageDesign { id: "service", en: "Service", zh: "客户服务" },
];

const CHANNELS: [ChannelDesign; 4] = [
    ChannelDesign {
        id: "app",
        label: "APP",
        en: "Mobile app",
        zh: "手机银行",
        share: 0.6,
        switch_to: &["phone"],
    },
    ChannelDesign {
        id: "mini",
        label: "MINI",
        en: "Mini program",
        zh: "小程序",
        share: 0.3,
        switch_to: &["phone"],
    },
    ChannelDesign {
        id: "web",
        label: "WEB",
        en: "Online banking",
        zh: "网上银行",
        share: 0.1,
        switch_to: &["phone"],
    },
    ChannelDesign {
        id: "phone",
        label: "TEL",
        en: "Phone",
        zh: "电话",
        share: 0.0,
        switch_to: &["app", "mini", "web"],
    },
];
const PHONE: Way = Way::Only(3);

const ATTRIBUTES: [Attribute; 3] = [
    Attribute {
        column: "segment",
        values: &[("MASS", 0.6), ("AFFLUENT", 0.2), ("SMALL_BIZ", 0.12), ("SENIOR", 0.08)],
        of_journey: false,
    },
    Attribute {
        column: "region",
        values: &[("EAST", 0.4), ("SOUTH", 0.25), ("NORTH", 0.2), ("WEST", 0.15)],
        of_journey: false,
    },
    Attribute {
        column: "product",
        values: &[("CONSUMER", 0.6), ("RENOVATION", 0.25), ("CAR", 0.15)],
        of_journey: true,
    },
];

const CATEGORIES: [&str; 5] = ["SERVICE", "PROCESS", "FEES", "PRIVACY", "DELAY"];
const SERVICE: u8 = 0;
const PROCESS: u8 = 1;
const FEES: u8 = 2;
const PRIVACY: u8 = 3;
const DELAY: u8 = 4;

const PRICES: &str = "  \
  currency: CNY
  # invented, as everything here: what a second of a customer's time, a complaint and a lost loan cost
  per_second: 0.02
  per_complaint: 300
  per_lost_completion: 1200";

const HOUR: f64 = 3_600.0;

/// A form that the customer fills in.
const FORM: Rates = Rates {
    silent: 0.022,
    withdraw: 0.006,
    complaint: 0.007,
    ask: 0.02,
    failure: 0.02,
    retry: 0.85,
    switch: 0.02,
    seconds: 150.0,
    pause: 5.0 * HOUR,
    asked: 0.0,
};
/// A check of who the customer is and what suits them.
const CHECK: Rates =
    Rates { silent: 0.014, failure: 0.03, seconds: 60.0, pause: 0.3 * HOUR, ..FORM };
/// Something the customer must know or agree to.
const DISCLOSURE: Rates = Rates {
    silent: 0.018,
    complaint: 0.008,
    failure: 0.008,
    seconds: 90.0,
    pause: 3.0 * HOUR,
    ..FORM
};
/// A wait for the bank.
const WAIT: Rates = Rates {
    silent: 0.008,
    withdraw: 0.012,
    failure: 0.01,
    retry: 0.0,
    switch: 0.0,
    seconds: 8.0 * HOUR,
    pause: HOUR,
    ..FORM
};
/// A call or a chat.
const CONTACT: Rates = Rates {
    silent: 0.015,
    withdraw: 0.0,
    complaint: 0.0,
    ask: 0.08,
    failure: 0.01,
    retry: 0.0,
    switch: 0.0,
    seconds: 260.0,
    pause: 2.0 * HOUR,
    asked: 0.5,
};

/// What rows record, in the words of rules.
const CONSENT: &str = "{ event: consent.granted, attributes: { scope: credit-register, \
    purpose: credit-check, fields: credit-history, preticked: \"no\" } }";
const COLLECTED: &str = "{ event: pi.collected, attributes: { purpose: credit-check, \
    fields: credit-history } }";
const RATE: &str = "{ event: apr.disclosed, attributes: { product_id: { column: product }, \
    product_version: \"2026-1\" } }";
const DISCLOSURE_SHOWN: &str = "\
    { event: disclosure.shown, attributes: { topics: [nature, fees, main_risks, breach, exemptions], \
    product_id: { column: product }, product_version: \"2026-1\" } }";
const FEE: &str =
    "{ event: fee.disclosed, attributes: { fee_code: arrangement, amount: \"1200\" } }";
const IDENTITY: &str = "{ event: identity.verified, attributes: { result: pass } }";
const CONTRACT: &str = "{ event: contract.signed, attributes: { product_kind: loan, \
    product_risk: R1, recorded_sale: \"no\", product_id: { column: product }, \
    product_version: \"2026-1\" } }";
const DEBIT: &str = "{ event: payment.debited, attributes: { kind: fee, \
    fee_code: arrangement, amount: \"1200\" } }";

/// Where customers go on to, by weight; the place that a way leads back to stands earlier in the list of touchpoints.
const WAYS: [(&str, &str, f64); 22] = [
    ("register", "application", 1.0),
    ("application", "upload", 1.0),
    ("upload", "credit-consent", 1.0),
    ("credit-consent", "identity", 1.0),
    ("identity", "face", 1.0),
    ("face", "risk-questions", 1.0),
    ("risk-questions", "scoring", 1.0),
    ("scoring", "offer", 0.4),
    ("scoring", "review", 0.5),
    ("scoring", "declined", 0.1),
    ("supplement", "review", 1.0),
    ("review", "offer", 0.72),
    ("review", "declined", 0.2),
    ("review", "supplement", 0.08),
    ("offer", "fees", 1.0),
    ("fees", "interview", 0.3),
    ("fees", "contract", 0.7),
    ("interview", "contract", 1.0),
    ("contract", "cooling-off", 1.0),
    ("cooling-off", "pay-out-check", 1.0),
    ("pay-out-check", "disbursed", 1.0),
    ("fee-debit", "disbursed", 1.0),
];

impl Scenario {
    /// The personal loan of a Chinese retail bank: 22 touchpoints in six stages, named in English and Chinese.
    ///
    /// Planted: customers leave at `upload`, `face` fails, `review` is slow and sends customers back, and
    /// `fees` makes them complain, at the hotline; and five breaches of rules, in two journeys and in three complaints
    /// of its register.
    #[must_use]
    pub fn retail_loan() -> Self {
        let mut scenario = Self::of(touchpoints());
        scenario.id = "retail-loan";
        scenario.lead(&WAYS);
        scenario.herald("fee-debit", "disbursed");
        (scenario.en, scenario.zh) = ("Personal loan", "个人消费贷款");
        scenario.about = ABOUT;
        scenario.stages = STAGES.to_vec();
        scenario.channels = CHANNELS.to_vec();
        scenario.attributes = &ATTRIBUTES;
        scenario.categories = &CATEGORIES;
        scenario.prices = PRICES;
        (scenario.zone, scenario.zone_ahead) = ("Asia/Shanghai", Micros::seconds(8 * 3_600));
        // midnight in Shanghai
        scenario.begin = Timestamp(scenario.begin.0 - scenario.zone_ahead.0);
        scenario.starts = scenario.at(&[("register", 0.8), ("application", 0.2)]);
        scenario.help = scenario.at(&[("chat", 0.6), ("hotline", 0.4)]);
        scenario.asks_first = scenario.at(&[("chat", 0.25)]).pop();
        (scenario.comes_back, scenario.repeats) = (0.03, 0.15);
        scenario.journeys_per_customer = 1.15;
        scenario.register = Some(&REGISTER);
        scenario
            .breaches(Breaches::All)
            .journeys(5_000)
            .days(120)
            .plant(Problem::new("upload", Trouble::DropOff, 5.0))
            .plant(Problem::new("face", Trouble::Failure, 6.0))
            .plant(Problem::new("review", Trouble::Slow, 4.0))
            .plant(Problem::new("review", Trouble::Rework, 3.0))
            .plant(Problem::new("fees", Trouble::Complaints, 7.0))
    }
}

fn touchpoints() -> Vec<Design> {
    [apply(), verify(), decide(), sign(), pay_out(), service()].concat()
}

fn named(id: &str, label: &str, en: &str, zh: &str) -> Design {
    Design {
        id: id.to_owned(),
        label: label.to_owned(),
        en: en.to_owned(),
        zh: zh.to_owned(),
        category: PROCESS,
        ..Design::default()
    }
}

fn apply() -> Vec<Design> {
    let form = |design: Design| Design {
        stage: 0,
        kind: "form",
        owner: "Digital banking",
        timed: true,
        rates: FORM,
        ..design
    };
    vec![
        Design {
            begins: true, ..form(named("register", "APP_REGISTER", "Register", "注册登录"))
        },
        Design {
            rights: &["information", "fair-dealing"],
            rates: Rates { silent: 0.024, ..FORM },
            ..form(named("application", "APP_APPLY_FORM", "Application form", "填写申请"))
        },
        Design {
            targets: "{ drop_off: 0.05 }",
            note: "pay slips, proof of employment, purpose of the loan",
            ..form(named("upload", "APP_DOC_UPLOAD", "Upload documents", "上传资料"))
        },
        Design {
            kind: "disclosure",
            rights: &["information", "choice", "information-security"],
            category: PRIVACY,
            rates: DISCLOSURE,
            note: "the customer agrees that the credit register is asked",
            records: &[CONSENT],
            ..form(named(
                "credit-consent",
                "APP_BUREAU_AUTH",
                "Credit register consent",
                "征信授权",
            ))
        },
    ]
}

fn verify() -> Vec<Design> {
    let check = |design: Design| Design {
        stage: 1,
        kind: "check",
        owner: "Risk",
        timed: true,
        rates: CHECK,
        ..design
    };
    vec![
        Design {
            rights: &["property-safety", "information-security"],
            targets: "{ time: 1m }",
            category: PRIVACY,
            ..check(named("identity", "APP_ID_OCR", "Scan of the identity card", "身份证识别"))
        },
        Design {
            rights: &["property-safety", "information-security"],
            targets: "{ time: 1m, failure: 0.05 }",
            category: PRIVACY,
            note: "a failed attempt is mostly tried again at once",
            ..check(named("face", "APP_FACE_CHECK", "Face verification", "人脸识别"))
        },
        Design {
            rights: &["fair-dealing", "education"],
            protective: Some([
                "The answers decide which loan suits the customer; haste would harm them",
                "测评结果决定贷款是否适合客户，催促会损害客户",
            ]),
            targets: "{ time: 1m }",
            rates: Rates { silent: 0.013, ..CHECK },
            ..check(named("risk-questions", "APP_RISK_QUIZ", "Risk questionnaire", "风险测评"))
        },
    ]
}

fn decide() -> Vec<Design> {
    vec![
        Design {
            stage: 2,
            owner: "Risk",
            actor: Actor::System,
            way: Way::Unnamed,
            rates: Rates { seconds: 20.0, pause: 600.0, ..Rates::default() },
            note: "backstage: the customer does not meet it",
            records: &[COLLECTED],
            ..named("scoring", "SYS_CREDIT_SCORE", "Credit scoring", "系统评分")
        },
        Design {
            stage: 2,
            kind: "form",
            owner: "Credit",
            timed: true,
            rates: FORM,
            note: "the reviewer sends the customer back for more",
            ..named("supplement", "APP_SUPPLEMENT", "Further documents", "补充资料")
        },
        Design {
            stage: 2,
            kind: "wait",
            owner: "Credit",
            rights: &["fair-dealing"],
            targets: "{ time: 8h }",
            category: DELAY,
            way: Way::Unnamed,
            rates: WAIT,
            ..named("review", "OPS_MANUAL_REVIEW", "Manual review", "人工审核")
        },
        Design {
            stage: 2,
            kind: "outcome",
            owner: "Credit",
            rights: &["information", "respect"],
            end: Some(End::Closed),
            way: Way::Unnamed,
            rates: Rates { complaint: 0.01, ..Rates::default() },
            ..named("declined", "SYS_DECLINED", "Declined by the bank", "审批拒绝")
        },
    ]
}

fn sign() -> Vec<Design> {
    let disclosure = |design: Design| Design {
        stage: 3,
        kind: "disclosure",
        owner: "Product",
        timed: true,
        rates: DISCLOSURE,
        ..design
    };
    vec![
        Design {
            rights: &["information", "choice"],
            note: "amount, term and yearly rate",
            records: &[RATE],
            ..disclosure(named("offer", "APP_OFFER_VIEW", "Offer", "查看额度与利率"))
        },
        Design {
            rights: &["information", "fair-dealing"],
            targets: "{ complaints: 0.01 }",
            category: FEES,
            note: "all fees, and what early repayment costs",
            records: &[DISCLOSURE_SHOWN, FEE],
            ..disclosure(named(
                "fees",
                "APP_FEE_NOTICE",
                "Fees and early repayment",
                "费用与提前还款告知",
            ))
        },
        Design {
            kind: "wait",
            owner: "Credit",
            timed: false,
            category: DELAY,
            way: Way::Unnamed,
            rates: WAIT,
            note: "booked, then held by video",
            ..disclosure(named("interview", "OPS_VIDEO_INTERVIEW", "Video interview", "视频面签"))
        },
        Design {
            rights: &["information", "choice", "fair-dealing"],
            note: "who signs is verified again at the signature",
            records: &[IDENTITY, CONTRACT],
            ..disclosure(named("contract", "APP_CONTRACT_SIGN", "Sign the contract", "签署合同"))
        },
        Design {
            kind: "wait",
            rights: &["choice"],
            protective: Some([
                "The customer may still withdraw at no cost; the wait is theirs by design",
                "冷静期内客户可无偿撤回，等待是有意为之",
            ]),
            timed: false,
            way: Way::Unnamed,
            rates: Rates { silent: 0.005, withdraw: 0.015, seconds: 20.0 * HOUR, ..WAIT },
            ..disclosure(named("cooling-off", "SYS_COOLING_OFF", "Cooling-off period", "冷静期"))
        },
    ]
}

fn pay_out() -> Vec<Design> {
    vec![
        Design {
            stage: 4,
            kind: "wait",
            owner: "Operations",
            rights: &["property-safety"],
            category: DELAY,
            way: Way::Unnamed,
            rates: WAIT,
            ..named("pay-out-check", "OPS_PAYOUT_CHECK", "Pay-out check", "放款审核")
        },
        Design {
            stage: 4,
            owner: "Operations",
            actor: Actor::System,
            way: Way::Unnamed,
            note: "backstage: the arrangement fee, just before the loan is paid out",
            records: &[DEBIT],
            ..named("fee-debit", "SYS_FEE_DEBIT", "Arrangement fee debited", "扣收手续费")
        },
        Design {
            stage: 4,
            kind: "outcome",
            owner: "Operations",
            end: Some(End::Goal),
            way: Way::Unnamed,
            rates: Rates { complaint: 0.01, asked: 0.3, ..Rates::default() },
            ..named("disbursed", "SYS_DISBURSED", "Loan paid out", "放款成功")
        },
        Design {
            stage: 4,
            kind: "outcome",
            owner: "Product",
            rights: &["choice"],
            end: Some(End::Lost),
            rates: Rates { complaint: 0.01, ..Rates::default() },
            ..named("withdrawn", "APP_WITHDRAW", "Withdrawn by the customer", "客户撤回")
        },
    ]
}

fn service() -> Vec<Design> {
    let contact = |design: Design| Design {
        stage: 5,
        kind: "contact",
        owner: "Customer service",
        rights: &["respect"],
        contact: true,
        timed: true,
        category: SERVICE,
        rates: CONTACT,
        ..design
    };
    vec![
        contact(named("chat", "CS_CHAT", "Chat", "在线客服")),
        Design {
            rights: &["redress", "respect"],
            intake: true,
            way: PHONE,
            note: "complaints about all other touchpoints are received here",
            ..contact(named("hotline", "CS_HOTLINE", "Hotline", "客服热线"))
        },
    ]
}
