//! One writer at a time where the database takes one.
//!
//! SQLite lets those who find it locked sleep and look again, each for longer than the last: under load
//! somebody waits for seconds while others pass, with a connection that readers lack. Here writers of
//! one process wait in a queue, with nothing in their hands.

use std::ops::{Deref, DerefMut};

use sqlx::{Any, AnyConnection, Transaction};
use tokio::{sync::OwnedMutexGuard, time::timeout};

use crate::{PATIENCE, Store, StoreError};

/// A transaction that writes. Dropped, it has changed nothing.
pub(crate) struct Writing {
    // Ends before the next begins.
    transaction: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Store {
    /// Begins to write, as soon as those who came before have.
    ///
    /// # Errors
    ///
    /// When that takes too long, or the database cannot be reached.
    pub(crate) async fn write(&self) -> Result<Writing, StoreError> {
        let turn = match &self.turn {
            Some(turn) => {
                let waited = timeout(PATIENCE, turn.clone().lock_owned()).await;
                Some(waited.map_err(|_| sqlx::Error::PoolTimedOut)?)
            }
            None => None,
        };
        Ok(Writing { transaction: self.pool.begin().await?, _turn: turn })
    }
}

impl Writing {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.transaction.rollback().await
    }
}

impl Deref for Writing {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
