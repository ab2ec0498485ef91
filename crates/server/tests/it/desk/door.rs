//! Signing in and out.

use contract::desk::Role;
use serde_json::json;
use server::{clock, desk::passwords};
use store::{Store, moderators::Step};

use super::{BY, NEVER, Scene, Sent, hash};
use crate::support::{Answer, binary::command, check_problem, wait};

const PASSWORD: &str = "un long mot de passe";

fn scene() -> Scene {
    let scene = Scene::new();
    let phc = passwords::hash(PASSWORD).unwrap();
    assert!(wait(scene.store.add_moderator("Zoé", &phc, Role::Editor, BY)).unwrap());
    scene
}

fn sign_in(scene: &Scene, name: &str, password: &str, sent: Sent) -> Answer {
    scene.ask("POST", "/session", &json!({ "name": name, "password": password }), sent)
}

/// The token that an answer's cookie gives.
#[track_caller]
fn token(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict; Secure", "{cookie}");
    pair.strip_prefix("__Host-session=").unwrap().to_owned()
}

#[test]
fn whoever_has_the_password_gets_a_cookie_that_scripts_and_other_sites_do_not() {
    let scene = scene();
    let answer = sign_in(&scene, "Zoé", PASSWORD, Sent::default());
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json(), json!({ "name": "Zoé", "role": "editor" }));
    assert_eq!(answer.header("cache-control"), "no-store");
    let token = token(&answer);
    assert!(!answer.text().contains(&token));
    assert_eq!(scene.get("/api/v1/session", &token).json()["name"], "Zoé");
    // Only its hash is kept.
    assert!(wait(scene.store.session(&token, NEVER)).unwrap().is_none());
    assert!(wait(scene.store.session(&hash(&token), NEVER)).unwrap().is_some());
}

#[test]
fn a_wrong_password_and_a_wrong_name_are_answered_alike() {
    let scene = scene();
    let answers = [("Zoé", "un autre mot de passe"), ("Ana", PASSWORD), ("", ""), ("Zoé", "")]
        .map(|it| sign_in(&scene, it.0, it.1, Sent::default()));
    for it in &answers {
        check_problem(it, 401, "wrong");
        assert_eq!(it.body, answers[0].body);
        assert_eq!(it.header("set-cookie"), "");
        assert_eq!(it.header("www-authenticate"), "Cookie");
    }
    let long = "a".repeat(5_000);
    check_problem(&sign_in(&scene, "Zoé", &long, Sent::default()), 401, "long");
    check_problem(&sign_in(&scene, &long, PASSWORD, Sent::default()), 401, "long name");
    wait(scene.store.change_account("Zoé", Step::Disable, BY)).unwrap();
    check_problem(&sign_in(&scene, "Zoé", PASSWORD, Sent::default()), 401, "closed");
}

#[test]
fn an_unknown_name_takes_as_long_as_a_known_one() {
    let scene = scene();
    let time = |name: &str| {
        let mut times: Vec<_> = (0..5)
            .map(|_| {
                let start = std::time::Instant::now();
                check_problem(
                    &sign_in(&scene, name, "faux mot de passe", Sent::default()),
                    401,
                    name,
                );
                start.elapsed()
            })
            .collect();
        times.sort();
        times[1]
    };
    // What is made once is made before.
    time("Ana");
    let (known, unknown) = (time("Zoé"), time("Ana"));
    // Without the work it would be a hundredth.
    assert!(unknown * 4 > known && known * 4 > unknown, "{known:?} and {unknown:?}");
}

