//! What everybody sees: approved comments, in threads.

use std::collections::HashMap;

use contract::{
    desk::{Field, Finding, Texts, masked},
    receipt::{Kind, State},
    slug::Slug,
};
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

/// Which threads of an article are shown, and how many comments there are with their answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threads {
    /// Oldest first.
    pub ids: Vec<Slug>,
    pub count: u32,
}

/// Threads that are shown: approved, or erased with answers that are. Each half is read in the order of
/// an index, and the two are merged.
const SHOWN: &str = "SELECT id, created_at FROM contributions WHERE page = $1 AND kind = $2 \
                     AND state = 'approved' AND parent = '' UNION ALL \
                     SELECT id, created_at FROM contributions WHERE page = $1 AND kind = $2 \
                     AND state = 'erased' AND parent = '' AND EXISTS \
                     (SELECT 1 FROM contributions answer WHERE answer.page = $1 AND answer.kind = $2 \
                     AND answer.state = 'approved' AND answer.parent = contributions.id) \
                     ORDER BY created_at, id";

/// A comment stands by itself; an answer in its thread, and nowhere once nobody sees that any more.
const IN_THREAD: &str = "(parent = '' OR EXISTS (SELECT 1 FROM contributions thread \
                         WHERE thread.id = contributions.parent \
                         AND thread.state IN ('approved', 'erased')))";

impl Store {
    /// Which threads of an article are shown.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn thread_list(&self, article: &Slug) -> Result<Threads, StoreError> {
        let rows = sqlx::query(SHOWN)
            .bind(article.as_str())
            .bind(Kind::Comment.name())
            .fetch_all(&self.pool)
            .await?;
        let ids = rows.iter().map(identity).collect::<Result<Vec<Slug>, StoreError>>()?;
        let sql = format!(
            "SELECT COUNT(*) AS comments FROM contributions WHERE page = $1 AND kind = $2 \
             AND state = 'approved' AND {IN_THREAD}"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(article.as_str())
            .bind(Kind::Comment.name())
            .fetch_one(&self.pool)
            .await?;
        let count: i64 = row.try_get("comments")?;
        Ok(Threads { ids, count: u32::try_from(count).unwrap_or(u32::MAX) })
    }

    /// Some of an article's threads in the order of `ids`, without those that are shown no more.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn threads_of(
        &self,
        article: &Slug,
        ids: &[Slug],
    ) -> Result<Vec<Thread>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = by_id(ids.len());
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in ids {
            query = query.bind(it.as_str());
        }
        let mut found: HashMap<Slug, (Shown, bool)> = HashMap::new();
        for row in &query.fetch_all(&self.pool).await? {
            let state: String = row.try_get("state")?;
            let shown = read(row)?;
            found.insert(shown.id.clone(), (shown, state == State::Approved.name()));
        }
        // In the order of the index: that of times is the same within a thread.
        let sql = format!(
            "SELECT id, name, body, institute, created_at, masked, findings, parent FROM contributions \
             WHERE page = $1 AND kind = $2 AND state = 'approved' AND parent IN ({}) \
             ORDER BY parent, created_at, id",
            places(3, ids.len())
        );
        let mut query =
            sqlx::query(AssertSqlSafe(sql)).bind(article.as_str()).bind(Kind::Comment.name());
        for it in ids {
            query = query.bind(it.as_str());
        }
        let mut answers: HashMap<String, Vec<Shown>> = HashMap::new();
        for row in &query.fetch_all(&self.pool).await? {
            answers.entry(row.try_get("parent")?).or_default().push(read(row)?);
        }
        let thread = |id: &Slug| {
            let (comment, approved) = found.remove(id)?;
            let answers = answers.remove(id.as_str()).unwrap_or_default();
            (approved || !answers.is_empty()).then_some(Thread { comment, answers })
        };
        Ok(ids.iter().filter_map(thread).collect())
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
        let sql = format!(
            "SELECT id, name, body, institute, created_at, masked, findings FROM contributions \
             WHERE page = $1 AND kind = $2 AND state = 'approved' AND {IN_THREAD} \
             ORDER BY created_at DESC, id DESC LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(article.as_str())
            .bind(Kind::Comment.name())
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(read).collect()
    }
}

/// So many parameters, the first of which has the number `from`.
fn places(from: usize, count: usize) -> String {
    let places: Vec<String> = (from..from + count).map(|at| format!("${at}")).collect();
    places.join(", ")
}

/// Reads so many items by their ids. Asked for states as they stand, SQLite goes through all that is
/// approved by the index of the queue, ten thousand items for a page of fifty; no index has `state || ''`.
fn by_id(count: usize) -> String {
    format!(
        "SELECT id, name, body, institute, created_at, masked, findings, state FROM contributions \
         WHERE id IN ({}) AND state || '' IN ('approved', 'erased')",
        places(1, count)
    )
}

fn read(row: &AnyRow) -> Result<Shown, StoreError> {
    let (mut name, mut body): (String, String) = (row.try_get("name")?, row.try_get("body")?);
    if row.try_get::<i64, _>("masked")? != 0 {
        let findings: String = row.try_get("findings")?;
        let texts = Texts { name: &name, body: &body, ..Texts::default() };
        let found = Finding::read_all(&findings, &texts);
        name = masked(&name, Field::Name, &found);
        body = masked(&body, Field::Body, &found);
    }
    Ok(Shown {
        id: identity(row)?,
        name,
        body,
        institute: row.try_get::<i64, _>("institute")? != 0,
        created_ms: row.try_get("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Address;

    #[tokio::test]
    async fn threads_of_a_page_are_read_by_their_ids() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Address::in_folder(folder.path())).await.unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {}", by_id(50));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for at in 0..50 {
            query = query.bind(format!("c{at}"));
        }
        let plan = query.fetch_one(&store.pool).await.unwrap();
        let step: String = plan.try_get("detail").unwrap();
        assert!(step.ends_with("(id=?)"), "{step}");
    }
}
