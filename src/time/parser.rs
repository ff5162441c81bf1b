//! Timestamps as logs write them: bytes in, moments out.

use super::iso8601::Iso8601;
use super::reading::{Placed, Reading, Shown};
use super::zone::Zone;
use super::{ClockChange, TimeCounts, TimeFormat, Timestamp};
use super::{Micros, epoch, pattern};

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
    /// It lies outside the years -9999 to 9999.
    #[error("outside the years -9999 to 9999")]
    OffCalendar,
    /// It is a local time that does not exist or exists twice, and such are to be rejected.
    #[error("the clock skips or repeats this time")]
    ClockChange,
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
    /// Whether ISO 8601 is the first of the forms.
    begins_with_iso: bool,
    zone: Option<Zone>,
    clock_changes: ClockChange,
    any_year: bool,
    zone_used: bool,
    counts: TimeCounts,
    iso8601: Iso8601,
}

impl TimeParser {
    /// A parser of these forms; `zone` is that of timestamps without an offset: an IANA name, `UTC` or an offset.
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
        Ok(Self {
            formats: formats.to_vec(),
            begins_with_iso: formats[0] == TimeFormat::Iso8601,
            zone: zone.map(Zone::new).transpose()?,
            clock_changes: ClockChange::default(),
            any_year: false,
            zone_used: false,
            counts: TimeCounts::default(),
            iso8601: Iso8601::default(),
        })
    }

    /// How local times are resolved that a zone skips or has twice; as RFC 5545 does unless set.
    #[must_use]
    pub fn clock_changes(self, clock_changes: ClockChange) -> Self {
        Self { clock_changes, ..self }
    }

    /// Whether years outside 1970 to 2100 are taken, from -9999 to 9999; they are not unless set.
    #[must_use]
    pub fn any_year(self, any_year: bool) -> Self {
        Self { any_year, ..self }
    }

    /// The moment that a text names, and the place of its form in the list of forms.
    ///
    /// # Errors
    ///
    /// The text is of none of the forms, has no zone, lies outside the years that are taken, or is a local time that is to be rejected.
    pub fn parse(&mut self, text: &[u8]) -> Result<(Timestamp, usize), TimestampFault> {
        if let Some(moment) = self.parse_utc(text).or_else(|| self.parse_usual(text)) {
            return Ok((moment, 0));
        }
        self.parse_as_each(text)
    }

    /// Whether any timestamp so far had no offset, so that the zone was taken.
    #[must_use]
    pub fn zone_used(&self) -> bool {
        self.zone_used || self.counts.zone_used > 0
    }

    /// What was counted among the moments that were returned, since it was last taken.
    #[must_use]
    pub fn counts(&self) -> TimeCounts {
        self.counts
    }

    /// What was counted, and begins anew.
    pub fn take_counts(&mut self) -> TimeCounts {
        self.zone_used = self.zone_used();
        std::mem::take(&mut self.counts)
    }

    /// The forms in words, for messages.
    #[must_use]
    pub fn forms(&self) -> String {
        self.formats.iter().map(form).collect::<Vec<_>>().join(" or ")
    }

    /// What almost every row of almost every log has, on a path of its own for the sake of speed: ISO 8601 at an offset that takes no search, in a year that every log may have.
    #[inline]
    fn parse_utc(&mut self, text: &[u8]) -> Option<Timestamp> {
        self.begins_with_iso.then_some(())?;
        let (midnight, since) = self.iso8601.scan_utc(text)?;
        let moment = Some(Timestamp(midnight + since)).filter(|moment| moment.is_plausible());
        self.counts.midnights += u64::from(moment.is_some() && since == 0);
        moment
    }

    #[inline]
    fn parse_usual(&mut self, text: &[u8]) -> Option<Timestamp> {
        self.begins_with_iso.then_some(())?;
        let reading = self.iso8601.scan(text)?;
        let offset = match reading.placed {
            Some(placed) => placed.offset,
            None => self.zone.as_ref()?.steady_offset(reading.clock)?,
        };
        let moment = Timestamp(reading.clock - offset);
        if !moment.is_plausible() {
            return None;
        }
        self.count(&reading, Shown::Once);
        Some(moment)
    }

    #[inline(never)]
    fn parse_as_each(&mut self, text: &[u8]) -> Result<(Timestamp, usize), TimestampFault> {
        let mut closest = TimestampFault::NotOfForm;
        for place in 0..self.formats.len() {
            match self.parse_as(place, text) {
                Ok(moment) => return Ok((moment, place)),
                Err(fault) => closest = closest.max(fault),
            }
        }
        Err(closest)
    }

    fn parse_as(&mut self, place: usize, text: &[u8]) -> Result<Timestamp, TimestampFault> {
        let reading = self.read_as(place, text).ok_or(TimestampFault::NotOfForm)?;
        let placed = match reading.placed {
            Some(placed) => placed,
            None => self.in_zone(reading.clock)?,
        };
        let moment = Timestamp(reading.clock - placed.offset);
        self.check(moment, placed.shown)?;
        self.count(&reading, placed.shown);
        Ok(moment)
    }

    fn read_as(&mut self, place: usize, text: &[u8]) -> Option<Reading> {
        match &self.formats[place] {
            TimeFormat::Iso8601 => self.iso8601.read(text, self.clock_changes),
            TimeFormat::Pattern(pattern) => pattern::read(pattern, text, self.clock_changes),
            TimeFormat::EpochSeconds => epoch::read(text, 6),
            TimeFormat::EpochMillis => epoch::read(text, 3),
            TimeFormat::EpochMicros => epoch::read(text, 0),
            TimeFormat::EpochNanos => epoch::read(text, -3),
        }
    }

    fn in_zone(&mut self, clock: i64) -> Result<Placed, TimestampFault> {
        let zone = self.zone.as_mut().ok_or(TimestampFault::NoZone)?;
        zone.place(clock, self.clock_changes).ok_or(TimestampFault::OffCalendar)
    }

    fn check(&self, moment: Timestamp, shown: Shown) -> Result<(), TimestampFault> {
        if !moment.is_plausible() {
            if !self.any_year {
                return Err(TimestampFault::OutOfRange);
            }
            if !moment.is_on_calendar() {
                return Err(TimestampFault::OffCalendar);
            }
        }
        if shown != Shown::Once && self.clock_changes == ClockChange::Reject {
            return Err(TimestampFault::ClockChange);
        }
        Ok(())
    }

    fn count(&mut self, reading: &Reading, shown: Shown) {
        self.counts.zone_used += u64::from(reading.placed.is_none());
        if reading.clock % Micros::PER_DAY == 0 {
            self.counts.midnights += 1;
        }
        match shown {
            Shown::Once => {}
            Shown::Never => self.counts.skipped += 1,
            Shown::Twice => self.counts.twice += 1,
        }
    }
}

