//! What readers send is written down in batches: what came while the disk was busy shares the next
//! transaction.
//!
//! A transaction writes the same few pages whatever it keeps (counters, the ends of the indexes) and waits
//! for the disk once. Under load that is most of what a comment costs.

use std::{
    collections::VecDeque,
    sync::{
        Arc, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use sqlx::AnyConnection;
use tokio::{
    sync::{Mutex, oneshot},
    time::timeout,
};

use super::{
    Added, NewContribution, Particulars, changes, grow, journal,
    known::{self, Voucher},
};
use crate::{PATIENCE, Store, StoreError, mails};

/// Written in one transaction at most: longer ones keep moderators waiting.
const AT_ONCE: usize = 64;

/// The queue of what is not written yet, one for each open database.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrivals(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// Held for moments only.
    waiting: std::sync::Mutex<VecDeque<Waiting>>,
    last: AtomicU64,
    /// Who writes a batch down.
    turn: Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    number: u64,
    arrival: Arrival,
    answer: oneshot::Sender<Result<Added, StoreError>>,
}

/// A [`NewContribution`] that outlives its request.
#[derive(Debug)]
struct Arrival {
    id: Slug,
    kind: Kind,
    page: Slug,
    parent: Option<Slug>,
    name: String,
    email: Option<String>,
    body: String,
    useful: Option<bool>,
    consent: Option<String>,
    findings: String,
    now_ms: i64,
    receipt_hash: String,
    request_hash: Option<String>,
    subject: Option<String>,
    treatments: Option<String>,
    ties: Option<String>,
    expires_ms: Option<i64>,
    voucher: Option<(Slug, i64, u32)>,
}

impl From<&NewContribution<'_>> for Arrival {
    fn from(it: &NewContribution<'_>) -> Arrival {
        let Particulars { subject, treatments, ties, expires_ms, voucher } = it.particulars;
        Arrival {
            id: it.id.clone(),
            kind: it.kind,
            page: it.page.clone(),
            parent: it.parent.cloned(),
            name: it.name.to_owned(),
            email: it.email.map(str::to_owned),
            body: it.body.to_owned(),
            useful: it.useful,
            consent: it.consent.map(str::to_owned),
            findings: it.findings.to_owned(),
            now_ms: it.now_ms,
            receipt_hash: it.receipt_hash.to_owned(),
            request_hash: it.request_hash.map(str::to_owned),
            subject: subject.map(str::to_owned),
            treatments: treatments.map(str::to_owned),
            ties: ties.map(str::to_owned),
            expires_ms,
            voucher: voucher.map(|it| (it.by.clone(), it.since_ms, it.most_unread)),
        }
    }
}

impl Store {
    /// Keeps what was sent until somebody decides on it, and puts the mail in the queue that brings
    /// the site what nobody else will see. When this returns, both are on the disk; when it is given
    /// up before, they may be.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing is then kept.
    pub async fn add_contribution(&self, new: &NewContribution<'_>) -> Result<Added, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        let number = self.arrivals.push(Arrival::from(new), answer);
        // Whoever waits may hang up: what others wait for goes on.
        let store = self.clone();
        tokio::spawn(async move { store.write_arrivals().await });
        let answer = match timeout(PATIENCE, &mut answered).await {
            Ok(it) => it,
            Err(_) if self.arrivals.withdraw(number) => {
                return Err(sqlx::Error::PoolTimedOut.into());
            }
            // It is being written: only the database knows how that ends.
            Err(_) => answered.await,
        };
        answer.unwrap_or_else(|_| Err(sqlx::Error::WorkerCrashed.into()))
    }

    /// Writes down what waits, once those who are at it are done. What there is then has mostly been
    /// taken along by one of them.
    async fn write_arrivals(&self) {
        let _turn = self.arrivals.0.turn.lock().await;
        let (mut arrivals, mut answers) = (Vec::new(), Vec::new());
        for it in self.arrivals.take(AT_ONCE) {
            arrivals.push(it.arrival);
            answers.push(it.answer);
        }
        let results = match self.add_all(&arrivals).await {
            Ok(added) => added,
            Err(Failure::OfAll(error)) => {
                // Those who came meanwhile have waited for it, and need not do so again.
                answers.extend(self.arrivals.take(usize::MAX).into_iter().map(|it| it.answer));
                let error = Arc::new(error);
                answers.iter().map(|_| Err(StoreError::Together(error.clone()))).collect()
            }
            // One of them is at fault, and which is known when each is alone.
            Err(Failure::OfOne(error)) if arrivals.len() == 1 => vec![Err(error)],
            Err(Failure::OfOne(_)) => {
                let mut results = Vec::new();
                for it in arrivals.chunks(1) {
                    let added = self.add_all(it).await;
                    results.extend(added.unwrap_or_else(|it| vec![Err(it.into())]));
                }
                results
            }
        };
        for (answer, result) in answers.into_iter().zip(results) {
            // Nobody may listen any more.
            let _ = answer.send(result);
        }
    }

