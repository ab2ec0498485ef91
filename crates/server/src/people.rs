//! What readers send: kept, shown once somebody has approved it, given back to its author.
//!
//! No address of a sender is kept: see [`limits`].

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use contract::{
    comment::{Comments, PER_PAGE, PublicComment, ValidComment},
    date::Date,
    error::ProblemKind,
    feedback::ValidFeedback,
    form::{Broken, Rule},
    receipt::{Created, Kind, State},
    slug::Slug,
};
use store::{
    Store, StoreError,
    contributions::{Added, Contribution, NewContribution, Particulars, Shown, Thread},
};

use crate::{clock, desk::Desk, error::Refusal};

mod consents;
mod findings;
pub mod lifetimes;
pub mod limits;
mod receipts;
pub(crate) mod secrets;
mod voices;

use limits::{Limits, Sender};
use secrets::{Keys, hash};
pub(crate) use voices::last_day;

/// How often other servers' changes are looked for: they show within a second.
const LOOK: Duration = Duration::from_millis(500);
/// Looks between two at what has expired: an hour.
const ROUNDS: u32 = 7_200;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Everything that readers send. Cheap to clone.
#[derive(Clone)]
pub struct People(Option<Arc<Inner>>);

struct Inner {
    store: Store,
    keys: Keys,
    limits: Limits,
    desk: Desk,
    version: AtomicI64,
}

/// What is sent, of whichever kind.
struct Message<'a> {
    kind: Kind,
    parent: Option<&'a Slug>,
    name: &'a str,
    email: Option<&'a str>,
    body: &'a str,
    useful: Option<bool>,
    consent: Option<&'a str>,
    particulars: Particulars<'a>,
}

/// What a sender gives beside what they say.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    pub sender: Sender,
    /// `Idempotency-Key`: the same again is the same message.
    pub key: Option<String>,
    /// Without a key, the same words from the same sender are the same message: a form without scripts
    /// has no key, and may be pressed twice.
    pub folds: bool,
}

impl People {
    /// For a site without a database: nobody can send anything.
    pub fn nobody() -> People {
        People(None)
    }

    /// Follows what other servers change for as long as the process lives.
    ///
    /// # Errors
    ///
    /// When the database cannot be read now. When it cannot later, that is logged, and readers are
    /// told with each request.
    pub async fn open(store: Store) -> Result<People, StoreError> {
        let made = secrets::random();
        let keys = Keys::new(&store.secret("receipts", &made).await?);
        let version = AtomicI64::new(store.contributions_version().await?);
        let desk = Desk::new(store.clone());
        let inner = Arc::new(Inner { store, keys, limits: Limits::default(), desk, version });
        let followed = Arc::downgrade(&inner);
        tokio::spawn(async move {
            let (mut silent, mut rounds) = (false, 0_u32);
            loop {
                tokio::time::sleep(LOOK).await;
                let Some(inner) = followed.upgrade() else { return };
                if rounds.is_multiple_of(ROUNDS) {
                    inner.end_expired().await;
                }
                rounds = rounds.wrapping_add(1);
                match inner.look().await {
                    Ok(()) => silent = false,
                    // Once, not twice a second.
                    Err(error) if !silent => {
                        silent = true;
                        tracing::error!(%error, "what readers sent cannot be read");
                    }
                    Err(_) => {}
                }
            }
        });
        Ok(People(Some(inner)))
    }

    /// Grows with every change that readers may see: a page with comments is good for one version.
    pub fn version(&self) -> i64 {
        self.0.as_ref().map_or(0, |it| it.version.load(Ordering::Acquire))
    }

    fn inner(&self) -> Result<&Arc<Inner>, Refusal> {
        self.0.as_ref().ok_or_else(|| ProblemKind::NotFound.into())
    }

    /// Where moderators decide on it.
    ///
    /// # Errors
    ///
    /// There is none without a database.
    pub fn desk(&self) -> Result<&Desk, Refusal> {
        Ok(&self.inner()?.desk)
    }

    /// Looks at once what has changed. Done is done: a failure shows with the next look.
    pub(crate) async fn hear(&self) {
        if let Some(inner) = &self.0 {
            let _ = inner.look().await;
        }
    }

