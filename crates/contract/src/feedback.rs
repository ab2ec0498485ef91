//! "Cette page vous a-t-elle aidé ?"

use serde::{Deserialize, Serialize};

use crate::form::{Broken, Rule, lines};

/// Most characters of a text.
pub const MAX_MESSAGE: usize = 1_000;

/// What a reader thinks of a page, as it is sent. Nobody but the editors sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FeedbackDraft {
    /// Whether the page helped.
    pub useful: Option<bool>,
    /// What is missing, wrong or unclear; may be empty. Up to 1,000 characters.
    pub message: String,
}

/// Feedback that keeps all rules. Only [`FeedbackDraft::validate`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidFeedback {
    useful: bool,
    message: String,
}

impl FeedbackDraft {
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self) -> Result<ValidFeedback, Vec<Broken>> {
        let message = lines(&self.message);
        let long = MAX_MESSAGE < message.chars().count();
        match self.useful {
            Some(useful) if !long => Ok(ValidFeedback { useful, message }),
            useful => {
                let missing = Broken { field: "useful", rule: Rule::Missing };
                let long = long.then_some(Broken { field: "message", rule: Rule::TooLong });
                Err(useful.is_none().then_some(missing).into_iter().chain(long).collect())
            }
        }
    }
}

impl ValidFeedback {
    pub fn useful(&self) -> bool {
        self.useful
    }

    pub fn message(&self) -> &str {
        &self.message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_or_a_no_is_enough() {
        let it = FeedbackDraft { useful: Some(false), message: " \n".to_owned() };
        assert_eq!(it.validate().unwrap().message(), "");
    }

    #[test]
    fn every_broken_rule_is_named() {
        let it = FeedbackDraft { useful: None, message: "a".repeat(MAX_MESSAGE + 1) };
        let fields: Vec<&str> = it.validate().unwrap_err().iter().map(|it| it.field).collect();
        assert_eq!(fields, ["useful", "message"]);
    }
}
