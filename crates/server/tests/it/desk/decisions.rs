//! What is decided, taken back, looked for and written down.

use contract::{desk::Role, receipt::Kind};
use serde_json::{Value, json};

use super::{Scene, Sent};
use crate::support::check_problem;

fn ids(queue: &Value) -> Vec<&str> {
    queue["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[test]
fn an_item_is_approved_shown_taken_back_and_hidden_again() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let seen = scene.comment("a");
    let address = "/api/v1/articles/exemple-02/comments";
    assert_eq!(scene.site.get(address).json()["count"], 0);
    let answer = scene.decide(&token, "a", "approve", seen);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(scene.site.get(address).json()["count"], 1);
    // Not looked at again, the page shows it at once too.
    assert!(scene.site.get("/articles/exemple-02").text().contains("Lectrice a"));
    let after = answer.json()["seen"].as_i64().unwrap();
    check_problem(&scene.decide(&token, "a", "undo", seen), 409, "an older sight");
    assert_eq!(scene.decide(&token, "a", "undo", after).status, 200);
    assert_eq!(scene.state("a").map(|it| (it.0, it.1)), Some(("pending", false)));
    assert_eq!(scene.site.get(address).json()["count"], 0);
    let history = scene.get("/api/v1/moderation/a/history", &token).json();
    let told: Vec<&str> =
        history.as_array().unwrap().iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(told, ["approve", "undo"]);
    assert_eq!(history[0]["actor"], "moderator");
}

#[test]
fn of_two_moderators_at_once_the_second_is_told() {
    let scene = Scene::new();
    let (one, other) = (scene.signed(Role::Moderator), scene.signed(Role::Editor));
    let seen = scene.comment("a");
    assert_eq!(scene.decide(&one, "a", "reject", seen).status, 200);
    check_problem(&scene.decide(&other, "a", "approve", seen), 409, "late");
    assert_eq!(scene.state("a").map(|it| it.0), Some("rejected"));
    check_problem(&scene.decide(&one, "x", "approve", seen), 404, "never there");
    let erased = scene.state("a").unwrap().2;
    assert_eq!(scene.decide(&one, "a", "erase", erased).status, 200);
    assert_eq!(scene.state("a"), None);
    check_problem(&scene.decide(&other, "a", "approve", erased), 404, "erased");
    // What was decided stays known; what was written does not.
    let history = scene.get("/api/v1/moderation/a/history", &one);
    assert!(history.text().contains("erase") && !history.text().contains("calendrier"));
}

#[test]
fn of_many_decisions_at_the_same_moment_one_is_carried_out() {
    let scene = Scene::new();
    let tokens = [scene.signed(Role::Moderator), scene.signed(Role::Editor)];
    for round in 0..5 {
        let id = format!("r{round}");
        let seen = scene.comment(&id);
        let verdicts = ["approve", "reject", "hold", "institute"];
        let all: Vec<u16> = std::thread::scope(|scope| {
            let (scene, tokens, id) = (&scene, &tokens, &id);
            let decide = |(at, verdict): (usize, &'static str)| {
                scope.spawn(move || scene.decide(&tokens[at % 2], id, verdict, seen).status)
            };
            let running: Vec<_> = verdicts.into_iter().enumerate().map(decide).collect();
            running.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let done: Vec<usize> = (0..4).filter(|it| all[*it] == 200).collect();
        assert_eq!(done.len(), 1, "{all:?}");
        assert_eq!(all.iter().filter(|it| **it == 409).count(), 3, "{all:?}");
        // What is there is what that one decided, and it alone is written down.
        let states = ["approved", "rejected", "pending", "approved"];
        assert_eq!(scene.state(&id).map(|it| it.0), Some(states[done[0]]));
        let history = scene.get(&format!("/api/v1/moderation/{id}/history"), &tokens[0]).json();
        assert_eq!(history.as_array().unwrap().len(), 1, "{history}");
    }
}

#[test]
fn several_are_decided_at_once_and_taken_back_at_once() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let items: Vec<Value> = ["a", "b", "c"]
        .into_iter()
        .map(|id| json!({ "id": id, "seen": scene.comment(id) }))
        .collect();
    let seen = items[2]["seen"].as_i64().unwrap();
    assert_eq!(scene.decide(&token, "c", "hold", seen).status, 200);
    let mut all = items.clone();
    all.push(json!({ "id": "x", "seen": 1 }));
    let body = json!({ "verdict": "reject", "reply": " Hors sujet. ", "items": all });
    let outcome = scene.ask("POST", "/moderation/decisions", &body, sent).json();
    assert_eq!(outcome["changed"], json!(["c"]));
    assert_eq!(outcome["gone"], json!(["x"]));
    assert_eq!(outcome["done"].as_array().unwrap().len(), 2);
    let rejected = scene.get("/api/v1/moderation?state=rejected", &token).json();
    assert_eq!(rejected["items"][0]["reply"], "Hors sujet.");
    let body = json!({ "verdict": "undo", "items": outcome["done"] });
    let undone = scene.ask("POST", "/moderation/decisions", &body, sent).json();
    assert_eq!(undone["done"].as_array().unwrap().len(), 2, "{undone}");
    assert_eq!(ids(&scene.get("/api/v1/moderation", &token).json()), ["a", "b"]);
    for items in [json!([]), json!(vec![items[0].clone(); 101])] {
        let body = json!({ "verdict": "approve", "items": items });
        check_problem(&scene.ask("POST", "/moderation/decisions", &body, sent), 400, "too many");
    }
}

#[test]
fn broken_decisions_are_refused_and_change_nothing() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let seen = scene.comment("a");
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let path = "/moderation/a/decision";
    let long = json!({ "verdict": "reject", "seen": seen, "reply": "é".repeat(2_001) });
    let refused = scene.ask("POST", path, &long, sent);
    check_problem(&refused, 422, "long");
    assert_eq!(refused.json()["errors"][0]["field"], "reply");
    for bad in [
        json!({}),
        json!({ "verdict": "shout", "seen": seen }),
        json!({ "verdict": "approve" }),
        json!({ "verdict": "approve", "seen": seen, "role": "admin" }),
        json!([1]),
    ] {
        check_problem(&scene.ask("POST", path, &bad, sent), 400, &bad.to_string());
    }
    for query in ["page=0", "page=x", "state=x", "kind=x", "sort=y"] {
        let answer = scene.get(&format!("/api/v1/moderation?{query}"), &token);
        check_problem(&answer, 400, query);
    }
    let answer = scene.decide(&token, "A%20B", "approve", seen);
    check_problem(&answer, 404, "no name");
    assert_eq!(scene.state("a"), Some(("pending", false, seen)));
}

#[test]
fn the_queue_counts_and_finds_what_others_send_meanwhile() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let oldest = scene.item("a", Kind::Comment, "L’œdème de ma mère", "");
    scene.item("b", Kind::Feedback, "Une coquille", "");
    scene.comment("c");
    let queue = scene.get("/api/v1/moderation", &token).json();
    assert_eq!(ids(&queue), ["a", "b", "c"]);
    assert_eq!((&queue["total"], &queue["oldest_ms"]), (&json!(3), &json!(oldest)));
    assert_eq!(
        queue["counts"],
        json!([
            { "state": "pending", "kind": "comment", "count": 2 },
            { "state": "pending", "kind": "feedback", "count": 1 },
        ])
    );
    let find = |q: &str| {
        let found = scene.get(&format!("/api/v1/moderation?q={q}"), &token).json();
        ids(&found).join(" ")
    };
    assert_eq!(find("OEDEME%20m%C3%A8re"), "a");
    assert_eq!(find("l%27oed"), "a");
    assert_eq!(find("lectrice"), "a b c");
    assert_eq!(find("exemple%2002%20coquille"), "b");
    assert_eq!(find("rien"), "");
    // Sent after the first look, changed by its author, erased.
    scene.item("d", Kind::Comment, "Un zona", "");
    assert_eq!(find("zona"), "d");
    let seen = scene.state("d").unwrap().2;
    assert_eq!(scene.decide(&token, "d", "hold", seen).status, 200);
    assert_eq!(find("zona"), "");
    assert_eq!(find("zona&state=held"), "d");
    let seen = scene.state("d").unwrap().2;
    assert_eq!(scene.decide(&token, "d", "erase", seen).status, 200);
    assert_eq!(find("zona&state=held"), "");
}

