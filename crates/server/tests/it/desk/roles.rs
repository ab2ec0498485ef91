//! Every address of the desk, for every role and for nobody, from here and from elsewhere.

use axum::{
    body::Body,
    http::{Request, header},
};
use contract::{
    desk::{Action, Role, Verdict},
    receipt::Kind,
};
use serde_json::json;

use super::{Scene, Sent};
use crate::support::{Answer, check_problem};

/// The endpoints that only somebody who is signed in may ask.
const ENDPOINTS: [(&str, &str); 21] = [
    ("GET", "/session"),
    ("DELETE", "/session"),
    ("GET", "/moderation"),
    ("POST", "/moderation/a/decision"),
    ("POST", "/moderation/decisions"),
    ("GET", "/moderation/a/history"),
    ("GET", "/moderation/journal"),
    ("GET", "/moderation/feedback"),
    ("POST", "/session/password"),
    ("GET", "/moderation/practitioners"),
    ("POST", "/moderation/practitioners"),
    ("GET", "/moderation/practitioners/x"),
    ("PUT", "/moderation/practitioners/x"),
    ("POST", "/moderation/practitioners/x/archive"),
    ("POST", "/moderation/practitioners/x/restore"),
    ("GET", "/moderation/practitioners/x/history"),
    ("POST", "/moderation/directory/report"),
    ("POST", "/moderation/directory/import"),
    ("GET", "/moderation/accounts"),
    ("POST", "/moderation/accounts"),
    ("PATCH", "/moderation/accounts/x"),
];

/// The pages beside the queue: what may be done there, and what they are sent.
const PAGES: [(&str, Option<Action>); 6] = [
    ("/moderation/annuaire", Some(Action::Directory)),
    ("/moderation/annuaire/nouveau", Some(Action::Directory)),
    ("/moderation/annuaire/import", Some(Action::Directory)),
    ("/moderation/annuaire/x", Some(Action::Directory)),
    ("/moderation/comptes", Some(Action::Accounts)),
    ("/moderation/mon-compte", None),
];
const FORMS: [(&str, Option<Action>); 8] = [
    ("/moderation/annuaire/nouveau", Some(Action::Directory)),
    ("/moderation/annuaire/import", Some(Action::Directory)),
    ("/moderation/annuaire/import/confirmer", Some(Action::Directory)),
    ("/moderation/annuaire/x", Some(Action::Directory)),
    ("/moderation/annuaire/x/archiver", Some(Action::Directory)),
    ("/moderation/annuaire/x/remettre", Some(Action::Directory)),
    ("/moderation/comptes", Some(Action::Accounts)),
    ("/moderation/mon-compte", None),
];
const FIELDS: [(&str, &str); 5] =
    [("seen", "1"), ("account", "x"), ("action", "disable"), ("token", "x"), ("name", "x")];

/// An entry named `x` that nothing below may change.
fn entry(scene: &Scene) -> i64 {
    let token = scene.signed(Role::DirectoryManager);
    let draft = json!({
        "external_id": "x", "name": "Cabinet", "profession": "nurse", "postcode": "69003", "town": "Lyon"
    });
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let made = scene.ask("POST", "/moderation/practitioners", &draft, sent);
    assert_eq!(made.status, 201, "{}", made.text());
    crate::support::wait(scene.store.directory_version()).unwrap()
}

fn journal_length(scene: &Scene) -> u32 {
    crate::support::wait(scene.store.journal_length()).unwrap()
}

/// What an endpoint of the directory or of the accounts takes, well formed.
fn body(path: &str) -> serde_json::Value {
    match path {
        "/session/password" => json!({ "old": "x", "new": "x" }),
        "/moderation/practitioners" => json!({ "name": "x" }),
        "/moderation/practitioners/x" => json!({ "seen": 1, "entry": {} }),
        "/moderation/directory/import" => json!({ "token": "x" }),
        "/moderation/accounts" => json!({ "name": "y", "role": "moderator" }),
        "/moderation/accounts/x" => json!({ "disabled": true }),
        _ => json!({ "seen": 1 }),
    }
}

fn ask(scene: &Scene, method: &str, path: &str, sent: Sent) -> Answer {
    let seen = scene.state("a").map_or(0, |it| it.2);
    let body = match path {
        "/moderation/decisions" => {
            json!({ "verdict": "hold", "items": [{ "id": "a", "seen": seen }] })
        }
        "/moderation/a/decision" => json!({ "verdict": "hold", "seen": seen }),
        other => body(other),
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
        for path in ["/moderation", "/moderation?item=a", "/moderation/journal", "/moderation/avis"]
        {
            let answer = scene.get(path, token.unwrap_or_default());
            assert_eq!((answer.status, answer.header("location")), (303, "/moderation/connexion"));
            assert!(answer.body.is_empty(), "{path}");
        }
        let fields = [("verdict", "approve"), ("items", "a.1")];
        assert_eq!(
            scene.form("/moderation", &fields, sent).header("location"),
            "/moderation/connexion"
        );
        for (path, _) in PAGES {
            let answer = scene.get(path, token.unwrap_or_default());
            assert_eq!((answer.status, answer.header("location")), (303, "/moderation/connexion"));
            assert!(answer.body.is_empty(), "{path}");
        }
        for (path, _) in FORMS {
            let answer = scene.form(path, &FIELDS, sent);
            assert_eq!(answer.header("location"), "/moderation/connexion", "{path}");
        }
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
        for (action, paths) in [
            (Action::Journal, ["/api/v1/moderation/journal", "/moderation/journal"]),
            (Action::See(Kind::Feedback), ["/api/v1/moderation/feedback", "/moderation/avis"]),
        ] {
            let status = if role.may(action) { 200 } else { 403 };
            for path in paths {
                assert_eq!(scene.get(path, &token).status, status, "{role:?} {path}");
            }
        }
    }
}

