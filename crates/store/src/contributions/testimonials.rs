//! What everybody sees: approved testimonials that have not expired.

use contract::{receipt::Kind, slug::Slug};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Store, StoreError,
    contributions::{identity, lifetimes::Over},
};

/// An approved testimonial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testimonial {
    pub id: Slug,
    pub name: String,
    pub title: Option<String>,
    pub body: String,
    pub treatments: String,
    pub ties: Option<String>,
    pub created_ms: i64,
    /// From then on nobody sees it.
    pub expires_ms: i64,
}

/// Shown at the moment `$2`.
const SHOWN: &str = "kind = $1 AND state = 'approved' AND expires_at > $2";

impl Store {
    /// One page of the testimonials that are shown at `now_ms`, newest first; `page` counts from 1.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn testimonials(
        &self,
        now_ms: i64,
        page: u32,
        per_page: u32,
    ) -> Result<Vec<Testimonial>, StoreError> {
        let sql = format!(
            "SELECT id, name, subject, body, treatments, ties, created_at, expires_at \
             FROM contributions WHERE {SHOWN} ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(Kind::Testimonial.name())
            .bind(now_ms)
            .bind(i64::from(per_page))
            .bind(i64::from(page.max(1) - 1) * i64::from(per_page))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(read).collect()
    }

    /// How many there are on all pages.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn testimonial_count(&self, now_ms: i64) -> Result<u32, StoreError> {
        let sql = format!("SELECT COUNT(*) AS shown FROM contributions WHERE {SHOWN}");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(Kind::Testimonial.name())
            .bind(now_ms)
            .fetch_one(&self.pool)
            .await?;
        Ok(u32::try_from(row.try_get::<i64, _>("shown")?).unwrap_or(u32::MAX))
    }

    /// How many testimonials stand before one in the list. None where it is not shown.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn testimonials_before(
        &self,
        id: &Slug,
        now_ms: i64,
    ) -> Result<Option<u32>, StoreError> {
        let sql = format!("SELECT created_at FROM contributions WHERE id = $3 AND {SHOWN}");
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(Kind::Testimonial.name())
            .bind(now_ms)
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let sql = format!(
            "SELECT COUNT(*) AS newer FROM contributions WHERE {SHOWN} \
             AND (created_at > $3 OR created_at = $3 AND id > $4)"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(Kind::Testimonial.name())
            .bind(now_ms)
            .bind(found.try_get::<i64, _>("created_at")?)
            .bind(id.as_str())
            .fetch_one(&self.pool)
            .await?;
        Ok(Some(u32::try_from(row.try_get::<i64, _>("newer")?).unwrap_or(u32::MAX)))
    }

    /// Erases the testimonials whose time is over, whatever was decided on them. Returns how many.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn erase_expired(&self, now_ms: i64) -> Result<u64, StoreError> {
        let over = Over {
            condition: "kind = $1 AND state <> 'erased' AND expires_at <= $2".to_owned(),
            texts: vec![Kind::Testimonial.name()],
            time_ms: now_ms,
        };
        self.erase_over(&over, "site", "expire", now_ms).await
    }
}

fn read(row: &AnyRow) -> Result<Testimonial, StoreError> {
    Ok(Testimonial {
        id: identity(row)?,
        name: row.try_get("name")?,
        title: row.try_get("subject")?,
        body: row.try_get("body")?,
        treatments: row.try_get::<Option<String>, _>("treatments")?.unwrap_or_default(),
        ties: row.try_get("ties")?,
        created_ms: row.try_get("created_at")?,
        expires_ms: row.try_get("expires_at")?,
    })
}
