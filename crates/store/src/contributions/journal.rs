//! Who decided what. Rows are added and never changed; all go when they are old enough. The database
//! holds everybody to that, this program too: `migrations/*/0007_append_only.sql`.

use contract::slug::Slug;
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{Store, StoreError};

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The item; `@` and a name where it is about an account, `practitioners/` and an id where about an
    /// entry of the directory, and nothing after it where about all.
    pub item: String,
    pub at_ms: i64,
    pub actor: String,
    pub action: String,
    /// What was answered to the author, what was taken back, the role of an account, what changed of an
    /// entry.
    pub detail: String,
}

impl Store {
    /// What was decided on one item, oldest first: when, who, what.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn decisions(&self, id: &Slug) -> Result<Vec<(i64, String, String)>, StoreError> {
        let found = self.history(id).await?;
        Ok(found.into_iter().map(|it| (it.at_ms, it.actor, it.action)).collect())
    }

    /// All that was decided on one item, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn history(&self, id: &Slug) -> Result<Vec<Recorded>, StoreError> {
        self.history_of(id.as_str()).await
    }

    /// The same of whatever the journal names.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn history_of(&self, item: &str) -> Result<Vec<Recorded>, StoreError> {
        let rows = sqlx::query(
            "SELECT item, at, actor, action, detail FROM decisions WHERE item = $1 \
             ORDER BY at, action",
        )
        .bind(item)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read).collect()
    }

    /// What was decided on all of them, the latest first. What an import did is one line.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn journal(&self, limit: u32, offset: u32) -> Result<Vec<Recorded>, StoreError> {
        let rows = sqlx::query(
            "SELECT item, at, actor, action, detail FROM decisions WHERE part = 0 \
             ORDER BY at DESC, item DESC, action DESC LIMIT $1 OFFSET $2",
        )
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read).collect()
    }

    /// How many lines it has.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn journal_length(&self) -> Result<u32, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS decided FROM decisions WHERE part = 0")
            .fetch_one(&self.pool)
            .await?;
        Ok(u32::try_from(row.try_get::<i64, _>("decided")?).unwrap_or(u32::MAX))
    }
}

fn read(row: &AnyRow) -> Result<Recorded, StoreError> {
    Ok(Recorded {
        item: row.try_get("item")?,
        at_ms: row.try_get("at")?,
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        detail: row.try_get("detail")?,
    })
}

/// Writes down who did what (`by`); `before` is what an item was, where that can come back.
pub(crate) async fn record(
    connection: &mut AnyConnection,
    item: &str,
    now_ms: i64,
    by: (&str, &str),
    detail: &str,
    before: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO decisions (item, at, actor, action, detail, was) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(item)
    .bind(now_ms)
    .bind(by.0)
    .bind(by.1)
    .bind(detail)
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}
