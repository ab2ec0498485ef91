//! All that is kept of one item, for its author.

use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Store, StoreError,
    contributions::{COLUMNS, Contribution, read},
};

/// An item with what is kept beside it, in the order in which it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    pub item: Contribution,
    /// The number of its last change.
    pub change: i64,
    /// Hashes of what only its author has.
    pub receipt: String,
    pub request: Option<String>,
    pub decisions: Vec<Step>,
    pub mails: Vec<Queued>,
}

/// A decision, and what the item was before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at_ms: i64,
    pub actor: String,
    pub action: String,
    pub detail: String,
    /// JSON; empty where that does not come back.
    pub was: String,
}

/// A mail of the queue, without what only the queue needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    pub purpose: String,
    pub state: String,
    pub queued_ms: i64,
    pub due_ms: i64,
    pub attempts: i64,
    pub ended_ms: Option<i64>,
}

impl Store {
    /// All that is kept of what the holder of a receipt sent; nothing once it is erased.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn whole_of(&self, receipt: &str) -> Result<Option<Whole>, StoreError> {
        let sql = AssertSqlSafe(format!(
            "SELECT {COLUMNS}, change, receipt, request FROM contributions \
             WHERE receipt = $1 AND state <> 'erased'"
        ));
        let row = sqlx::query(sql).bind(receipt).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let item = read(&row)?;
        let decisions = sqlx::query(
            "SELECT at, actor, action, detail, was FROM decisions WHERE item = $1 \
             ORDER BY at, action",
        )
        .bind(item.id.as_str())
        .fetch_all(&self.pool)
        .await?;
        let mails = sqlx::query(
            "SELECT purpose, state, queued_at, due_at, attempts, ended_at FROM mails \
             WHERE item = $1 ORDER BY queued_at, purpose",
        )
        .bind(item.id.as_str())
        .fetch_all(&self.pool)
        .await?;
        Ok(Some(Whole {
            change: row.try_get("change")?,
            receipt: row.try_get("receipt")?,
            request: row.try_get("request")?,
            decisions: decisions.iter().map(step).collect::<Result<Vec<Step>, StoreError>>()?,
            mails: mails.iter().map(queued).collect::<Result<Vec<Queued>, StoreError>>()?,
            item,
        }))
    }
}

fn step(row: &AnyRow) -> Result<Step, StoreError> {
    Ok(Step {
        at_ms: row.try_get("at")?,
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        detail: row.try_get("detail")?,
        was: row.try_get("was")?,
    })
}

fn queued(row: &AnyRow) -> Result<Queued, StoreError> {
    Ok(Queued {
        purpose: row.try_get("purpose")?,
        state: row.try_get("state")?,
        queued_ms: row.try_get("queued_at")?,
        due_ms: row.try_get("due_at")?,
        attempts: row.try_get("attempts")?,
        ended_ms: row.try_get("ended_at")?,
    })
}
