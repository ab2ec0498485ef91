//! A flood from many places: each message pays with a little work, or with a wait, and none is lost.

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::{
    challenge::{PROOF, Puzzle, proof},
    route::encode,
};
use serde_json::json;
use server::people::limits::Sender;

use super::{ARTICLE, Scene};
use crate::support::{Answer, check_problem, wait};

/// Asks from the fourth message of a minute on.
fn scene() -> Scene {
    Scene::with("[flood]\nmessages_per_minute = 3")
}

fn path() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

/// Sends a request as somebody at an address.
fn send(
    scene: &Scene,
    at: u8,
    kind: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Answer {
    let mut request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::CONTENT_TYPE, kind)
        .header("sec-fetch-site", "same-origin");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::from(body)).unwrap();
    let address = format!("192.0.2.{at}").parse().unwrap();
    request.extensions_mut().insert(Sender::new(address));
    scene.site.send(request)
}

fn json(scene: &Scene, at: u8, body: &str, headers: &[(&str, &str)]) -> Answer {
    let draft = json!({ "name": "Ana", "body": body, "consent": true }).to_string();
    let path = format!("/api/v1/articles/{ARTICLE}/comments");
    send(scene, at, "application/json", &path, headers, draft)
}

fn form(
    scene: &Scene,
    path: &str,
    at: u8,
    fields: &[(&str, &str)],
    headers: &[(&str, &str)],
) -> Answer {
    let fields: Vec<String> =
        fields.iter().map(|it| format!("{}={}", encode(it.0), encode(it.1))).collect();
    send(scene, at, "application/x-www-form-urlencoded", path, headers, fields.join("&"))
}

fn flood(scene: &Scene) {
    for at in 0..3 {
        assert_eq!(json(scene, at, &format!("Texte {at}"), &[]).status, 201);
    }
}

fn count(scene: &Scene) -> u32 {
    wait(scene.store.waiting()).unwrap().count
}

fn solve(puzzle: &str, key: &str) -> String {
    proof(puzzle, Puzzle::new(puzzle, key).unwrap().search(0, u64::MAX).unwrap())
}

#[test]
fn nothing_is_asked_before_a_flood_nor_where_the_operator_wants_none() {
    let scene = Scene::new();
    for at in 0..40 {
        assert_eq!(json(&scene, at, "Texte", &[]).status, 201, "{at}");
    }
}

#[test]
fn in_a_flood_each_message_is_paid_for_once() {
    let scene = scene();
    flood(&scene);
    let key = "key-of-a-message";
    let asked = json(&scene, 9, "Encore un", &[("idempotency-key", key)]);
    check_problem(&asked, 429, "flood");
    assert_eq!(asked.header("retry-after"), "20");
    let problem = asked.json();
    assert_eq!(problem["type"], "/problems/challenged");
    assert_eq!(problem["challenge"]["key"], key);
    let puzzle = problem["challenge"]["puzzle"].as_str().unwrap();
    let proof = solve(puzzle, key);
    let paid = [("idempotency-key", key), (PROOF, proof.as_str())];
    let taken = json(&scene, 9, "Encore un", &paid);
    assert_eq!(taken.status, 201, "{}", taken.text());
    // The same again is the same message, and the proof good for no other.
    assert_eq!(json(&scene, 9, "Encore un", &paid).json(), taken.json());
    let other = [("idempotency-key", "key-of-another-one"), (PROOF, proof.as_str())];
    check_problem(&json(&scene, 9, "Un autre", &other), 429, "another key");
    assert_eq!(count(&scene), 4);
    for wrong in ["", ":", "1.12.x:1", &format!("{puzzle}:"), &format!("{puzzle}:x"), "é"] {
        let headers = [("idempotency-key", "key-of-a-third-one"), (PROOF, wrong)];
        check_problem(&json(&scene, 9, "Un autre", &headers), 429, wrong);
    }
    assert_eq!(count(&scene), 4);
}

#[test]
fn a_program_without_a_key_is_given_one() {
    let scene = scene();
    flood(&scene);
    let challenge = json(&scene, 9, "Encore un", &[]).json()["challenge"].clone();
    let text = |name: &str| challenge[name].as_str().unwrap();
    let proof = solve(text("puzzle"), text("key"));
    let paid = [("idempotency-key", text("key")), (PROOF, proof.as_str())];
    assert_eq!(json(&scene, 9, "Encore un", &paid).status, 201);
}

/// The value of a form's field.
fn field(answer: &Answer, name: &str) -> String {
    let page = answer.document();
    let found = page.all("input").find(|it| it.get("name") == Some(name));
    found.and_then(|it| it.get("value").map(ToOwned::to_owned)).unwrap_or_default()
}

