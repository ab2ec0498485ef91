//! A copy of everything that is kept, while others go on writing: one line of JSON a row, the same for
//! both databases, so that a copy of one is restored into the other.
//!
//! The last line counts the rows and hashes what stands before it: a copy that was cut short, or
//! changed, is told from a whole one.

use std::io::{BufRead, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Any, AssertSqlSafe, Row, any::AnyRow, query::Query};

use crate::{Store, StoreError};

/// What a column holds; any may hold nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Whole,
    Real,
}

use Holds::{Real, Text, Whole};

/// A table, its columns, and how many of the first make its order.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Holds)],
    key: usize,
}

/// Columns of a table of people's data, as the schema has them; empty for one that is not kept.
pub fn columns(table: &str) -> Vec<&'static str> {
    let found = TABLES.iter().find(|it| it.name == table);
    found.map_or(Vec::new(), |it| it.columns.iter().map(|it| it.0).collect())
}

/// Everything, in an order in which it can be written.
const TABLES: [Table; 8] = [
    Table {
        name: "practitioners",
        key: 1,
        columns: &[
            ("id", Text),
            ("external_id", Text),
            ("name", Text),
            ("profession", Text),
            ("street", Text),
            ("postcode", Text),
            ("town", Text),
            ("country", Text),
            ("lat", Real),
            ("lon", Real),
            ("position_precision", Text),
            ("phone", Text),
            ("email", Text),
            ("web", Text),
            ("languages", Text),
            ("fees", Text),
            ("remote", Whole),
            ("accessible", Text),
            ("new_patients", Whole),
            ("opening", Text),
            ("verified_on", Text),
            ("source", Text),
            ("sample", Whole),
            ("import_id", Whole),
            ("updated_at", Whole),
            ("archived_at", Whole),
        ],
    },
    Table { name: "directory_state", key: 1, columns: &[("id", Whole), ("version", Whole)] },
    Table {
        name: "contributions",
        key: 1,
        columns: &[
            ("id", Text),
            ("kind", Text),
            ("state", Text),
            ("page", Text),
            ("parent", Text),
            ("name", Text),
            ("email", Text),
            ("body", Text),
            ("useful", Whole),
            ("institute", Whole),
            ("consent", Text),
            ("findings", Text),
            ("held", Whole),
            ("reply", Text),
            ("created_at", Whole),
            ("changed_at", Whole),
            ("receipt", Text),
            ("request", Text),
            ("subject", Text),
            ("treatments", Text),
            ("ties", Text),
            ("expires_at", Whole),
            ("consented_at", Whole),
            ("change", Whole),
            ("unread", Whole),
            ("masked", Whole),
        ],
    },
    Table {
        name: "contributions_state",
        key: 1,
        columns: &[("id", Whole), ("version", Whole), ("changes", Whole)],
    },
    Table {
        name: "decisions",
        key: 3,
        columns: &[
            ("item", Text),
            ("at", Whole),
            ("action", Text),
            ("actor", Text),
            ("detail", Text),
            ("was", Text),
            ("part", Whole),
        ],
    },
    Table {
        name: "moderators",
        key: 1,
        columns: &[
            ("name", Text),
            ("password", Text),
            ("role", Text),
            ("created_at", Whole),
            ("disabled_at", Whole),
            ("signed_in_at", Whole),
        ],
    },
    Table {
        name: "mails",
        key: 2,
        columns: &[
            ("item", Text),
            ("purpose", Text),
            ("state", Text),
            ("queued_at", Whole),
            ("due_at", Whole),
            ("lease_until", Whole),
            ("attempts", Whole),
            ("failure", Text),
            ("ended_at", Whole),
        ],
    },
    Table { name: "secrets", key: 1, columns: &[("name", Text), ("value", Text)] },
];

/// What is not copied: a copy that is stolen must sign nobody in, and files end within an hour.
pub const NOT_COPIED: [&str; 2] = ["sessions", "uploads"];

/// Rows read at once.
const BATCH: i64 = 500;

/// Why a copy cannot be made, or used.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the copy cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("line {0} of the copy is none that this program writes")]
    Line(usize),
    #[error(
        "the copy is not whole: its last line is missing, or does not fit what stands before it"
    )]
    Cut,
    #[error(
        "the database is not empty: restore into a new one, so that nothing is lost if the copy is the wrong one"
    )]
    NotEmpty,
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> BackupError {
        BackupError::Store(error.into())
    }
}

impl Store {
    /// Writes everything to `out`, as it was at one moment. Returns the number of rows.
    ///
    /// # Errors
    ///
    /// When the database cannot answer, or `out` takes no more.
    pub async fn back_up(&self, out: &mut (impl Write + Send)) -> Result<u64, BackupError> {
        // Others write meanwhile: all that is read here is of the moment of the first question.
        let begin =
            if self.sqlite { "BEGIN" } else { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
        let mut transaction = self.pool.begin_with(begin).await?;
        let (mut count, mut hash) = (0, Sha256::new());
        for table in &TABLES {
            let names: Vec<&str> = table.columns.iter().map(|it| it.0).collect();
            let order = names[..table.key].join(", ");
            let sql = format!(
                "SELECT {} FROM {} ORDER BY {order} LIMIT {BATCH} OFFSET $1",
                names.join(", "),
                table.name
            );
            let mut offset = 0;
            loop {
                // Names of our own and numbers only.
                let rows = sqlx::query(AssertSqlSafe(sql.clone()))
                    .bind(offset)
                    .fetch_all(&mut *transaction)
                    .await?;
                for row in &rows {
                    let line = json!({ "table": table.name, "row": values(table, row)? });
                    let line = format!("{line}\n");
                    hash.update(&line);
                    out.write_all(line.as_bytes())?;
                    count += 1;
                }
                offset += BATCH;
                if rows.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                    break;
                }
            }
        }
        transaction.rollback().await?;
        let last = json!({ "rows": count, "sha256": hex(&hash.finalize()) });
        out.write_all(format!("{last}\n").as_bytes())?;
        out.flush()?;
        Ok(count)
    }

