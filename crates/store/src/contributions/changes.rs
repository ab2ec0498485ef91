//! What has changed since a number: how the desk keeps up with what others send and decide.

use contract::{receipt::Kind, slug::Slug};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    contributions::{COLUMNS, Contribution, read},
};

/// An item that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The number of its last change.
    pub change: i64,
    pub id: String,
    pub created_ms: i64,
    /// None once it is erased.
    pub item: Option<Contribution>,
}

impl Store {
    /// Items whose last change has a number after `change`, or the same and a name after `id`, in
    /// this order. From `(-1, "")` on, all of them.
    ///
    /// Numbers are given one transaction after the other, so whoever has read up to one has missed
    /// none before it.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn changed_since(
        &self,
        (change, id): (i64, &str),
        limit: u32,
    ) -> Result<Vec<Changed>, StoreError> {
        // As one comparison: with an `OR`, PostgreSQL reads the whole table.
        let sql = format!(
            "SELECT change, {COLUMNS} FROM contributions WHERE (change, id) > ($1, $2) \
             ORDER BY change, id LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(change)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let erased = row.try_get::<String, _>("state")? == "erased";
            found.push(Changed {
                change: row.try_get("change")?,
                id: row.try_get("id")?,
                created_ms: row.try_get("created_at")?,
                item: if erased { None } else { Some(read(row)?) },
            });
        }
        Ok(found)
    }

    /// Those of `ids` that are there, in no order.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn contributions(&self, ids: &[Slug]) -> Result<Vec<Contribution>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (1..=ids.len()).map(|it| format!("${it}")).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM contributions WHERE state <> 'erased' AND id IN ({})",
            places.join(", ")
        );
        // Numbers of our own only.
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in ids {
            query = query.bind(it.as_str().to_owned());
        }
        query.fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// What of a kind waits about a page, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn waiting_about(
        &self,
        kind: Kind,
        page: &Slug,
    ) -> Result<Vec<Contribution>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM contributions \
             WHERE page = $1 AND kind = $2 AND state = 'pending' ORDER BY created_at, id LIMIT 100"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(page.as_str()).bind(kind.name());
        query.fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Of which kind an item is, whatever became of it.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn kind_of(&self, id: &Slug) -> Result<Option<Kind>, StoreError> {
        let row = sqlx::query("SELECT kind FROM contributions WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let kind: String = row.try_get("kind")?;
        Ok(Kind::ALL.into_iter().find(|it| it.name() == kind))
    }
}

/// Numbers the change that this transaction makes. Others wait here until it is done.
pub(super) async fn count(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE contributions_state SET changes = changes + 1 WHERE id = 1")
        .execute(connection)
        .await?;
    Ok(())
}
