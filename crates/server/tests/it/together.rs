//! Two servers on one PostgreSQL, each a process of its own: what is done at one is so at the other.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    durable,
    postgres::Postgres,
    support::{binary::Server, chair::Chair},
};

/// What the site promises is a second: each server looks twice in it (`clock::LOOK`). This only ends a
/// test that would wait for ever, on a machine that does much else meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

const COMMENTS: [&str; 4] = [
    "/api/v1/articles/exemple-02/comments",
    "/articles/exemple-02",
    "/articles/exemple-02/commentaires",
    "/articles/exemple-02/comments.xml",
];
const TESTIMONIALS: [&str; 4] = [
    "/api/v1/testimonials",
    "/temoignages",
    "/api/v1/search?q=zqrandonnees",
    "/recherche?q=zqrandonnees",
];

struct Pair {
    one: Server,
    other: Server,
    anne: Chair,
    _postgres: Postgres,
    _folder: tempfile::TempDir,
}

impl Pair {
    fn start() -> Pair {
        let (postgres, folder) = (Postgres::start(), durable::scene());
        let address = postgres.create_database();
        let anne = Chair::of(&address.parse().unwrap());
        // Nothing in common but the database.
        let [one, other] = ["one", "other"].map(|data| {
            let mut arguments = durable::arguments(folder.path(), data);
            arguments.extend(["--database-url".to_owned(), address.clone()]);
            Server::start(arguments)
        });
        Pair { one, other, anne, _postgres: postgres, _folder: folder }
    }

    /// Waits until `words` stand in all `pages` of `server`, or in none.
    #[track_caller]
    fn soon(&self, server: &Server, pages: &[&str], words: &str, there: bool) {
        for page in pages {
            let about = if there { "is not yet" } else { "is still" };
            until(&format!("“{words}” {about} in {page}"), || {
                read(server, page, words) == there
            });
        }
    }

    /// The only item that `query` finds at the desk of `server`, as soon as it does.
    #[track_caller]
    fn found(&self, server: &Server, query: &str) -> Value {
        let found = || self.anne.find(server, query).unwrap();
        until(&format!("the desk does not find {query}"), || found().len() == 1);
        found().remove(0)
    }

    /// The same of what is found no more.
    #[track_caller]
    fn lost(&self, server: &Server, query: &str) {
        let found = || self.anne.find(server, query).unwrap();
        until(&format!("the desk still finds {query}"), || found().is_empty());
    }
}

/// Its feed names who wrote, and repeats nothing that somebody could not take back.
const FEED: [&str; 1] = ["/temoignages.xml"];

/// Whether `words` stand in a page.
fn read(server: &Server, page: &str, words: &str) -> bool {
    let answer = server.get(page);
    assert_eq!(answer.status, 200, "{page}");
    answer.text().contains(words)
}