#[test]
fn the_queue_comes_a_page_at_a_time() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    for it in 0..30 {
        scene.comment(&format!("n{it}"));
    }
    let first = scene.get("/api/v1/moderation", &token).json();
    let second = scene.get("/api/v1/moderation?page=2", &token).json();
    assert_eq!((ids(&first).len(), ids(&second).len()), (25, 5));
    assert!(ids(&first).iter().all(|it| !ids(&second).contains(it)));
    // A page after the last is the last: decisions make the queue shorter.
    assert_eq!(scene.get("/api/v1/moderation?page=9", &token).json(), second);
}

#[test]
fn the_journal_tells_of_decisions_and_of_accounts() {
    let scene = Scene::new();
    let token = scene.signed(Role::Admin);
    let seen = scene.comment("a");
    assert_eq!(scene.decide(&token, "a", "institute", seen).status, 200);
    let journal = scene.get("/api/v1/moderation/journal", &token).json();
    assert_eq!(journal["total"], 2);
    let items = journal["items"].as_array().unwrap();
    assert_eq!(
        (&items[0]["action"], &items[0]["item"]),
        (&json!("approve_as_institute"), &json!("a"))
    );
    assert_eq!(
        (&items[1]["action"], &items[1]["item"]),
        (&json!("moderator_add"), &json!("@admin"))
    );
    assert_eq!(items[1]["detail"], "admin");
}
