//! Answers made once and kept until the content changes.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock, Weak},
};

use arc_swap::ArcSwapOption;
use directory::Directory;

use crate::entity::Entity;

/// Answers kept at most. A site has some hundreds of pages and lists; the rest are odd queries,
/// which are made anew rather than let grow without end.
const MAX_KEPT: usize = 4_096;

/// Answers by their path and query.
#[derive(Default)]
pub struct Cache(RwLock<HashMap<String, Kept>>);

/// An answer, and the version of what readers have sent that it shows, if it shows any.
type Kept = (Option<i64>, Arc<Entity>);

impl Cache {
    /// What shows nothing that readers have sent.
    pub fn get(&self, key: &str) -> Option<Arc<Entity>> {
        self.get_of(key, None)
    }

    /// The same, or what shows this very version of what readers have sent.
    pub fn get_at(&self, key: &str, version: i64) -> Option<Arc<Entity>> {
        self.get_of(key, Some(version))
    }

    fn get_of(&self, key: &str, version: Option<i64>) -> Option<Arc<Entity>> {
        // A panic while inserting leaves the map whole: the lock's poison says nothing here.
        let map = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (shows, entity) = map.get(key)?;
        (shows.is_none() || *shows == version).then(|| entity.clone())
    }

    /// Keeps `entity` while there is room, and gives it back. `shows` is the version of what readers
    /// have sent, as it was before `entity` was made; None where it shows nothing of that.
    pub fn keep(&self, key: &str, shows: Option<i64>, entity: Entity) -> Arc<Entity> {
        let entity = Arc::new(entity);
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if map.len() < MAX_KEPT || map.contains_key(key) {
            map.insert(key.to_owned(), (shows, entity.clone()));
        }
        entity
    }
}

/// The answer that everybody asks of the directory, its first page, kept until the directory changes.
#[derive(Default)]
pub struct FirstPage(ArcSwapOption<(Weak<Directory>, Arc<Entity>)>);

impl FirstPage {
    /// None if it was made of another directory than `now`.
    pub fn get(&self, now: &Arc<Directory>) -> Option<Arc<Entity>> {
        let kept = self.0.load();
        let (of, entity) = kept.as_deref()?;
        // A weak reference keeps the address from being given to the next directory.
        std::ptr::eq(of.as_ptr(), Arc::as_ptr(now)).then(|| entity.clone())
    }

    /// `now` is the directory as it was before `entity` was made: if another came meanwhile, it is
    /// made again for the next request.
    pub fn keep(&self, now: &Arc<Directory>, entity: Entity) -> Arc<Entity> {
        let entity = Arc::new(entity);
        self.0.store(Some(Arc::new((Arc::downgrade(now), entity.clone()))));
        entity
    }
}
