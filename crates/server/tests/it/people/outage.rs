//! A database that is full, held, or gone: said clearly, nothing half kept, and well again by itself.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use contract::receipt::{Kind, State};
use serde_json::{Value, json};
use server::config::Config;
use sqlx::{Connection, SqliteConnection};
use store::{Store, contributions::Queue};

use super::{ARTICLE, Scene};
use crate::{
    durable,
    postgres::{Postgres, run, unprivileged},
    support::{Answer, SITE, Site, check_problem, fixture_day, html::Element, wait},
};

const TYPED: &str = "Un texte <b>à garder</b>,\r\nlong à écrire";
const CONTACT: [(&str, &str); 3] =
    [("subject", "Une question"), ("email", "zoe@example.org"), ("message", TYPED)];

fn draft(number: usize) -> Value {
    json!({ "name": format!("n{number}"), "body": "Texte", "consent": true })
}

fn comments() -> String {
    format!("/articles/{ARTICLE}/comments")
}

/// Asks until the site says that it can keep something, or that it cannot.
#[track_caller]
fn until(answer: impl Fn() -> u16, wanted: u16) {
    let start = Instant::now();
    while answer() != wanted {
        assert!(start.elapsed().as_secs() < 60, "never {wanted}");
        thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// The page is in French, says what happened, and holds what was typed, ready to be sent again.
#[track_caller]
fn check_given_back(answer: &Answer, path: &str) {
    assert_eq!(answer.status, 503, "{path}");
    assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    let page = answer.document();
    assert!(page.faults.is_empty(), "{:?}", page.faults);
    assert_eq!(page.one("html").get("lang"), Some("fr"));
    assert_eq!(page.one("h1").text, "Service indisponible");
    assert!(page.all("p").any(|it| it.get("role") == Some("alert")));
    let area = page.one("textarea");
    // A parser reads each end of a line as one sign.
    let typed = TYPED.replace("\r\n", "\n");
    assert_eq!(area.text.trim_start_matches('\n'), typed, "{path}");
    assert!(page.all("label").any(|it| it.get("for") == area.get("id")));
    assert!(page.all("form").any(|it| it.get("action") == Some(path)), "{path}");
}

/// All fields of the form that came back, as a browser would send them.
fn again(answer: &Answer) -> Vec<(String, String)> {
    let page = answer.document();
    let sent = |it: &Element| matches!(it.get("type"), Some("hidden" | "text"));
    let hidden = page.all("input").filter(|it| sent(it));
    let of =
        |it: &Element| (it.get("name").unwrap().to_owned(), it.get("value").unwrap().to_owned());
    let mut fields: Vec<(String, String)> = hidden.map(of).collect();
    let area = page.one("textarea");
    let text = area.text.trim_start_matches('\n').to_owned();
    fields.push((area.get("name").unwrap().to_owned(), text));
    fields
}

#[test]
fn what_another_program_holds_is_waited_for_and_then_said() {
    let scene = &Scene::on_sqlite();
    let article = format!("/articles/{ARTICLE}");
    let form = format!("{article}/commentaires");
    let fields = [("name", "Ana"), ("email", ""), ("body", TYPED), ("consent", "true")];
    let secret = scene.comment("Avant", "Texte");
    assert_eq!(scene.site.get("/readyz").status, 200);
    let file = scene.folder.path().join("immunotheque.sqlite");
    let mut other = wait(SqliteConnection::connect(file.to_str().unwrap())).unwrap();
    wait(sqlx::query("BEGIN IMMEDIATE").execute(&mut other)).unwrap();
    let refused: Vec<Answer> = thread::scope(|scope| {
        let sent = [
            scope.spawn(|| scene.form(&form, &fields)),
            scope.spawn(|| scene.form("/contact", &CONTACT)),
            scope.spawn(|| scene.json("POST", &comments(), &draft(1), &[])),
            scope.spawn(|| scene.json("DELETE", &format!("/receipts/{secret}"), &json!({}), &[])),
        ];
        // More than the server has connections.
        let more: Vec<_> = (10..30)
            .map(|it| scope.spawn(move || scene.json("POST", &comments(), &draft(it), &[]).status))
            .collect();
        // Once they all wait, readers are not concerned, and do not.
        thread::sleep(std::time::Duration::from_millis(500));
        let start = Instant::now();
        assert_eq!(scene.site.get(&article).status, 200);
        assert_eq!(scene.site.get(&format!("/api/v1{}", comments())).status, 200);
        assert_eq!(scene.site.get(&form).status, 200);
        let took = start.elapsed().as_secs_f64();
        assert!(took < 2.5, "readers waited for {took} s");
        assert_eq!(scene.site.get("/healthz").status, 200);
        until(|| scene.site.get("/readyz").status, 503);
        for it in more {
            assert_eq!(it.join().unwrap(), 503);
        }
        sent.map(|it| it.join().unwrap()).into()
    });
    check_given_back(&refused[0], &form);
    check_given_back(&refused[1], "/contact");
    check_problem(&refused[2], 503, "sent");
    check_problem(&refused[3], 503, "erased");
    check_problem(&scene.site.get("/readyz"), 503, "ready");
    wait(sqlx::query("ROLLBACK").execute(&mut other)).unwrap();
    until(|| scene.site.get("/readyz").status, 200);
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 1, "nothing half kept");
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 0);
    // What came back is sent again as it stands there.
    for (path, answer) in [(form.as_str(), &refused[0]), ("/contact", &refused[1])] {
        let fields = again(answer);
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (&*it.0, &*it.1)).collect();
        assert_eq!(scene.form(path, &fields).status, 303, "{path}");
    }
    assert_eq!(scene.json("POST", &comments(), &draft(1), &[]).status, 201);
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 4);
    assert_eq!(wait(scene.store.mail_backlog()).unwrap().waiting, 1);
    let queue = Queue { state: State::Pending, kind: Some(Kind::Message), limit: 9, offset: 0 };
    let kept = wait(scene.store.queue(queue)).unwrap();
    assert_eq!(kept[0].body, contract::form::lines(TYPED));
}

