//! What moderators decide. Every decision is written down in the transaction that carries it out.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    contributions::{COLUMNS, Contribution, grow, journal::record, read},
    mails,
};

/// Which part of what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    pub state: State,
    pub kind: Option<Kind>,
    pub limit: u32,
    pub offset: u32,
}

/// What waits for a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub count: u32,
    /// When the oldest came, in milliseconds since 1970.
    pub oldest_ms: Option<i64>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Everybody sees it.
    Approve,
    /// Nobody will. The author reads the reply.
    Reject,
    /// Back to those that wait.
    Reopen,
    /// Put aside: it waits, but is not next.
    Hold,
    /// It is an answer of the site itself, and shown.
    ApproveAsInstitute,
    /// Everybody sees it, but for the passages that the guard found.
    Mask,
    /// Name, address and text are gone.
    Erase,
}

impl Decision {
    fn name(self) -> &'static str {
        match self {
            Decision::Approve => "approve",
            Decision::Reject => "reject",
            Decision::Reopen => "reopen",
            Decision::Hold => "hold",
            Decision::ApproveAsInstitute => "approve_as_institute",
            Decision::Mask => "mask",
            Decision::Erase => "erase",
        }
    }

    /// State, whether it is put aside, and whether it is the site's own.
    fn leads_to(self) -> Option<(State, bool, bool)> {
        Some(match self {
            Decision::Approve | Decision::Mask => (State::Approved, false, false),
            Decision::Reject => (State::Rejected, false, false),
            Decision::Reopen => (State::Pending, false, false),
            Decision::Hold => (State::Pending, true, false),
            Decision::ApproveAsInstitute => (State::Approved, false, true),
            Decision::Erase => return None,
        })
    }
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Done,
    /// It has changed since it was looked at: by its author, or by another moderator.
    Changed,
    Gone,
}

impl Store {
    /// What was sent, the oldest first; what is put aside after the rest.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn queue(&self, queue: Queue) -> Result<Vec<Contribution>, StoreError> {
        let kind = if queue.kind.is_some() { "kind = $2" } else { "kind <> $2" };
        let sql = format!(
            "SELECT {COLUMNS} FROM contributions WHERE state = $1 AND {kind} \
             ORDER BY held, created_at, id LIMIT $3 OFFSET $4"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(queue.state.name())
            .bind(queue.kind.map_or("", Kind::name))
            .bind(i64::from(queue.limit))
            .bind(i64::from(queue.offset))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(read).collect()
    }

    /// One of them; nothing once it is erased.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn contribution(&self, id: &Slug) -> Result<Option<Contribution>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM contributions WHERE id = $1 AND state <> 'erased'");
        let row =
            sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map(read).transpose()
    }

    /// How many wait, and since when.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn waiting(&self) -> Result<Waiting, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM contributions \
             WHERE state = 'pending'",
        )
        .fetch_one(&self.pool)
        .await?;
        let count: i64 = row.try_get("waiting")?;
        Ok(Waiting {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            oldest_ms: row.try_get("oldest")?,
        })
    }

    /// Carries out a decision on what was last changed at `seen_ms`, and writes down who made it.
    /// `reply` is what the author reads.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn decide(
        &self,
        id: &Slug,
        seen_ms: i64,
        decision: Decision,
        actor: &str,
        reply: Option<&str>,
        now_ms: i64,
    ) -> Result<Decided, StoreError> {
        let mut transaction = self.write().await?;
        // Written first: two decisions at once wait for each other here, on both engines.
        grow(&mut transaction).await?;
        let before = match Before::find(&mut transaction, id, seen_ms).await? {
            Ok(before) => before,
            Err(decided) => return Ok(decided),
        };
        let now_ms = decided_at(seen_ms, now_ms);
        match decision.leads_to() {
            Some((state, held, institute)) => {
                let reply = reply.map(ToOwned::to_owned);
                let masked = decision == Decision::Mask;
                // Whoever decides has looked.
                let after = Before { state, held, institute, reply, unread: false, masked };
                after.put(&mut transaction, id, now_ms).await?;
                // That it is shown its author knows since it was sent.
                if !(before.unread && decision == Decision::Approve) {
                    mails::tell(&mut transaction, id.as_str(), now_ms).await?;
                }
            }
            None => erase(&mut transaction, id.as_str(), now_ms).await?,
        }
        let before = if decision == Decision::Erase { String::new() } else { before.to_string() };
        let (by, detail) = ((actor, decision.name()), reply.unwrap_or_default());
        record(&mut transaction, id.as_str(), now_ms, by, detail, &before).await?;
        transaction.commit().await?;
        Ok(Decided::Done)
    }

    /// Takes back the decision that was made at `seen_ms`, if nothing has changed the item since.
    /// What is erased stays erased.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn undo(
        &self,
        id: &Slug,
        seen_ms: i64,
        actor: &str,
        now_ms: i64,
    ) -> Result<Decided, StoreError> {
        let mut transaction = self.write().await?;
        grow(&mut transaction).await?;
        let there = match Before::find(&mut transaction, id, seen_ms).await? {
            Ok(there) => there,
            Err(decided) => return Ok(decided),
        };
        // What an author changed since has a later time than its last decision.
        let row = sqlx::query(
            "SELECT action, was FROM decisions WHERE item = $1 AND at = $2 AND action <> 'undo'",
        )
        .bind(id.as_str())
        .bind(seen_ms)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(Decided::Changed) };
        let before: String = row.try_get("was")?;
        let Some(before) = Before::parse(&before) else { return Ok(Decided::Changed) };
        let now_ms = decided_at(seen_ms, now_ms);
        before.put(&mut transaction, id, now_ms).await?;
        mails::tell(&mut transaction, id.as_str(), now_ms).await?;
        let undone: String = row.try_get("action")?;
        let there = there.to_string();
        record(&mut transaction, id.as_str(), now_ms, (actor, "undo"), &undone, &there).await?;
        transaction.commit().await?;
        Ok(Decided::Done)
    }
}

