//! What goes by its age. Each step is whole or not done, and doing it twice does nothing more: any
//! number of servers may do it at any time.

use contract::receipt::{Kind, State};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    contributions::{grow, moderation, record},
};

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
        let over = Over {
            condition: aged.condition(),
            texts: vec![aged.kind.name(), aged.state_name()],
            time_ms: aged.before_ms,
        };
        self.erase_over(&over, ACTOR, "erase", now_ms).await
    }

    /// Erases what is over, twice looked for: most of the time there is none, and nobody has to make way.
    pub(super) async fn erase_over(
        &self,
        over: &Over,
        actor: &str,
        action: &str,
        now_ms: i64,
    ) -> Result<u64, StoreError> {
        if over.find(&mut *self.pool.acquire().await?).await?.is_empty() {
            return Ok(0);
        }
        let mut transaction = self.write().await?;
        // Written first: a decision at the same moment waits, on both engines.
        grow(&mut transaction).await?;
        let mut count = 0;
        for id in over.find(&mut transaction).await? {
            moderation::erase(&mut transaction, &id, now_ms).await?;
            record(&mut transaction, &id, now_ms, (actor, action), "", "").await?;
            count += 1;
        }
        transaction.commit().await?;
        Ok(count)
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

    /// Removes what is left of mail that was sent or given up before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_mails(&self, before_ms: i64) -> Result<u64, StoreError> {
        self.remove("DELETE FROM mails WHERE state <> 'waiting' AND ended_at < $1", before_ms).await
    }

    /// Removes decisions made before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_decisions(&self, before_ms: i64) -> Result<u64, StoreError> {
        self.remove("DELETE FROM decisions WHERE at < $1", before_ms).await
    }

    /// Removes sessions opened before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_sessions(&self, before_ms: i64) -> Result<u64, StoreError> {
        self.remove("DELETE FROM sessions WHERE created_at < $1", before_ms).await
    }

    /// Removes accounts closed before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_closed_accounts(&self, before_ms: i64) -> Result<u64, StoreError> {
        self.remove("DELETE FROM moderators WHERE disabled_at < $1", before_ms).await
    }

    /// Removes practitioners taken out of the directory before `before_ms`. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn remove_archived(&self, before_ms: i64) -> Result<u64, StoreError> {
        self.remove("DELETE FROM practitioners WHERE archived_at < $1", before_ms).await
    }

    async fn remove(&self, sql: &'static str, before_ms: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(sql).bind(before_ms).execute(&self.pool).await?;
        Ok(done.rows_affected())
    }
}

/// What is to be erased: a condition, and its values in their order.
pub(super) struct Over {
    pub condition: String,
    pub texts: Vec<&'static str>,
    /// The last value, in milliseconds since 1970.
    pub time_ms: i64,
}

impl Over {
    async fn find(&self, connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
        let sql = format!("SELECT id FROM contributions WHERE {}", self.condition);
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in &self.texts {
            query = query.bind(*it);
        }
        let rows = query.bind(self.time_ms).fetch_all(connection).await?;
        rows.iter().map(|it| Ok(it.try_get("id")?)).collect()
    }
}
