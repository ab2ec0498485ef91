//! What readers write below an article: as sent, as checked, as everybody sees it.

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    form::{Broken, Rule, is_email, line, lines},
    slug::Slug,
};

/// Most characters of a name and of a text.
pub const MAX_NAME: usize = 60;
pub const MAX_BODY: usize = 3_000;
/// Threads on one page.
pub const PER_PAGE: u32 = 20;

/// A comment as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CommentDraft {
    /// Name or pseudonym, up to 60 characters.
    pub name: String,
    /// Never published; for news of the comment alone.
    pub email: String,
    /// Plain text, up to 3,000 characters.
    pub body: String,
    /// The comment that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    /// Agrees that what may be data about health is kept and shown (GDPR, article 9).
    pub consent: bool,
    /// [`Receipt::writer`](crate::receipt::Receipt::writer) of an earlier comment, where the site asks
    /// only the first to wait.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub writer: String,
}

/// What the site asks of a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentRules {
    pub email_required: bool,
}

/// A comment that keeps all rules. Only [`CommentDraft::validate`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidComment {
    name: String,
    email: Option<String>,
    body: String,
    parent: Option<Slug>,
}

impl CommentDraft {
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self, rules: CommentRules) -> Result<ValidComment, Vec<Broken>> {
        let (name, email, body) = (line(&self.name), line(&self.email), lines(&self.body));
        let checks = [
            ("name", Rule::Missing, name.is_empty()),
            ("name", Rule::TooLong, MAX_NAME < name.chars().count()),
            ("email", Rule::Missing, rules.email_required && email.is_empty()),
            ("email", Rule::NotEmail, !email.is_empty() && !is_email(&email)),
            ("body", Rule::Missing, body.is_empty()),
            ("body", Rule::TooLong, MAX_BODY < body.chars().count()),
            ("consent", Rule::NotAccepted, !self.consent),
        ];
        let broken = Broken::of(checks);
        if !broken.is_empty() {
            return Err(broken);
        }
        let email = (!email.is_empty()).then_some(email);
        Ok(ValidComment { name, email, body, parent: self.parent.clone() })
    }
}

impl ValidComment {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn parent(&self) -> Option<&Slug> {
        self.parent.as_ref()
    }
}

/// An approved comment, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicComment {
    pub id: Slug,
    /// Empty where the author has erased what was answered.
    pub name: String,
    /// Plain text; empty lines part paragraphs.
    pub body: String,
    pub written_on: Date,
    /// An answer of the site itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub institute: bool,
    /// Oldest first. Answers have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub replies: Vec<PublicComment>,
}

/// One page of an article's comments, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comments {
    /// Threads.
    pub items: Vec<PublicComment>,
    /// From 1.
    pub page: u32,
    pub per_page: u32,
    /// Threads on all pages.
    pub total: u32,
    /// Comments and answers on all pages.
    pub count: u32,
    /// Whether more may be written.
    pub open: bool,
}

impl Comments {
    /// Number of the last page, at least 1.
    pub fn last_page(&self) -> u32 {
        crate::list::last_page(self.total, self.per_page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> CommentDraft {
        CommentDraft {
            name: " Une  lectrice ".to_owned(),
            email: String::new(),
            body: "Merci.\r\n\r\n\r\nÀ bientôt 👋".to_owned(),
            parent: None,
            consent: true,
            writer: String::new(),
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut CommentDraft), broken: &[(&str, Rule)]) {
        let mut draft = draft();
        change(&mut draft);
        let found = draft.validate(CommentRules::default()).unwrap_err();
        let found: Vec<(&str, Rule)> = found.iter().map(|it| (it.field, it.rule)).collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn what_is_kept_is_clean() {
        let it = draft().validate(CommentRules::default()).unwrap();
        assert_eq!((it.name(), it.body()), ("Une lectrice", "Merci.\n\nÀ bientôt 👋"));
        assert_eq!(it.email(), None);
    }

    #[test]
    fn every_broken_rule_is_named_once_in_the_forms_order() {
        check(|it| it.name = " \u{0}".to_owned(), &[("name", Rule::Missing)]);
        check(|it| it.name = "é".repeat(MAX_NAME + 1), &[("name", Rule::TooLong)]);
        check(|it| it.email = "a@b".to_owned(), &[("email", Rule::NotEmail)]);
        check(|it| it.body = "\r\n".to_owned(), &[("body", Rule::Missing)]);
        check(|it| it.body = "é".repeat(MAX_BODY + 1), &[("body", Rule::TooLong)]);
        check(
            |it| *it = CommentDraft::default(),
            &[("name", Rule::Missing), ("body", Rule::Missing), ("consent", Rule::NotAccepted)],
        );
        let rules = CommentRules { email_required: true };
        let found = draft().validate(rules).unwrap_err();
        assert_eq!(found, [Broken { field: "email", rule: Rule::Missing }]);
    }
}
