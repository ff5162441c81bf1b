//! The words of the loan's complaint register, and the map's sections that read it.

use super::register::{OtherDesign, RegisterDesign, Sender};

/// By the categories of the log: service, process, fees, privacy, delay.
const REASONS: [&[(&str, f64)]; 5] = [
    &[("服务态度", 0.8), ("系统故障", 0.2)],
    &[("办理流程", 0.8), ("系统故障", 0.2)],
    &[("收费争议", 0.5), ("费用告知不清", 0.35), ("提前还款条款", 0.15)],
    &[("个人信息", 1.0)],
    &[("办理时效", 1.0)],
];

const SECTIONS: &str = "\
# the complaints that the log holds, with their handling, and rows that are no complaints
complaints:
  columns:
    id: complaint_id
    customer: customer_id
    journey: journey_id
    received: received_at
    channel: channel
    business: business
    reason: reason
    touchpoint: touchpoint
    product: product
    region: region
    class: class
    owner: owner
    decided: decided_at
    answered: answered_at
    status: status
    upheld: upheld
    redress: redress
    repeat_of: repeat_of
    forwarded_by: forwarded_by
    vulnerable: vulnerable
    complainants: complainants
  moments:
    complaint.acknowledged: acknowledged_at
    complaint.complexity_set: complexity_set_at
    complaint.extension_approved: extension_approved_at
    complaint.extension_notified: extension_told_at
  attributes: { complexity: complexity }
  classes: { 投诉: consumer-complaint, 咨询: inquiry, 举报: report, 信访: petition }
  reasons:
    服务态度: { reason: service-attitude }
    系统故障: { reason: systems }
    办理流程: { reason: rules-and-process }
    办理时效: { reason: rules-and-process }
    收费争议: { reason: pricing }
    费用告知不清: { reason: disclosure }
    提前还款条款: { reason: contract-terms }
    个人信息: { reason: information-security }
  channels: { 客服热线: phone, 在线客服: other-electronic, 监管转送: back-office, 来信: back-office, 来访: branch }
  since: 2026-03-02
  timestamp: { formats: iso8601, zone: Asia/Shanghai }

# invented, but for the first median, which counts what the regulator forwarded: this register is not held against it
denominators:
  accounts: 91000
  outlets: 120
  customers: 86000
  peers:
    - per: customers
      median: 55.1
      source: regulator-forwarded
      group: Large banks, second quarter of 2020
    - { per: accounts, median: 5.2, source: internal, group: Banks that share their registers }";

pub(super) const REGISTER: RegisterDesign = RegisterDesign {
    sections: SECTIONS,
    business: "贷款",
    reasons: &REASONS,
    complaints: ("客服热线", "投诉"),
    forwarded: ("监管转送", "国家金融监督管理总局", 0.03),
    others: &[
        OtherDesign {
            class: "咨询", channel: "在线客服", share: 0.03, sender: Sender::Journey
        },
        OtherDesign { class: "举报", channel: "来信", share: 0.002, sender: Sender::Nameless },
        OtherDesign { class: "信访", channel: "来访", share: 0.002, sender: Sender::Customer },
    ],
    vulnerable: ("segment", "SENIOR"),
    status: ["办理中", "已办结"],
};
