//! What moderators decide. Every decision is written down in the transaction that carries it out.

use contract::{
    receipt::{Kind, State},
    slug::Slug,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    contributions::{COLUMNS, Contribution, grow, read},
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
            Decision::Erase => "erase",
        }
    }

    /// State, whether it is put aside, and whether it is the site's own.
    fn leads_to(self) -> Option<(State, bool, bool)> {
        Some(match self {
            Decision::Approve => (State::Approved, false, false),
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
        let mut transaction = self.pool.begin().await?;
        // Written first: two decisions at once wait for each other here, on both engines.
        grow(&mut transaction).await?;
        let row =
            sqlx::query("SELECT changed_at FROM contributions WHERE id = $1 AND state <> 'erased'")
                .bind(id.as_str())
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(row) = row else { return Ok(Decided::Gone) };
        let changed: i64 = row.try_get("changed_at")?;
        if changed != seen_ms {
            return Ok(Decided::Changed);
        }
        // Never the same twice, so that what was looked at can be told from what is there.
        let now_ms = now_ms.max(changed + 1);
        match decision.leads_to() {
            Some((state, held, institute)) => {
                sqlx::query(
                    "UPDATE contributions SET state = $1, held = $2, institute = $3, reply = $4, \
                     changed_at = $5 WHERE id = $6",
                )
                .bind(state.name())
                .bind(i64::from(held))
                .bind(i64::from(institute))
                .bind(reply)
                .bind(now_ms)
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await?;
            }
            None => erase(&mut transaction, id.as_str(), now_ms).await?,
        }
        let detail = reply.unwrap_or_default();
        record(&mut transaction, id.as_str(), now_ms, actor, decision.name(), detail).await?;
        transaction.commit().await?;
        Ok(Decided::Done)
    }

    /// What was decided on one of them, oldest first: when, who, what.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn decisions(&self, id: &Slug) -> Result<Vec<(i64, String, String)>, StoreError> {
        let rows =
            sqlx::query("SELECT at, actor, action FROM decisions WHERE item = $1 ORDER BY at")
                .bind(id.as_str())
                .fetch_all(&self.pool)
                .await?;
        rows.iter()
            .map(|it| Ok((it.try_get("at")?, it.try_get("actor")?, it.try_get("action")?)))
            .collect()
    }
}

/// Leaves nothing of what somebody wrote, but its place while it is answered.
pub(super) async fn erase(
    connection: &mut AnyConnection,
    id: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE contributions SET state = 'erased', name = '', email = NULL, body = '', \
         useful = NULL, findings = '', reply = NULL, consent = NULL, held = 0, \
         changed_at = $1 WHERE id = $2",
    )
    .bind(now_ms)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn record(
    connection: &mut AnyConnection,
    item: &str,
    now_ms: i64,
    actor: &str,
    action: &str,
    detail: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO decisions (item, at, actor, action, detail) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(item)
    .bind(now_ms)
    .bind(actor)
    .bind(action)
    .bind(detail)
    .execute(connection)
    .await?;
    Ok(())
}
