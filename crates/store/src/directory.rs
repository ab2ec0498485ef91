//! The directory: read whole, replaced by imports, changed at the desk.

use std::collections::HashMap;

use contract::practitioner::Practitioner;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    Store, StoreError,
    practitioner::{COLUMNS, bind, read},
};

mod entries;
mod imports;

pub use entries::{Kept, Place, Saved};
pub use imports::{Brought, Changed, Changes, Preview};

/// Entries written by one statement, 26 values each. SQLite looks each numbered place up by its name,
/// one after the other: ten times as many take ten times as long for each.
const BATCH: usize = 40;

/// A practitioner and the source's own name for the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub external_id: String,
    pub practitioner: Practitioner,
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
        version(&mut *self.pool.acquire().await?).await
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
}

async fn version(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT version FROM directory_state WHERE id = 1")
        .fetch_one(connection)
        .await?;
    Ok(row.try_get("version")?)
}

/// The version that a change makes. Written first, so that two at once wait for each other.
async fn grow(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    sqlx::query("UPDATE directory_state SET version = version + 1 WHERE id = 1")
        .execute(&mut *connection)
        .await?;
    version(connection).await
}

/// All entries by external id, archived ones too.
async fn everybody(connection: &mut AnyConnection) -> Result<HashMap<String, Kept>, StoreError> {
    let rows = sqlx::query(AssertSqlSafe(entries::select(""))).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let kept = entries::kept(row)?;
            Ok((kept.entry.external_id.clone(), kept))
        })
        .collect()
}

/// When something is written, and as which change.
#[derive(Clone, Copy)]
struct Stamp {
    version: i64,
    now_ms: i64,
    archived_ms: Option<i64>,
}

async fn write(
    connection: &mut AnyConnection,
    entries: &[&Entry],
    stamp: Stamp,
) -> Result<(), StoreError> {
    let columns: Vec<&str> = COLUMNS.split(", ").collect();
    // Three more than the entry's own.
    let width = columns.len() + 3;
    let values: Vec<String> = (0..entries.len())
        .map(|at| {
            let numbers: Vec<String> =
                (1..=width).map(|number| format!("${}", at * width + number)).collect();
            format!("({})", numbers.join(", "))
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
        query = bind(query, entry).bind(stamp.version).bind(stamp.now_ms).bind(stamp.archived_ms);
    }
    query.execute(connection).await?;
    Ok(())
}
