//! What goes by its age. Each step is whole or not done, and doing it twice does nothing more: any
//! number of servers may do it at any time.

use contract::receipt::{Kind, State};
use sqlx::AssertSqlSafe;

use crate::{Store, StoreError, contributions::grow};

/// Who it was that erased, in the list of decisions.
const ACTOR: &str = "lifetime";

/// Which messages have come to the end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged {
    pub kind: Kind,
    /// None: in any state.
    pub state: Option<State>,
    /// Counts from the last decision, not from the day it was sent.
    pub decided: bool,
    /// Milliseconds since 1970: what is older goes.
    pub before_ms: i64,
}

impl Aged {
    /// Takes `$1` to `$3`.
    fn condition(self) -> String {
        let state = if self.state.is_some() { "state = $2" } else { "state <> $2" };
        let since = if self.decided { "changed_at" } else { "created_at" };
        format!("kind = $1 AND {state} AND state <> 'erased' AND {since} < $3")
    }

    fn state_name(self) -> &'static str {
        self.state.map_or("erased", State::name)
    }
}

impl Store {
    /// Erases messages that are too old, as their authors could have, and writes it down. Returns how
    /// many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn erase_aged(&self, aged: Aged, now_ms: i64) -> Result<u64, StoreError> {
        let condition = aged.condition();
        let mut transaction = self.pool.begin().await?;
        // Written first: a decision at the same moment waits, on both engines.
        grow(&mut transaction).await?;
        let noted = format!(
            "INSERT INTO decisions (item, at, actor, action, detail) \
             SELECT id, $4, $5, 'erase', '' FROM contributions WHERE {condition}"
        );
        sqlx::query(AssertSqlSafe(noted))
            .bind(aged.kind.name())
            .bind(aged.state_name())
            .bind(aged.before_ms)
            .bind(now_ms)
            .bind(ACTOR)
            .execute(&mut *transaction)
            .await?;
        let erased = format!(
            "UPDATE contributions SET state = 'erased', name = '', email = NULL, body = '', \
             useful = NULL, findings = '', reply = NULL, consent = NULL, held = 0, \
             changed_at = $4 WHERE {condition}"
        );
        let done = sqlx::query(AssertSqlSafe(erased))
            .bind(aged.kind.name())
            .bind(aged.state_name())
            .bind(aged.before_ms)
            .bind(now_ms)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            // Nothing for readers to see anew.
            transaction.rollback().await?;
            return Ok(0);
        }
        transaction.commit().await?;
        Ok(done.rows_affected())
    }

    /// Forgets the addresses of such messages; the messages stay. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn forget_addresses(&self, aged: Aged) -> Result<u64, StoreError> {
        let sql = format!(
            "UPDATE contributions SET email = NULL WHERE email IS NOT NULL AND {}",
            aged.condition()
        );
        let done = sqlx::query(AssertSqlSafe(sql))
            .bind(aged.kind.name())
            .bind(aged.state_name())
            .bind(aged.before_ms)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }

    /// Removes what is left of messages erased before `before_ms`, but for the places of those that
    /// are answered. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_traces(&self, before_ms: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM contributions WHERE state = 'erased' AND changed_at < $1 \
             AND NOT EXISTS (SELECT 1 FROM contributions answer \
             WHERE answer.parent = contributions.id AND answer.state <> 'erased')",
        )
        .bind(before_ms)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Removes decisions made before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_decisions(&self, before_ms: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM decisions WHERE at < $1")
            .bind(before_ms)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
