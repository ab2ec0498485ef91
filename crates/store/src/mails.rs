//! Mail on its way: put in a queue by what it is about, taken out by one server at a time, tried
//! again until it is gone.
//!
//! The queue holds no words and no address. Whoever sends a mail writes it then, from the item as it
//! stands.

use contract::slug::Slug;
use sqlx::{AnyConnection, Row};

use crate::{Store, StoreError};

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The item itself, to the site.
    Message,
    /// To the author of the item: it was decided on.
    News,
}

impl Purpose {
    const ALL: [Purpose; 2] = [Purpose::Message, Purpose::News];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Message => "message",
            Purpose::News => "news",
        }
    }
}

/// A mail in the hands of one server, until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The contribution that it is about.
    pub item: Slug,
    pub purpose: Purpose,
    /// When it was put in the queue, in milliseconds since 1970.
    pub queued_ms: i64,
    /// This one included.
    pub attempts: u32,
    lease_ms: i64,
}

/// What is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: u32,
    /// When the oldest that waits was put in the queue.
    pub oldest_ms: Option<i64>,
    /// Why the last attempt at one of those that wait failed.
    pub failure: Option<String>,
    /// Given up.
    pub dropped: u32,
}

impl Store {
    /// Takes one mail that is due, for `lease_ms` milliseconds: no other server has it meanwhile.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn claim_mail(&self, now_ms: i64, lease_ms: i64) -> Result<Option<Mail>, StoreError> {
        let lease_ms = now_ms + lease_ms;
        loop {
            let row = sqlx::query(
                "SELECT item, purpose, queued_at, attempts FROM mails WHERE state = 'waiting' \
                 AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at, item, purpose LIMIT 1",
            )
            .bind(now_ms)
            .fetch_optional(&self.pool)
            .await?;
            let Some(row) = row else { return Ok(None) };
            let (item, purpose): (String, String) = (row.try_get("item")?, row.try_get("purpose")?);
            let attempts: i64 = row.try_get::<i64, _>("attempts")? + 1;
            let taken = sqlx::query(
                "UPDATE mails SET lease_until = $1, attempts = $2 WHERE item = $3 \
                 AND purpose = $4 AND state = 'waiting' AND due_at <= $5 AND lease_until <= $5",
            )
            .bind(lease_ms)
            .bind(attempts)
            .bind(&item)
            .bind(&purpose)
            .bind(now_ms)
            .execute(&self.pool)
            .await?;
            if taken.rows_affected() == 0 {
                // Another server was faster.
                continue;
            }
            let unreadable = |column: &'static str, value: &str| StoreError::Unreadable {
                table: "mails",
                id: item.clone(),
                column,
                value: value.to_owned(),
            };
            return Ok(Some(Mail {
                item: Slug::try_from(item.as_str()).map_err(|_| unreadable("item", &item))?,
                purpose: Purpose::ALL
                    .into_iter()
                    .find(|it| it.name() == purpose)
                    .ok_or_else(|| unreadable("purpose", &purpose))?,
                queued_ms: row.try_get("queued_at")?,
                attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                lease_ms,
            }));
        }
    }

    /// It is out of the house. False when its lease had ended, or it is asked for anew.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn mail_sent(&self, mail: &Mail, now_ms: i64) -> Result<bool, StoreError> {
        self.end_lease(mail, "sent", None, None, now_ms).await
    }

    /// It could not be sent for this reason: it is due again at `due_ms`. False as for
    /// [`Store::mail_sent`].
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn mail_failed(
        &self,
        mail: &Mail,
        failure: &str,
        due_ms: i64,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        self.end_lease(mail, "waiting", Some(failure), Some(due_ms), now_ms).await
    }

    /// It is not to be sent any more, for this reason. False as for [`Store::mail_sent`].
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn drop_mail(
        &self,
        mail: &Mail,
        reason: &str,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        self.end_lease(mail, "dropped", Some(reason), None, now_ms).await
    }

    async fn end_lease(
        &self,
        mail: &Mail,
        state: &str,
        failure: Option<&str>,
        due_ms: Option<i64>,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "UPDATE mails SET state = $1, failure = $2, due_at = COALESCE($3, due_at), \
             ended_at = $4, lease_until = 0 WHERE item = $5 AND purpose = $6 AND lease_until = $7",
        )
        .bind(state)
        .bind(failure)
        .bind(due_ms)
        .bind(due_ms.is_none().then_some(now_ms))
        .bind(mail.item.as_str())
        .bind(mail.purpose.name())
        .bind(mail.lease_ms)
        .execute(&self.pool)
        .await?;
        Ok(ended.rows_affected() == 1)
    }

    /// What is not sent, and why.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn mail_backlog(&self) -> Result<Backlog, StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM mails WHERE state = 'waiting') AS waiting, \
             (SELECT MIN(queued_at) FROM mails WHERE state = 'waiting') AS oldest, \
             (SELECT COUNT(*) FROM mails WHERE state = 'dropped') AS dropped, \
             (SELECT failure FROM mails WHERE state = 'waiting' AND failure IS NOT NULL \
             ORDER BY due_at DESC LIMIT 1) AS failure",
        )
        .fetch_one(&self.pool)
        .await?;
        let count = |column: &str| {
            row.try_get::<i64, _>(column).map(|it| u32::try_from(it).unwrap_or(u32::MAX))
        };
        Ok(Backlog {
            waiting: count("waiting")?,
            oldest_ms: row.try_get("oldest")?,
            failure: row.try_get("failure")?,
            dropped: count("dropped")?,
        })
    }
}

/// Puts the mail in the queue that brings `item` to the site.
pub(crate) async fn bring(
    connection: &mut AnyConnection,
    item: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO mails (item, purpose, state, queued_at, due_at, lease_until, attempts) \
         VALUES ($1, $2, 'waiting', $3, $3, 0, 0) ON CONFLICT (item, purpose) DO NOTHING",
    )
    .bind(item)
    .bind(Purpose::Message.name())
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts news for the author of a comment in the queue, where one left an address and it was just
/// approved or rejected. Of two decisions in a row the last is told.
pub(crate) async fn tell(
    connection: &mut AnyConnection,
    item: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO mails (item, purpose, state, queued_at, due_at, lease_until, attempts) \
         SELECT id, $1, 'waiting', $2, $2, 0, 0 FROM contributions WHERE id = $3 \
         AND kind = 'comment' AND email IS NOT NULL AND state IN ('approved', 'rejected') \
         ON CONFLICT (item, purpose) DO UPDATE SET state = 'waiting', queued_at = $2, \
         due_at = $2, lease_until = 0, attempts = 0, failure = NULL, ended_at = NULL",
    )
    .bind(Purpose::News.name())
    .bind(now_ms)
    .bind(item)
    .execute(connection)
    .await?;
    Ok(())
}

/// Nothing goes out about what is erased.
pub(crate) async fn forget(connection: &mut AnyConnection, item: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM mails WHERE item = $1").bind(item).execute(connection).await?;
    Ok(())
}
