//! Calendar days, as `YYYY-MM-DD` (RFC 3339, `full-date`).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, without time zone. Years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text is not a day that exists, written `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written YYYY-MM-DD and must exist")]
pub struct DateError;

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Date = Date { year: 1970, month: 1, day: 1 };

    /// # Errors
    ///
    /// [`DateError`] when the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Date, DateError> {
        let leap =
            (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return Err(DateError),
        };
        if !(1..=9999).contains(&year) || !(1..=days).contains(&day) {
            return Err(DateError);
        }
        Ok(Date { year, month, day })
    }

    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01, negative before. Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms" (`days_from_civil`).
    pub fn days_since_epoch(self) -> i32 {
        let year = i32::from(self.year) - i32::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year - era * 400;
        let month = i32::from(self.month);
        let month_from_march = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The reverse of [`Date::days_since_epoch`] (Hinnant, `civil_from_days`).
    ///
    /// # Errors
    ///
    /// [`DateError`] for days outside of the years 1 to 9999.
    pub fn from_days_since_epoch(days: i32) -> Result<Date, DateError> {
        let days = days.checked_add(719_468).ok_or(DateError)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        let part = |it: i32| u8::try_from(it).map_err(|_| DateError);
        Date::new(u16::try_from(year).map_err(|_| DateError)?, part(month)?, part(day)?)
    }

    /// 0 is Monday (ISO 8601 counts from 1).
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday; the remainder is 0 to 6.
        u8::try_from((self.days_since_epoch() + 3).rem_euclid(7)).unwrap_or(0)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, it)| match at {
                4 | 7 => *it == b'-',
                _ => it.is_ascii_digit(),
            });
        if !shape {
            return Err(DateError);
        }
        let number = |from: usize, to: usize| {
            bytes[from..to].iter().fold(0, |n, it| n * 10 + u16::from(it - b'0'))
        };
        let small = |from, to| u8::try_from(number(from, to)).map_err(|_| DateError);
        Date::new(number(0, 4), small(5, 7)?, small(8, 10)?)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Date, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Date {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Date {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, accepted: bool) {
        assert_eq!(text.parse::<Date>().is_ok(), accepted, "{text:?}");
    }

    #[test]
    fn a_date_must_exist_and_be_written_in_full() {
        check("2026-11-20", true);
        check("2024-02-29", true);
        check("2026-02-29", false);
        check("1900-02-29", false);
        check("2000-02-29", true);
        check("2026-13-01", false);
        check("2026-1-01", false);
        check("0000-01-01", false);
        check("2026-11-20T00:00:00Z", false);
        check("20é6-11-20", false);
    }

    #[test]
    fn days_are_counted_from_1970() {
        let days = |text: &str| text.parse::<Date>().unwrap().days_since_epoch();
        assert_eq!(days("1970-01-01"), 0);
        assert_eq!(days("1969-12-31"), -1);
        assert_eq!(days("2000-03-01"), 11_017);
        assert_eq!(days("2026-11-20"), 20_777);
    }

    #[test]
    fn days_turn_back_into_dates() {
        for days in (-719_162..2_932_896).step_by(97) {
            let date = Date::from_days_since_epoch(days).unwrap();
            assert_eq!(date.days_since_epoch(), days);
        }
        assert_eq!(Date::from_days_since_epoch(-719_163), Err(DateError));
        assert_eq!(Date::from_days_since_epoch(i32::MAX), Err(DateError));
    }

    #[test]
    fn weekdays_start_on_monday() {
        assert_eq!("2026-11-20".parse::<Date>().unwrap().weekday(), 4);
        assert_eq!(Date::EPOCH.weekday(), 3);
    }
}
