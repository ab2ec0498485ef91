//! Who may decide, and who is signed in. Passwords and tokens come here as hashes.

use contract::desk::Role;
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{Store, StoreError, contributions::record};

mod changes;

pub use changes::{Step, Stepped};

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Moderator {
    pub name: String,
    /// argon2id, as a PHC string.
    pub password: String,
    pub role: Role,
    pub created_ms: i64,
    /// None where it never was, or not since this is kept.
    pub signed_in_ms: Option<i64>,
    /// Since when it is closed.
    pub disabled_ms: Option<i64>,
}

/// Nobody reads a password in a log, not even its hash.
impl std::fmt::Debug for Moderator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Moderator").field("name", &self.name).field("role", &self.role).finish()
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub moderator: String,
    pub role: Role,
    pub created_ms: i64,
    pub seen_ms: i64,
}

/// Which sessions have ended by themselves: those made, or last seen, before these times.
#[derive(Clone, Copy, Debug)]
pub struct Ended {
    pub created_before_ms: i64,
    pub seen_before_ms: i64,
}

/// Who changes an account, and when.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub actor: &'a str,
    pub now_ms: i64,
}

impl Store {
    /// Adds an account. False when the name is taken.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn add_moderator(
        &self,
        name: &str,
        password: &str,
        role: Role,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let added = sqlx::query(
            "INSERT INTO moderators (name, password, role, created_at, disabled_at) \
             VALUES ($1, $2, $3, $4, NULL) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(password)
        .bind(role.name())
        .bind(by.now_ms)
        .execute(&mut *transaction)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, name, by, "moderator_add", role.name()).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn moderator(&self, name: &str) -> Result<Option<Moderator>, StoreError> {
        let row = sqlx::query(
            "SELECT name, password, role, created_at, disabled_at, signed_in_at FROM moderators \
             WHERE name = $1",
        )
        .bind(name)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// All accounts, by name.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn moderators(&self) -> Result<Vec<Moderator>, StoreError> {
        let rows = sqlx::query(
            "SELECT name, password, role, created_at, disabled_at, signed_in_at FROM moderators \
             ORDER BY name",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Gives an account another password, and signs it out everywhere. False when there is none.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn set_password(
        &self,
        name: &str,
        password: &str,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let changed = sqlx::query("UPDATE moderators SET password = $1 WHERE name = $2")
            .bind(password)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        end_all(&mut transaction, name).await?;
        note(&mut transaction, name, by, "moderator_password", "").await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Signs somebody in, and forgets the sessions that have ended. False when the account was
    /// closed, or its password changed, since it was looked at.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn open_session(
        &self,
        token: &str,
        of: &Moderator,
        ended: Ended,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2")
            .bind(ended.created_before_ms)
            .bind(ended.seen_before_ms)
            .execute(&mut *transaction)
            .await?;
        let opened = sqlx::query(
            "INSERT INTO sessions (token, moderator, created_at, seen_at) \
             SELECT CAST($1 AS TEXT), name, CAST($2 AS BIGINT), CAST($2 AS BIGINT) \
             FROM moderators WHERE name = $3 AND password = $4 AND disabled_at IS NULL",
        )
        .bind(token)
        .bind(now_ms)
        .bind(&of.name)
        .bind(&of.password)
        .execute(&mut *transaction)
        .await?;
        if opened.rows_affected() == 1 {
            sqlx::query("UPDATE moderators SET signed_in_at = $1 WHERE name = $2")
                .bind(now_ms)
                .bind(&of.name)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(opened.rows_affected() == 1)
    }

    /// Who has this token: neither ended nor of a closed account.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn session(&self, token: &str, ended: Ended) -> Result<Option<Session>, StoreError> {
        let row = sqlx::query(
            "SELECT moderator, role, sessions.created_at AS since, seen_at FROM sessions \
             JOIN moderators ON moderators.name = sessions.moderator \
             WHERE token = $1 AND disabled_at IS NULL AND sessions.created_at > $2 AND seen_at > $3",
        )
        .bind(token)
        .bind(ended.created_before_ms)
        .bind(ended.seen_before_ms)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let moderator: String = row.try_get("moderator")?;
        Ok(Some(Session {
            role: role(&row, &moderator)?,
            created_ms: row.try_get("since")?,
            seen_ms: row.try_get("seen_at")?,
            moderator,
        }))
    }

    /// Says that a session is in use.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn see_session(&self, token: &str, now_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token = $2")
            .bind(now_ms)
            .bind(token)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends one session.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn close_session(&self, token: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token = $1")
            .bind(token)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends all sessions of one account. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn close_sessions(&self, name: &str) -> Result<u64, StoreError> {
        end_all(&mut *self.pool.acquire().await?, name).await
    }
}

async fn end_all(connection: &mut AnyConnection, name: &str) -> Result<u64, StoreError> {
    let ended = sqlx::query("DELETE FROM sessions WHERE moderator = $1")
        .bind(name)
        .execute(connection)
        .await?;
    Ok(ended.rows_affected())
}

/// Into the journal, beside the decisions.
async fn note(
    connection: &mut AnyConnection,
    name: &str,
    by: By<'_>,
    action: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let item = format!("@{name}");
    let last = sqlx::query("SELECT MAX(at) AS latest FROM decisions WHERE item = $1")
        .bind(&item)
        .fetch_one(&mut *connection)
        .await?;
    // Never two lines at the same time.
    let latest: Option<i64> = last.try_get("latest")?;
    let now_ms = latest.map_or(by.now_ms, |it| by.now_ms.max(it + 1));
    record(connection, &item, now_ms, (by.actor, action), detail, "").await
}

fn role(row: &AnyRow, name: &str) -> Result<Role, StoreError> {
    let value: String = row.try_get("role")?;
    Role::ALL.into_iter().find(|it| it.name() == value).ok_or_else(|| StoreError::Unreadable {
        table: "moderators",
        id: name.to_owned(),
        column: "role",
        value,
    })
}

fn read(row: &AnyRow) -> Result<Moderator, StoreError> {
    let name: String = row.try_get("name")?;
    Ok(Moderator {
        role: role(row, &name)?,
        password: row.try_get("password")?,
        created_ms: row.try_get("created_at")?,
        signed_in_ms: row.try_get("signed_in_at")?,
        disabled_ms: row.try_get("disabled_at")?,
        name,
    })
}
