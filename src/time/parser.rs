//! Timestamps as logs write them: bytes in, moments out.

use super::TimeFormat;
use super::reading::Reading;
use super::zone::Zone;
use super::{Timestamp, epoch, iso8601, pattern};

/// Why timestamps cannot be read as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFault {
    /// The zone is none.
    #[error("`{found}` is not a time zone such as Asia/Shanghai, UTC or +08:00")]
    Zone {
        /// The zone as it stood.
        found: String,
    },
    /// The pattern is none, or says too little.
    #[error("`{pattern}` is not a form of timestamps: {why}")]
    Pattern {
        /// The pattern as it stood.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// No form was given.
    #[error("no form of timestamps is given")]
    NoFormat,
}

/// Why a text is no moment; of several forms, the fault of the one that came closest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampFault {
    /// It is of none of the forms.
    #[error("not a timestamp of a form that was asked for")]
    NotOfForm,
    /// It lies outside the years 1970 to 2100.
    #[error("outside the years 1970 to 2100")]
    OutOfRange,
    /// It carries no offset, and no zone was given.
    #[error("no offset, and no zone was given")]
    NoZone,
}

/// Reads timestamps of a few forms, tried in order, to the microsecond; finer decimals are cut off.
///
/// ```
/// use touchpoint::time::{TimeFormat, TimeParser};
///
/// let mut parser = TimeParser::new(&[TimeFormat::Iso8601], Some("Asia/Shanghai"))?;
/// let (moment, _) = parser.parse(b"2024-03-05 20:00").expect("a good timestamp");
/// assert_eq!(moment.to_string(), "2024-03-05T12:00:00Z");
/// # Ok::<(), touchpoint::time::TimeFault>(())
/// ```
#[derive(Clone, Debug)]
pub struct TimeParser {
    formats: Vec<TimeFormat>,
    zone: Option<Zone>,
    zone_used: bool,
}

impl TimeParser {
    /// A parser of these forms; `zone` is that of timestamps without an offset: an IANA name, `UTC` or an offset.
    ///
    /// A local time that the zone skips, or has twice, is resolved as RFC 5545 does: the first of two, and for one that was skipped the moment as far behind the gap.
    ///
    /// # Errors
    ///
    /// The zone or a pattern is none, or there is no form.
    pub fn new(formats: &[TimeFormat], zone: Option<&str>) -> Result<Self, TimeFault> {
        if formats.is_empty() {
            return Err(TimeFault::NoFormat);
        }
        for format in formats {
            check(format)?;
        }
        let zone = zone.map(Zone::new).transpose()?;
        Ok(Self { formats: formats.to_vec(), zone, zone_used: false })
    }

    /// The moment that a text names, and the place of its form in the list of forms.
    ///
    /// # Errors
    ///
    /// The text is of none of the forms, has no zone, or lies outside the years 1970 to 2100.
    pub fn parse(&mut self, text: &[u8]) -> Result<(Timestamp, usize), TimestampFault> {
        let mut closest = TimestampFault::NotOfForm;
        for place in 0..self.formats.len() {
            match self.parse_as(place, text) {
                Ok(moment) => return Ok((moment, place)),
                Err(fault) => closest = closest.max(fault),
            }
        }
        Err(closest)
    }

    /// Whether any timestamp so far had no offset, so that the zone was taken.
    #[must_use]
    pub fn zone_used(&self) -> bool {
        self.zone_used
    }

    /// The forms in words, for messages.
    #[must_use]
    pub fn forms(&self) -> String {
        self.formats.iter().map(form).collect::<Vec<_>>().join(" or ")
    }

    fn parse_as(&mut self, place: usize, text: &[u8]) -> Result<Timestamp, TimestampFault> {
        let reading = read(&self.formats[place], text).ok_or(TimestampFault::NotOfForm)?;
        let moment = match reading {
            Reading::Instant(micros) => Some(Timestamp(micros)),
            Reading::Local(micros) => self.in_zone(micros)?,
        };
        moment.filter(|moment| moment.is_plausible()).ok_or(TimestampFault::OutOfRange)
    }

    fn in_zone(&mut self, local: i64) -> Result<Option<Timestamp>, TimestampFault> {
        let zone = self.zone.as_mut().ok_or(TimestampFault::NoZone)?;
        self.zone_used = true;
        Ok(zone.instant(local).map(Timestamp))
    }
}

fn check(format: &TimeFormat) -> Result<(), TimeFault> {
    match format {
        TimeFormat::Pattern(pattern) => pattern::check(pattern),
        _ => Ok(()),
    }
}

