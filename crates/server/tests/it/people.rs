//! What readers send: with scripts and without, and what becomes of it.

mod broken;
mod copies;
mod editing;
mod fields;
mod flood;
mod given_back;
mod known;
mod letters;
mod mail;
mod mail_secure;
mod outage;
mod pace;
mod permalinks;
mod plain;
mod required;
mod sequences;
mod shown;
mod smtp;
mod testimonials;
mod twice;
mod typed;

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::slug::Slug;
use serde_json::{Value, json};
use server::config::Config;
use store::{
    Store,
    contributions::{Decided, Decision},
};
use tempfile::TempDir;

use crate::support::{Answer, SITE, Site, database, fixture_day, wait};

/// An article of the fixtures that takes comments.
pub const ARTICLE: &str = "exemple-02";

/// A site with a database of its own.
pub struct Scene {
    pub site: Site,
    pub store: Store,
    folder: TempDir,
}

impl Scene {
    pub fn new() -> Scene {
        Scene::with("")
    }

    /// `more` is added to the site's file.
    fn with(more: &str) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let address = database(folder.path());
        Scene::at(&address, folder, more)
    }

    /// With a file for a database, whichever others have.
    fn on_sqlite() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let address = store::Address::in_folder(folder.path());
        Scene::at(&address, folder, "")
    }

    fn at(address: &store::Address, folder: TempDir, more: &str) -> Scene {
        let store = wait(Store::open(address)).unwrap();
        let site = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
        let text = format!("{site}\n{more}");
        let config = Config::parse(&text, std::path::Path::new("site.toml"), None).unwrap();
        let site = Site::with_people(config, fixture_day(), &store);
        Scene { site, store, folder }
    }

    fn json(&self, method: &str, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        request = request.header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.site.send(request.body(Body::from(body.to_string())).unwrap())
    }

    /// As a browser sends a form without scripts.
    fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form_with(path, fields, &[])
    }

    /// The same with more headers, as the page's script sends it.
    fn form_with(&self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let encode = contract::route::encode;
        let body: Vec<String> =
            fields.iter().map(|it| format!("{}={}", encode(it.0), encode(it.1))).collect();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let request = more.iter().fold(request, |request, it| request.header(it.0, it.1));
        self.site.send(request.body(Body::from(body.join("&"))).unwrap())
    }

    /// Sends a comment, and returns the secret of its receipt.
    pub fn comment(&self, name: &str, body: &str) -> String {
        let draft = json!({ "name": name, "body": body, "consent": true });
        let answer = self.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["receipt"].as_str().unwrap().to_owned()
    }

    /// The identity of the only comment with a name.
    pub fn id(&self, name: &str) -> Slug {
        let queue = store::contributions::Queue {
            state: contract::receipt::State::Pending,
            kind: None,
            limit: 100,
            offset: 0,
        };
        let found = wait(self.store.queue(queue)).unwrap();
        found.into_iter().find(|it| it.name == name).unwrap().id
    }

    /// Decides without waiting.
    fn decide_unheard(&self, id: &Slug, decision: Decision) {
        let seen = wait(self.store.contribution(id)).unwrap().unwrap().changed_ms;
        let now = seen + 1;
        let done = wait(self.store.decide(id, seen, decision, "anne", Some("Merci."), now));
        assert_eq!(done.unwrap(), Decided::Done);
    }

    /// Decides as another server on the same database does, and waits until this one has heard.
    pub fn decide(&self, id: &Slug, decision: Decision) {
        let before = self.site.current.people().version();
        self.decide_unheard(id, decision);
        self.heard_since(before);
    }

    /// Waits until this server has heard of a change after version `before`.
    pub fn heard_since(&self, before: i64) {
        let start = std::time::Instant::now();
        while self.site.current.people().version() <= before {
            assert!(start.elapsed().as_secs() < 60, "the decision is never heard of");
            std::thread::yield_now();
        }
    }
}
