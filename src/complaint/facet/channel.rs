//! Facet A: through which channel the business was done that a complaint is about (办理渠道).

use super::facet;

facet! {
    /// Through which channel the business was done, in the words of JR/T 0169-2018.
    Channel {
        Branch = "branch", "Branch", "营业现场", SecondHand;
        SelfService = "self-service", "Self-service machine", "自助机具", SecondHand;
        OnlineBank = "online-bank", "Online bank", "网银", SecondHand;
        Phone = "phone", "Telephone", "电话", SecondHand;
        MobileApp = "mobile-app", "Mobile app", "移动客户端", SecondHand;
        PublicPlatform = "public-platform", "Public platform on the net", "网络公众平台", SecondHand;
        Sms = "sms", "Text message", "短信", SecondHand;
        OtherElectronic = "other-electronic", "Other electronic channel", "其他电子渠道", SecondHand;
        ThirdParty = "third-party", "Third party", "第三方渠道", SecondHand;
        OtherFront = "other-front", "Other front-office channel", "其他前台业务渠道", SecondHand;
        BackOffice = "back-office", "Middle and back office", "中、后台业务渠道", SecondHand;
    }
}