#[test]
fn who_tries_passwords_is_stopped_by_name_and_by_sender() {
    let scene = scene();
    let from = |address: &'static str| Sent { address: Some(address), ..Sent::default() };
    // One sender, many names.
    for it in 0..10 {
        let answer = sign_in(&scene, &format!("n{it}"), "faux mot de passe", from("192.0.2.1"));
        check_problem(&answer, 401, "a try");
    }
    let stopped = sign_in(&scene, "Zoé", PASSWORD, from("192.0.2.1"));
    check_problem(&stopped, 429, "a sender");
    assert_eq!(stopped.header("retry-after"), "600");
    assert_eq!(sign_in(&scene, "Zoé", PASSWORD, from("192.0.2.2")).status, 201);
    // One name, many senders: also with the right password in the end.
    let tries = (0..40).map(|it| {
        let address = format!("198.51.100.{it}");
        let sent = Sent { address: Some(&address), ..Sent::default() };
        sign_in(&scene, "Zoé", &format!("essai numéro {it}"), sent).status
    });
    assert_eq!(tries.filter(|it| *it == 401).count(), 30);
    check_problem(&sign_in(&scene, "Zoé", PASSWORD, from("203.0.113.1")), 429, "a name");
    // Another name is not concerned.
    check_problem(&sign_in(&scene, "Ana", PASSWORD, from("203.0.113.2")), 401, "another");
}

#[test]
fn every_sign_in_makes_a_new_token_and_ends_the_one_before() {
    let scene = scene();
    // A token that somebody else has put there means nothing, before and after.
    let planted = Sent { token: Some("planted"), ..Sent::default() };
    let first = token(&sign_in(&scene, "Zoé", PASSWORD, planted));
    assert_ne!(first, "planted");
    check_problem(&scene.get("/api/v1/session", "planted"), 401, "planted");
    let again = Sent { token: Some(&first), ..Sent::default() };
    let second = token(&sign_in(&scene, "Zoé", PASSWORD, again));
    assert_ne!(first, second);
    check_problem(&scene.get("/api/v1/session", &first), 401, "the first");
    assert_eq!(scene.get("/api/v1/session", &second).status, 200);
    // A try that fails ends nothing.
    let wrong = Sent { token: Some(&second), ..Sent::default() };
    check_problem(&sign_in(&scene, "Zoé", "faux mot de passe", wrong), 401, "wrong");
    assert_eq!(scene.get("/api/v1/session", &second).status, 200);
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_half_a_day() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let (hour, now) = (3_600_000, clock::now_ms());
    wait(scene.store.see_session(&hash(&token), now - 2 * hour + 60_000)).unwrap();
    assert_eq!(scene.get("/api/v1/session", &token).status, 200);
    // That was a use of it.
    let seen = wait(scene.store.session(&hash(&token), NEVER)).unwrap().unwrap().seen_ms;
    assert!(now <= seen);
    wait(scene.store.see_session(&hash(&token), now - 2 * hour - 1)).unwrap();
    check_problem(&scene.get("/api/v1/session", &token), 401, "idle");
    let account = wait(scene.store.moderator("moderator")).unwrap().unwrap();
    let old = now - 12 * hour - 1;
    assert!(wait(scene.store.open_session(&hash("old"), &account, NEVER, old)).unwrap());
    wait(scene.store.see_session(&hash("old"), now)).unwrap();
    check_problem(&scene.get("/api/v1/session", "old"), 401, "after twelve hours");
}

#[test]
fn signing_out_ends_this_session_or_all_of_them() {
    let scene = scene();
    let tokens: Vec<String> =
        (0..3).map(|_| token(&sign_in(&scene, "Zoé", PASSWORD, Sent::default()))).collect();
    let sent = |at: usize| Sent { token: Some(&tokens[at]), ..Sent::default() };
    let answer = scene.ask("DELETE", "/session", &json!(null), sent(0));
    assert_eq!(answer.status, 204);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-session=;") && cookie.ends_with("; Max-Age=0"), "{cookie}");
    check_problem(&scene.get("/api/v1/session", &tokens[0]), 401, "ended");
    assert_eq!(scene.get("/api/v1/session", &tokens[1]).status, 200);
    let answer = scene.ask("DELETE", "/session?everywhere=true", &json!(null), sent(1));
    assert_eq!(answer.status, 204);
    check_problem(&scene.get("/api/v1/session", &tokens[2]), 401, "elsewhere");
    check_problem(&scene.ask("DELETE", "/session", &json!(null), sent(2)), 401, "nobody");
}

