//! What the colour of a card stands for.

use std::fmt;
use std::str::FromStr;

use super::told::{Told, is_hotspot};
use crate::map::TouchpointId;
use crate::position::quoted;
use crate::score::Standing;
use crate::yaml::{did_you_mean, nearest};

/// What the colour of a card stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColourBy {
    /// In how many families the touchpoint is a hotspot.
    #[default]
    Hotspot,
    /// Its friction, as so many times the rest's.
    Friction,
    /// Its drop-off, as so many times the rest's.
    DropOff,
    /// Its complaints, as so many times the rest's.
    Complaints,
    /// Measured satisfaction, on the scale of the map.
    Satisfaction,
}

impl ColourBy {
    /// Every choice, the default first.
    pub const ALL: [Self; 5] =
        [Self::Hotspot, Self::Friction, Self::DropOff, Self::Complaints, Self::Satisfaction];

    /// Its name, which it is also read by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hotspot => "hotspot",
            Self::Friction => "friction",
            Self::DropOff => "drop-off",
            Self::Complaints => "complaints",
            Self::Satisfaction => "satisfaction",
        }
    }

    /// The family that it shows, if it shows one.
    pub(super) const fn family(self) -> Option<&'static str> {
        match self {
            Self::Hotspot | Self::Satisfaction => None,
            Self::Friction => Some("friction"),
            Self::DropOff => Some("drop_off"),
            Self::Complaints => Some("complaints"),
        }
    }
}

impl fmt::Display for ColourBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is nothing to colour by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} is nothing to colour by: hotspot, friction, drop-off, complaints or satisfaction{}",
    quoted(found),
    did_you_mean(nearest(found, ColourBy::ALL.map(ColourBy::name)))
)]
pub struct ColourByFault {
    /// The name as it stood.
    pub found: String,
}

impl FromStr for ColourBy {
    type Err = ColourByFault;

    fn from_str(found: &str) -> Result<Self, ColourByFault> {
        let by_name = Self::ALL.into_iter().find(|by| by.name() == found);
        by_name.ok_or_else(|| ColourByFault { found: found.to_owned() })
    }
}

/// How a card is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heat {
    /// Too few customers to say.
    Thin,
    /// Nothing is known, or it is not asked.
    Blank,
    /// From 0, nothing to see, to 4.
    Level(usize),
}

/// The upper ends of all levels but the last, in times the rest.
pub(super) const LIFTS: [f64; 4] = [0.8, 1.25, 2.0, 4.0];

pub(super) fn heat(told: &Told<'_>, by: ColourBy, touchpoint: TouchpointId) -> Heat {
    if told.is_thin(touchpoint) {
        return Heat::Thin;
    }
    let level = match (by, by.family()) {
        (_, Some(family)) => {
            let is_thin = |standing: &Standing| *standing == Standing::ThinSupport;
            if told.score(family, touchpoint).is_some_and(|score| is_thin(&score.standing)) {
                return Heat::Thin;
            }
            told.lift(family, touchpoint).map(|lift| LIFTS.iter().filter(|it| lift >= **it).count())
        }
        (ColourBy::Satisfaction, _) => {
            let share = told.satisfaction.get(touchpoint.index()).copied().flatten();
            share.map(|share| (1..5).filter(|fifth| share <= 1.0 - f64::from(*fifth) / 5.0).count())
        }
        _ => hotspot_level(told, touchpoint),
    };
    level.map_or(Heat::Blank, Heat::Level)
}

/// 0 not above the rest, 1 above but not surely, 3 a hotspot of one family, 4 of several; none where nothing is asked.
fn hotspot_level(told: &Told<'_>, touchpoint: TouchpointId) -> Option<usize> {
    let standing = |wanted: &Standing| {
        told.scores(touchpoint).filter(|(_, score)| score.standing == *wanted).count()
    };
    match told.scores(touchpoint).filter(|(_, score)| is_hotspot(score)).count() {
        0 if standing(&Standing::Uncertain) > 0 => Some(1),
        0 if standing(&Standing::Clear) > 0 => Some(0),
        0 => None,
        1 => Some(3),
        _ => Some(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_colour_by_is_read_by_its_name_and_a_slip_is_told() {
        assert_eq!("drop-off".parse(), Ok(ColourBy::DropOff));
        let fault = "fricton".parse::<ColourBy>().expect_err("nothing to colour by");
        assert_eq!(
            fault.to_string(),
            "`fricton` is nothing to colour by: hotspot, friction, drop-off, complaints or satisfaction; did you mean `friction`?"
        );
    }
}
