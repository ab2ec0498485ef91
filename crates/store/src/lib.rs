//! Everything the site remembers, in SQLite or PostgreSQL.
//!
//! One code path for both: sqlx's `Any` driver, numbered parameters, and no types but text, whole
//! numbers and reals. No row types leave this crate.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use contributions::Arrivals;
use sqlx::{
    AnyPool, Connection,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{MigrateError, Migrator},
};

pub mod backup;
pub mod contributions;
pub mod directory;
pub mod index;
pub mod mails;
pub mod moderators;
mod practitioner;
pub mod uploads;
mod writing;

/// Connections at most. SQLite has one writer anyway; PostgreSQL is shared with other servers.
const MAX_CONNECTIONS: u32 = 8;
/// How long a request waits for a connection, or SQLite for its lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is kept to see whether something can be: its name, and its size, that of a long message.
const PROBE: &str = "probe";
const PROBE_BYTES: usize = 16 * 1_024;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
/// Steps that each of them words in its own way, numbered with the others.
static OF_SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static OF_POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// All steps of one kind of database, in their order.
fn migrations(sqlite: bool) -> Migrator {
    let own = if sqlite { &OF_SQLITE } else { &OF_POSTGRES };
    Migrator::with_migrations(MIGRATIONS.iter().chain(own.iter()).cloned().collect())
}

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    /// A file that is made where it is missing.
    file: Option<PathBuf>,
}

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Holds no password: the address is not repeated.
    #[error("the address of the database cannot be used: {0}")]
    Address(String),
    #[error("the database cannot be reached: {0}")]
    Unreachable(#[source] sqlx::Error),
    #[error(
        "the database was last used by a newer version of this program (its schema has step {0}): \
         start that version, or restore a backup made before"
    )]
    Newer(i64),
    #[error("the database's schema cannot be brought up to date: {0}")]
    Migration(#[source] MigrateError),
    #[error("the database refused: {0}")]
    Query(#[source] sqlx::Error),
    /// Written by hand, or by a program that is not this one.
    #[error("the entry `{id}` of the table `{table}` cannot be read: its {column} is {value:?}")]
    Unreadable { table: &'static str, id: String, column: &'static str, value: String },
    /// What was to be written with others failed with them.
    #[error(transparent)]
    Together(Arc<StoreError>),
    #[error("another entry has the name `{0}` or its receipt")]
    Taken(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        StoreError::Query(error)
    }
}

impl Address {
    /// A SQLite file in `folder`, made when it is missing.
    pub fn in_folder(folder: &Path) -> Address {
        let path = folder.join("immunotheque.sqlite");
        // A path may hold what an address means something by.
        let mut escaped = String::new();
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'%' | b'?' | b'#' | b' ' => escaped.push_str(&format!("%{byte:02X}")),
                _ if byte.is_ascii() => escaped.push(char::from(*byte)),
                _ => escaped.push_str(&format!("%{byte:02X}")),
            }
        }
        Address { text: format!("sqlite://{escaped}?mode=rwc"), file: Some(path) }
    }

    fn is_sqlite(&self) -> bool {
        self.text.starts_with("sqlite:")
    }
}

impl FromStr for Address {
    type Err = StoreError;

    /// `postgres://user:password@host/database` or `sqlite://file?mode=rwc`.
    fn from_str(text: &str) -> Result<Address, StoreError> {
        let known = ["postgres://", "postgresql://", "sqlite:"];
        if !known.iter().any(|it| text.starts_with(it)) {
            let reason = "it begins with none of postgres:// and sqlite:".to_owned();
            return Err(StoreError::Address(reason));
        }
        Ok(Address { text: text.to_owned(), file: None })
    }
}

/// As a driver takes it; may hold a password.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// The open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    sqlite: bool,
    /// Where one writes at a time, the connection that does, with its memory of the pages.
    writer: AnyPool,
    arrivals: Arrivals,
}

impl Store {
    /// Connects, and brings the schema up to date.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or was made by a newer version.
    pub async fn open(address: &Address) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        let options = AnyConnectOptions::from_str(&address.text)
            .map_err(|error| StoreError::Address(error.to_string()))?;
        let sqlite = address.is_sqlite();
        if let Some(path) = &address.file {
            private_file(path).map_err(|error| StoreError::Unreachable(error.into()))?;
        }
        let pool = connections(MAX_CONNECTIONS, sqlite)
            .connect_with(options.clone())
            .await
            .map_err(StoreError::Unreachable)?;
        migrations(sqlite).run(&pool).await.map_err(|error| match error {
            MigrateError::VersionMissing(step) => StoreError::Newer(step),
            other => StoreError::Migration(other),
        })?;
        let writer =
            if sqlite { connections(1, sqlite).connect_lazy_with(options) } else { pool.clone() };
        Ok(Store { pool, sqlite, writer, arrivals: Arrivals::default() })
    }

    /// Keeps something that takes room, and takes it back: whether what is sent could be kept now.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, is locked for too long, or takes no more.
    pub async fn check_writing(&self) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(PROBE)
        .bind("x".repeat(PROBE_BYTES))
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM secrets WHERE name = $1")
            .bind(PROBE)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends all connections; SQLite then folds its log into the file.
    pub async fn close(&self) {
        self.writer.close().await;
        self.pool.close().await;
    }
}

/// Makes an empty file that only this account reads, where there is none; SQLite gives its log and index the
/// same rights. One that is there already keeps its own.
fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// As many connections as that, at most.
fn connections(most: u32, sqlite: bool) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if sqlite {
                    // Readers and the writer do not wait for each other; what was acknowledged is
                    // on the disk; what is erased is written over.
                    for pragma in [
                        "PRAGMA busy_timeout = 5000",
                        "PRAGMA journal_mode = WAL",
                        "PRAGMA synchronous = FULL",
                        "PRAGMA secure_delete = ON",
                        "PRAGMA foreign_keys = ON",
                    ] {
                        sqlx::query(pragma).execute(&mut *connection).await?;
                    }
                }
                Ok(())
            })
        })
        // SQLite takes a transaction back by itself where the disk fails, and sqlx, which then cannot,
        // counts it as open for ever. It would begin the next ones inside of it: they would be
        // acknowledged, and not be on the disk.
        .before_acquire(|connection, _| {
            let clean = !connection.is_in_transaction();
            Box::pin(async move { Ok(clean) })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_database_that_is_known() {
        assert!("postgres://a@b/c".parse::<Address>().is_ok());
        assert!("sqlite://x.db".parse::<Address>().is_ok_and(|it| it.is_sqlite()));
        let error = "mysql://a:secret@b/c".parse::<Address>().unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn a_folder_may_have_any_name() {
        let Address { text, .. } = Address::in_folder(Path::new("/tmp/a b?c#d%é"));
        assert_eq!(text, "sqlite:///tmp/a%20b%3Fc%23d%25%C3%A9/immunotheque.sqlite?mode=rwc");
    }
}
