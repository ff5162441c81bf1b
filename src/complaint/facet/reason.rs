//! Facet C: the reason of a complaint (投诉原因), and the consumer rights that it touches.

use super::{DispCause, facet};
use crate::map::ConsumerRight;

facet! {
    /// The reason of a complaint, in the words of JR/T 0169-2018.
    Reason {
        ServiceAttitude = "service-attitude", "Attitude and quality of service", "服务态度及服务质量", SecondHand;
        Systems = "systems", "Facilities, equipment and systems", "服务设施、设备、业务系统", SecondHand;
        RulesAndProcess = "rules-and-process", "Rules and processes", "管理制度、业务规则与流程", SecondHand;
        Marketing = "marketing", "Marketing", "营销方式", SecondHand;
        Disclosure = "disclosure", "Disclosure", "信息披露", SecondHand;
        Returns = "returns", "Returns of a product", "产品收益", SecondHand;
        Choice = "choice", "Freedom of choice", "自主选择权", SecondHand;
        ContractTerms = "contract-terms", "Terms of contract", "合同条款", SecondHand;
        FundSafety = "fund-safety", "Safety of funds", "消费者资金安全", SecondHand;
        InformationSecurity = "information-security", "Security of information", "消费者信息安全", SecondHand;
        Pricing = "pricing", "Prices and fees", "定价收费", Memory;
        DebtCollection = "debt-collection", "Ways of debt collection", "债务催收方式和手段", Memory;
        Other = "other", "Other", "其他", Memory;
    }
}

impl Reason {
    /// The consumer rights at stake: a proposal. Systems and other reasons touch no single right.
    ///
    /// ```
    /// use touchpoint::complaint::facet::Reason;
    /// use touchpoint::map::ConsumerRight;
    ///
    /// let reason = Reason::named("定价收费").expect("a reason of the standard");
    /// assert_eq!(reason.rights(), [ConsumerRight::FairDealing]);
    /// assert!(Reason::Systems.rights().is_empty());
    /// ```
    #[must_use]
    pub const fn rights(self) -> &'static [ConsumerRight] {
        match self {
            Self::Marketing | Self::Disclosure | Self::Returns => &[ConsumerRight::Information],
            Self::Choice => &[ConsumerRight::Choice],
            Self::RulesAndProcess | Self::ContractTerms | Self::Pricing => {
                &[ConsumerRight::FairDealing]
            }
            Self::FundSafety => &[ConsumerRight::PropertySafety],
            Self::InformationSecurity => &[ConsumerRight::InformationSecurity],
            Self::ServiceAttitude | Self::DebtCollection => &[ConsumerRight::Respect],
            Self::Systems | Self::Other => &[],
        }
    }

    /// The group of causes under which DISP would count it: a proposal.
    #[must_use]
    pub const fn disp_cause(self) -> DispCause {
        match self {
            Self::Marketing | Self::Disclosure | Self::Choice => DispCause::Selling,
            Self::Returns | Self::ContractTerms | Self::Pricing => DispCause::InformationAndCharges,
            Self::ServiceAttitude | Self::Systems | Self::RulesAndProcess => {
                DispCause::Administration
            }
            Self::DebtCollection => DispCause::Arrears,
            Self::FundSafety | Self::InformationSecurity | Self::Other => DispCause::Other,
        }
    }
}
