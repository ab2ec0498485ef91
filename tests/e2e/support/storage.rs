//! Where a server under test keeps what it remembers.

use super::Folder;
use crate::engine::new_database;

/// A folder, and the database that goes with it where it is not in there.
pub struct Storage {
    pub folder: Folder,
    address: Option<String>,
}

impl Storage {
    pub fn new() -> Storage {
        Storage { folder: Folder::new(), address: new_database() }
    }

    /// The options that say so to every command of the server.
    pub fn options(&self) -> Vec<String> {
        let folder = ["--data".to_owned(), self.folder.text().to_owned()];
        let address = self.address.iter().flat_map(|it| ["--database-url".to_owned(), it.clone()]);
        folder.into_iter().chain(address).collect()
    }
}
