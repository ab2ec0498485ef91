//! What an author holds instead of an account: a secret address of what they sent.

use serde::{Deserialize, Serialize};

use crate::{
    comment::{CommentDraft, CommentRules, ValidComment},
    date::Date,
    form::Broken,
    slug::Slug,
};

/// Characters of a receipt's secret: 256 bits in URL-safe base64 without padding (RFC 4648).
pub const SECRET_CHARS: usize = 43;

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Comment,
    Feedback,
}

impl Kind {
    pub const ALL: [Kind; 2] = [Kind::Comment, Kind::Feedback];

    /// Stable name, for the database and for query strings.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Comment => "comment",
            Kind::Feedback => "feedback",
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has decided yet.
    Pending,
    /// Everybody sees it.
    Approved,
    /// It will not be shown.
    Rejected,
}

impl State {
    pub const ALL: [State; 3] = [State::Pending, State::Approved, State::Rejected];

    /// Stable name, for the database and for query strings.
    pub fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Approved => "approved",
            State::Rejected => "rejected",
        }
    }
}

/// The answer to what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Created {
    pub state: State,
    /// The secret of the receipt; whoever has it may change and erase what was sent.
    pub receipt: String,
}

/// What the author sees of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    pub kind: Kind,
    pub state: State,
    /// The article that it is about.
    pub article: Slug,
    pub article_title: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub body: String,
    pub written_on: Date,
    /// What the moderators answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// Its anchor on the article's page, once it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_as: Option<Slug>,
    /// Whether it may still be changed.
    pub editable: bool,
}

/// What an author changes of a comment that nobody has decided on yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReceiptChange {
    pub name: String,
    pub email: String,
    pub body: String,
}

impl ReceiptChange {
    /// By the rules of the comment that it changes. The consent was given when that was sent.
    ///
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn validate(&self, rules: CommentRules) -> Result<ValidComment, Vec<Broken>> {
        let draft = CommentDraft {
            name: self.name.clone(),
            email: self.email.clone(),
            body: self.body.clone(),
            parent: None,
            consent: true,
        };
        draft.validate(rules)
    }
}
