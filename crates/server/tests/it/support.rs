//! What the tests share: two sites to ask, and answers to look at.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request},
};
use contract::{date::Date, route::Route};
use directory::sample::sample;
use gazetteer::Gazetteer;
use http_body_util::BodyExt;
use serde_json::Value;
use server::{
    assets::Assets,
    config::Config,
    content::{self, Library},
    defaults,
    people::People,
    picture::Painter,
    register::Register,
    router::build_router,
    sitemap,
    snapshot::{Current, Snapshot},
};
use store::Store;
use tokio::runtime::Runtime;
use tower_service::Service;

pub mod binary;
pub mod chair;
mod engine;
pub mod html;
pub mod vectors;

pub use engine::POSTGRES;
use engine::new_database;

/// The public address of all sites below: no test can mistake it for where a server listens.
pub const URL: &str = "https://immunotheque.example";
/// An origin that [`SITE`] allows.
pub const FRIEND: &str = "https://ami.example";

/// A site file that switches everything on.
pub const SITE: &str = r##"
name = "Site d'exemple"
description = "Contenu d'exemple, pour les tests."
url = "https://immunotheque.example"
languages = ["fr"]
searches = ["fièvre"]
contact = { email = "exemple@example.org" }
editors = { name = "La rédaction", role = "équipe éditoriale", interests = "Aucun." }
features = { map = true, comments = true, feedback = true, testimonials = true, professionals = true }
side_effects = { url = "https://signalement.example" }
emergency = [{ number = "15", href = "tel:15", label = "Samu" }]
social = [{ name = "Réseau", url = "https://reseau.example/@exemple" }]
api = { allowed_origins = ["https://ami.example"] }
embed = { parents = ["https://ami.example"] }
video = { hosts = ["video.example"] }
colours = { light = { accent = "#0f4257" }, dark = { accent = "#9fd0c6" } }
"##;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Where a database for one test is made: in `folder`, or on the server of the tests' own.
pub fn database(folder: &Path) -> store::Address {
    let other = new_database().map(|it| it.parse().unwrap());
    other.unwrap_or_else(|| store::Address::in_folder(folder))
}

/// Waits for `future` as a test without `async` does.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.block_on(future)
}

/// The content that is in the repository.
pub fn real_content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

/// Invented content with one of everything.
pub fn fixture_content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/content")
}

/// A day on which one of the fixtures' reviews is due, and only one.
pub fn fixture_day() -> Date {
    "2026-03-15".parse().unwrap()
}

/// A whole server, without a socket.
pub struct Site {
    pub current: Current,
    router: Router,
}

/// The repository's own content under the built-in `site.toml`.
pub fn real() -> &'static Site {
    static SITE: LazyLock<Site> = LazyLock::new(|| {
        let config = Config::parse(defaults::SITE, Path::new("site.toml"), Some(URL)).unwrap();
        let folder = real_content();
        let end_of_time = Date::new(9999, 12, 31).unwrap();
        let library = content::load(&folder, &config.facts, end_of_time).unwrap();
        // Not today: a review that falls due must not change what a test sees.
        let day = newest(&library);
        Site::new(config, &folder, day)
    });
    &SITE
}

/// The fixtures, with all features on.
pub fn fixtures() -> &'static Site {
    static FIXTURES: LazyLock<Site> = LazyLock::new(|| {
        let config = Config::parse(SITE, Path::new("site.toml"), None).unwrap();
        Site::new(config, &fixture_content(), fixture_day())
    });
    &FIXTURES
}

/// The last day that the content names.
fn newest(library: &Library) -> Date {
    let articles = library.articles().flat_map(|it| {
        let corrections = it.corrections.iter().map(|it| it.date);
        [it.published, it.updated, it.checked].into_iter().chain(corrections)
    });
    let pages = library.pages().map(|it| it.updated);
    articles.chain(pages).chain([library.comparison().checked]).max().unwrap()
}

/// A directory without anybody.
pub fn nobody() -> Register {
    Register::of(Vec::new()).unwrap()
}

/// A directory of people whom nobody knows.
pub fn made_up() -> Register {
    static MADE_UP: LazyLock<Register> = LazyLock::new(|| {
        let made_up = sample(Gazetteer::embedded().unwrap(), 60, 1);
        Register::of(made_up.into_iter().map(|it| it.practitioner).collect()).unwrap()
    });
    MADE_UP.clone()
}

/// One state of a site made from `folder`.
pub fn snapshot(mut config: Config, folder: &Path, today: Date) -> Snapshot {
    let assets = Assets::embedded().expect("the app must be built: `cargo xtask build`");
    config.facts.motifs = assets.motifs();
    config.facts.public = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public"));
    let library = content::load(folder, &config.facts, today).unwrap();
    let painter = Painter::default();
    Snapshot::new(config.into(), library.into(), assets.into(), painter.into(), today)
}

impl Site {
    pub fn new(config: Config, folder: &Path, today: Date) -> Site {
        let people = People::nobody();
        Site::of(Current::new(snapshot(config, folder, today), made_up(), people))
    }

    pub fn of(current: Current) -> Site {
        Site { router: build_router(current.clone()), current }
    }

    /// A site that keeps what is sent to it in `store`.
    pub fn with_people(config: Config, today: Date, store: &Store) -> Site {
        let people = wait(People::open(store.clone())).unwrap();
        Site::of(Current::new(snapshot(config, &fixture_content(), today), made_up(), people))
    }

    /// The same, with the directory that `store` holds.
    pub fn with_directory(config: Config, today: Date, store: &Store) -> Site {
        let people = wait(People::open(store.clone())).unwrap();
        let register = wait(Register::follow(store.clone())).unwrap();
        let current = Current::new(snapshot(config, &fixture_content(), today), register, people);
        Site { router: build_router(current.clone()), current }
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.get()
    }

    /// Every page that can be reached, search results apart.
    pub fn routes(&self) -> Vec<Route> {
        let snapshot = self.snapshot();
        let entries = sitemap::entries(&snapshot.library, &snapshot.config.site);
        entries.into_iter().map(|it| it.route).collect()
    }

    pub fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[])
    }

    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", address, headers)
    }

    pub fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap())
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        wait(async {
            let mut router = self.router.clone();
            let Ok(response) = router.as_service::<Body>().call(request).await;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            Answer { status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }
}

/// What a server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// Empty where the header is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|it| panic!("{it}: {}", self.text()))
    }

    pub fn document(&self) -> html::Document {
        html::Document::parse(self.text())
    }
}

/// Refusals all look alike (RFC 9457): problem+json that says its status, in French, uncached.
#[track_caller]
pub fn check_problem(answer: &Answer, status: u16, about: &str) {
    assert_eq!(answer.status, status, "{about}: {}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), "application/problem+json", "{about}");
    assert_eq!(answer.header("cache-control"), "no-store", "{about}");
    assert_eq!(answer.header("content-language"), "fr", "{about}");
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{about}");
    for member in ["type", "title", "detail"] {
        assert!(problem[member].as_str().is_some_and(|it| !it.is_empty()), "{about}: {member}");
    }
}

/// All regular files below `folder`.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// A copy that a test may spoil.
pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, &target).unwrap();
    }
}
