//! The cross-walk from the issues of the CFPB's complaint database to the reasons of JR/T 0169.

use super::Reason;

/// The issues of the sample of loan complaints of 2023, word for word, each with its nearest reason: a proposal that
/// nobody but this library makes.
pub const CFPB_ISSUES: &[(&str, Reason)] = &[
    ("Can't contact lender or servicer", Reason::ServiceAttitude),
    ("Can't stop withdrawals from your bank account", Reason::FundSafety),
    ("Charged fees or interest you didn't expect", Reason::Pricing),
    ("Credit limit changed", Reason::ContractTerms),
    ("Credit monitoring or identity theft protection services", Reason::InformationSecurity),
    ("Getting a line of credit", Reason::RulesAndProcess),
    ("Getting the loan", Reason::RulesAndProcess),
    ("Improper use of your report", Reason::InformationSecurity),
    ("Incorrect information on your report", Reason::InformationSecurity),
    ("Loan payment wasn't credited to your account", Reason::FundSafety),
    (
        "Money was taken from your bank account on the wrong day or for the wrong amount",
        Reason::FundSafety,
    ),
    (
        "Problem with a credit reporting company's investigation into an existing problem",
        Reason::InformationSecurity,
    ),
    ("Problem when making payments", Reason::RulesAndProcess),
    ("Problem with additional add-on products or services", Reason::Choice),
    ("Problem with cash advance", Reason::RulesAndProcess),
    ("Problem with fraud alerts or security freezes", Reason::InformationSecurity),
    ("Problem with the payoff process at the end of the loan", Reason::RulesAndProcess),
    ("Property was damaged or destroyed property", Reason::FundSafety),
    ("Received a loan you didn't apply for", Reason::FundSafety),
    ("Struggling to pay your loan", Reason::DebtCollection),
    ("Unable to get your credit report or credit score", Reason::Disclosure),
    ("Vehicle was damaged or destroyed the vehicle", Reason::FundSafety),
    ("Vehicle was repossessed or sold the vehicle", Reason::DebtCollection),
    ("Was approved for a loan, but didn't receive the money", Reason::ContractTerms),
];

/// The reason nearest to an issue of the CFPB's database, by its exact words.
///
/// ```
/// use touchpoint::complaint::facet::{DispCause, Reason, reason_of_cfpb_issue};
///
/// let reason = reason_of_cfpb_issue("Charged fees or interest you didn't expect");
/// assert_eq!(reason, Some(Reason::Pricing));
/// assert_eq!(reason.map(Reason::disp_cause), Some(DispCause::InformationAndCharges));
/// ```
#[must_use]
pub fn reason_of_cfpb_issue(issue: &str) -> Option<Reason> {
    CFPB_ISSUES.iter().find(|(words, _)| *words == issue).map(|(_, reason)| *reason)
}
