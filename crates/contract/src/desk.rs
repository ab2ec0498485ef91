//! The moderators' desk: who may do what, what waits, what is decided.

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    form::{Broken, Rule, lines},
    receipt::{Kind, State},
    slug::Slug,
};

pub mod accounts;
pub mod entries;
mod finding;
mod opinion;
mod question;
mod recorded;

pub use entries::FieldChange;
pub use finding::{Field, Finding, MASKED, Texts, hides, masked};
pub use opinion::PageOpinion;
pub use question::Question;
pub use recorded::Recorded;

/// Items on one page of the queue, and lines on one of the journal.
pub const PER_PAGE: u32 = 25;
/// Items that are decided on at once, at most.
pub const MAX_AT_ONCE: usize = 100;
/// Characters of a password.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 12..=256;
/// Most characters of an account's name, of a reply, of what is looked for.
pub const MAX_ACCOUNT: usize = 60;
pub const MAX_REPLY: usize = 2_000;
pub const MAX_QUERY: usize = 200;

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Decides on what readers send.
    Moderator,
    /// And answers as the institute.
    Editor,
    /// Keeps the directory, and decides on what is reported of it; nothing else.
    DirectoryManager,
    /// All of it, and the accounts.
    Admin,
}

/// What somebody at the desk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reads items of a kind, and what was decided on them.
    See(Kind),
    Decide(Kind, Verdict),
    /// Reads the journal of all decisions.
    Journal,
    /// Reads, writes, archives and imports practitioners.
    Directory,
    /// Adds, closes and signs out accounts.
    Accounts,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Moderator, Role::Editor, Role::DirectoryManager, Role::Admin];

    /// Stable name, for the database and the command line.
    pub fn name(self) -> &'static str {
        match self {
            Role::Moderator => "moderator",
            Role::Editor => "editor",
            Role::DirectoryManager => "directory_manager",
            Role::Admin => "admin",
        }
    }

    /// The one table of who may do what.
    pub fn may(self, action: Action) -> bool {
        // What is reported of the directory is the directory manager's, and theirs alone.
        let own = |kind: Kind| (kind.name() == "report") == (self == Role::DirectoryManager);
        match (self, action) {
            (Role::Admin, Action::Decide(kind, Verdict::Mask)) => kind == Kind::Comment,
            (Role::Admin, _) => true,
            (_, Action::Accounts) => false,
            (_, Action::Journal) => self == Role::Editor,
            (_, Action::Directory) => self == Role::DirectoryManager,
            (_, Action::See(kind)) => own(kind),
            // Only of a comment is something else shown than what was written.
            (_, Action::Decide(kind, Verdict::Mask)) => own(kind) && kind == Kind::Comment,
            (_, Action::Decide(kind, Verdict::Institute)) => self == Role::Editor && own(kind),
            (_, Action::Decide(kind, _)) => own(kind),
        }
    }

    /// The kinds of item that it sees.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |it| self.may(Action::See(*it)))
    }
}

/// What is decided on an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everybody sees it.
    Approve,
    /// It is an answer of the site itself, and everybody sees it.
    Institute,
    /// Everybody sees it, without the passages that would tell who somebody is ([`masked`]).
    Mask,
    /// Nobody will see it; its author reads the reply.
    Reject,
    /// It waits, but is not next.
    Hold,
    /// It waits again.
    Reopen,
    /// Name, address and text are gone for good.
    Erase,
    /// Takes back the decision whose time is given.
    Undo,
}

impl Verdict {
    pub const ALL: [Verdict; 8] = [
        Verdict::Approve,
        Verdict::Institute,
        Verdict::Mask,
        Verdict::Reject,
        Verdict::Hold,
        Verdict::Reopen,
        Verdict::Erase,
        Verdict::Undo,
    ];

    /// Stable name, as in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Approve => "approve",
            Verdict::Institute => "institute",
            Verdict::Mask => "mask",
            Verdict::Reject => "reject",
            Verdict::Hold => "hold",
            Verdict::Reopen => "reopen",
            Verdict::Erase => "erase",
            Verdict::Undo => "undo",
        }
    }

    pub fn from_name(name: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Where an item stands in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    #[default]
    Pending,
    /// Put aside by a moderator.
    Held,
    /// Everybody sees it, and nobody has looked at it: its author was known.
    Unread,
    Approved,
    Rejected,
}

