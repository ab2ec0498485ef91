//! Who is known: a comment that a person has approved lets the next of the same author be shown at once,
//! where the site wants that. Nothing is kept of who wrote which: the sender names the first.

use contract::{receipt::Kind, slug::Slug};
use sqlx::{AnyConnection, Row};

use crate::StoreError;

/// Who shows such a comment, and what that is called, in the journal.
pub(super) const BY: (&str, &str) = ("site", "publish_unread");

/// What lets a comment be shown before anybody has looked at it.
#[derive(Clone, Copy, Debug)]
pub struct Voucher<'a> {
    /// An approved comment of the same author.
    pub by: &'a Slug,
    /// When it was last decided on, at the earliest, in milliseconds since 1970.
    pub since_ms: i64,
    /// Comments that nobody has looked at, at most: then the next ones wait again.
    pub most_unread: u32,
}

impl Voucher<'_> {
    /// Whether it is approved still, by a person, and moderators keep up. Others decide before or after
    /// this transaction, which has written first.
    pub(super) async fn stands(&self, connection: &mut AnyConnection) -> Result<bool, StoreError> {
        let known = sqlx::query(
            "SELECT id FROM contributions WHERE id = $1 AND kind = $2 AND state = 'approved' \
             AND unread = 0 AND institute = 0 AND changed_at >= $3",
        )
        .bind(self.by.as_str())
        .bind(Kind::Comment.name())
        .bind(self.since_ms)
        .fetch_optional(&mut *connection)
        .await?;
        if known.is_none() {
            return Ok(false);
        }
        let row = sqlx::query(
            "SELECT COUNT(*) AS unread FROM contributions WHERE unread = 1 AND state = 'approved'",
        )
        .fetch_one(connection)
        .await?;
        Ok(row.try_get::<i64, _>("unread")? < i64::from(self.most_unread))
    }
}