    /// Fills a database that holds nothing with what [`Store::back_up`] wrote, all or nothing. Returns
    /// the number of rows.
    ///
    /// # Errors
    ///
    /// When the copy is not whole or not of this program, or the database is not empty; nothing has
    /// then changed.
    pub async fn restore(&self, copy: impl BufRead) -> Result<u64, BackupError> {
        let mut transaction = self.pool.begin().await?;
        // What a new database has of its own.
        for state in ["directory_state", "contributions_state"] {
            let sql = format!("DELETE FROM {state} WHERE version = 0");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
        }
        for table in &TABLES {
            let sql = format!("SELECT COUNT(*) AS rows_there FROM {}", table.name);
            let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *transaction).await?;
            if row.try_get::<i64, _>("rows_there")? != 0 {
                return Err(BackupError::NotEmpty);
            }
        }
        let mut seal = Seal::default();
        for line in copy.lines() {
            if let Some((table, row)) = seal.read(&line?)? {
                let insert = insert(table, &row).ok_or(BackupError::Line(seal.lines))?;
                insert.execute(&mut *transaction).await?;
            }
        }
        let count = seal.rows()?;
        transaction.commit().await?;
        Ok(count)
    }
}

/// Whether a copy is whole and as it was written. Returns the number of its rows.
///
/// # Errors
///
/// As [`Store::restore`], but for what the database says.
pub fn check(copy: impl BufRead) -> Result<u64, BackupError> {
    let mut seal = Seal::default();
    for line in copy.lines() {
        seal.read(&line?)?;
    }
    seal.rows()
}

/// All tables and their columns.
pub fn tables() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLES.iter().map(|it| (it.name, it.columns.iter().map(|it| it.0).collect()))
}

/// What tells a whole copy from a broken one.
#[derive(Default)]
struct Seal {
    lines: usize,
    rows: u64,
    hash: Sha256,
    whole: bool,
}

impl Seal {
    /// The row of a line; None for the last line, which fits what stands before it.
    fn read(&mut self, line: &str) -> Result<Option<(&'static Table, Vec<Value>)>, BackupError> {
        self.lines += 1;
        let bad = || BackupError::Line(self.lines);
        let mut value: Value = serde_json::from_str(line).map_err(|_| bad())?;
        if self.whole {
            return Err(bad());
        }
        if let Some(rows) = value.get("rows") {
            let same = value["sha256"] == hex(&self.hash.clone().finalize());
            if rows.as_u64() != Some(self.rows) || !same {
                return Err(BackupError::Cut);
            }
            self.whole = true;
            return Ok(None);
        }
        let table = TABLES.iter().find(|it| value["table"] == it.name).ok_or_else(bad)?;
        let Value::Array(row) = value["row"].take() else { return Err(bad()) };
        // An older copy lacks the columns that were added since, which stand last: the database
        // fills them as it did when they were added, or refuses.
        if row.len() < table.key || table.columns.len() < row.len() {
            return Err(bad());
        }
        self.hash.update(line);
        self.hash.update("\n");
        self.rows += 1;
        Ok(Some((table, row)))
    }

    fn rows(&self) -> Result<u64, BackupError> {
        if self.whole { Ok(self.rows) } else { Err(BackupError::Cut) }
    }
}

fn values(table: &Table, row: &AnyRow) -> Result<Vec<Value>, BackupError> {
    let mut values = Vec::with_capacity(table.columns.len());
    for (name, holds) in table.columns {
        values.push(match holds {
            Text => json!(row.try_get::<Option<String>, _>(*name)?),
            Whole => json!(row.try_get::<Option<i64>, _>(*name)?),
            Real => json!(row.try_get::<Option<f64>, _>(*name)?),
        });
    }
    Ok(values)
}

/// None where a value is not of its column's kind.
fn insert(table: &Table, row: &[Value]) -> Option<Query<'static, Any, sqlx::any::AnyArguments>> {
    let names: Vec<&str> = table.columns.iter().take(row.len()).map(|it| it.0).collect();
    let places: Vec<String> = (1..=names.len()).map(|it| format!("${it}")).collect();
    let sql =
        format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for ((_, holds), value) in table.columns.iter().zip(row) {
        let empty = value.is_null();
        query = match holds {
            Text if empty => query.bind(None::<String>),
            Text => query.bind(value.as_str()?.to_owned()),
            Whole if empty => query.bind(None::<i64>),
            Whole => query.bind(value.as_i64()?),
            Real if empty => query.bind(None::<f64>),
            Real => query.bind(value.as_f64()?),
        };
    }
    Some(query)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