impl Shelf {
    pub const ALL: [Shelf; 5] =
        [Shelf::Pending, Shelf::Held, Shelf::Unread, Shelf::Approved, Shelf::Rejected];

    /// Stable name, for query strings.
    pub fn name(self) -> &'static str {
        match self {
            Shelf::Pending => "pending",
            Shelf::Held => "held",
            Shelf::Unread => "unread",
            Shelf::Approved => "approved",
            Shelf::Rejected => "rejected",
        }
    }

    /// `held` and `unread` as the store has them.
    pub fn of(state: State, held: bool, unread: bool) -> Shelf {
        match state {
            State::Pending if held => Shelf::Held,
            State::Pending => Shelf::Pending,
            State::Approved if unread => Shelf::Unread,
            State::Approved => Shelf::Approved,
            State::Rejected => Shelf::Rejected,
        }
    }
}

/// Name and password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub name: String,
    pub password: String,
}

/// Prints no password.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Who {
    pub name: String,
    pub role: Role,
}

/// An item, as moderators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueItem {
    pub id: Slug,
    pub kind: Kind,
    pub state: Shelf,
    /// What it is about.
    pub page: Slug,
    pub page_title: String,
    /// The comment that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub body: String,
    /// The title of a testimonial, the subject of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What the author of a testimonial says of other treatments, and of ties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatments: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties: Option<String>,
    /// The last day that a testimonial may be shown on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_until: Option<Date>,
    /// Whether the page helped, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub useful: Option<bool>,
    /// An answer of the site itself.
    pub institute: bool,
    /// Passages of it are masked where everybody sees it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
    /// Why it was held.
    pub findings: Vec<Finding>,
    /// What its author reads of the moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// When it came, in milliseconds since 1970.
    pub sent_ms: i64,
    /// When it last changed. A decision names it, so that nobody decides on what they have not seen.
    pub seen: i64,
}

/// How many items stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Count {
    pub state: Shelf,
    pub kind: Kind,
    pub count: u32,
}

/// One page of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queue {
    pub items: Vec<QueueItem>,
    /// From 1.
    pub page: u32,
    pub per_page: u32,
    /// Items that fit the question, on all pages together.
    pub total: u32,
    /// Of all items that the account may see, whatever was asked; what there is none of is left out.
    pub counts: Vec<Count>,
    /// When the oldest came that waits for a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_ms: Option<i64>,
}

impl Queue {
    /// How many stand on one shelf.
    pub fn count(&self, state: Shelf) -> u32 {
        self.counts.iter().filter(|it| it.state == state).map(|it| it.count).sum()
    }
}

/// An item as it was looked at; as it stands after a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Seen {
    pub id: Slug,
    /// [`QueueItem::seen`]; for [`Verdict::Undo`], that which the decision answered.
    pub seen: i64,
}

/// Writes and reads `id.seen`, as forms send it.
impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.id, self.seen)
    }
}

impl Seen {
    pub fn parse(text: &str) -> Option<Seen> {
        let (id, seen) = text.split_once('.')?;
        Some(Seen { id: Slug::try_from(id).ok()?, seen: seen.parse().ok()? })
    }
}

/// A decision on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionDraft {
    pub verdict: Verdict,
    /// What the author reads, up to 2,000 characters; none where it is empty.
    #[serde(default)]
    pub reply: String,
    pub seen: i64,
}

/// One decision on several items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BulkDraft {
    pub verdict: Verdict,
    #[serde(default)]
    pub reply: String,
    /// 1 to 100.
    pub items: Vec<Seen>,
}

/// A reply that keeps its rule: none where nothing is left of it.
///
/// # Errors
///
/// It is too long.
pub fn reply(text: &str) -> Result<Option<String>, Vec<Broken>> {
    let text = lines(text);
    if MAX_REPLY < text.chars().count() {
        return Err(vec![Broken { field: "reply", rule: Rule::TooLong }]);
    }
    Ok(Some(text).filter(|it| !it.is_empty()))
}

/// What came of a decision on several items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// As they stand now: with these the decision is taken back.
    pub done: Vec<Seen>,
    /// Changed since they were looked at: by their author, or by another moderator.
    pub changed: Vec<Slug>,
    /// Erased, or never there.
    pub gone: Vec<Slug>,
}

#[cfg(test)]
mod tests;
