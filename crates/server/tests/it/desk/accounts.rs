//! Accounts, as admins keep them, and everybody's own password.

use contract::desk::Role;
use serde_json::{Value, json};
use server::desk::passwords;

use super::{BY, Scene, Sent};
use crate::support::{Answer, check_problem, wait};

const LIST: &str = "/moderation/comptes";
const OWN: &str = "/moderation/mon-compte";
const PASSWORD: &str = "un long mot de passe";

fn sent(token: &str) -> Sent<'_> {
    Sent { token: Some(token), ..Sent::default() }
}

fn change(scene: &Scene, token: &str, name: &str, change: &Value) -> Answer {
    let name = contract::route::encode(name);
    scene.ask("PATCH", &format!("/moderation/accounts/{name}"), change, sent(token))
}

fn sign_in(scene: &Scene, name: &str, password: &str) -> Answer {
    scene.ask("POST", "/session", &json!({ "name": name, "password": password }), Sent::default())
}

/// Somebody with a password, signed in; their token.
fn somebody(scene: &Scene, name: &str, role: Role) -> String {
    let phc = passwords::hash(PASSWORD).unwrap();
    assert!(wait(scene.store.add_moderator(name, &phc, role, BY)).unwrap());
    let answer = sign_in(scene, name, PASSWORD);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let cookie = answer.header("set-cookie");
    let token = cookie.split_once('=').unwrap().1.split_once(';').unwrap().0;
    token.to_owned()
}

#[test]
fn an_account_is_added_changed_closed_and_opened() {
    let scene = Scene::new();
    let admin = scene.signed(Role::Admin);
    let draft = json!({ "name": " Zoé  Été ", "role": "moderator" });
    let made = scene.ask("POST", "/moderation/accounts", &draft, sent(&admin));
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.json();
    assert_eq!(made["account"]["name"], "Zoé Été");
    let first = made["password"].as_str().unwrap().to_owned();
    assert_eq!(sign_in(&scene, "Zoé Été", &first).status, 201);
    let all = scene.get("/api/v1/moderation/accounts", &admin);
    assert!(!all.text().contains("password") && !all.text().contains("argon2"), "{}", all.text());
    let zoe =
        all.json().as_array().unwrap().iter().find(|it| it["name"] == "Zoé Été").unwrap().clone();
    assert!(zoe["signed_in_ms"].as_i64().is_some(), "{zoe}");

    let other = change(&scene, &admin, "Zoé Été", &json!({ "role": "editor" }));
    assert_eq!(other.json()["account"]["role"], "editor", "{}", other.text());
    let closed = change(&scene, &admin, "Zoé Été", &json!({ "disabled": true }));
    assert!(closed.json()["account"]["disabled_ms"].as_i64().is_some());
    check_problem(&sign_in(&scene, "Zoé Été", &first), 401, "closed");
    assert_eq!(change(&scene, &admin, "Zoé Été", &json!({ "disabled": false })).status, 200);
    assert_eq!(sign_in(&scene, "Zoé Été", &first).status, 201);
    let renewed = change(&scene, &admin, "Zoé Été", &json!({ "new_password": true })).json();
    let second = renewed["password"].as_str().unwrap();
    assert_ne!(second, first);
    check_problem(&sign_in(&scene, "Zoé Été", &first), 401, "the old one");
    assert_eq!(sign_in(&scene, "Zoé Été", second).status, 201);
    assert_eq!(change(&scene, &admin, "Zoé Été", &json!({ "sign_out": true })).status, 200);

    let journal = scene.get("/api/v1/moderation/journal", &admin).json();
    let told: Vec<&str> = journal["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["item"] == "@Zoé Été" && it["actor"] == "admin")
        .map(|it| it["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "moderator_sign_out",
            "moderator_password",
            "moderator_enable",
            "moderator_disable",
            "moderator_role",
            "moderator_add",
        ]
    );
    let page = scene.get("/moderation/journal", &admin);
    for words in ["Déconnecté partout", "Compte rouvert", "Rôle changé"] {
        assert!(page.text().contains(words), "{words}");
    }
    check_problem(&change(&scene, &admin, "Nobody", &json!({ "role": "editor" })), 404, "nobody");
    for (name, field) in [("", "account"), ("author", "account"), ("Zoé Été", "account")] {
        let draft = json!({ "name": name, "role": "moderator" });
        let answer = scene.ask("POST", "/moderation/accounts", &draft, sent(&admin));
        check_problem(&answer, 422, name);
        assert_eq!(answer.json()["errors"][0]["field"], field);
    }
    for bad in [json!({ "role": "king" }), json!({ "password": "x" }), json!("x")] {
        check_problem(&change(&scene, &admin, "Zoé Été", &bad), 400, &bad.to_string());
    }
}

#[test]
fn whose_account_changes_is_signed_out_and_the_last_admin_stays() {
    let scene = Scene::new();
    let admin = scene.signed(Role::Admin);
    let editor = scene.signed(Role::Editor);
    assert_eq!(scene.get("/api/v1/session", &editor).status, 200);
    assert_eq!(change(&scene, &admin, "editor", &json!({ "role": "moderator" })).status, 200);
    check_problem(&scene.get("/api/v1/session", &editor), 401, "another role");
    for step in [json!({ "disabled": true }), json!({ "role": "editor" })] {
        check_problem(&change(&scene, &admin, "admin", &step), 409, "the last");
    }
    let fields = [("account", "admin"), ("action", "disable")];
    let page = scene.form(LIST, &fields, sent(&admin));
    assert_eq!(page.status, 409);
    assert!(page.text().contains("dernier compte d’administration"), "{}", page.text());
    assert_eq!(scene.get("/api/v1/session", &admin).status, 200);
}

#[test]
fn the_page_tells_a_new_password_once() {
    let scene = Scene::new();
    let admin = scene.signed(Role::Admin);
    let page = scene.get(LIST, &admin);
    assert_eq!(page.status, 200);
    assert_eq!(page.document().faults, Vec::<String>::new());
    let fields = [("account", "Ana <b>"), ("role", "directory_manager"), ("action", "add")];
    let made = scene.form(LIST, &fields, sent(&admin));
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.header("cache-control"), "no-store");
    let code = made.text().split("entry__password\">").nth(1).unwrap();
    let password = code.split('<').next().unwrap();
    assert_eq!(sign_in(&scene, "Ana <b>", password).status, 201);
    let after = scene.get(LIST, &admin);
    assert!(!after.text().contains(password) && after.text().contains("Ana &lt;b&gt;"));
    let twice = scene.form(LIST, &fields, sent(&admin));
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("Un compte porte déjà ce nom."));
    for action in ["role", "sign_out", "disable", "enable"] {
        let fields = [("account", "Ana <b>"), ("role", "editor"), ("action", action)];
        let done = scene.form(LIST, &fields, sent(&admin));
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/moderation/comptes?fait=1"),
            "{action}"
        );
    }
    let fields = [("account", "Ana <b>"), ("action", "password")];
    assert!(scene.form(LIST, &fields, sent(&admin)).text().contains("entry__password"));
    for bad in
        [[("account", "Ana <b>"), ("action", "erase")], [("account", "x"), ("action", "role")]]
    {
        assert_eq!(scene.form(LIST, &bad, sent(&admin)).status, 400);
    }
    assert_eq!(
        scene.form(LIST, &[("account", "x"), ("action", "disable")], sent(&admin)).status,
        404
    );
}

