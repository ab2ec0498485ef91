//! The moderators' desk: who is let in, who may do what, what is decided.

mod accounts;
mod decisions;
mod door;
mod entries;
mod imports;
mod masks;
mod opinions;
mod pages;
mod roles;

use axum::{
    body::Body,
    http::{Request, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{date::Date, desk::Role, receipt::Kind, slug::Slug};
use serde_json::{Value, json};
use server::{clock, config::Config, people::limits::Sender};
use sha2::{Digest, Sha256};
use store::{
    Store,
    contributions::NewContribution,
    moderators::{By, Ended},
};
use tempfile::TempDir;

use crate::support::{Answer, SITE, Site, database, fixture_day, wait};

const BY: By<'static> = By { actor: "essai", now_ms: 1 };
const NEVER: Ended = Ended { created_before_ms: 0, seen_before_ms: 0 };

/// A site with a database of its own.
struct Scene {
    site: Site,
    store: Store,
    _folder: TempDir,
}

/// What is sent with a request.
#[derive(Clone, Copy, Default)]
struct Sent<'a> {
    /// The token of the cookie.
    token: Option<&'a str>,
    /// As `Sec-Fetch-Site` says.
    from: Option<&'a str>,
    /// The address that it comes from.
    address: Option<&'a str>,
}

/// As secrets are kept.
pub fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token))
}

impl Scene {
    fn new() -> Scene {
        Scene::of(Site::with_people)
    }

    /// With the directory that the database holds.
    fn with_directory() -> Scene {
        Scene::of(Site::with_directory)
    }

    fn of(site: impl Fn(Config, Date, &Store) -> Site) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let store = wait(Store::open(&database(folder.path()))).unwrap();
        let config = Config::parse(SITE, std::path::Path::new("site.toml"), None).unwrap();
        let site = site(config, fixture_day(), &store);
        Scene { site, store, _folder: folder }
    }

    /// Somebody who is signed in already; returns their token.
    fn signed(&self, role: Role) -> String {
        let name = role.name();
        wait(async {
            self.store.add_moderator(name, "none", role, BY).await.unwrap();
            let account = self.store.moderator(name).await.unwrap().unwrap();
            let token = format!("token-of-{name}");
            let now = clock::now_ms();
            assert!(self.store.open_session(&hash(&token), &account, NEVER, now).await.unwrap());
            token
        })
    }

    /// An item that waits, `age_ms` old.
    fn item(&self, id: &str, kind: Kind, body: &str, findings: &str) -> i64 {
        let sent = 1_700_000_000_000 + i64::from(id.bytes().map(u32::from).sum::<u32>());
        let (id, page) = (Slug::try_from(id).unwrap(), Slug::try_from("exemple-02").unwrap());
        let receipt = hash(id.as_str());
        let new = NewContribution {
            id: &id,
            kind,
            page: &page,
            parent: None,
            name: &format!("Lectrice {id}"),
            email: None,
            body,
            useful: None,
            consent: Some("1"),
            findings,
            now_ms: sent,
            receipt_hash: &receipt,
            particulars: Default::default(),
            request_hash: None,
        };
        wait(self.store.add_contribution(&new)).unwrap();
        sent
    }

    fn comment(&self, id: &str) -> i64 {
        self.item(id, Kind::Comment, "Merci pour le calendrier.", "")
    }

    fn ask(&self, method: &str, path: &str, body: &Value, sent: Sent) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request, Body::from(body.to_string()), sent)
    }

    /// As a browser sends a form without scripts.
    fn form(&self, path: &str, fields: &[(&str, &str)], sent: Sent) -> Answer {
        let encode = contract::route::encode;
        let body: Vec<String> =
            fields.iter().map(|it| format!("{}={}", encode(it.0), encode(it.1))).collect();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&")), sent)
    }

    fn send(&self, mut request: axum::http::request::Builder, body: Body, sent: Sent) -> Answer {
        if let Some(token) = sent.token {
            request = request.header(header::COOKIE, format!("a=b; __Host-session={token}; c=d"));
        }
        request = request.header("sec-fetch-site", sent.from.unwrap_or("same-origin"));
        let mut request = request.body(body).unwrap();
        if let Some(address) = sent.address {
            request.extensions_mut().insert(Sender::new(address.parse().unwrap()));
        }
        self.site.send(request)
    }

    fn get(&self, path: &str, token: &str) -> Answer {
        let request = Request::builder().method("GET").uri(path);
        self.send(request, Body::empty(), Sent { token: Some(token), ..Sent::default() })
    }

    fn decide(&self, token: &str, id: &str, verdict: &str, seen: i64) -> Answer {
        let body = json!({ "verdict": verdict, "seen": seen, "reply": "" });
        let sent = Sent { token: Some(token), ..Sent::default() };
        self.ask("POST", &format!("/moderation/{id}/decision"), &body, sent)
    }

    /// Where an item stands, and when it last changed.
    fn state(&self, id: &str) -> Option<(&'static str, bool, i64)> {
        let id = Slug::try_from(id).unwrap();
        let found = wait(self.store.contribution(&id)).unwrap();
        found.map(|it| (it.state.name(), it.held, it.changed_ms))
    }
}
