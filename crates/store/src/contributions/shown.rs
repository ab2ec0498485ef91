//! What everybody sees: approved comments, in threads.

use contract::{receipt::Kind, slug::Slug};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{Store, StoreError, contributions::identity};

/// An approved comment. What its author erased has neither name nor text, and stays while it is
/// answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub id: Slug,
    pub name: String,
    pub body: String,
    pub institute: bool,
    pub created_ms: i64,
}

/// A comment and its answers, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    pub comment: Shown,
    pub answers: Vec<Shown>,
}

/// Threads that are shown: approved, or erased with answers that are.
const SHOWN: &str = "page = $1 AND kind = $2 AND parent = '' AND (state = 'approved' \
                     OR state = 'erased' AND EXISTS (SELECT 1 FROM contributions answer \
                     WHERE answer.parent = contributions.id AND answer.state = 'approved'))";

impl Store {
    /// One page of threads, oldest first; `page` counts from 1.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn threads(
        &self,
        article: &Slug,
        page: u32,
        per_page: u32,
    ) -> Result<Vec<Thread>, StoreError> {
        let sql = format!(
            "SELECT id, name, body, institute, created_at FROM contributions WHERE {SHOWN} \
             ORDER BY created_at, id LIMIT $3 OFFSET $4"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(article.as_str())
            .bind(Kind::Comment.name())
            .bind(i64::from(per_page))
            .bind(i64::from(page.max(1) - 1) * i64::from(per_page))
            .fetch_all(&self.pool)
            .await?;
        let mut threads = rows
            .iter()
            .map(|it| Ok(Thread { comment: read(it)?, answers: Vec::new() }))
            .collect::<Result<Vec<Thread>, StoreError>>()?;
        if threads.is_empty() {
            return Ok(threads);
        }
        let places: Vec<String> = (0..threads.len()).map(|at| format!("${}", at + 3)).collect();
        let sql = format!(
            "SELECT id, name, body, institute, created_at, parent FROM contributions \
             WHERE page = $1 AND kind = $2 AND state = 'approved' AND parent IN ({}) \
             ORDER BY created_at, id",
            places.join(", ")
        );
        // Numbers of our own only.
        let mut query =
            sqlx::query(AssertSqlSafe(sql)).bind(article.as_str()).bind(Kind::Comment.name());
        for it in &threads {
            query = query.bind(it.comment.id.as_str().to_owned());
        }
        for row in query.fetch_all(&self.pool).await? {
            let parent: String = row.try_get("parent")?;
            let thread = threads.iter_mut().find(|it| it.comment.id.as_str() == parent);
            if let Some(thread) = thread {
                thread.answers.push(read(&row)?);
            }
        }
        Ok(threads)
    }

    /// The comments and answers of an article that came last, the newest first.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn latest_comments(
        &self,
        article: &Slug,
        limit: u32,
    ) -> Result<Vec<Shown>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, name, body, institute, created_at FROM contributions WHERE page = $1 \
             AND kind = $2 AND state = 'approved' ORDER BY created_at DESC, id DESC LIMIT $3",
        )
        .bind(article.as_str())
        .bind(Kind::Comment.name())
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read).collect()
    }

    /// How many threads an article has, and how many comments and answers in them.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn thread_counts(&self, article: &Slug) -> Result<(u32, u32), StoreError> {
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM contributions WHERE {SHOWN}) AS threads, \
             (SELECT COUNT(*) FROM contributions WHERE page = $1 AND kind = $2 \
             AND state = 'approved') AS comments"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(article.as_str())
            .bind(Kind::Comment.name())
            .fetch_one(&self.pool)
            .await?;
        let count = |column: &str| {
            row.try_get::<i64, _>(column).map(|it| u32::try_from(it).unwrap_or(u32::MAX))
        };
        Ok((count("threads")?, count("comments")?))
    }
}

fn read(row: &AnyRow) -> Result<Shown, StoreError> {
    Ok(Shown {
        id: identity(row)?,
        name: row.try_get("name")?,
        body: row.try_get("body")?,
        institute: row.try_get::<i64, _>("institute")? != 0,
        created_ms: row.try_get("created_at")?,
    })
}
