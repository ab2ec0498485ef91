//! The copy that an author takes away: all that is kept of what they sent, and of nobody else.

use std::collections::BTreeSet;

use contract::receipt::Kind;
use serde_json::{Value, json};
use server::privacy::{self, STANDING, Standing};
use store::contributions::Decision;

use super::{ARTICLE, Scene};
use crate::support::wait;

/// Sends one of a kind, with everything that can be said of it, and returns its receipt's secret.
pub(super) fn send(scene: &Scene, kind: Kind) -> String {
    let article = format!("/articles/{ARTICLE}");
    let (path, draft) = match kind {
        Kind::Comment => {
            scene.comment("Ana", "Première");
            let parent = scene.id("Ana");
            scene.decide(&parent, Decision::Approve);
            let draft = json!({
                "name": "Zoé", "email": "zoe@example.org", "parent": parent, "consent": true,
                "body": "Écrivez-moi au 06 39 98 00 17.",
            });
            (format!("{article}/comments"), draft)
        }
        Kind::Feedback => {
            (format!("{article}/feedback"), json!({ "useful": false, "message": "Trop long" }))
        }
        Kind::Testimonial => {
            let draft = json!({
                "name": "Marguerite", "title": "Six mois", "body": "Un texte.",
                "treatments": "aucun", "ties": "Un cousin pharmacien",
                "publication": true, "processing": true,
            });
            ("/testimonials".to_owned(), draft)
        }
        Kind::Message => {
            let draft = json!({
                "subject": "Question", "message": "Bonjour", "email": "zoe@example.org"
            });
            ("/contact".to_owned(), draft)
        }
        Kind::Report => {
            let found = scene.site.get("/api/v1/practitioners").json();
            let id = found["items"][0]["id"].as_str().unwrap().to_owned();
            let draft = json!({ "body": "Fermé", "email": "zoe@example.org" });
            (format!("/practitioners/{id}/reports"), draft)
        }
    };
    let key = format!("the-only-{}-of-this-test", kind.name());
    let answer = scene.json("POST", &path, &draft, &[("idempotency-key", &key)]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["receipt"].as_str().unwrap().to_owned()
}

/// The file behind the receipt's link.
fn copy(scene: &Scene, secret: &str) -> Value {
    let page = scene.site.get(&format!("/recus/{secret}")).document();
    let link = page.all("a").find(|it| it.get("download").is_some()).unwrap();
    let copy = scene.site.get(link.get("href").unwrap());
    assert_eq!((copy.status, copy.header("cache-control")), (200, "no-store"));
    copy.json()
}

/// Rows of a table, as they are in the database.
fn rows(scene: &Scene, table: &str) -> Vec<Value> {
    let mut out = Vec::new();
    wait(scene.store.back_up(&mut out)).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let lines = lines.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    let row = |it: Value| {
        let values = it["row"].as_array().unwrap().clone();
        store::backup::columns(table).into_iter().zip(values).collect::<Value>()
    };
    let rows: Vec<Value> = lines.filter(|it| it["table"] == table).map(row).collect();
    assert!(!rows.is_empty(), "{table}");
    rows
}

/// What the database has in a column, as the copy tells it.
fn told(column: &str, kept: &Value) -> Value {
    match (column, kept) {
        ("institute" | "held" | "unread" | "masked" | "useful", Value::Number(it)) => {
            json!(it.as_i64() == Some(1))
        }
        ("parent", Value::String(it)) if it.is_empty() => Value::Null,
        ("findings", Value::String(lines)) => {
            let one = |line: &str| {
                let it: Vec<&str> = line.split(' ').collect();
                // What names no field stands in the text.
                let (kind, rule, field, places) = match it.as_slice() {
                    [kind, rule, field, from, to] => (kind, rule, *field, [from, to]),
                    [kind, rule, from, to] => (kind, rule, "body", [from, to]),
                    _ => panic!("{line}"),
                };
                let [from, to] = places.map(|it| it.parse::<usize>().unwrap());
                json!({ "kind": kind, "rule": rule, "field": field, "from": from, "to": to })
            };
            lines.lines().map(one).collect()
        }
        _ => kept.clone(),
    }
}

/// Names that are declared of a table, but for some.
fn declared(table: &str, but: &[&str]) -> BTreeSet<String> {
    let kept = STANDING.iter().flat_map(Standing::kept).filter(|it| it.table == table);
    let names = kept.flat_map(|it| it.names.split_whitespace());
    names.filter(|it| !but.contains(it)).map(ToOwned::to_owned).collect()
}

fn members(of: &Value) -> BTreeSet<String> {
    of.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_author_takes_away_every_column_that_is_declared() {
    for kind in Kind::ALL {
        let scene = Scene::new();
        let copy = copy(&scene, &send(&scene, kind));
        let declaration = privacy::declaration(&scene.site.snapshot().config);
        let record = declaration.records.iter().find(|it| it.name == kind.name()).unwrap();
        let said = record.fields.iter().flat_map(|it| it.name.split(' '));
        let names: BTreeSet<&str> = said.chain(store::backup::columns("contributions")).collect();
        assert!(names.contains("consented_at") && names.contains("change"), "{names:?}");
        let rows = rows(&scene, "contributions");
        let row = rows.iter().find(|it| it["id"] == copy["id"]).unwrap();
        for name in names {
            let value = copy.get(name).unwrap_or_else(|| panic!("{kind:?}: {name} is left out"));
            assert_eq!(*value, told(name, &row[name]), "{kind:?}: {name}");
        }
        assert_eq!(copy["kind"], kind.name());
        assert!(copy["page_title"].as_str().is_some_and(|it| !it.is_empty()), "{copy}");
        assert!(copy["request"].is_string(), "it was sent with a key");
    }
}

#[test]
fn what_was_decided_is_told_and_not_by_whom() {
    let scene = Scene::new();
    let secret = send(&scene, Kind::Comment);
    let sent = copy(&scene, &secret);
    assert_eq!((&sent["findings"][0]["kind"], &sent["decisions"]), (&json!("phone"), &json!([])));
    let id = scene.id("Zoé");
    scene.decide(&id, Decision::Mask);
    scene.decide(&id, Decision::Reject);
    let copy = copy(&scene, &secret);
    let rows = rows(&scene, "decisions");
    let kept: Vec<&Value> = rows.iter().filter(|it| it["item"] == id.as_str()).collect();
    let steps = copy["decisions"].as_array().unwrap();
    assert_eq!((steps.len(), kept.len()), (2, 2), "{copy}");
    // `item` is what the copy is of, and a line that is part of an import is about no message.
    let names = declared("decisions", &["item", "actor", "part"]);
    assert!(names.contains("was"), "{names:?}");
    for (step, row) in steps.iter().zip(kept) {
        let mut said = members(step);
        assert!(said.remove("by"), "{step}");
        assert_eq!(said, names);
        for name in ["at", "action", "detail"] {
            assert_eq!(step[name], row[name], "{name}");
        }
        let was: Value = serde_json::from_str(row["was"].as_str().unwrap()).unwrap();
        assert_eq!((&step["was"], &step["by"]), (&was, &json!("team")));
        assert_eq!((&row["actor"], &step["detail"]), (&json!("anne"), &json!("Merci.")));
    }
    assert_eq!((&copy["reply"], &copy["state"]), (&json!("Merci."), &json!("rejected")));
    assert!(!copy.to_string().contains("anne"), "whoever decided is a person too: {copy}");
    let mail = &copy["mails"][0];
    // Why a server refused it, and which of ours has it now, is nothing of the author's.
    assert_eq!(members(mail), declared("mails", &["item", "lease_until", "failure"]));
    assert_eq!((&mail["purpose"], &mail["state"]), (&json!("news"), &json!("waiting")));
    assert!(!copy.to_string().contains("Première"), "nor what others wrote");
}

#[test]
fn what_is_erased_or_never_was_has_no_copy() {
    let scene = Scene::new();
    let secret = send(&scene, Kind::Message);
    let path = format!("/receipts/{secret}/copy");
    assert_eq!(scene.json("GET", &path, &json!({}), &[]).json()["mails"][0]["purpose"], "message");
    assert_eq!(scene.json("DELETE", &format!("/receipts/{secret}"), &json!({}), &[]).status, 204);
    for path in [&path, "/receipts/nobody/copy"] {
        assert_eq!(scene.json("GET", path, &json!({}), &[]).status, 404, "{path}");
    }
}