#[test]
fn the_door_is_a_plain_form() {
    let scene = scene();
    let moved = scene.site.get("/moderation");
    assert_eq!((moved.status, moved.header("location")), (303, "/moderation/connexion"));
    let page = scene.site.get("/moderation/connexion");
    assert_eq!(page.status, 200);
    assert_eq!(page.document().values("input", "name", "password", "type"), ["password"]);
    let wrong = [("name", "Zoé <b>"), ("password", "faux mot de passe")];
    let refused = scene.form("/moderation/connexion", &wrong, Sent::default());
    assert_eq!(refused.status, 401);
    assert_eq!(refused.document().values("input", "name", "name", "value"), ["Zoé <b>"]);
    assert!(!refused.text().contains("faux mot") && refused.text().contains("role=\"alert\""));
    let right = [("name", "Zoé"), ("password", PASSWORD)];
    let entered = scene.form("/moderation/connexion", &right, Sent::default());
    assert_eq!((entered.status, entered.header("location")), (303, "/moderation"));
    let token = token(&entered);
    assert_eq!(scene.get("/moderation", &token).status, 200);
    assert_eq!(scene.get("/moderation/connexion", &token).header("location"), "/moderation");
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let left = scene.form("/moderation/deconnexion", &[("everywhere", "true")], sent);
    assert_eq!((left.status, left.header("location")), (303, "/moderation/connexion"));
    assert_eq!(scene.get("/moderation", &token).status, 303);
}

/// Runs `moderator` with a password on its standard input.
fn moderator(data: &std::path::Path, arguments: &[&str], password: &str) -> (bool, String) {
    use std::{io::Write, process::Stdio};
    let mut child = command(data)
        .arg("moderator")
        .args(arguments)
        .args(["--data", "data"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads it where the command fails before.
    let _ = child.stdin.take().unwrap().write_all(password.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn accounts_are_made_and_closed_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], password: &str| moderator(folder.path(), arguments, password);
    let line = format!("{PASSWORD}\r\n");
    assert_eq!(run(&["add", " Zoé  B ", "--role", "editor"], &line), (true, String::new()));
    for (arguments, password) in [
        (&["add", "Zoé B"][..], line.as_str()),
        (&["add", "Ana"], "onze signes"),
        (&["add", "Ana"], ""),
        (&["add", "author"], &line),
        (&["add", "  "], &line),
        (&["add", "Ana", "--role", "king"], &line),
        (&["password", "Ana"], &line),
        (&["disable", "Ana"], ""),
        (&["sign-out", "Ana"], ""),
    ] {
        let (good, text) = run(arguments, password);
        assert!(!good && !text.is_empty(), "{arguments:?}: {text}");
        assert!(!text.contains(PASSWORD), "{text}");
    }
    assert_eq!(run(&["list"], ""), (true, "Zoé B  editor\n".to_owned()));
    let store = wait(Store::open(&store::Address::in_folder(&folder.path().join("data")))).unwrap();
    let account = wait(store.moderator("Zoé B")).unwrap().unwrap();
    assert!(passwords::is(PASSWORD, &account.password));
    assert!(wait(store.open_session("t", &account, NEVER, 1)).unwrap());
    assert_eq!(run(&["sign-out", "Zoé B"], ""), (true, String::new()));
    assert_eq!(wait(store.session("t", NEVER)).unwrap(), None);
    assert!(run(&["password", "Zoé B"], "un autre mot de passe\n").0);
    assert!(run(&["disable", "Zoé B"], "").0);
    assert_eq!(run(&["list"], ""), (true, "Zoé B  editor, closed\n".to_owned()));
    let account = wait(store.moderator("Zoé B")).unwrap().unwrap();
    assert!(!passwords::is(PASSWORD, &account.password));
    let written: Vec<_> =
        wait(store.journal(9, 0)).unwrap().into_iter().map(|it| it.action).collect();
    assert!(written.contains(&"moderator_sign_out".to_owned()), "{written:?}");

    // Somebody is always left who keeps accounts.
    assert!(run(&["add", "Chef", "--role", "admin"], &line).0);
    let (closed, why) = run(&["disable", "Chef"], "");
    assert!(!closed && why.contains("the last who keeps accounts"), "{why}");
    assert!(run(&["add", "Autre", "--role", "admin"], &line).0);
    assert_eq!(run(&["disable", "Chef"], ""), (true, String::new()));
}