#[test]
fn a_disk_that_takes_no_more_is_said_and_forgotten_when_it_does() {
    let folder = durable::scene();
    let server = durable::start_on_a_small_disk(folder.path());
    let first = durable::send(&server, 1).unwrap();
    assert_eq!(server.get("/readyz").status, 200);
    let data = folder.path().join("data");
    // A log that begins anew would still fit where the old one was.
    server.limit_files(Some(0));
    until(|| server.get("/readyz").status, 503);
    let refused = durable::post(&server, 2).unwrap();
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.head.contains("application/problem+json"));
    let body = "name=Ana&email=&body=Un+texte+%C3%A0+garder&consent=true";
    let form = format!(
        "POST /articles/{ARTICLE}/commentaires HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    // However often: no failure leaves a connection behind on which others seem to be kept.
    for _ in 0..8 {
        let page = server.try_send(form.as_bytes()).unwrap();
        assert_eq!(page.status, 503);
        assert!(page.text().contains("Un texte à garder</textarea>"));
    }
    // What is there is read.
    assert!(durable::is_kept(&server, &first));
    assert_eq!(server.get(&format!("/articles/{ARTICLE}")).status, 200);
    server.limit_files(None);
    until(|| server.get("/readyz").status, 200);
    let second = durable::send(&server, 2).unwrap();
    server.kill();
    server.end();
    // After all that, and a kill, there is what was acknowledged.
    let store = wait(Store::open(&store::Address::in_folder(&data))).unwrap();
    assert_eq!(wait(store.waiting()).unwrap().count, 2);
    let hash = crate::desk::hash;
    for receipt in [first, second] {
        assert!(wait(store.contribution_of(&hash(&receipt))).unwrap().is_some());
    }
}

#[test]
fn a_database_that_stops_and_comes_back_loses_and_doubles_nothing() {
    let postgres = Postgres::start();
    let store = wait(Store::open(&postgres.create_database().parse().unwrap())).unwrap();
    let text = SITE.replace("feedback = true, ", "feedback = true, contact = true, ");
    let config = Config::parse(&text, Path::new("site.toml"), None).unwrap();
    let site = Site::with_people(config, fixture_day(), &store);
    let send = |number: usize| {
        let request = axum::http::Request::builder()
            .method("POST")
            .uri(format!("/api/v1{}", comments()))
            .header("content-type", "application/json")
            .header("idempotency-key", format!("key-of-number-{number:09}"));
        site.send(request.body(draft(number).to_string().into()).unwrap())
    };
    let (receipts, refused) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let done = AtomicBool::new(false);
    let kept = || receipts.lock().unwrap().len();
    let ready = || site.get("/readyz").status;
    thread::scope(|scope| {
        for worker in 0..4_usize {
            let (send, receipts, refused, done) = (&send, &receipts, &refused, &done);
            scope.spawn(move || {
                for number in 0.. {
                    if done.load(Ordering::Relaxed) {
                        return;
                    }
                    let number = worker * 100_000 + number;
                    // The same again until it is acknowledged, as a form does.
                    let answer = loop {
                        let answer = send(number);
                        if answer.status == 201 {
                            break answer;
                        }
                        check_problem(&answer, 503, "while it is gone");
                        refused.fetch_add(1, Ordering::Relaxed);
                    };
                    let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
                    receipts.lock().unwrap().push(receipt);
                }
            });
        }
        for round in 1..=2 {
            let before = kept();
            until(|| u16::from(before + 20 <= kept()), 1);
            let stop = ["stop", "-w", "-m", "immediate", "-D"];
            run(unprivileged("pg_ctl").args(stop).arg(postgres.folder.join("data")));
            let seen = refused.load(Ordering::Relaxed);
            until(|| u16::from(seen + 4 <= refused.load(Ordering::Relaxed)), 1);
            until(ready, 503);
            assert_eq!(site.get(&format!("/articles/{ARTICLE}")).status, 200, "round {round}");
            postgres.go_on();
            until(ready, 200);
        }
        let before = kept();
        until(|| u16::from(before + 20 <= kept()), 1);
        done.store(true, Ordering::Relaxed);
    });
    let mut receipts = receipts.into_inner().unwrap();
    let count = receipts.len();
    receipts.sort();
    receipts.dedup();
    assert_eq!(receipts.len(), count, "no two messages have one receipt");
    assert_eq!(usize::try_from(wait(store.waiting()).unwrap().count).unwrap(), count);
    wait(store.close());
}
