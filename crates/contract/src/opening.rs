//! Opening hours, as schema.org's `openingHours` writes them: `Mo-Fr 08:30-17:00`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// One stretch of a week: the same hours on consecutive days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Opening {
    first: u8,
    last: u8,
    opens: u16,
    closes: u16,
}

/// Not hours of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "opening hours are written `Mo-Fr 08:30-17:00`, in English days and ending after they begin"
)]
pub struct OpeningError;

impl Opening {
    /// First and last day, Monday is 0; the same for a single day.
    pub fn days(self) -> (u8, u8) {
        (self.first, self.last)
    }

    /// Minutes after midnight.
    pub fn hours(self) -> (u16, u16) {
        (self.opens, self.closes)
    }

    /// Several, between semicolons; none in an empty text.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn parse_all(text: &str) -> Result<Vec<Opening>, OpeningError> {
        text.split(';').map(str::trim).filter(|it| !it.is_empty()).map(str::parse).collect()
    }
}

fn day(text: &str) -> Result<u8, OpeningError> {
    let at = DAYS.iter().position(|it| *it == text).ok_or(OpeningError)?;
    u8::try_from(at).map_err(|_| OpeningError)
}

fn minutes(text: &str) -> Result<u16, OpeningError> {
    let (hours, minutes) = text.split_once(':').ok_or(OpeningError)?;
    let two = |it: &str, most: u16| {
        let digits = it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_digit());
        it.parse().ok().filter(|value: &u16| digits && *value <= most).ok_or(OpeningError)
    };
    let value = two(hours, 24)? * 60 + two(minutes, 59)?;
    if value <= 24 * 60 { Ok(value) } else { Err(OpeningError) }
}

impl FromStr for Opening {
    type Err = OpeningError;

    fn from_str(text: &str) -> Result<Opening, OpeningError> {
        let (days, hours) = text.split_once(' ').ok_or(OpeningError)?;
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let (opens, closes) = hours.split_once('-').ok_or(OpeningError)?;
        let it = Opening {
            first: day(first)?,
            last: day(last)?,
            opens: minutes(opens)?,
            closes: minutes(closes)?,
        };
        if it.last < it.first || it.closes <= it.opens {
            return Err(OpeningError);
        }
        Ok(it)
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |it: u8| DAYS.get(usize::from(it)).copied().unwrap_or_default();
        f.write_str(name(self.first))?;
        if self.first != self.last {
            write!(f, "-{}", name(self.last))?;
        }
        let (opens, closes) = (self.opens, self.closes);
        write!(f, " {:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
    }
}

impl TryFrom<String> for Opening {
    type Error = OpeningError;

    fn try_from(text: String) -> Result<Opening, OpeningError> {
        text.parse()
    }
}

impl From<Opening> for String {
    fn from(it: Opening) -> String {
        it.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Opening {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("schema.org openingHours: `Mo-Fr 08:30-17:00`"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Opening {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_they_were_written() {
        for text in ["Mo-Fr 08:30-17:00", "Sa 09:00-12:00", "Mo-Su 00:00-24:00"] {
            assert_eq!(text.parse::<Opening>().unwrap().to_string(), text);
        }
        assert_eq!(Opening::parse_all("Mo 08:00-12:00; Mo 14:00-18:00").unwrap().len(), 2);
        assert_eq!(Opening::parse_all(" ").unwrap(), []);
    }

    #[test]
    fn what_is_no_hour_is_refused() {
        for text in [
            "",
            "Mo",
            "Fr-Mo 08:00-12:00",
            "Mo 12:00-08:00",
            "Lu 08:00-12:00",
            "Mo 8:00-12:00",
            "Mo 08:00-24:01",
            "Mo 08:60-12:00",
        ] {
            assert_eq!(text.parse::<Opening>(), Err(OpeningError), "{text}");
        }
    }
}
