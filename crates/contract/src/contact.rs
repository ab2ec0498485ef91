//! A message to the site.

use serde::{Deserialize, Serialize};

use crate::form::{Broken, Rule, is_email, line, lines};

/// Most characters of each part.
pub const MAX_SUBJECT: usize = 120;
pub const MAX_BODY: usize = 4_000;

/// A message as it is sent. Nobody but the site's own people reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ContactDraft {
    /// One line, up to 120 characters.
    pub subject: String,
    /// Where the answer goes.
    pub email: String,
    /// Plain text, up to 4,000 characters.
    pub message: String,
}

/// A message that keeps all rules. Only [`ContactDraft::validate`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidContact {
    subject: String,
    email: String,
    message: String,
}

impl ContactDraft {
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self) -> Result<ValidContact, Vec<Broken>> {
        let (subject, email) = (line(&self.subject), line(&self.email));
        let message = lines(&self.message);
        let checks = [
            ("subject", Rule::Missing, subject.is_empty()),
            ("subject", Rule::TooLong, MAX_SUBJECT < subject.chars().count()),
            ("email", Rule::Missing, email.is_empty()),
            ("email", Rule::NotEmail, !email.is_empty() && !is_email(&email)),
            ("message", Rule::Missing, message.is_empty()),
            ("message", Rule::TooLong, MAX_BODY < message.chars().count()),
        ];
        let broken = Broken::of(checks);
        if broken.is_empty() { Ok(ValidContact { subject, email, message }) } else { Err(broken) }
    }
}

impl ValidContact {
    pub fn subject(&self) -> &str {
        &self.subject
    }

    pub fn email(&self) -> &str {
        &self.email
    }

    pub fn message(&self) -> &str {
        &self.message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &str, email: &str, message: &str, broken: &[&str]) {
        let draft = ContactDraft {
            subject: subject.to_owned(),
            email: email.to_owned(),
            message: message.to_owned(),
        };
        let found: Vec<String> = match draft.validate() {
            Ok(_) => Vec::new(),
            Err(it) => it.iter().map(|it| format!("{} {}", it.field, it.rule.code())).collect(),
        };
        assert_eq!(found, broken);
    }

    #[test]
    fn all_three_are_needed() {
        check("Une question", "a@b.fr", "Bonjour", &[]);
        check("", " ", "\r\n", &["subject missing", "email missing", "message missing"]);
        check("a", "a@b", "b", &["email not_email"]);
        let long = "é".repeat(MAX_BODY + 1);
        check(&long, "a@b.fr", &long, &["subject too_long", "message too_long"]);
    }

    #[test]
    fn a_subject_is_one_line() {
        let draft = ContactDraft {
            subject: "Bonjour\r\nBcc: tous@example.org".to_owned(),
            email: "a@b.fr".to_owned(),
            message: "a".to_owned(),
        };
        assert_eq!(draft.validate().unwrap().subject(), "Bonjour Bcc: tous@example.org");
    }
}
