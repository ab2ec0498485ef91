//! Front matter, as written.

use contract::{
    article::{ArticleKind, Person},
    date::{Date, DateError},
    evidence::EvidenceLevel,
};
use serde::{Deserialize, de::DeserializeOwned};
use toml::{Spanned, value::Datetime};

use super::{fault::Report, source::line_of};

/// A day, written without quotes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "Datetime")]
pub struct Day(pub Date);

impl TryFrom<Datetime> for Day {
    type Error = DateError;

    fn try_from(it: Datetime) -> Result<Day, DateError> {
        match (it.date, it.time, it.offset) {
            (Some(date), None, None) => Date::new(date.year, date.month, date.day).map(Day),
            _ => Err(DateError),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFront {
    pub title: Spanned<String>,
    pub short_title: Spanned<String>,
    pub kind: Spanned<ArticleKind>,
    pub order: Option<u32>,
    #[serde(default)]
    pub featured: bool,
    pub question: Spanned<String>,
    pub excerpt: Spanned<String>,
    pub lead: Spanned<String>,
    pub motif: Spanned<String>,
    #[serde(default)]
    pub topics: Vec<Spanned<String>>,
    pub published: Spanned<Day>,
    pub updated: Spanned<Day>,
    pub checked: Spanned<Day>,
    pub review_due: Spanned<Day>,
    #[serde(default)]
    pub emergency: bool,
    /// Readers may write below it, where the site takes comments at all.
    #[serde(default = "on")]
    pub comments: bool,
    pub reading_minutes: Option<Spanned<u16>>,
    pub authors: Option<Vec<PersonFront>>,
    pub reviewer: Option<ReviewerFront>,
    #[serde(default)]
    pub related: Vec<Spanned<String>>,
    #[serde(default)]
    pub evidence: Vec<Spanned<EvidenceFront>>,
    #[serde(default)]
    pub questions: Vec<QuestionFront>,
    #[serde(default)]
    pub corrections: Vec<CorrectionFront>,
    pub sponsor: Option<Spanned<SponsorFront>>,
}

fn on() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonFront {
    pub name: String,
    pub role: String,
    pub interests: String,
}

impl From<PersonFront> for Person {
    fn from(it: PersonFront) -> Person {
        Person { name: it.name, role: it.role, interests: it.interests }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewerFront {
    pub name: String,
    pub role: String,
    pub interests: String,
    pub on: Spanned<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFront {
    pub level: EvidenceLevel,
    pub up_to: Option<EvidenceLevel>,
    pub scope: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFront {
    pub text: String,
    pub to: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionFront {
    pub date: Spanned<Day>,
    pub text: String,
    /// Readers told of it.
    #[serde(default)]
    pub thanks: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SponsorFront {
    pub name: String,
    pub disclosure: String,
    #[serde(default)]
    pub editors_note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFront {
    pub title: Spanned<String>,
    pub excerpt: Spanned<String>,
    pub lead: Spanned<String>,
    pub updated: Spanned<Day>,
}

/// Reads TOML that starts at line `first` of its file. None after reporting what is wrong.
pub fn read<T: DeserializeOwned>(toml: &str, first: u32, report: &mut Report) -> Option<T> {
    toml::from_str(toml)
        .map_err(|error| {
            let line = error.span().map_or(first, |it| line_of(toml, first, &it));
            report.add(line, error.message().replace('\n', " "));
        })
        .ok()
}
