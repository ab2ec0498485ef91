//! One database of each kind for each test.

use std::sync::LazyLock;

use contract::{
    geo::LatLon,
    practitioner::{Address, Language, Position, Practitioner, Precision, Profession},
    slug::Slug,
};
use store::{
    Store, StoreError,
    contributions::Thread,
    directory::{Brought, Changes, Entry},
    moderators::By,
};
use tempfile::TempDir;

use crate::postgres::Postgres;

/// An empty database of one engine; gone when dropped.
pub struct Database {
    pub engine: &'static str,
    pub address: store::Address,
    _folder: Option<TempDir>,
}

impl Database {
    /// One of each engine.
    pub fn each() -> [Database; 2] {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Database {
            engine: "SQLite",
            address: store::Address::in_folder(folder.path()),
            _folder: Some(folder),
        };
        let address = POSTGRES.create_database().parse().unwrap();
        [sqlite, Database { engine: "PostgreSQL", address, _folder: None }]
    }

    pub async fn open(&self) -> Store {
        Store::open(&self.address).await.unwrap_or_else(|error| panic!("{}: {error}", self.engine))
    }
}

static POSTGRES: LazyLock<Postgres> = LazyLock::new(Postgres::start);

/// One page of an article's threads.
pub async fn threads(store: &Store, article: &Slug, page: u32, per_page: u32) -> Vec<Thread> {
    let list = store.thread_list(article).await.unwrap();
    let [page, per_page] = [page, per_page].map(|it| usize::try_from(it).unwrap());
    let ids: Vec<Slug> = list.ids.into_iter().skip((page - 1) * per_page).take(per_page).collect();
    store.threads_of(article, &ids).await.unwrap()
}

/// How many threads and comments an article has.
pub async fn counts(store: &Store, article: &Slug) -> (usize, u32) {
    let list = store.thread_list(article).await.unwrap();
    (list.ids.len(), list.count)
}

/// Makes the directory hold exactly `entries`.
pub async fn replace(store: &Store, entries: &[Entry], now_ms: i64) -> Result<Changes, StoreError> {
    let by = By { actor: "essai", now_ms };
    let brought = Brought { entries, source: "essai.csv", expected: None, by };
    Ok(store.import_directory(brought).await?.unwrap())
}

/// An entry with nothing but what must be there.
pub fn entry(number: u32) -> Entry {
    let practitioner = Practitioner {
        id: Slug::try_from(format!("cabinet-{number}")).unwrap(),
        name: format!("Cabinet n° {number}"),
        profession: Profession::Nurse,
        address: Address {
            street: "1, rue de l’Église".into(),
            postcode: "69003".into(),
            town: "Lyon".into(),
            country: "FR".into(),
        },
        position: Position {
            at: LatLon::new(45.758_01, 4.835_12).unwrap(),
            precision: Precision::Town,
        },
        phone: None,
        email: None,
        web: None,
        languages: vec![Language::French],
        fees: None,
        remote: None,
        accessible: None,
        new_patients: None,
        opening: Vec::new(),
        verified_on: None,
        source: "essai".into(),
        sample: false,
        distance_m: None,
    };
    Entry { external_id: format!("x-{number}"), practitioner }
}