/// When a decision on what was last changed at `seen_ms` is written down: never at the same time
/// twice, so that what was looked at can be told from what is there.
pub fn decided_at(seen_ms: i64, now_ms: i64) -> i64 {
    now_ms.max(seen_ms.saturating_add(1))
}

/// What a decision changes of an item.
struct Before {
    state: State,
    held: bool,
    institute: bool,
    reply: Option<String>,
    unread: bool,
    masked: bool,
}

impl Before {
    /// What is there, if it was last changed at `seen_ms`.
    async fn find(
        connection: &mut AnyConnection,
        id: &Slug,
        seen_ms: i64,
    ) -> Result<Result<Before, Decided>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM contributions WHERE id = $1 AND state <> 'erased'");
        let row =
            sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).fetch_optional(connection).await?;
        let Some(row) = row else { return Ok(Err(Decided::Gone)) };
        let it = read(&row)?;
        if it.changed_ms != seen_ms {
            return Ok(Err(Decided::Changed));
        }
        let Contribution { state, held, institute, reply, unread, masked, .. } = it;
        Ok(Ok(Before { state, held, institute, reply, unread, masked }))
    }

    async fn put(
        &self,
        connection: &mut AnyConnection,
        id: &Slug,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE contributions SET state = $1, held = $2, institute = $3, reply = $4, \
             changed_at = $5, unread = $6, masked = $7, \
             change = (SELECT changes FROM contributions_state WHERE id = 1) WHERE id = $8",
        )
        .bind(self.state.name())
        .bind(i64::from(self.held))
        .bind(i64::from(self.institute))
        .bind(self.reply.as_deref())
        .bind(now_ms)
        .bind(i64::from(self.unread))
        .bind(i64::from(self.masked))
        .bind(id.as_str())
        .execute(connection)
        .await?;
        Ok(())
    }

    /// As [`Before`]'s `Display` writes it.
    fn parse(text: &str) -> Option<Before> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let state = value["state"].as_str()?;
        Some(Before {
            state: State::ALL.into_iter().find(|it| it.name() == state)?,
            held: value["held"].as_bool()?,
            institute: value["institute"].as_bool()?,
            reply: value["reply"].as_str().map(ToOwned::to_owned),
            // Older decisions know of neither.
            unread: value["unread"].as_bool().unwrap_or_default(),
            masked: value["masked"].as_bool().unwrap_or_default(),
        })
    }
}

impl std::fmt::Display for Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = serde_json::json!({
            "state": self.state.name(),
            "held": self.held,
            "institute": self.institute,
            "reply": self.reply,
            "unread": self.unread,
            "masked": self.masked,
        });
        write!(f, "{value}")
    }
}

/// Leaves nothing of what somebody wrote, but its place while it is answered. No mail tells of it.
pub(super) async fn erase(
    connection: &mut AnyConnection,
    id: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE contributions SET state = 'erased', name = '', email = NULL, body = '', \
         useful = NULL, findings = '', reply = NULL, consent = NULL, consented_at = NULL, held = 0, \
         subject = NULL, treatments = NULL, ties = NULL, expires_at = NULL, unread = 0, masked = 0, \
         changed_at = $1, change = (SELECT changes FROM contributions_state WHERE id = 1) \
         WHERE id = $2",
    )
    .bind(now_ms)
    .bind(id)
    .execute(&mut *connection)
    .await?;
    mails::forget(connection, id).await
}
