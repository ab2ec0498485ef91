//! The directory of practitioners as it stands, read from the store and read again when it changes.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use axum::http::{HeaderValue, StatusCode, header};
use contract::practitioner::Practitioner;
use directory::{Directory, export};
use gazetteer::{Gazetteer, ParseError};
use store::{Store, StoreError};

use crate::{
    clock,
    compress::Effort,
    entity::{Caching, Entity, Kind},
};

/// The directory in use, shared by all requests.
#[derive(Clone)]
pub struct Register {
    directory: Arc<ArcSwap<Directory>>,
    gazetteer: &'static Gazetteer,
    /// Written out once for each state: a hundred thousand entries weigh tens of megabytes.
    csv: Written,
    geojson: Written,
}

/// An answer and the directory that it was made of.
type Written = Arc<Mutex<Option<(Arc<Directory>, Arc<Entity>)>>>;

/// Why the directory cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the built-in towns cannot be read: {0}")]
    Places(&'static ParseError),
}

impl Register {
    /// A directory that holds `practitioners` and nobody else.
    ///
    /// # Errors
    ///
    /// Never with the towns of this repository.
    pub fn of(practitioners: Vec<Practitioner>) -> Result<Register, RegisterError> {
        Ok(Register {
            directory: Arc::new(ArcSwap::from_pointee(Directory::new(practitioners))),
            gazetteer: Gazetteer::embedded().map_err(RegisterError::Places)?,
            csv: Written::default(),
            geojson: Written::default(),
        })
    }

    /// The directory of `store`, followed for as long as the process lives.
    ///
    /// # Errors
    ///
    /// When the store cannot be read now. When it cannot later, that is logged, and the last good
    /// state stays.
    pub async fn follow(store: Store) -> Result<Register, RegisterError> {
        let contents = store.directory().await?;
        let mut seen = contents.version;
        let practitioners = contents.entries.into_iter().map(|it| it.practitioner);
        let register = Register::of(practitioners.collect())?;
        let current = register.directory.clone();
        tokio::spawn(async move {
            let mut silent = false;
            loop {
                tokio::time::sleep(clock::LOOK).await;
                match changed(&store, seen).await {
                    Ok(None) => silent = false,
                    Ok(Some((version, directory))) => {
                        (seen, silent) = (version, false);
                        let count = directory.practitioners().len();
                        current.store(Arc::new(directory));
                        tracing::info!(count, "directory read");
                    }
                    // Once, not twice a second.
                    Err(error) if !silent => {
                        silent = true;
                        tracing::error!(%error, "the directory cannot be read");
                    }
                    Err(_) => {}
                }
            }
        });
        Ok(register)
    }

    pub fn get(&self) -> Arc<Directory> {
        self.directory.load_full()
    }

    /// The whole directory as a table. Takes a second where it is large: not for the async threads.
    pub fn csv(&self) -> Arc<Entity> {
        self.written(&self.csv, |directory| {
            let kind = attachment("text/csv; charset=utf-8; header=present", "praticiens.csv");
            (kind, export::csv(directory.practitioners()))
        })
    }

    /// The same as GeoJSON.
    pub fn geojson(&self) -> Arc<Entity> {
        self.written(&self.geojson, |directory| {
            let all = export::geojson(directory.practitioners());
            let kind = attachment("application/geo+json", "praticiens.geojson");
            (kind, serde_json::to_string(&all).unwrap_or_default())
        })
    }

    fn written(&self, kept: &Written, write: fn(&Directory) -> (Kind, String)) -> Arc<Entity> {
        // Held while it is written: who asks at the same time waits for the same answer.
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let directory = self.get();
        match &*kept {
            Some((of, entity)) if Arc::ptr_eq(of, &directory) => entity.clone(),
            _ => {
                let (kind, body) = write(&directory);
                let entity = Arc::new(Entity::new(kind, body, Effort::Once));
                *kept = Some((directory, entity.clone()));
                entity
            }
        }
    }

    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }
}

/// A file to keep.
fn attachment(content_type: &'static str, name: &'static str) -> Kind {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok();
    let headers = disposition.map(|it| (header::CONTENT_DISPOSITION, it)).into_iter().collect();
    Kind { status: StatusCode::OK, content_type, caching: Caching::Checked, headers }
}

/// The directory and its version, if that is not `seen`.
async fn changed(store: &Store, seen: i64) -> Result<Option<(i64, Directory)>, StoreError> {
    if store.directory_version().await? == seen {
        return Ok(None);
    }
    let contents = store.directory().await?;
    let practitioners: Vec<Practitioner> =
        contents.entries.into_iter().map(|it| it.practitioner).collect();
    // Sorting and indexing a hundred thousand takes a moment that requests should not wait for.
    let made = tokio::task::spawn_blocking(move || Directory::new(practitioners)).await;
    Ok(made.ok().map(|directory| (contents.version, directory)))
}
