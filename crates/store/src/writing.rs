//! One writer at a time where the database takes one.
//!
//! SQLite lets those who find it locked sleep and look again, each for longer than the last: under load
//! somebody waits for seconds while others pass, with a connection that readers lack. Here writers of
//! one process wait in a queue for one connection of their own.

use sqlx::{Any, Transaction};

use crate::{Store, StoreError};

impl Store {
    /// Begins to write, as soon as those who came before have. Dropped without a commit, it has changed
    /// nothing.
    ///
    /// # Errors
    ///
    /// When that takes too long, or the database cannot be reached.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.writer.begin().await?)
    }
}
