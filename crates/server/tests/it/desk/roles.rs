//! Every address of the desk, for every role and for nobody, from here and from elsewhere.

use contract::{
    desk::{Action, Role, Verdict},
    receipt::Kind,
};
use serde_json::json;

use super::{Scene, Sent};
use crate::support::{Answer, check_problem};

/// The endpoints that only somebody who is signed in may ask.
const ENDPOINTS: [(&str, &str); 7] = [
    ("GET", "/session"),
    ("DELETE", "/session"),
    ("GET", "/moderation"),
    ("POST", "/moderation/a/decision"),
    ("POST", "/moderation/decisions"),
    ("GET", "/moderation/a/history"),
    ("GET", "/moderation/journal"),
];

fn ask(scene: &Scene, method: &str, path: &str, sent: Sent) -> Answer {
    let seen = scene.state("a").map_or(0, |it| it.2);
    let body = match path {
        "/moderation/decisions" => {
            json!({ "verdict": "hold", "items": [{ "id": "a", "seen": seen }] })
        }
        _ => json!({ "verdict": "hold", "seen": seen }),
    };
    scene.ask(method, path, &body, sent)
}

#[test]
fn who_is_not_signed_in_gets_nothing() {
    let scene = Scene::new();
    scene.comment("a");
    for token in [None, Some(""), Some("token-of-nobody"), Some("' OR 1=1 --")] {
        let sent = Sent { token, ..Sent::default() };
        for (method, path) in ENDPOINTS {
            check_problem(&ask(&scene, method, path, sent), 401, path);
        }
        for path in ["/moderation", "/moderation?item=a", "/moderation/journal"] {
            let answer = scene.get(path, token.unwrap_or_default());
            assert_eq!((answer.status, answer.header("location")), (303, "/moderation/connexion"));
            assert!(answer.body.is_empty(), "{path}");
        }
        let fields = [("verdict", "approve"), ("items", "a.1")];
        assert_eq!(
            scene.form("/moderation", &fields, sent).header("location"),
            "/moderation/connexion"
        );
        let left = scene.form("/moderation/deconnexion", &[], sent);
        assert_eq!(left.header("location"), "/moderation/connexion");
    }
    assert_eq!(scene.state("a").map(|it| (it.0, it.1)), Some(("pending", false)));
}

#[test]
fn every_role_may_what_the_table_says_and_no_more() {
    for role in Role::ALL {
        let scene = Scene::new();
        let token = scene.signed(role);
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            for (number, verdict) in Verdict::ALL.into_iter().enumerate() {
                let id = format!("i{at}-{number}");
                let seen = scene.item(&id, kind, "Texte", "");
                let about = format!("{role:?} {kind:?} {verdict:?}");
                let before = scene.state(&id);
                let answer = scene.decide(&token, &id, verdict.name(), seen);
                if !role.may(Action::Decide(kind, verdict)) {
                    check_problem(&answer, 403, &about);
                    assert_eq!(scene.state(&id), before, "{about}");
                } else if verdict == Verdict::Undo {
                    // There is nothing to take back yet.
                    check_problem(&answer, 409, &about);
                } else {
                    assert_eq!(answer.status, 200, "{about}: {}", answer.text());
                }
                // The same for several at once, and in the page's form.
                let seen = scene.state(&id).map_or(seen, |it| it.2);
                let bulk =
                    json!({ "verdict": verdict.name(), "items": [{ "id": id, "seen": seen }] });
                let sent = Sent { token: Some(&token), ..Sent::default() };
                let many = scene.ask("POST", "/moderation/decisions", &bulk, sent);
                let allowed = role.may(Action::Decide(kind, verdict));
                assert_eq!(many.status, if allowed { 200 } else { 403 }, "{about}");
                let item = format!("{id}.{seen}");
                let fields = [("verdict", verdict.name()), ("items", item.as_str())];
                let page = scene.form("/moderation", &fields, sent);
                assert_eq!(page.status, if allowed { 303 } else { 403 }, "{about}");
                let history = scene.get(&format!("/api/v1/moderation/{id}/history"), &token);
                let sees = role.may(Action::See(kind));
                assert_eq!(history.status, if sees { 200 } else { 403 }, "{about}");
            }
            let queue = scene.get(&format!("/api/v1/moderation?kind={}", kind.name()), &token);
            let sees = role.may(Action::See(kind));
            assert_eq!(queue.status, if sees { 200 } else { 403 }, "{role:?} {kind:?}");
        }
        let queue = scene.get("/api/v1/moderation", &token).json();
        for it in queue["items"].as_array().unwrap() {
            let kind = Kind::ALL.into_iter().find(|kind| it["kind"] == kind.name()).unwrap();
            assert!(role.may(Action::See(kind)), "{role:?} sees {kind:?}");
        }
        for path in ["/api/v1/moderation/journal", "/moderation/journal"] {
            let status = if role.may(Action::Journal) { 200 } else { 403 };
            assert_eq!(scene.get(path, &token).status, status, "{role:?} {path}");
        }
    }
}

#[test]
fn pages_of_other_sites_decide_nothing_in_somebodys_name() {
    let scene = Scene::new();
    let token = scene.signed(Role::Admin);
    let seen = scene.comment("a");
    for from in ["cross-site", "same-site"] {
        let sent = Sent { token: Some(&token), from: Some(from), address: None };
        for (method, path) in ENDPOINTS.into_iter().filter(|it| it.0 != "GET") {
            check_problem(&ask(&scene, method, path, sent), 403, path);
        }
        let credentials = json!({ "name": "a", "password": "b" });
        check_problem(&scene.ask("POST", "/session", &credentials, sent), 403, "sign in");
        let item = format!("a.{seen}");
        let fields = [("verdict", "approve"), ("items", item.as_str()), ("name", "a")];
        for path in ["/moderation", "/moderation/connexion", "/moderation/deconnexion"] {
            let answer = scene.form(path, &fields, sent);
            assert_eq!(answer.status, 403, "{path}");
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
    }
    assert_eq!(scene.state("a"), Some(("pending", false, seen)));
    assert_eq!(scene.get("/api/v1/session", &token).status, 200);
}
