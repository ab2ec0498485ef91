//! All that is kept of what somebody sent, for them to take away (GDPR, articles 15 and 20).

use serde::{Deserialize, Serialize};

use crate::{
    desk::Finding,
    receipt::{Kind, State},
    slug::Slug,
};

/// A message as it is kept, column by column and under the names that `/vie-privee.json` declares, those
/// that hold nothing included. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    pub id: Slug,
    pub kind: Kind,
    pub state: State,
    /// What it is about: an article; of a report the practitioner; else the page of its form.
    pub page: Slug,
    /// What that is called.
    pub page_title: String,
    /// The comment that it answers.
    pub parent: Option<Slug>,
    pub name: String,
    pub email: Option<String>,
    /// The title of a testimonial, the subject of a message.
    pub subject: Option<String>,
    pub body: String,
    /// Of a testimonial: what else was taken or done at the same time.
    pub treatments: Option<String>,
    /// Of a testimonial: a tie with a manufacturer or a practitioner.
    pub ties: Option<String>,
    /// Of feedback: whether the page helped.
    pub useful: Option<bool>,
    /// Name, version and hash of the words that were agreed to.
    pub consent: Option<String>,
    pub consented_at: Option<i64>,
    pub created_at: i64,
    pub changed_at: i64,
    /// Of a testimonial: from then on it is shown no more.
    pub expires_at: Option<i64>,
    /// What the guard found in the text.
    pub findings: Vec<Finding>,
    /// Put aside by a moderator.
    pub held: bool,
    /// An answer of the site itself.
    pub institute: bool,
    /// Everybody sees it, and no moderator has looked at it.
    pub unread: bool,
    /// Everybody sees it without the passages that the guard found.
    pub masked: bool,
    /// What the moderators answered.
    pub reply: Option<String>,
    /// The number of its last change among all that were made.
    pub change: i64,
    /// What is kept of the receipt's secret, and of the key that it was sent with: hashes.
    pub receipt: String,
    pub request: Option<String>,
    /// Oldest first.
    pub decisions: Vec<KeptDecision>,
    /// That mail about it waits or was sent; it holds none of its words.
    pub mails: Vec<KeptMail>,
}

/// Who decided, as far as it is the author's: names of people are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    Author,
    /// A person of the site's team.
    Team,
    /// The site by itself.
    Site,
}

/// A decision on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptDecision {
    pub at: i64,
    pub by: DecidedBy,
    /// Such as `approve`.
    pub action: String,
    /// What was answered to the author, or which decision was taken back.
    pub detail: String,
    /// What it was before, where that can come back.
    pub was: Option<KeptBefore>,
}

/// What a decision changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptBefore {
    pub state: State,
    pub held: bool,
    pub institute: bool,
    pub reply: Option<String>,
    /// Older decisions know of neither of these.
    #[serde(default)]
    pub unread: bool,
    #[serde(default)]
    pub masked: bool,
}

/// A mail about it. Why a mail server refused it says something of the operator alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptMail {
    /// `message`: the item, to the site; `news`: to its author, that it was decided on.
    pub purpose: String,
    /// `waiting`, `sent`, `dropped`.
    pub state: String,
    pub queued_at: i64,
    /// Not before.
    pub due_at: i64,
    pub attempts: i64,
    pub ended_at: Option<i64>,
}