#[test]
fn a_form_keeps_what_was_typed_and_its_next_press_is_good() {
    let scene = scene();
    flood(&scene);
    let typed = [("name", "Ana"), ("body", "Un texte à garder"), ("consent", "true")];
    let asked = form(&scene, &path(), 9, &typed, &[]);
    assert_eq!((asked.status, asked.header("retry-after")), (429, "20"));
    assert!(asked.text().contains("Un texte à garder</textarea>"));
    assert!(asked.text().contains("attendez vingt secondes"));
    assert_eq!(count(&scene), 3);
    let (key, puzzle) = (field(&asked, "key"), field(&asked, "proof"));
    // Pressed too soon: asked again, with all that was typed.
    let mut fields = typed.to_vec();
    fields.extend([("key", key.as_str()), ("proof", puzzle.as_str())]);
    let soon = form(&scene, &path(), 9, &fields, &[]);
    assert_eq!(soon.status, 429);
    assert!(soon.text().contains("Un texte à garder</textarea>"));
    // What a script does with the same form.
    let (key, puzzle) = (field(&soon, "key"), field(&soon, "proof"));
    let proof = solve(puzzle.trim_end_matches(':'), &key);
    fields = typed.to_vec();
    fields.extend([("key", key.as_str()), ("proof", proof.as_str())]);
    let sent = form(&scene, &path(), 9, &fields, &[]);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let again = form(&scene, &path(), 9, &fields, &[]);
    assert_eq!(again.header("location"), sent.header("location"), "a second press doubles nothing");
    // Other words under the same key are not lost in the first ones.
    fields[1].1 = "Un tout autre texte";
    let other = form(&scene, &path(), 9, &fields, &[]);
    assert_eq!(other.status, 429);
    assert!(other.text().contains("Un tout autre texte</textarea>"));
    assert_eq!(count(&scene), 4);
}

#[test]
fn a_script_pays_with_its_own_key() {
    let scene = scene();
    flood(&scene);
    let typed = [("name", "Ana"), ("body", "Texte"), ("consent", "true")];
    let key = [("idempotency-key", "key-of-a-message")];
    let asked = form(&scene, &path(), 9, &typed, &key);
    assert_eq!(field(&asked, "key"), key[0].1);
    let proof = solve(field(&asked, "proof").trim_end_matches(':'), key[0].1);
    let paid = [key[0], (PROOF, proof.as_str())];
    let sent = form(&scene, &path(), 9, &typed, &paid);
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(form(&scene, &path(), 9, &typed, &paid).header("location"), sent.header("location"));
}

#[test]
fn every_form_can_be_pressed_again() {
    let scene = scene();
    let id = scene.site.get("/api/v1/practitioners").json()["items"][0]["id"].clone();
    let report = format!("/praticiens/{}/signaler", id.as_str().unwrap());
    let feedback = format!("/articles/{ARTICLE}/avis");
    let voice = [
        ("name", "Une voix"),
        ("body", "Un mot"),
        ("treatments", "aucun"),
        ("publication", "true"),
        ("processing", "true"),
        ("step", "envoyer"),
    ];
    let contact = [("subject", "a"), ("email", "zoe@example.org"), ("message", "Un mot")];
    flood(&scene);
    for (path, typed) in [
        ("/contact", &contact[..]),
        (&report, &[("body", "Un mot")]),
        (&feedback, &[("useful", "true"), ("message", "Un mot")]),
        ("/temoignages/ecrire", &voice),
    ] {
        let asked = form(&scene, path, 9, typed, &[]);
        assert_eq!(asked.status, 429, "{path}");
        assert!(asked.text().contains("Un mot"), "{path}");
        let page = asked.document();
        let keys = page.all("input").filter(|it| it.get("name") == Some("key")).count();
        assert_eq!(keys, 1, "{path}");
        let key = field(&asked, "key");
        let proof = solve(field(&asked, "proof").trim_end_matches(':'), &key);
        let mut fields = typed.to_vec();
        fields.extend([("key", key.as_str()), ("proof", proof.as_str())]);
        assert_eq!(form(&scene, path, 9, &fields, &[]).status, 303, "{path}");
    }
}

#[test]
fn one_sender_is_told_to_stop_before_all_are_asked_to_work() {
    let scene = Scene::with("[flood]\nmessages_per_minute = 1000");
    let kept = (0..30).filter(|it| json(&scene, 7, &it.to_string(), &[]).status == 201).count();
    assert_eq!(kept, 10);
    assert_eq!(json(&scene, 7, "encore", &[]).json()["type"], "/problems/too-many-requests");
}