fn check(format: &TimeFormat) -> Result<(), TimeFault> {
    match format {
        TimeFormat::Pattern(pattern) => pattern::check(pattern),
        _ => Ok(()),
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
    fn any_year_is_taken_where_asked_for() {
        let formats =
            [TimeFormat::Iso8601, pattern("%d.%m.%Y %H:%M:%S %z"), TimeFormat::EpochSeconds];
        let mut parser = parser(&formats, Some("UTC")).any_year(true);
        for (text, moment) in [
            ("0001-01-01", "0001-01-01T00:00:00Z"),
            ("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z"),
            ("9999-12-31", "9999-12-31T00:00:00Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
            ("-009999-01-01T00:00:00Z", "-009999-01-01T00:00:00Z"),
            ("31.12.1899 00:30:00 +0100", "1899-12-30T23:30:00Z"),
            ("-2208988800", "1900-01-01T00:00:00Z"),
        ] {
            let found = parser.parse(text.as_bytes()).map(|(moment, _)| moment.to_string());
            assert_eq!(found.as_deref(), Ok(moment), "{text}");
        }
        for text in ["9999-12-31T23:00-05:00", "99999999999999", "-99999999999999999999999999"] {
            let found = parser.parse(text.as_bytes());
            assert_eq!(found, Err(TimestampFault::OffCalendar), "{text}");
        }
    }

    #[test]
    fn local_times_that_clocks_skip_or_repeat_are_resolved_or_rejected_whatever_their_form() {
        let formats =
            [TimeFormat::Iso8601, pattern("%d.%m.%Y %H:%M"), pattern("%d.%m.%Y %H:%M %Q")];
        let texts = [
            "2024-10-27 02:30",
            "2024-10-27T02:30[Europe/Paris]",
            "27.10.2024 02:30",
            "27.10.2024 02:30 Europe/Paris",
        ];
        for (changes, hour) in [
            (ClockChange::Compatible, Ok("00")),
            (ClockChange::Earlier, Ok("00")),
            (ClockChange::Later, Ok("01")),
            (ClockChange::Reject, Err(TimestampFault::ClockChange)),
        ] {
            let mut parser = parser(&formats, Some("Europe/Paris")).clock_changes(changes);
            for text in texts {
                let found = parser.parse(text.as_bytes()).map(|(moment, _)| moment.to_string());
                let wanted = hour.map(|hour| format!("2024-10-27T{hour}:30:00Z"));
                assert_eq!(found, wanted, "{changes} {text}");
            }
            let once = parser.parse(b"2024-10-27 03:00").map(|(moment, _)| moment.to_string());
            assert_eq!(once.as_deref(), Ok("2024-10-27T02:00:00Z"));
        }
    }

    #[test]
    fn what_is_returned_is_counted() {
        let mut parser =
            parser(&[TimeFormat::Iso8601, TimeFormat::EpochSeconds], Some("Europe/Paris"));
        for text in [
            "2024-03-31 02:30",
            "2024-10-27 02:30",
            "2024-10-27 02:30:01",
            "2024-05-01",
            "2024-05-01T00:00+08:00",
            "2024-05-01T00:00:00.000001Z",
            "86400",
            "1969-05-01",
            "no moment",
        ] {
            let _ = parser.parse(text.as_bytes());
        }
        let counted = TimeCounts { skipped: 1, twice: 2, zone_used: 4, midnights: 3 };
        assert_eq!((parser.counts(), parser.take_counts()), (counted, counted));
        assert_eq!(parser.counts(), TimeCounts::default());
        assert!(parser.zone_used(), "it was, before counts were taken");
        let mut sum = counted;
        sum.add(&counted);
        assert_eq!(sum, TimeCounts { skipped: 2, twice: 4, zone_used: 8, midnights: 6 });
    }

    #[test]
    fn what_is_rejected_is_not_counted() {
        let mut parser =
            parser(&[TimeFormat::Iso8601], Some("Europe/Paris")).clock_changes(ClockChange::Reject);
        assert!(parser.parse(b"2024-10-27 02:30").is_err());
        assert_eq!(parser.counts(), TimeCounts::default());
    }

    #[test]
    fn a_parser_can_go_to_another_thread() {
        fn goes<T: Clone + Send + 'static>(_: &T) {}
        goes(&parser(&[TimeFormat::Iso8601], Some("Asia/Shanghai")));
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
            let _ = parser(&formats, Some("Europe/Paris")).any_year(true).parse(&text);
        }

        #[test]
        fn every_moment_of_the_calendar_is_read_back(micros in super::super::civil::EARLIEST..super::super::civil::END) {
            let moment = Timestamp(micros);
            let mut iso = parser(&[TimeFormat::Iso8601], None).any_year(true);
            prop_assert_eq!(iso.parse(moment.to_string().as_bytes()), Ok((moment, 0)));
            let mut epoch = parser(&[TimeFormat::EpochMicros], None).any_year(true);
            prop_assert_eq!(epoch.parse(micros.to_string().as_bytes()), Ok((moment, 0)));
        }

        #[test]
        fn numbers_of_every_unit_are_one_moment(seconds in 0_i64..4_133_980_800, micros in 0_i64..1_000_000) {
            let moment = Timestamp(seconds * Micros::PER_SECOND + micros);
            let nanos = i128::from(moment.0) * 1_000 + 999;
            for (format, text) in [
                (TimeFormat::EpochSeconds, format!("{seconds}.{micros:06}")),
                (TimeFormat::EpochMillis, format!("{}.{:03}", moment.0 / 1_000, moment.0 % 1_000)),
                (TimeFormat::EpochMicros, moment.0.to_string()),
                (TimeFormat::EpochNanos, nanos.to_string()),
                (pattern("%s"), seconds.to_string()),
            ] {
                let whole = if text.len() == seconds.to_string().len() { Timestamp(seconds * Micros::PER_SECOND) } else { moment };
                prop_assert_eq!(parser(&[format], None).parse(text.as_bytes()), Ok((whole, 0)), "{}", text);
            }
        }

        #[test]
        fn the_usual_path_says_what_the_whole_one_says(
            texts in prop::collection::vec("(19[67]|20[0-3]|210)[0-9]-(0[1-9]|1[0-2])-[0-3][0-9]([T ]0[0-3]:(00|30)(:00)?(Z|[+]08:00)?)?", 1..30),
            zone in prop::sample::select(&[None, Some("+08:00"), Some("Europe/Paris")][..]),
        ) {
            let mut usual = parser(&[TimeFormat::Iso8601], zone).clock_changes(ClockChange::Reject);
            let mut whole = usual.clone();
            for text in texts {
                prop_assert_eq!(usual.parse(text.as_bytes()), whole.parse_as_each(text.as_bytes()), "{}", text);
                prop_assert_eq!(usual.counts(), whole.counts(), "{}", text);
            }
        }

        #[test]
        fn no_pattern_makes_it_panic(form in "(%[-_0]?[0-9]?[.:]?[a-zA-Z%]|[ T:-]){0,8}", text in "[0-9A-Za-z :+-]{0,30}") {
            if let Ok(parser) = TimeParser::new(&[pattern(&form)], Some("UTC")) {
                let mut parser = parser.any_year(true);
                let _ = parser.parse(text.as_bytes());
            }
        }
    }
}
