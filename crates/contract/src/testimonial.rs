//! What somebody lived through, in their own words: as sent, as checked, as everybody sees it.
//!
//! It hangs on no practitioner and no product, is shown for a time, and proves nothing: whoever
//! shows one says so above and below it.

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    form::{Broken, Rule, line, lines},
    slug::Slug,
};

/// Most characters of each part.
pub const MAX_NAME: usize = 60;
pub const MAX_TITLE: usize = 120;
pub const MAX_BODY: usize = 4_000;
pub const MAX_TREATMENTS: usize = 500;
pub const MAX_TIES: usize = 300;
/// Testimonials on one page.
pub const PER_PAGE: u32 = 10;

/// A testimonial as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TestimonialDraft {
    /// A pseudonym, up to 60 characters.
    pub name: String,
    /// One line, up to 120 characters; may be empty.
    pub title: String,
    /// Plain text, up to 4,000 characters.
    pub body: String,
    /// What else was taken or done at the same time; "none" is an answer. Up to 500 characters.
    pub treatments: String,
    /// A tie with a manufacturer or a practitioner; empty where there is none. Up to 300 characters.
    pub ties: String,
    /// Agrees that it is published under the pseudonym.
    pub publication: bool,
    /// Agrees that what it says of health is kept and read (GDPR, article 9). Asked apart.
    pub processing: bool,
}

/// A testimonial that keeps all rules. Only [`TestimonialDraft::validate`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidTestimonial {
    name: String,
    title: Option<String>,
    body: String,
    treatments: String,
    ties: Option<String>,
}

impl TestimonialDraft {
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self) -> Result<ValidTestimonial, Vec<Broken>> {
        let (name, title, body) = (line(&self.name), line(&self.title), lines(&self.body));
        let (treatments, ties) = (lines(&self.treatments), lines(&self.ties));
        let long = |text: &str, most: usize| most < text.chars().count();
        let checks = [
            ("name", Rule::Missing, name.is_empty()),
            ("name", Rule::TooLong, long(&name, MAX_NAME)),
            ("title", Rule::TooLong, long(&title, MAX_TITLE)),
            ("body", Rule::Missing, body.is_empty()),
            ("body", Rule::TooLong, long(&body, MAX_BODY)),
            ("treatments", Rule::Missing, treatments.is_empty()),
            ("treatments", Rule::TooLong, long(&treatments, MAX_TREATMENTS)),
            ("ties", Rule::TooLong, long(&ties, MAX_TIES)),
            ("publication", Rule::NotAccepted, !self.publication),
            ("processing", Rule::NotAccepted, !self.processing),
        ];
        let broken = Broken::of(checks);
        if !broken.is_empty() {
            return Err(broken);
        }
        let given = |it: String| (!it.is_empty()).then_some(it);
        Ok(ValidTestimonial { name, title: given(title), body, treatments, ties: given(ties) })
    }
}

impl ValidTestimonial {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn treatments(&self) -> &str {
        &self.treatments
    }

    pub fn ties(&self) -> Option<&str> {
        self.ties.as_deref()
    }

    /// As everybody would see it under the name `id`.
    pub fn shown(&self, id: Slug, written_on: Date, shown_until: Date) -> PublicTestimonial {
        PublicTestimonial {
            id,
            name: self.name.clone(),
            title: self.title.clone(),
            body: self.body.clone(),
            treatments: self.treatments.clone(),
            ties: self.ties.clone(),
            written_on,
            shown_until,
        }
    }
}

/// An approved testimonial, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicTestimonial {
    pub id: Slug,
    /// A pseudonym.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Plain text; empty lines part paragraphs.
    pub body: String,
    /// What else was taken or done at the same time.
    pub treatments: String,
    /// A tie with a manufacturer or a practitioner, where one was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties: Option<String>,
    pub written_on: Date,
    /// The last day on which it is shown.
    pub shown_until: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> TestimonialDraft {
        TestimonialDraft {
            name: " Une  voix ".to_owned(),
            title: "\r\nUn titre ".to_owned(),
            body: "Un.\r\n\r\n\r\nDeux.".to_owned(),
            treatments: "aucun".to_owned(),
            ties: " \n".to_owned(),
            publication: true,
            processing: true,
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut TestimonialDraft), broken: &[(&str, Rule)]) {
        let mut draft = draft();
        change(&mut draft);
        let found = draft.validate().unwrap_err();
        let found: Vec<(&str, Rule)> = found.iter().map(|it| (it.field, it.rule)).collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn what_is_kept_is_clean() {
        let it = draft().validate().unwrap();
        assert_eq!((it.name(), it.title()), ("Une voix", Some("Un titre")));
        assert_eq!((it.body(), it.treatments(), it.ties()), ("Un.\n\nDeux.", "aucun", None));
    }

    #[test]
    fn every_broken_rule_is_named_once_in_the_forms_order() {
        check(|it| it.name = "é".repeat(MAX_NAME + 1), &[("name", Rule::TooLong)]);
        check(|it| it.title = "é".repeat(MAX_TITLE + 1), &[("title", Rule::TooLong)]);
        check(|it| it.body = "é".repeat(MAX_BODY + 1), &[("body", Rule::TooLong)]);
        check(|it| it.treatments = "é".repeat(501), &[("treatments", Rule::TooLong)]);
        check(|it| it.ties = "é".repeat(MAX_TIES + 1), &[("ties", Rule::TooLong)]);
        check(|it| it.publication = false, &[("publication", Rule::NotAccepted)]);
        check(|it| it.processing = false, &[("processing", Rule::NotAccepted)]);
        let missing = ["name", "body", "treatments"].map(|it| (it, Rule::Missing));
        let refused = ["publication", "processing"].map(|it| (it, Rule::NotAccepted));
        check(|it| *it = TestimonialDraft::default(), &[&missing[..], &refused[..]].concat());
    }
}
