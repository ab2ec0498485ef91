//! What readers send: kept, shown once somebody has approved it, given back to its author.
//!
//! No address of a sender is kept: see [`limits`].

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use contract::{
    comment::{PublicComment, ValidComment},
    date::Date,
    error::ProblemKind,
    feedback::ValidFeedback,
    form::{Broken, Rule},
    receipt::{Created, Kind, State},
    slug::Slug,
};
use store::{
    Store, StoreError,
    contributions::{Added, Contribution, NewContribution, Particulars, Shown, Voucher},
};

use crate::{clock, desk::Desk, error::Refusal};

mod brake;
mod consents;
mod findings;
pub(crate) mod flood;
pub(crate) mod gate;
mod kept;
mod known;
pub mod lifetimes;
pub mod limits;
mod message;
mod receipts;
pub(crate) mod secrets;
mod threads;
mod voices;

use flood::Flood;
use gate::Gate;
use limits::{Limits, Sender};
use message::Message;
pub(crate) use receipts::masked_kinds;
use secrets::{Keys, hash};
pub(crate) use voices::last_day;

/// How often it is looked at what has expired.
const ROUND: Duration = Duration::from_secs(3_600);
/// How long it is known whether the database takes something, and how long that may take.
const TRIED: Duration = Duration::from_secs(1);
const SOON: Duration = Duration::from_secs(2);
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Changes of one message in [`limits::WINDOW`]: more than anybody makes who reads it over and over.
const MOST_CHANGES: u32 = 60;

/// Everything that readers send. Cheap to clone.
#[derive(Clone)]
pub struct People(Option<Arc<Inner>>);

