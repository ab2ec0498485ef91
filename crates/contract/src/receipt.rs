//! What an author holds instead of an account: a secret address of what they sent.

use serde::{Deserialize, Serialize};

use crate::{
    comment::{CommentDraft, CommentRules, ValidComment},
    date::Date,
    form::Broken,
    slug::Slug,
    testimonial::{TestimonialDraft, ValidTestimonial},
};

/// Characters of a receipt's secret: 256 bits in URL-safe base64 without padding (RFC 4648).
pub const SECRET_CHARS: usize = 43;

/// Days after the decision for which [`Receipt::writer`] is worth something.
pub const WRITER_DAYS: u16 = 180;

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Comment,
    Feedback,
    /// What somebody lived through; shown for a time once it is approved.
    Testimonial,
    /// To the site.
    Message,
    /// An error in a practitioner's entry.
    Report,
}

impl Kind {
    pub const ALL: [Kind; 5] =
        [Kind::Comment, Kind::Feedback, Kind::Testimonial, Kind::Message, Kind::Report];

    /// Stable name, for the database and for query strings.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Comment => "comment",
            Kind::Feedback => "feedback",
            Kind::Testimonial => "testimonial",
            Kind::Message => "message",
            Kind::Report => "report",
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
    /// What it is about: an article; of a report the practitioner; else the page of its form.
    pub article: Slug,
    pub article_title: String,
    pub name: String,
    /// The title of a testimonial, the subject of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub body: String,
    /// Of a testimonial: what else was taken or done at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatments: Option<String>,
    /// Of a testimonial: a tie with a manufacturer or a practitioner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties: Option<String>,
    pub written_on: Date,
    /// Of a testimonial: the last day on which it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_until: Option<Date>,
    /// What the moderators answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// Its anchor on the article's page, once it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_as: Option<Slug>,
    /// Whether it may still be changed.
    pub editable: bool,
    /// Kinds of passage that are masked where everybody sees it: `phone`, `email`…
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<String>,
    /// Proves that a person has approved a comment of the same author: sent along, it lets later ones be
    /// shown at once. Only where the site asks the first alone to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<String>,
}

/// What an author changes of a comment or a testimonial that nobody has decided on yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReceiptChange {
    pub name: String,
    /// Of a comment.
    pub email: String,
    pub body: String,
    /// Of a testimonial, as the two that follow.
    pub title: String,
    pub treatments: String,
    pub ties: String,
}

impl ReceiptChange {
    /// By the rules of the comment that it changes. The consent was given when that was sent.
    ///
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn comment(&self, rules: CommentRules) -> Result<ValidComment, Vec<Broken>> {
        let draft = CommentDraft {
            name: self.name.clone(),
            email: self.email.clone(),
            body: self.body.clone(),
            parent: None,
            consent: true,
            writer: String::new(),
        };
        draft.validate(rules)
    }

    /// By the rules of the testimonial that it changes. What was agreed to when that was sent holds
    /// for the text as it is changed: the form says so.
    ///
    /// # Errors
    ///
    /// The rules that it breaks, in the form's order.
    pub fn testimonial(&self) -> Result<ValidTestimonial, Vec<Broken>> {
        self.clone().draft().validate()
    }

    /// As it is written in the form.
    pub fn draft(self) -> TestimonialDraft {
        TestimonialDraft {
            name: self.name,
            title: self.title,
            body: self.body,
            treatments: self.treatments,
            ties: self.ties,
            publication: true,
            processing: true,
        }
    }
}