    /// One page of an article's comments.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn comments(
        &self,
        article: &Slug,
        page: u32,
        open: bool,
    ) -> Result<Comments, Refusal> {
        let Some(inner) = &self.0 else {
            return Ok(Comments {
                items: Vec::new(),
                page,
                per_page: PER_PAGE,
                total: 0,
                count: 0,
                open: false,
            });
        };
        let threads = inner.store.threads(article, page, PER_PAGE).await?;
        let (total, count) = inner.store.thread_counts(article).await?;
        let items = threads.into_iter().map(thread).collect();
        Ok(Comments { items, page, per_page: PER_PAGE, total, count, open })
    }

    /// An article's newest comments and answers, newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn latest_comments(
        &self,
        article: &Slug,
        limit: u32,
    ) -> Result<Vec<PublicComment>, Refusal> {
        let found = self.inner()?.store.latest_comments(article, limit).await?;
        Ok(found.into_iter().map(|it| shown(it, Vec::new())).collect())
    }

    /// The name below a comment that can be answered.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn name_of(&self, article: &Slug, id: &Slug) -> Result<Option<String>, Refusal> {
        let found = self.inner()?.store.contribution(id).await?;
        let shown = |it: &Contribution| {
            it.page == *article
                && it.kind == Kind::Comment
                && it.state == State::Approved
                && it.parent.is_none()
        };
        Ok(found.filter(shown).map(|it| it.name))
    }

    /// Keeps a comment until somebody decides on it.
    ///
    /// # Errors
    ///
    /// Too many from one sender; an answer to what is not shown; the database.
    pub async fn send_comment(
        &self,
        article: &Slug,
        comment: &ValidComment,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let message = Message {
            kind: Kind::Comment,
            parent: comment.parent(),
            name: comment.name(),
            email: comment.email(),
            body: comment.body(),
            useful: None,
            consent: Some(&consents::comment()),
            particulars: Particulars::default(),
        };
        self.inner()?.keep(article, &message, envelope).await
    }

    /// Keeps what somebody thinks of a page, for the editors alone.
    ///
    /// # Errors
    ///
    /// Too many from one sender; the database.
    pub async fn send_feedback(
        &self,
        article: &Slug,
        feedback: &ValidFeedback,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let message = Message {
            kind: Kind::Feedback,
            parent: None,
            name: "",
            email: None,
            body: feedback.message(),
            useful: Some(feedback.useful()),
            consent: None,
            particulars: Particulars::default(),
        };
        self.inner()?.keep(article, &message, envelope).await
    }
}

impl Inner {
    async fn look(&self) -> Result<(), StoreError> {
        let version = self.store.contributions_version().await?;
        self.version.fetch_max(version, Ordering::AcqRel);
        Ok(())
    }

    /// Keeps a message, unless its sender has sent too much.
    async fn keep(
        &self,
        article: &Slug,
        message: &Message<'_>,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let id = Slug::try_from(secrets::random_id()).map_err(|_| ProblemKind::Internal)?;
        let key = envelope.key.clone().or_else(|| self.folded(article, message, envelope));
        // The same key makes the same secret: a form that heard no answer learns it again.
        let keyed = key.as_ref().map(|it| self.keys.receipt(it));
        self.limits
            .count(&envelope.sender, keyed.as_deref())
            .map_err(|_| Refusal::from(ProblemKind::TooMany))?;
        let receipt = keyed.unwrap_or_else(secrets::random);
        let (receipt_hash, request_hash) = (hash(&receipt), key.as_deref().map(hash));
        let new = NewContribution {
            id: &id,
            kind: message.kind,
            page: article,
            parent: message.parent,
            name: message.name,
            email: message.email,
            body: message.body,
            useful: message.useful,
            consent: message.consent,
            findings: &findings::of(message.body),
            now_ms: clock::now_ms(),
            receipt_hash: &receipt_hash,
            request_hash: request_hash.as_deref(),
            particulars: message.particulars,
        };
        match self.store.add_contribution(&new).await? {
            Added::New => Ok(Created { state: State::Pending, receipt }),
            Added::Again => self.created_before(receipt).await,
            Added::NoParent => Err(vec![Broken { field: "parent", rule: Rule::Gone }].into()),
        }
    }

    /// A key made of who sends what; None where that is not known, or not asked for.
    fn folded(&self, article: &Slug, it: &Message<'_>, envelope: &Envelope) -> Option<String> {
        let useful = it.useful.map_or("", |it| if it { "yes" } else { "no" });
        let parent = it.parent.map_or("", Slug::as_str);
        let email = it.email.unwrap_or_default();
        let parts = [it.kind.name(), article.as_str(), parent, useful, it.name, email, it.body];
        if envelope.folds { self.limits.mark(&envelope.sender, &parts) } else { None }
    }

    /// The same answer as the first time, if it has not been erased since.
    async fn created_before(&self, receipt: String) -> Result<Created, Refusal> {
        let found = self.store.contribution_of(&hash(&receipt)).await?;
        let state = found.ok_or(ProblemKind::NotFound)?.state;
        Ok(Created { state, receipt })
    }
}

fn thread(it: Thread) -> PublicComment {
    let replies = it.answers.into_iter().map(|it| shown(it, Vec::new())).collect();
    shown(it.comment, replies)
}

fn shown(it: Shown, replies: Vec<PublicComment>) -> PublicComment {
    PublicComment {
        id: it.id,
        name: it.name,
        body: it.body,
        written_on: day(it.created_ms),
        institute: it.institute,
        replies,
    }
}

/// The day of a time, in UTC. Nobody needs to know the hour somebody wrote at.
fn day(ms: i64) -> Date {
    let days = i32::try_from(ms.div_euclid(DAY)).unwrap_or(0);
    Date::from_days_since_epoch(days).unwrap_or(Date::EPOCH)
}