fn read(format: &TimeFormat, text: &[u8]) -> Option<Reading> {
    match format {
        TimeFormat::Iso8601 => iso8601::read(text),
        TimeFormat::Pattern(pattern) => pattern::read(pattern, text),
        TimeFormat::EpochSeconds => epoch::read(text, 6),
        TimeFormat::EpochMillis => epoch::read(text, 3),
        TimeFormat::EpochMicros => epoch::read(text, 0),
        TimeFormat::EpochNanos => epoch::read(text, -3),
    }
}

fn form(format: &TimeFormat) -> &str {
    match format {
        TimeFormat::Iso8601 => "ISO 8601 (such as 2024-03-05T14:30:00+08:00)",
        TimeFormat::Pattern(pattern) => pattern,
        TimeFormat::EpochSeconds => "seconds since 1970",
        TimeFormat::EpochMillis => "milliseconds since 1970",
        TimeFormat::EpochMicros => "microseconds since 1970",
        TimeFormat::EpochNanos => "nanoseconds since 1970",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parser(formats: &[TimeFormat], zone: Option<&str>) -> TimeParser {
        TimeParser::new(formats, zone).expect("good forms and zone")
    }

    fn pattern(pattern: &str) -> TimeFormat {
        TimeFormat::Pattern(pattern.to_owned())
    }

    #[test]
    fn patterns_are_read_with_and_without_offset_or_time() {
        for (form, text, moment) in [
            ("%m/%d/%y", "03/22/23", "2023-03-22T00:00:00Z"),
            ("%d.%m.%Y %H:%M", "22.03.2023 08:15", "2023-03-22T08:15:00Z"),
            ("%Y/%m/%d %H:%M:%S%.f %z", "2023/03/22 08:15:00.5 +0800", "2023-03-22T00:15:00.5Z"),
            ("%Y年%m月%d日", "2023年03月22日", "2023-03-22T00:00:00Z"),
            ("%s", "1709640000", "2024-03-05T12:00:00Z"),
        ] {
            let (found, _) =
                parser(&[pattern(form)], Some("UTC")).parse(text.as_bytes()).expect(text);
            assert_eq!(found.to_string(), moment);
        }
    }

    #[test]
    fn the_first_form_that_fits_is_named() {
        let mut parser = parser(&[TimeFormat::Iso8601, pattern("%d.%m.%Y")], Some("UTC"));
        assert_eq!(parser.parse(b"2023-03-22").map(|(_, form)| form), Ok(0));
        assert_eq!(parser.parse(b"22.03.2023").map(|(_, form)| form), Ok(1));
        assert_eq!(parser.parse(b"22/03/2023"), Err(TimestampFault::NotOfForm));
    }

    #[test]
    fn a_clock_without_a_zone_says_nothing() {
        let mut parser = parser(&[TimeFormat::Iso8601], None);
        assert_eq!(parser.parse(b"2023-03-22T10:00"), Err(TimestampFault::NoZone));
        assert!(parser.parse(b"2023-03-22T10:00Z").is_ok());
        assert!(!parser.zone_used());
    }

    #[test]
    fn implausible_years_are_refused() {
        let mut parser = parser(&[TimeFormat::Iso8601, TimeFormat::EpochSeconds], Some("UTC"));
        for text in [
            "0001-01-01",
            "1969-12-31T23:59:59Z",
            "2101-01-01",
            "9999-12-31",
            "-5",
            "99999999999999",
        ] {
            assert_eq!(parser.parse(text.as_bytes()), Err(TimestampFault::OutOfRange), "{text}");
        }
    }

    #[test]
    fn patterns_that_cannot_work_are_refused_at_once() {
        for form in ["%Y-%m-%d %!", "%H:%M", "%", "", "no directive"] {
            assert!(TimeParser::new(&[pattern(form)], None).is_err(), "{form}");
        }
        assert_eq!(TimeParser::new(&[], None).err(), Some(TimeFault::NoFormat));
    }

    proptest! {
        #[test]
        fn no_bytes_make_any_form_panic(text in prop::collection::vec(any::<u8>(), 0..40)) {
            let formats = [
                TimeFormat::Iso8601, pattern("%Y-%m-%d %H:%M:%S%.f %z"), pattern("%a %b %d %Y %Q"),
                TimeFormat::EpochSeconds, TimeFormat::EpochNanos,
            ];
            let _ = parser(&formats, Some("Europe/Paris")).parse(&text);
        }

        #[test]
        fn no_pattern_makes_it_panic(form in "(%[-_0]?[0-9]?[.:]?[a-zA-Z%]|[ T:-]){0,8}", text in "[0-9A-Za-z :+-]{0,30}") {
            if let Ok(mut parser) = TimeParser::new(&[pattern(&form)], Some("UTC")) {
                let _ = parser.parse(text.as_bytes());
            }
        }
    }
}