#[track_caller]
fn until(about: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        let waited = start.elapsed();
        assert!(waited < PATIENCE, "{about}, {waited:?} later: a second is promised");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Sends something and returns the path of its receipt.
#[track_caller]
fn send(server: &Server, path: &str, draft: &Value) -> String {
    let sent = server.json("POST", path, "", draft).unwrap();
    assert_eq!(sent.status, 201, "{}", sent.text());
    format!("/receipts/{}", sent.json()["receipt"].as_str().unwrap())
}

fn comment(server: &Server, body: &str) -> String {
    let draft = json!({ "name": "Marguerite", "body": body, "consent": true });
    send(server, "/articles/exemple-02/comments", &draft)
}

#[test]
fn a_comment_is_seen_masked_and_gone_at_the_other_server_too() {
    let pair = Pair::start();
    let (one, other, anne) = (&pair.one, &pair.other, &pair.anne);
    // Both have made their pages, and read the queue: what they keep is what could be old.
    for server in [one, other] {
        pair.soon(server, &COMMENTS, "zqphrase", false);
        assert!(anne.find(server, "state=pending").unwrap().is_empty());
    }
    let receipt = comment(one, "Une zqphrase, et mon numéro : 06 39 98 00 17.");
    let waiting = pair.found(other, "q=zqphr");
    assert_eq!(pair.found(other, "state=pending")["id"], waiting["id"]);
    let approved = anne.decide(one, &waiting, "approve").unwrap();
    for server in [one, other] {
        pair.soon(server, &COMMENTS, "zqphrase", true);
        pair.soon(server, &COMMENTS, "06 39 98 00 17", true);
    }
    pair.lost(other, "q=zqphr");
    pair.found(other, "q=zqphr&state=approved");
    // The other way.
    let masked = anne.decide(other, &approved, "mask").unwrap();
    for server in [one, other] {
        pair.soon(server, &COMMENTS, "06 39 98 00 17", false);
        pair.soon(server, &COMMENTS, "zqphrase", true);
    }
    let rejected = anne.decide(one, &masked, "reject").unwrap();
    pair.soon(other, &COMMENTS, "zqphrase", false);
    anne.decide(one, &rejected, "undo").unwrap();
    pair.soon(other, &COMMENTS, "zqphrase", true);
    // What its author takes back at one.
    let taken = one.json("DELETE", &receipt, "", &json!({})).unwrap();
    assert_eq!(taken.status, 204);
    pair.soon(other, &COMMENTS, "zqphrase", false);
    pair.lost(other, "q=zqphr&state=approved");
    assert_eq!(other.get(&format!("/api/v1{receipt}")).status, 404);
    // What a moderator erases at the other, after both have shown it.
    comment(other, "Une zqautre.");
    let approved = anne.decide(other, &pair.found(one, "q=zqautre"), "approve").unwrap();
    pair.soon(one, &COMMENTS, "zqautre", true);
    anne.decide(other, &approved, "erase").unwrap();
    pair.soon(one, &COMMENTS, "zqautre", false);
    pair.lost(one, "q=zqautre&state=approved");
}

#[test]
fn a_testimonial_is_seen_and_gone_at_the_other_server_too() {
    let pair = Pair::start();
    let (one, other, anne) = (&pair.one, &pair.other, &pair.anne);
    let draft = json!({
        "name": "Zqodette", "title": "Six mois", "body": "Des zqrandonnees avec zqardeur.",
        "treatments": "aucun", "ties": "", "publication": true, "processing": true,
    });
    for server in [one, other] {
        pair.soon(server, &TESTIMONIALS, "zqardeur", false);
        pair.soon(server, &FEED, "Zqodette", false);
    }
    let receipt = send(one, "/testimonials", &draft);
    let approved = anne.decide(one, &pair.found(other, "q=zqardeur"), "approve").unwrap();
    for server in [one, other] {
        pair.soon(server, &TESTIMONIALS, "zqardeur", true);
        pair.soon(server, &FEED, "Zqodette", true);
    }
    anne.decide(other, &approved, "hold").unwrap();
    pair.soon(one, &TESTIMONIALS, "zqardeur", false);
    pair.soon(one, &FEED, "Zqodette", false);
    let held = pair.found(one, "q=zqardeur&state=held");
    anne.decide(one, &held, "approve").unwrap();
    pair.soon(other, &TESTIMONIALS, "zqardeur", true);
    pair.soon(other, &FEED, "Zqodette", true);
    assert_eq!(other.json("DELETE", &receipt, "", &json!({})).unwrap().status, 204);
    for server in [one, other] {
        pair.soon(server, &TESTIMONIALS, "zqardeur", false);
        pair.soon(server, &FEED, "Zqodette", false);
    }
}

#[test]
fn who_signs_out_at_one_server_is_refused_at_the_other() {
    let pair = Pair::start();
    let (one, other) = (&pair.one, &pair.other);
    let status = |chair: &Chair, server: &Server| {
        chair.ask(server, "GET", "/session", &json!({})).unwrap().status
    };
    let end = |chair: &Chair, server: &Server, path: &str| {
        assert_eq!(chair.ask(server, "DELETE", path, &json!({})).unwrap().status, 204);
    };
    let [first, second] = [one, other].map(Chair::sign_in);
    for chair in [&first, &second] {
        assert_eq!(
            [status(chair, one), status(chair, other)],
            [200, 200],
            "one account, two chairs"
        );
    }
    end(&first, one, "/session");
    until("the other server lets her in", || status(&first, other) == 401);
    assert_eq!(status(&second, other), 200, "the other session goes on");
    // Everywhere, and from everywhere: her oldest session too.
    end(&second, other, "/session?everywhere=true");
    for chair in [&second, &pair.anne] {
        until("she is still signed in", || status(chair, one) == 401);
    }
    for path in ["/moderation", "/moderation/journal"] {
        let refused = second.ask(one, "GET", path, &json!({})).unwrap();
        assert_eq!(refused.status, 401, "{path}");
    }
}
