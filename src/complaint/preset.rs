//! Registers whose form is known.

use std::fmt;
use std::str::FromStr;

use crate::map::{ComplaintClass, ComplaintsSection, RegisterColumns, RegisterSource, TimeFormat};
use crate::position::quoted;

/// A register whose form is known.
///
/// ```
/// use touchpoint::complaint::{Preset, RegisterReader};
///
/// let preset: Preset = "cfpb".parse()?;
/// let reader = RegisterReader::new(&preset.section());
/// # Ok::<(), touchpoint::complaint::PresetFault>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Preset {
    /// The export of the Consumer Complaint Database of the US Consumer Financial Protection Bureau, as it is
    /// downloaded; what consumers wrote is not kept.
    Cfpb,
}

/// A text is no preset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is no preset; there is `cfpb`", quoted(found))]
#[non_exhaustive]
pub struct PresetFault {
    /// The text.
    pub found: String,
}

impl Preset {
    /// Its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cfpb => "cfpb",
        }
    }

    /// How to read it.
    #[must_use]
    pub fn section(self) -> ComplaintsSection {
        match self {
            Self::Cfpb => cfpb(),
        }
    }
}

impl FromStr for Preset {
    type Err = PresetFault;

    fn from_str(text: &str) -> Result<Self, PresetFault> {
        match text {
            "cfpb" => Ok(Self::Cfpb),
            _ => Err(PresetFault { found: text.to_owned() }),
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The bureau publishes dates alone, as MM/DD/YY or MM/DD/YYYY; ISO 8601 is read as well. It writes `None` and `N/A`
/// where there is nothing. It publishes when it sent a complaint to the company, not when the company answered. The
/// issue is all that is said of where the customer met it, and the company is who has to answer.
fn cfpb() -> ComplaintsSection {
    let column = |name: &str| Some(name.to_owned());
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, column)| ((*name).to_owned(), (*column).to_owned())).collect()
    };
    let form = |pattern: &str| TimeFormat::Pattern(pattern.to_owned());
    let section = ComplaintsSection::new("Complaint ID", "Date received");
    ComplaintsSection {
        columns: RegisterColumns {
            channel: column("Submitted via"),
            business: column("Product"),
            product: column("Sub-product"),
            reason: column("Issue"),
            touchpoint: column("Issue"),
            region: column("State"),
            owner: column("Company"),
            status: column("Company response to consumer"),
            timely: column("Timely response?"),
            ..section.columns
        },
        moments: pairs(&[("complaint.forwarded_by_regulator", "Date sent to company")]),
        attributes: pairs(&[("sub_issue", "Sub-issue"), ("tags", "Tags")]),
        class: Some(ComplaintClass::ConsumerComplaint),
        forwarded_by: Some("CFPB".to_owned()),
        blanks: vec!["None".to_owned(), "N/A".to_owned()],
        source: RegisterSource::RegulatorForwarded,
        formats: vec![form("%m/%d/%y"), form("%m/%d/%Y"), TimeFormat::Iso8601],
        zone: Some("America/New_York".to_owned()),
        ..section
    }
}
