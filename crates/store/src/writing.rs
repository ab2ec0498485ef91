//! One writer at a time where the database takes one.
//!
//! SQLite lets those who find it locked sleep and look again, each for longer than the last: under load
//! somebody waits for seconds while others pass, with a connection that readers lack. Here writers of
//! one process wait in a queue for one connection of their own.

use std::ops::{Deref, DerefMut};

use sqlx::{Any, AnyConnection, Transaction};

use crate::{Store, StoreError};

/// A transaction that writes. Dropped, it has changed nothing.
pub(crate) struct Writing(Transaction<'static, Any>);

impl Store {
    /// Begins to write, as soon as those who came before have.
    ///
    /// # Errors
    ///
    /// When that takes too long, or the database cannot be reached.
    pub(crate) async fn write(&self) -> Result<Writing, StoreError> {
        Ok(Writing(self.writer.begin().await?))
    }
}

impl Writing {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }
}

impl Deref for Writing {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.0
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.0
    }
}
