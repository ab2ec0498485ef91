//! What readers say of each page, taken together.

use contract::{desk::PageOpinion, receipt::Kind};
use sqlx::Row;

use crate::{Store, StoreError, contributions::slug_in};

impl Store {
    /// Every page that somebody has said something of, those that helped least often first. Titles are
    /// left empty: the database knows none.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn opinions(&self) -> Result<Vec<PageOpinion>, StoreError> {
        let rows = sqlx::query(
            "SELECT page, COUNT(*) FILTER (WHERE useful = 1) AS useful, \
             COUNT(*) FILTER (WHERE useful = 0) AS not_useful, \
             COUNT(*) FILTER (WHERE body <> '' AND state = 'pending' AND held = 0) AS unread, \
             COUNT(*) FILTER (WHERE body <> '' AND state = 'approved') AS read, \
             MAX(created_at) AS latest FROM contributions \
             WHERE kind = $1 AND state <> 'erased' GROUP BY page \
             ORDER BY not_useful DESC, latest DESC, page",
        )
        .bind(Kind::Feedback.name())
        .fetch_all(&self.pool)
        .await?;
        let count = |row: &sqlx::any::AnyRow, column: &str| {
            row.try_get::<i64, _>(column).map(|it| u32::try_from(it).unwrap_or(u32::MAX))
        };
        let read = |row| {
            Ok(PageOpinion {
                page: slug_in(row, "page")?,
                title: String::new(),
                useful: count(row, "useful")?,
                not_useful: count(row, "not_useful")?,
                unread: count(row, "unread")?,
                read: count(row, "read")?,
                latest_ms: row.try_get("latest")?,
            })
        };
        rows.iter().map(read).collect()
    }
}
