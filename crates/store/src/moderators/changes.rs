//! What admins do to accounts, and everybody to their own. An admin is always left.

use contract::desk::Role;
use sqlx::{AnyConnection, Row};

use crate::{
    Store, StoreError,
    moderators::{By, end_all, note},
};

/// What is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Role(Role),
    Disable,
    Enable,
    SignOut,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Done, or as it was already.
    Done,
    /// There is no such account.
    Gone,
    /// Nobody could keep accounts any more.
    LastAdmin,
}

impl Store {
    /// Changes an account. Who is closed, or has another role, is signed out everywhere.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn change_account(
        &self,
        name: &str,
        step: Step,
        by: By<'_>,
    ) -> Result<Stepped, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // Two admins who close each other wait here, one for the other.
        sqlx::query("UPDATE moderators SET role = role WHERE role = $1")
            .bind(Role::Admin.name())
            .execute(&mut *transaction)
            .await?;
        let row = sqlx::query("SELECT role, disabled_at FROM moderators WHERE name = $1")
            .bind(name)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(row) = row else { return Ok(Stepped::Gone) };
        let role: String = row.try_get("role")?;
        let closed = row.try_get::<Option<i64>, _>("disabled_at")?.is_some();
        let ended = match step {
            Step::Role(new) => new != Role::Admin,
            Step::Disable => true,
            Step::Enable | Step::SignOut => false,
        };
        if ended && role == Role::Admin.name() && !closed && admins(&mut transaction).await? <= 1 {
            return Ok(Stepped::LastAdmin);
        }
        let (sql, action, detail) = match step {
            Step::Role(new) if new.name() == role => return Ok(Stepped::Done),
            Step::Disable if closed => return Ok(Stepped::Done),
            Step::Enable if !closed => return Ok(Stepped::Done),
            Step::Role(new) => {
                let sql = "UPDATE moderators SET role = $1 WHERE name = $2";
                (Some((sql, Value::Text(new.name()))), "moderator_role", new.name())
            }
            Step::Disable => {
                let sql = "UPDATE moderators SET disabled_at = $1 WHERE name = $2";
                (Some((sql, Value::Time(Some(by.now_ms)))), "moderator_disable", "")
            }
            Step::Enable => {
                let sql = "UPDATE moderators SET disabled_at = $1 WHERE name = $2";
                (Some((sql, Value::Time(None))), "moderator_enable", "")
            }
            Step::SignOut => (None, "moderator_sign_out", ""),
        };
        if let Some((sql, value)) = sql {
            let query = match value {
                Value::Text(it) => sqlx::query(sql).bind(it),
                Value::Time(it) => sqlx::query(sql).bind(it),
            };
            query.bind(name).execute(&mut *transaction).await?;
        }
        end_all(&mut transaction, name).await?;
        note(&mut transaction, name, by, action, detail).await?;
        transaction.commit().await?;
        Ok(Stepped::Done)
    }

    /// Changes somebody's own password, if `old` is still its hash, and ends all their sessions but
    /// that of the token `but`. False when it is not.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn change_own_password(
        &self,
        name: &str,
        (old, new): (&str, &str),
        but: &str,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let changed = sqlx::query(
            "UPDATE moderators SET password = $1 \
             WHERE name = $2 AND password = $3 AND disabled_at IS NULL",
        )
        .bind(new)
        .bind(name)
        .bind(old)
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM sessions WHERE moderator = $1 AND token <> $2")
            .bind(name)
            .bind(but)
            .execute(&mut *transaction)
            .await?;
        note(&mut transaction, name, by, "moderator_password", "").await?;
        transaction.commit().await?;
        Ok(true)
    }
}

enum Value {
    Text(&'static str),
    Time(Option<i64>),
}

/// Those who can still sign in.
async fn admins(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS admins FROM moderators WHERE role = $1 AND disabled_at IS NULL",
    )
    .bind(Role::Admin.name())
    .fetch_one(connection)
    .await?;
    Ok(row.try_get("admins")?)
}