#[test]
fn everybody_changes_their_own_password_with_the_old_one() {
    let scene = Scene::new();
    let here = somebody(&scene, "Zoé", Role::Moderator);
    let elsewhere = sign_in(&scene, "Zoé", PASSWORD);
    let cookie = elsewhere.header("set-cookie");
    let elsewhere = cookie.split_once('=').unwrap().1.split_once(';').unwrap().0.to_owned();
    let ask = |old: &str, new: &str| {
        scene.ask("POST", "/session/password", &json!({ "old": old, "new": new }), sent(&here))
    };
    let new = "une tout autre phrase";
    let wrong = ask("pas le bon du tout", new);
    check_problem(&wrong, 422, "wrong");
    assert_eq!(wrong.json()["errors"][0]["field"], "old");
    let short = ask(PASSWORD, "court");
    assert_eq!(short.json()["errors"][0]["field"], "new");
    assert_eq!(scene.get("/api/v1/session", &elsewhere).status, 200);
    assert_eq!(ask(PASSWORD, new).status, 204);
    check_problem(&scene.get("/api/v1/session", &elsewhere), 401, "elsewhere");
    assert_eq!(scene.get("/api/v1/session", &here).status, 200);
    check_problem(&sign_in(&scene, "Zoé", PASSWORD), 401, "the old one");
    assert_eq!(sign_in(&scene, "Zoé", new).status, 201);

    // The same as a page.
    assert_eq!(scene.get(OWN, &here).document().faults, Vec::<String>::new());
    let form = |old: &str, first: &str, again: &str| {
        scene.form(OWN, &[("old", old), ("new", first), ("again", again)], sent(&here))
    };
    let differs = form(new, "une troisième phrase", "une quatrième phrase");
    assert_eq!(differs.status, 422);
    assert!(
        differs.text().contains("ne sont pas les mêmes") && !differs.text().contains("troisième")
    );
    assert_eq!(form(PASSWORD, "une troisième phrase", "une troisième phrase").status, 422);
    let done = form(new, "une troisième phrase", "une troisième phrase");
    assert_eq!(done.header("location"), "/moderation/mon-compte?fait=1");
    assert!(
        scene.get("/moderation/mon-compte?fait=1", &here).text().contains("Mot de passe changé")
    );
}

#[test]
fn somebody_elses_browser_does_not_guess_a_password_for_ever() {
    let scene = Scene::new();
    let here = somebody(&scene, "Zoé", Role::Moderator);
    let body = json!({ "old": "pas le bon du tout", "new": "une tout autre phrase" });
    let answers: Vec<u16> = (0..40)
        .map(|_| scene.ask("POST", "/session/password", &body, sent(&here)).status)
        .collect();
    assert_eq!(answers.first(), Some(&422));
    assert_eq!(answers.last(), Some(&429));
}
