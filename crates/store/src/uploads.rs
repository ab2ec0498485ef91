//! Files that were looked at at the desk and may be imported, for a short time. Tokens come here as
//! hashes, contents as text.

use sqlx::Row;

use crate::{Store, StoreError};

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Who did; nobody else imports it.
    pub moderator: String,
    pub created_ms: i64,
    /// The directory's version at that time.
    pub version: i64,
    /// Where entries come from that do not say so.
    pub source: String,
    /// The day on which it was read.
    pub day: String,
    pub content: String,
}

impl Store {
    /// Keeps a file, and forgets those kept before `ended_ms`; of one account, all others too.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn keep_upload(
        &self,
        token: &str,
        it: &Upload,
        ended_ms: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM uploads WHERE created_at <= $1 OR moderator = $2")
            .bind(ended_ms)
            .bind(&it.moderator)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO uploads (token, moderator, created_at, version, source, day, content) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(token)
        .bind(&it.moderator)
        .bind(it.created_ms)
        .bind(it.version)
        .bind(&it.source)
        .bind(&it.day)
        .bind(&it.content)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The file of a token, if `moderator` brought it after `ended_ms`.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn upload(
        &self,
        token: &str,
        moderator: &str,
        ended_ms: i64,
    ) -> Result<Option<Upload>, StoreError> {
        let row = sqlx::query(
            "SELECT moderator, created_at, version, source, day, content FROM uploads \
             WHERE token = $1 AND moderator = $2 AND created_at > $3",
        )
        .bind(token)
        .bind(moderator)
        .bind(ended_ms)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Upload {
            moderator: row.try_get("moderator")?,
            created_ms: row.try_get("created_at")?,
            version: row.try_get("version")?,
            source: row.try_get("source")?,
            day: row.try_get("day")?,
            content: row.try_get("content")?,
        }))
    }

    /// Forgets all files kept before `ended_ms`, and that of a token. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn forget_uploads(&self, token: &str, ended_ms: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM uploads WHERE token = $1 OR created_at <= $2")
            .bind(token)
            .bind(ended_ms)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
