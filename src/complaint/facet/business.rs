//! Facet B: the business that a complaint is about (业务类别).

use super::facet;

facet! {
    /// The business that a complaint is about, in the words of JR/T 0169-2018.
    Business {
        Savings = "savings", "Savings", "人民币储蓄", SecondHand;
        Loans = "loans", "Loans", "贷款", SecondHand;
        Cards = "cards", "Bank cards", "银行卡", SecondHand;
        Payments = "payments", "Payment and settlement", "支付结算", SecondHand;
        Cash = "cash", "Cash in yuan", "人民币管理", SecondHand;
        PersonalInformation = "personal-information", "Personal financial information", "个人金融信息", SecondHand;
        WealthManagement = "wealth-management", "The bank's own wealth products", "自营理财", Memory;
        Agency = "agency", "Products of others sold by the bank", "银行代理业务", Memory;
        ForeignExchange = "foreign-exchange", "Foreign exchange", "外汇", Memory;
        PreciousMetals = "precious-metals", "Precious metals", "贵金属", Memory;
        DebtCollection = "debt-collection", "Debt collection", "债务催收", Memory;
        CreditRegister = "credit-register", "Credit register", "征信", Memory;
        Other = "other", "Other", "其他", SecondHand;
    }
}
