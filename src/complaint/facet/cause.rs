//! The groups of causes under which the return of DISP 1 Annex 1R counts complaints.

use super::facet;

facet! {
    /// A group of causes, in the words of DISP 1 Annex 1R; the Chinese names are translations.
    DispCause {
        Selling = "selling", "Advising, selling and arranging", "咨询、销售与安排", Memory;
        InformationAndCharges = "information-and-charges", "Information, charges or product performance", "信息、收费或产品表现", Memory;
        Administration = "administration", "General admin and customer service", "一般管理与客户服务", Memory;
        Arrears = "arrears", "Arrears related", "逾期相关", Memory;
        Other = "other", "Other", "其他", Memory;
    }
}