    /// Keeps all of them or, where it fails, none. One result for each.
    async fn add_all(
        &self,
        arrivals: &[Arrival],
    ) -> Result<Vec<Result<Added, StoreError>>, Failure> {
        if arrivals.is_empty() {
            return Ok(Vec::new());
        }
        let mut transaction = self.write().await.map_err(Failure::OfAll)?;
        // One number for all: who reads up to it reads them all.
        changes::count(&mut transaction).await.map_err(Failure::OfAll)?;
        let mut results = Vec::with_capacity(arrivals.len());
        for it in arrivals {
            results.push(match it.add(&mut transaction).await {
                Err(error @ StoreError::Taken(_)) => Err(error),
                other => Ok(other.map_err(Failure::OfOne)?),
            });
        }
        if results.iter().any(|it| matches!(it, Ok(Added::New | Added::Shown))) {
            transaction.commit().await.map_err(|error| Failure::OfAll(error.into()))?;
        }
        Ok(results)
    }
}

/// Why a batch is not kept.
enum Failure {
    /// As the database is, nothing can be.
    OfAll(StoreError),
    OfOne(StoreError),
}

impl From<Failure> for StoreError {
    fn from(it: Failure) -> StoreError {
        match it {
            Failure::OfAll(error) | Failure::OfOne(error) => error,
        }
    }
}

impl Arrivals {
    fn push(&self, arrival: Arrival, answer: oneshot::Sender<Result<Added, StoreError>>) -> u64 {
        let number = self.0.last.fetch_add(1, Ordering::Relaxed);
        self.waiting().push_back(Waiting { number, arrival, answer });
        number
    }

    /// The first of them, at most so many.
    fn take(&self, most: usize) -> Vec<Waiting> {
        let mut waiting = self.waiting();
        let count = waiting.len().min(most);
        waiting.drain(..count).collect()
    }

    /// Whether it was still there: then it is not written.
    fn withdraw(&self, number: u64) -> bool {
        let mut waiting = self.waiting();
        let before = waiting.len();
        waiting.retain(|it| it.number != number);
        waiting.len() < before
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        // Nothing that holds it can stop half-way.
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival {
    fn voucher(&self) -> Option<Voucher<'_>> {
        let (by, since_ms, most_unread) = self.voucher.as_ref()?;
        Some(Voucher { by, since_ms: *since_ms, most_unread: *most_unread })
    }

    /// Writes it, unless it is there, or answers what nobody sees. Fails with [`StoreError::Taken`] where
    /// it has changed nothing.
    async fn add(&self, connection: &mut AnyConnection) -> Result<Added, StoreError> {
        if !self.can_be_answered(connection).await? {
            // Kept while its parent was there, and sent once more.
            let again = self.is_kept(connection).await?;
            return Ok(if again { Added::Again } else { Added::NoParent });
        }
        let shown = match self.voucher() {
            Some(it) => it.stands(connection).await?,
            None => false,
        };
        let inserted = sqlx::query(
            "INSERT INTO contributions (id, kind, state, page, parent, name, email, body, useful, \
             institute, consent, findings, held, reply, created_at, changed_at, receipt, request, \
             subject, treatments, ties, expires_at, consented_at, unread, change) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, 0, NULL, $12, $12, $13, $14, \
             $15, $16, $17, $18, $19, $20, (SELECT changes FROM contributions_state WHERE id = 1)) \
             ON CONFLICT DO NOTHING",
        )
        .bind(self.id.as_str())
        .bind(self.kind.name())
        .bind(if shown { State::Approved } else { State::Pending }.name())
        .bind(self.page.as_str())
        .bind(self.parent.as_ref().map_or("", Slug::as_str))
        .bind(&*self.name)
        .bind(self.email.as_deref())
        .bind(&*self.body)
        .bind(self.useful.map(i64::from))
        .bind(self.consent.as_deref())
        .bind(&*self.findings)
        .bind(self.now_ms)
        .bind(&*self.receipt_hash)
        .bind(self.request_hash.as_deref())
        .bind(self.subject.as_deref())
        .bind(self.treatments.as_deref())
        .bind(self.ties.as_deref())
        .bind(self.expires_ms)
        .bind(self.consent.as_ref().map(|_| self.now_ms))
        .bind(i64::from(shown))
        .execute(&mut *connection)
        .await?;
        if inserted.rows_affected() == 0 {
            // The same request has the same id and receipt: whichever of them PostgreSQL sees
            // first while both are written. An id that another one has is no request kept before.
            return match self.is_kept(connection).await? {
                true => Ok(Added::Again),
                false => Err(StoreError::Taken(self.id.to_string())),
            };
        }
        if matches!(self.kind, Kind::Message | Kind::Report) {
            mails::bring(connection, self.id.as_str(), self.now_ms).await?;
        }
        if !shown {
            return Ok(Added::New);
        }
        grow(connection).await?;
        journal::record(connection, self.id.as_str(), self.now_ms, known::BY, "", "").await?;
        Ok(Added::Shown)
    }

    /// Whether what it answers, if it does, is shown. One level deep: an answer is answered in its own
    /// thread.
    async fn can_be_answered(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let Some(parent) = &self.parent else { return Ok(true) };
        let found = sqlx::query(
            "SELECT id FROM contributions WHERE id = $1 AND page = $2 AND kind = $3 \
             AND state = 'approved' AND parent = ''",
        )
        .bind(parent.as_str())
        .bind(self.page.as_str())
        .bind(self.kind.name())
        .fetch_optional(connection)
        .await?;
        Ok(found.is_some())
    }

    /// Whether the same request was kept before.
    async fn is_kept(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT id FROM contributions WHERE request = $1")
            .bind(self.request_hash.as_deref())
            .fetch_optional(connection)
            .await?;
        Ok(found.is_some())
    }
}
