//! The site as it stands: configuration, content and the answers made from them, replaced whole
//! when a file or the day changes.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use arc_swap::ArcSwap;
use axum::http::StatusCode;
use contract::date::Date;

use crate::{
    assets::Assets,
    cache::{Cache, FirstPage},
    clock,
    config::Config,
    content::{self, Faults, Library, watch},
    entity::Entity,
    people::People,
    picture::Painter,
    register::Register,
    render,
    template::{FrameTemplate, Template},
};

/// One state of the site. Never changes; a request keeps the one it started with.
pub struct Snapshot {
    pub config: Arc<Config>,
    pub library: Arc<Library>,
    pub assets: Arc<Assets>,
    pub painter: Arc<Painter>,
    /// The page around the app, with the operator's colours.
    pub template: Template,
    /// The page around the embedded map, with them too.
    pub frame: FrameTemplate,
    /// The day for which pages are rendered: reviews fall due, the word of the week changes.
    pub today: Date,
    /// Answers by path and query.
    pub cache: Cache,
    /// The list of practitioners as it opens.
    pub map_page: FirstPage,
    /// The page for addresses that name nothing.
    pub missing: Arc<Entity>,
}

impl Snapshot {
    pub fn new(
        config: Arc<Config>,
        library: Arc<Library>,
        assets: Arc<Assets>,
        painter: Arc<Painter>,
        today: Date,
    ) -> Snapshot {
        let mut template = assets.template().clone();
        let mut frame = assets.frame().clone();
        if !config.colours_css.is_empty() {
            template.add_style(&config.colours_css);
            frame.add_style(&config.colours_css);
        }
        let missing = render::missing(&config, &template);
        Snapshot {
            missing: Arc::new(missing),
            cache: Cache::default(),
            map_page: FirstPage::default(),
            config,
            library,
            assets,
            painter,
            template,
            frame,
            today,
        }
    }

    /// The kept answer for `key`, or `make`'s, which is then kept.
    ///
    /// # Errors
    ///
    /// `make`'s own.
    pub fn kept<E>(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<Entity, E>,
    ) -> Result<Arc<Entity>, E> {
        match self.cache.get(key) {
            Some(entity) => Ok(entity),
            None => Ok(self.keep(key, None, make()?)),
        }
    }

    /// Keeps an answer, unless it is a failure: the next request may find its cause gone.
    /// `shows` as for [`Cache::keep`].
    pub fn keep(&self, key: &str, shows: Option<i64>, entity: Entity) -> Arc<Entity> {
        if entity.status() == StatusCode::OK {
            self.cache.keep(key, shows, entity)
        } else {
            Arc::new(entity)
        }
    }
}

/// The current state, shared by all requests.
#[derive(Clone)]
pub struct Current {
    snapshot: Arc<ArcSwap<Snapshot>>,
    register: Register,
    people: People,
}

impl Current {
    pub fn new(snapshot: Snapshot, register: Register, people: People) -> Current {
        Current { snapshot: Arc::new(ArcSwap::from_pointee(snapshot)), register, people }
    }

    pub fn get(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    pub fn register(&self) -> &Register {
        &self.register
    }

    pub fn people(&self) -> &People {
        &self.people
    }

    /// Follows the content folder and the calendar for as long as the process lives.
    ///
    /// Faulty content is reported and the last good state stays: a half-saved file never takes the
    /// site down.
    ///
    /// # Errors
    ///
    /// When the operating system refuses one more thread.
    pub fn follow(&self, folder: PathBuf) -> std::io::Result<()> {
        let current = self.clone();
        let mut seen = watch::stamp(&folder);
        thread::Builder::new().name("content".to_owned()).spawn(move || {
            loop {
                thread::sleep(Duration::from_millis(500));
                let stamp = watch::stamp(&folder);
                let today = clock::today();
                if stamp == seen && today == current.get().today {
                    continue;
                }
                seen = stamp;
                match current.reload(&folder, today) {
                    Ok(()) => tracing::info!("content reloaded"),
                    Err(faults) => tracing::error!(%faults, "content not reloaded: it has faults"),
                }
            }
        })?;
        Ok(())
    }

    /// Reads the content again and replaces the state.
    ///
    /// # Errors
    ///
    /// The faults of the new content; the state is then as before.
    pub fn reload(&self, folder: &Path, today: Date) -> Result<(), Faults> {
        let old = self.snapshot.load_full();
        let library = content::load(folder, &old.config.facts, today)?;
        let snapshot = Snapshot::new(
            old.config.clone(),
            Arc::new(library),
            old.assets.clone(),
            old.painter.clone(),
            today,
        );
        self.snapshot.store(Arc::new(snapshot));
        Ok(())
    }
}