struct Inner {
    store: Store,
    keys: Keys,
    gate: Gate,
    limits: Limits,
    /// Changes of each receipt.
    changes: Limits,
    flood: Flood,
    desk: Desk,
    version: AtomicI64,
    stories: tokio::sync::Mutex<voices::Stories>,
    threads: threads::Known,
    /// When the database was last tried, and whether it kept something.
    tried: tokio::sync::Mutex<Option<(Instant, bool)>>,
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
    /// The key that a form brought which was asked to work or to wait.
    pub form_key: Option<String>,
    /// [`proof`](contract::challenge::proof) of the work, or the wait, that was asked for.
    pub proof: Option<String>,
    /// Messages that all may send together in a minute before each is asked for a little work; none asks.
    pub calm: Option<u32>,
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
        let gate = Gate::new(&store.secret("gate", &secrets::random()).await?);
        let version = AtomicI64::new(store.contributions_version().await?);
        let desk = Desk::new(store.clone());
        let inner = Arc::new(Inner {
            store,
            keys,
            gate,
            limits: Limits::default(),
            changes: Limits::allowing(MOST_CHANGES),
            flood: Flood::default(),
            desk,
            version,
            stories: Default::default(),
            threads: threads::Known::default(),
            tried: tokio::sync::Mutex::default(),
        });
        let followed = Arc::downgrade(&inner);
        tokio::spawn(async move {
            let mut silent = false;
            loop {
                tokio::time::sleep(clock::LOOK).await;
                let Some(inner) = followed.upgrade() else { return };
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
        // Beside the looks: it may have to wait for whoever writes, and they must not.
        let followed = Arc::downgrade(&inner);
        tokio::spawn(async move {
            tokio::time::sleep(clock::LOOK).await;
            while let Some(inner) = followed.upgrade() {
                inner.end_expired().await;
                drop(inner);
                tokio::time::sleep(ROUND).await;
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

    /// Whether something could be kept now; tried at most once a second, whoever asks.
    ///
    /// # Errors
    ///
    /// The database does not answer soon, or takes nothing.
    pub async fn ready(&self) -> Result<(), Refusal> {
        let Some(inner) = &self.0 else { return Ok(()) };
        let mut tried = inner.tried.lock().await;
        let known = tried.filter(|it| clock::instant().duration_since(it.0) < TRIED);
        let good = match known {
            Some((_, good)) => good,
            None => {
                let kept = tokio::time::timeout(SOON, inner.store.check_writing()).await;
                let good = matches!(kept, Ok(Ok(())));
                *tried = Some((clock::instant(), good));
                good
            }
        };
        if good { Ok(()) } else { Err(ProblemKind::Unavailable.into()) }
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
        Ok(found.filter(shown).map(|it| it.shown_name()))
    }

    /// Keeps a comment until somebody decides on it. Where only somebody's first one waits, `first` is
    /// what proves that it is not, and such a comment is shown at once.
    ///
    /// # Errors
    ///
    /// Too many from one sender; an answer to what is not shown; the database.
    pub async fn send_comment(
        &self,
        article: &Slug,
        comment: &ValidComment,
        first: Option<&str>,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let inner = self.inner()?;
        let known =
            first.and_then(|it| inner.gate.written(it)).filter(|_| known::is_plain(comment));
        let since_ms = known::since(clock::now_ms());
        let most_unread = known::MOST_UNREAD;
        let voucher = known.as_ref().map(|by| Voucher { by, since_ms, most_unread });
        let message = Message {
            kind: Kind::Comment,
            parent: comment.parent(),
            name: comment.name(),
            email: comment.email(),
            body: comment.body(),
            useful: None,
            consent: Some(&consents::comment(first.is_some())),
            particulars: Particulars { voucher, ..Default::default() },
        };
        let created = inner.keep(article, &message, envelope).await?;
        if created.state == State::Approved {
            self.hear().await;
        }
        Ok(created)
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
        let paid = self.brake(envelope)?;
        // One proof sends one message: it is kept under the key that the proof is good for.
        let key = paid.clone().or(key);
        let keyed = key.as_ref().map(|it| self.keys.receipt(it));
        let mut receipt = keyed.unwrap_or_else(secrets::random);
        let (receipt_hash, request_hash) = (hash(&receipt), key.as_deref().map(hash));
        let mut new = NewContribution {
            id: &id,
            kind: message.kind,
            page: article,
            parent: message.parent,
            name: message.name,
            email: message.email,
            body: message.body,
            useful: message.useful,
            consent: message.consent,
            findings: &findings::of(&message.texts()),
            now_ms: clock::now_ms(),
            receipt_hash: &receipt_hash,
            request_hash: request_hash.as_deref(),
            particulars: message.particulars,
        };
        let mut added = self.store.add_contribution(&new).await?;
        let (again_hash, own_hash);
        if matches!(added, Added::Again) && envelope.folds {
            let kept = self.store.contribution_of(&receipt_hash).await?;
            let own = match (&kept, &envelope.key) {
                // Something else under the same key is a message of its own.
                (Some(it), Some(key)) if paid.is_none() && !message.is_on(article, it) => {
                    let said = message.said().join("\0");
                    Some([key.as_str(), article.as_str(), &said].join("\0"))
                }
                _ => None,
            };
            // So is what was erased since, and is written into the form once more.
            if own.is_some() || kept.is_none() {
                receipt = own.as_ref().map_or_else(secrets::random, |it| self.keys.receipt(it));
                again_hash = hash(&receipt);
                own_hash = own.as_deref().map(hash);
                (new.receipt_hash, new.request_hash) = (&again_hash, own_hash.as_deref());
                added = self.store.add_contribution(&new).await?;
            }
        }
        match added {
            Added::New => Ok(Created { state: State::Pending, receipt }),
            Added::Shown => Ok(Created { state: State::Approved, receipt }),
            Added::Again => {
                // A key that was made of what is said fits nothing else.
                let said = (paid.is_some() || envelope.key.is_some()).then_some((article, message));
                self.created_before(receipt, said, envelope).await
            }
            Added::NoParent => Err(vec![Broken { field: "parent", rule: Rule::Gone }].into()),
        }
    }

    /// A key made of who sends what; None where that is not known, or not asked for.
    fn folded(&self, article: &Slug, it: &Message<'_>, envelope: &Envelope) -> Option<String> {
        if !envelope.folds {
            return None;
        }
        let parts: Vec<&str> = [article.as_str()].into_iter().chain(it.said()).collect();
        self.limits.mark(&envelope.sender, &parts)
    }
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
