//! An error in a practitioner's entry, told by whoever found it.

use serde::{Deserialize, Serialize};

use crate::form::{Broken, Rule, is_email, line, lines};

/// Most characters of what is wrong.
pub const MAX_BODY: usize = 2_000;

/// A report as it is sent. Nobody but the site's own people reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReportDraft {
    /// What is wrong, and what would be right: plain text, up to 2,000 characters.
    pub body: String,
    /// For a question about it alone; may be empty.
    pub email: String,
}

/// A report that keeps all rules. Only [`ReportDraft::validate`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidReport {
    body: String,
    email: Option<String>,
}

impl ReportDraft {
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self) -> Result<ValidReport, Vec<Broken>> {
        let (body, email) = (lines(&self.body), line(&self.email));
        let checks = [
            ("body", Rule::Missing, body.is_empty()),
            ("body", Rule::TooLong, MAX_BODY < body.chars().count()),
            ("email", Rule::NotEmail, !email.is_empty() && !is_email(&email)),
        ];
        let broken = Broken::of(checks);
        if !broken.is_empty() {
            return Err(broken);
        }
        Ok(ValidReport { body, email: (!email.is_empty()).then_some(email) })
    }
}

impl ValidReport {
    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_missing_and_what_is_wrong_may_not() {
        let it = ReportDraft { body: " Fermé\r\n".to_owned(), email: " ".to_owned() };
        let it = it.validate().unwrap();
        assert_eq!((it.body(), it.email()), ("Fermé", None));
        let it = ReportDraft { body: String::new(), email: "a".to_owned() };
        let fields: Vec<&str> = it.validate().unwrap_err().iter().map(|it| it.field).collect();
        assert_eq!(fields, ["body", "email"]);
        let it = ReportDraft { body: "é".repeat(MAX_BODY + 1), ..Default::default() };
        assert_eq!(it.validate().unwrap_err()[0].rule, Rule::TooLong);
    }
}
