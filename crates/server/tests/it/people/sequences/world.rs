//! A site whose readers and moderators do what they are told, and what it should show of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::Path,
    sync::{Arc, LazyLock},
};

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::{desk::Role, receipt::Kind, slug::Slug};
use serde_json::{Map, Value, json};
use server::{
    assets::Assets,
    clock,
    config::Config,
    content::Library,
    people::People,
    picture::Painter,
    snapshot::{Current, Snapshot},
};
use store::{
    Store,
    moderators::{By, Ended},
};
use tempfile::TempDir;

use crate::{
    desk::hash,
    support::{
        Answer, POSTGRES, SITE, Site, fixture_content, fixture_day, made_up, snapshot, wait,
    },
};

/// Articles of the fixtures that take comments.
pub const ARTICLES: [&str; 2] = ["exemple-02", "exemple-03"];
/// How every word begins that is looked for. Four digits follow.
const MARK: &str = "zqmarque";
const DIGITS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Also where it is held.
    Pending,
    Approved,
    Rejected,
    Erased,
}

pub struct Item {
    pub kind: Kind,
    pub fate: Fate,
    pub article: usize,
    pub parent: Option<usize>,
    pub id: Slug,
    /// None for what no form has sent.
    pub secret: Option<String>,
    /// What everybody may read once it is approved: the name first.
    pub public: Vec<u32>,
    /// What the last decision changed, while it can be taken back.
    pub before: Option<Fate>,
    pub lapsed: bool,
}

/// What an address answered the last time, and what it is known by.
pub struct Kept {
    pub tag: String,
    pub found: BTreeSet<u32>,
}

pub struct World {
    pub site: Site,
    pub store: Store,
    pub items: Vec<Item>,
    engine: Engine,
    folder: TempDir,
    last: u32,
    pub practitioner: String,
    pub kept: BTreeMap<String, Kept>,
}

/// What a site is made of; read once.
struct Parts {
    config: Arc<Config>,
    library: Arc<Library>,
    assets: Arc<Assets>,
    painter: Arc<Painter>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let site = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
    let config = Config::parse(&site, Path::new("site.toml"), None).unwrap();
    let Snapshot { config, library, assets, painter, .. } =
        snapshot(config, &fixture_content(), fixture_day());
    Parts { config, library, assets, painter }
});

/// The numbers of all words that stand in a text.
pub fn words(text: &str) -> BTreeSet<u32> {
    let after = text.to_lowercase();
    let all = after.split(MARK).skip(1);
    all.filter_map(|it| it.get(..DIGITS)?.parse().ok()).collect()
}

pub fn word(number: u32) -> String {
    format!("{MARK}{number:04}")
}

fn open(engine: Engine) -> (Store, TempDir) {
    // In memory where there is such a place: a hundred commits wait for no disk.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { env::temp_dir() };
    let folder = tempfile::tempdir_in(place).unwrap();
    let address = match engine {
        Engine::Sqlite => store::Address::in_folder(folder.path()),
        Engine::Postgres => POSTGRES.create_database().parse().unwrap(),
    };
    (wait(Store::open(&address)).unwrap(), folder)
}

fn state() -> Snapshot {
    let Parts { config, library, assets, painter } = &*PARTS;
    let day = fixture_day();
    Snapshot::new(config.clone(), library.clone(), assets.clone(), painter.clone(), day)
}

fn site(store: &Store) -> Site {
    let people = wait(People::open(store.clone())).unwrap();
    Site::of(Current::new(state(), made_up(), people))
}

impl World {
    pub fn new(engine: Engine) -> World {
        let (store, folder) = open(engine);
        let site = site(&store);
        let found = site.get("/api/v1/practitioners").json();
        let practitioner = found["items"][0]["id"].as_str().unwrap().to_owned();
        let (items, kept) = (Vec::new(), BTreeMap::new());
        let world = World { site, store, items, engine, folder, last: 0, practitioner, kept };
        world.sign_in();
        world
    }

    pub fn snapshot(&self) -> Snapshot {
        state()
    }

    /// One of those that were sent.
    pub fn pick(&self, number: usize) -> Option<usize> {
        number.checked_rem(self.items.len())
    }

    /// Another word that is nowhere else.
    pub fn word(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    fn request(&self, method: &str, path: &str, kind: &str, body: String) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, "__Host-session=token-of-admin")
            .header("sec-fetch-site", "same-origin");
        self.site.send(request.body(Body::from(body)).unwrap())
    }

    pub fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.request(method, &format!("/api/v1{path}"), "application/json", body.to_string())
    }

    pub fn form(&self, path: &str, fields: &Map<String, Value>) -> Answer {
        let encode = contract::route::encode;
        let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), ToOwned::to_owned);
        let body: Vec<String> =
            fields.iter().map(|it| format!("{}={}", encode(it.0), encode(&text(it.1)))).collect();
        self.request("POST", path, "application/x-www-form-urlencoded", body.join("&"))
    }

    /// Learns what has come to its end. The declaration of terms has tests of its own.
    pub fn aged(&mut self) {
        for it in &mut self.items {
            if wait(self.store.contribution(&it.id)).unwrap().is_none() {
                it.fate = Fate::Erased;
            }
        }
        // The server hears of it: with its next look, or as soon as somebody erases something.
        self.json("DELETE", "/receipts/nobody", &json!({}));
    }

    pub fn restart(&mut self) {
        let mut copy = Vec::new();
        wait(self.store.back_up(&mut copy)).unwrap();
        let (store, folder) = open(self.engine);
        wait(store.restore(&mut copy.as_slice())).unwrap();
        wait(self.store.close());
        (self.site, self.store, self.folder) = (site(&store), store, folder);
        self.sign_in();
    }

    /// Signs in an administrator. Accounts are in a copy, sessions are not.
    pub fn sign_in(&self) {
        let (name, now, role) = ("admin", clock::now_ms(), Role::Admin);
        let token = "token-of-admin";
        wait(async {
            let by = By { actor: "essai", now_ms: 1 };
            self.store.add_moderator(name, "none", role, by).await.unwrap();
            let account = self.store.moderator(name).await.unwrap().unwrap();
            let never = Ended { created_before_ms: 0, seen_before_ms: 0 };
            self.store.open_session(&hash(token), &account, never, now).await.unwrap();
        });
    }

    /// All that moderators read, on one page.
    pub fn desk(&self) -> String {
        let cookie = [("cookie", "__Host-session=token-of-admin")];
        let answer = self.site.get_with("/moderation?state=approved", &cookie);
        assert_eq!(answer.status, 200);
        answer.text().to_owned()
    }
}
