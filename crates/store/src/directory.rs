//! The directory: read whole, replaced by imports.

use std::collections::{HashMap, HashSet};

use contract::practitioner::Practitioner;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    practitioner::{COLUMNS, bind, read},
};

/// Entries written by one statement, 26 values each. SQLite looks each numbered place up by its name,
/// one after the other: ten times as many take ten times as long for each.
const BATCH: usize = 40;

/// A practitioner and the source's own name for the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub external_id: String,
    pub practitioner: Practitioner,
}

/// What an import changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
    /// Entries of the directory that the import does not hold. They are kept out of sight.
    pub archived: u32,
}

/// What is there and can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Grows with every change.
    pub version: i64,
    /// In the order of their ids.
    pub entries: Vec<Entry>,
}

impl Store {
    /// Grows with every change of the directory, whoever makes it.
    ///
    /// # Errors
    ///
    /// When the database cannot answer.
    pub async fn directory_version(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT version FROM directory_state WHERE id = 1")
            .fetch_one(&self.pool)
            .await?;
        Ok(row.try_get("version")?)
    }

    /// Everybody who is not archived.
    ///
    /// # Errors
    ///
    /// When the database cannot answer, or holds an entry that no import of ours wrote.
    pub async fn directory(&self) -> Result<Contents, StoreError> {
        // The version first: a change in between is then noticed and read again.
        let version = self.directory_version().await?;
        let sql =
            format!("SELECT {COLUMNS} FROM practitioners WHERE archived_at IS NULL ORDER BY id");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        let entries = rows.iter().map(read).collect::<Result<Vec<Entry>, StoreError>>()?;
        Ok(Contents { version, entries })
    }

    /// Makes the directory hold exactly `entries`, known by their external ids, all or nothing.
    /// What is gone is archived, and comes back when an import brings it again.
    ///
    /// `now_ms` is the time, in milliseconds since 1970.
    ///
    /// # Errors
    ///
    /// When the database refuses; nothing has then changed.
    pub async fn replace_directory(
        &self,
        entries: &[Entry],
        now_ms: i64,
    ) -> Result<Changes, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // Written first, so that two imports at once wait for each other.
        sqlx::query("UPDATE directory_state SET version = version + 1 WHERE id = 1")
            .execute(&mut *transaction)
            .await?;
        let before = all_entries(&mut transaction).await?;
        let import: i64 = sqlx::query("SELECT version FROM directory_state WHERE id = 1")
            .fetch_one(&mut *transaction)
            .await?
            .try_get("version")?;

        let mut changes = Changes::default();
        let mut written: Vec<&Entry> = Vec::new();
        let mut kept = HashSet::new();
        for entry in entries {
            kept.insert(entry.external_id.as_str());
            match before.get(&entry.external_id) {
                None => changes.added += 1,
                Some((_, true)) => changes.added += 1,
                Some((old, false)) if *old == *entry => {
                    changes.unchanged += 1;
                    continue;
                }
                Some((_, false)) => changes.updated += 1,
            }
            written.push(entry);
        }
        for batch in written.chunks(BATCH) {
            write(&mut transaction, batch, import, now_ms).await?;
        }
        for (external_id, (_, archived)) in &before {
            if !archived && !kept.contains(external_id.as_str()) {
                changes.archived += 1;
                sqlx::query("UPDATE practitioners SET archived_at = $1 WHERE external_id = $2")
                    .bind(now_ms)
                    .bind(external_id)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        transaction.commit().await?;
        Ok(changes)
    }
}

/// All entries by external id, and whether they are archived.
async fn all_entries(
    connection: &mut AnyConnection,
) -> Result<HashMap<String, (Entry, bool)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, archived_at FROM practitioners");
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let archived: Option<i64> = row.try_get("archived_at")?;
            let entry = read(row)?;
            Ok((entry.external_id.clone(), (entry, archived.is_some())))
        })
        .collect()
}

async fn write(
    connection: &mut AnyConnection,
    entries: &[&Entry],
    import: i64,
    now_ms: i64,
) -> Result<(), StoreError> {
    let columns: Vec<&str> = COLUMNS.split(", ").collect();
    // Two more than the entry's own: the import and the time.
    let width = columns.len() + 2;
    let values: Vec<String> = (0..entries.len())
        .map(|at| {
            let numbers: Vec<String> =
                (1..=width).map(|number| format!("${}", at * width + number)).collect();
            format!("({}, NULL)", numbers.join(", "))
        })
        .collect();
    let updates: Vec<String> = columns
        .iter()
        .filter(|it| **it != "external_id")
        .chain(&["import_id", "updated_at", "archived_at"])
        .map(|it| format!("{it} = excluded.{it}"))
        .collect();
    let sql = format!(
        "INSERT INTO practitioners ({COLUMNS}, import_id, updated_at, archived_at) VALUES {} \
         ON CONFLICT (external_id) DO UPDATE SET {}",
        values.join(", "),
        updates.join(", ")
    );
    // Column names of our own and numbers only.
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for entry in entries {
        query = bind(query, entry).bind(import).bind(now_ms);
    }
    query.execute(connection).await?;
    Ok(())
}