#[test]
fn the_directory_and_the_accounts_are_for_those_whom_the_table_names() {
    for role in Role::ALL {
        let scene = Scene::new();
        let version = entry(&scene);
        let token = match role {
            // Signed in already.
            Role::DirectoryManager => "token-of-directory_manager".to_owned(),
            other => scene.signed(other),
        };
        let sent = Sent { token: Some(&token), ..Sent::default() };
        let before = journal_length(&scene);
        let may = |action: Option<Action>| action.is_none_or(|it| role.may(it));
        for (method, path) in ENDPOINTS.into_iter().skip(8) {
            let action = match path {
                "/session/password" => None,
                it if it.starts_with("/moderation/accounts") => Some(Action::Accounts),
                _ => Some(Action::Directory),
            };
            let refused = !may(action);
            // What is refused is refused first; what is not is looked at by other tests.
            if refused || method == "GET" {
                let answer = ask(&scene, method, path, sent);
                let about = format!("{role:?} {method} {path}");
                if refused {
                    check_problem(&answer, 403, &about);
                } else {
                    assert_eq!(answer.status, 200, "{about}: {}", answer.text());
                }
            }
        }
        for (path, action) in PAGES {
            let expected = if may(action) { 200 } else { 403 };
            assert_eq!(scene.get(path, &token).status, expected, "{role:?} {path}");
        }
        for (path, _) in FORMS.into_iter().filter(|it| !may(it.1)) {
            assert_eq!(scene.form(path, &FIELDS, sent).status, 403, "{role:?} {path}");
        }
        assert_eq!(journal_length(&scene), before, "{role:?}");
        let now = crate::support::wait(scene.store.directory_version()).unwrap();
        assert_eq!(now, version, "{role:?}");
        // The way there is shown to those who may go it.
        let desk = scene.get("/moderation", &token);
        for (address, action) in
            [("/moderation/annuaire", Action::Directory), ("/moderation/comptes", Action::Accounts)]
        {
            let link = format!("href=\"{address}\"");
            assert_eq!(desk.text().contains(&link), role.may(action), "{role:?} {address}");
        }
    }
}

#[test]
fn pages_of_other_sites_decide_nothing_in_somebodys_name() {
    let scene = Scene::new();
    let token = scene.signed(Role::Admin);
    let seen = scene.comment("a");
    let version = entry(&scene);
    let lines = journal_length(&scene);
    for from in ["cross-site", "same-site"] {
        let sent = Sent { token: Some(&token), from: Some(from), address: None };
        for (method, path) in ENDPOINTS.into_iter().filter(|it| it.0 != "GET") {
            check_problem(&ask(&scene, method, path, sent), 403, path);
        }
        let credentials = json!({ "name": "a", "password": "b" });
        check_problem(&scene.ask("POST", "/session", &credentials, sent), 403, "sign in");
        let item = format!("a.{seen}");
        let fields = [("verdict", "approve"), ("items", item.as_str()), ("name", "a")];
        let own = ["/moderation", "/moderation/connexion", "/moderation/deconnexion"];
        for path in own.into_iter().chain(FORMS.map(|it| it.0)) {
            let answer = scene.form(path, &fields, sent);
            assert_eq!(answer.status, 403, "{path}");
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
    }
    // Browsers that say no more than where a page is from.
    for origin in
        ["https://ailleurs.example", "null", "https://immunotheque.example.ailleurs.example"]
    {
        let item = format!("a.{seen}");
        let fields = format!("verdict=approve&items={item}");
        let request = Request::builder()
            .method("POST")
            .uri("/moderation")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, origin)
            .header(header::COOKIE, format!("__Host-session={token}"));
        let answer = scene.site.send(request.body(Body::from(fields)).unwrap());
        assert_eq!(answer.status, 403, "{origin}");
    }
    assert_eq!(scene.state("a"), Some(("pending", false, seen)));
    assert_eq!(journal_length(&scene), lines);
    assert_eq!(crate::support::wait(scene.store.directory_version()).unwrap(), version);
    assert_eq!(scene.get("/api/v1/session", &token).status, 200);
}
