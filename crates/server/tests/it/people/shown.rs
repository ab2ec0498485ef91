//! Who sees what: nobody what is not approved, everybody what is.

use contract::receipt::SECRET_CHARS;
use serde_json::json;
use store::contributions::Decision;

use super::{ARTICLE, Scene};

/// Every public answer that could show a comment of the article.
fn public(scene: &Scene) -> String {
    let article = [
        format!("/articles/{ARTICLE}"),
        format!("/articles/{ARTICLE}/en-1-minute"),
        format!("/articles/{ARTICLE}/commentaires"),
        format!("/articles/{ARTICLE}/comments.xml"),
        format!("/api/v1/articles/{ARTICLE}"),
        format!("/api/v1/articles/{ARTICLE}/comments"),
        format!("/api/v1/articles/{ARTICLE}/related"),
    ];
    let site = [
        "/",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/sitemap.xml",
        "/recherche?q=Marguerite",
        "/api/v1/search?q=Marguerite",
    ];
    let all = article.into_iter().chain(site.map(ToOwned::to_owned));
    all.map(|it| {
        let answer = scene.site.get(&it);
        assert_eq!(answer.status, 200, "{it}");
        // Its own question is told back.
        answer.text().replace("q=Marguerite", "").replace("« Marguerite »", "")
    })
    .filter(|it| !it.contains("value=\"Marguerite\""))
    .collect()
}

#[test]
fn no_byte_of_what_is_not_approved_is_public() {
    let scene = Scene::new();
    let secret = scene.comment("Marguerite", "Une phrase que personne ne lit");
    assert_eq!(secret.len(), SECRET_CHARS);
    let check = |shown: bool, when: &str| {
        let all = public(&scene);
        for private in ["Marguerite", "Une phrase que personne"] {
            assert_eq!(all.contains(private), shown, "{when}: {private}");
        }
        assert!(!all.contains(&secret), "{when}");
    };
    check(false, "sent");
    let id = scene.id("Marguerite");
    scene.decide(&id, Decision::Approve);
    check(true, "approved");
    scene.decide(&id, Decision::Reject);
    check(false, "rejected");
    scene.decide(&id, Decision::Reopen);
    check(false, "looked at again");
    scene.decide(&id, Decision::ApproveAsInstitute);
    check(true, "approved as the site's own");
    let erased = scene.json("DELETE", &format!("/receipts/{secret}"), &json!({}), &[]);
    assert_eq!(erased.status, 204);
    check(false, "erased");
}

#[test]
fn an_address_of_mail_is_never_public() {
    let scene = Scene::new();
    let draft = json!({ "name": "Zoé", "email": "zoe@example.org", "body": "a", "consent": true });
    let answer = scene.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
    assert_eq!(answer.status, 201);
    scene.decide(&scene.id("Zoé"), Decision::Approve);
    let all = public(&scene);
    assert!(all.contains("Zoé") && !all.contains("zoe@example.org"));
}

#[test]
fn an_approved_comment_has_its_answers_and_a_place_of_its_own() {
    let scene = Scene::new();
    scene.comment("Ana", "Première\n\nhttps://exemple.example/x");
    let parent = scene.id("Ana");
    let path = format!("/articles/{ARTICLE}/comments");
    let reply = json!({ "name": "Bo", "body": "Réponse", "parent": parent, "consent": true });
    let early = scene.json("POST", &path, &reply, &[]);
    assert_eq!(early.status, 422, "what is not shown is not answered");
    assert_eq!(early.json()["errors"][0]["field"], "parent");
    scene.decide(&parent, Decision::Approve);
    assert_eq!(scene.json("POST", &path, &reply, &[]).status, 201);
    scene.decide(&scene.id("Bo"), Decision::Approve);
    let list = scene.site.get(&format!("/api/v1{path}")).json();
    assert_eq!(list["items"][0]["replies"][0]["name"], "Bo");
    assert_eq!((&list["total"], &list["count"]), (&json!(1), &json!(2)));
    let page = scene.site.get(&format!("/articles/{ARTICLE}")).document();
    let found = page.all("article").find(|it| it.get("id") == Some(&format!("c-{parent}")));
    assert!(found.is_some(), "a permanent address leads somewhere");
    let link = page.all("a").find(|it| it.get("href") == Some("https://exemple.example/x"));
    assert_eq!(link.unwrap().get("rel"), Some("nofollow ugc noopener external"));
}

#[test]
fn the_same_key_is_the_same_comment_with_the_same_receipt() {
    let scene = Scene::new();
    let path = format!("/articles/{ARTICLE}/comments");
    let draft = json!({ "name": "Ana", "body": "Une fois", "consent": true });
    let key = [("idempotency-key", "5d8cbd5e-0c4b-4f6e-8a33-6d2f6f7b1a11")];
    let first = scene.json("POST", &path, &draft, &key);
    let again = scene.json("POST", &path, &draft, &key);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.json(), again.json());
    let other = [("idempotency-key", "another-key-of-the-same-form")];
    assert_ne!(scene.json("POST", &path, &draft, &other).json(), first.json());
    let count = crate::support::wait(scene.store.waiting()).unwrap().count;
    assert_eq!(count, 2);
    let short = scene.json("POST", &path, &draft, &[("idempotency-key", "short")]);
    assert_eq!(short.status, 400);
}

#[test]
fn each_site_words_the_title_of_its_form() {
    for (wording, title) in [
        ("write", "Écrire un commentaire"),
        ("leave", "Laisser un commentaire"),
        ("add", "Ajouter un commentaire"),
    ] {
        let scene = Scene::with(&format!("[comments]\nwording = \"{wording}\""));
        for path in [format!("/articles/{ARTICLE}"), format!("/articles/{ARTICLE}/commentaires")] {
            let page = scene.site.get(&path).document();
            let found = page.all("h3").chain(page.all("h2")).any(|it| it.text.trim() == title);
            assert!(found, "{path}: {title}");
        }
    }
}

#[test]
fn a_key_that_was_used_for_something_else_gives_nothing_away() {
    let scene = Scene::new();
    let path = format!("/articles/{ARTICLE}/comments");
    let draft = json!({ "name": "Ana", "email": "ana@exemple.example", "body": "Une fois", "consent": true });
    let key = [("idempotency-key", "0000000000000000")];
    let first = scene.json("POST", &path, &draft, &key);
    assert_eq!(first.status, 201);
    let receipt = first.json()["receipt"].as_str().unwrap().to_owned();
    let other = json!({ "name": "Bo", "body": "Autre chose", "consent": true });
    let elsewhere = "/articles/exemple-03/comments".to_owned();
    let message = json!({ "subject": "a", "email": "b@exemple.example", "message": "c" });
    for (path, said) in [(&path, &other), (&elsewhere, &draft), (&"/contact".to_owned(), &message)]
    {
        let refused = scene.json("POST", path, said, &key);
        assert_eq!(refused.status, 422, "{path}: {}", refused.text());
        assert!(!refused.text().contains(&receipt), "{path}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("idempotency-key"), "{path}");
    }
    let count = || crate::support::wait(scene.store.waiting()).unwrap().count;
    assert_eq!(count(), 1);
    // A person's form loses nothing: it is a message of its own, and one when it is sent twice.
    let fields = [("name", "Bo"), ("body", "Autre chose"), ("consent", "true")];
    let sent = |fields: &[(&str, &str)]| {
        let answer = scene.form_with(&format!("/articles/{ARTICLE}/commentaires"), fields, &key);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").to_owned()
    };
    let (one, again) = (sent(&fields), sent(&fields));
    assert_eq!(one, again);
    assert!(!one.contains(&receipt));
    assert_eq!(count(), 2);
}

#[test]
fn a_message_is_changed_as_often_as_anybody_does() {
    let scene = Scene::new();
    let receipt = format!("/receipts/{}", scene.comment("Ana", "Avant"));
    let change = |number: u32| {
        let change = json!({ "name": "Ana", "body": format!("Version {number}") });
        scene.json("PATCH", &receipt, &change, &[]).status
    };
    assert!((0..60).all(|it| change(it) == 200));
    assert_eq!(change(60), 429);
    let kept = scene.json("GET", &receipt, &json!({}), &[]).json();
    assert_eq!(kept["body"], "Version 59", "what was kept stays");
}

#[test]
fn a_receipt_shows_changes_and_erases_what_was_sent() {
    let scene = Scene::new();
    let receipt = format!("/receipts/{}", scene.comment("Ana", "Avant"));
    let it = scene.json("GET", &receipt, &json!({}), &[]);
    assert_eq!(it.header("cache-control"), "no-store");
    assert_eq!((&it.json()["body"], &it.json()["editable"]), (&json!("Avant"), &json!(true)));
    let change = json!({ "name": "Ana", "body": "Après" });
    assert_eq!(scene.json("PATCH", &receipt, &change, &[]).json()["body"], "Après");
    let empty = scene.json("PATCH", &receipt, &json!({ "name": "Ana" }), &[]);
    assert_eq!((empty.status, &empty.json()["errors"][0]["field"]), (422, &json!("body")));
    scene.decide(&scene.id("Ana"), Decision::Approve);
    let late = scene.json("PATCH", &receipt, &change, &[]);
    assert_eq!(late.status, 409, "{}", late.text());
    let it = scene.json("GET", &receipt, &json!({}), &[]).json();
    assert_eq!((&it["state"], &it["reply"]), (&json!("approved"), &json!("Merci.")));
    assert_eq!(scene.json("DELETE", &receipt, &json!({}), &[]).status, 204);
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(scene.json(method, &receipt, &change, &[]).status, 404, "{method}");
    }
    assert_eq!(scene.json("GET", "/receipts/nobody", &json!({}), &[]).status, 404);
}

#[test]
fn feedback_is_kept_for_the_editors() {
    let scene = Scene::new();
    let path = format!("/articles/{ARTICLE}/feedback");
    let answer =
        scene.json("POST", &path, &json!({ "useful": false, "message": "Trop long" }), &[]);
    assert_eq!(answer.status, 201);
    let receipt = format!("/receipts/{}", answer.json()["receipt"].as_str().unwrap());
    assert_eq!(scene.json("GET", &receipt, &json!({}), &[]).json()["kind"], "feedback");
    assert_eq!(scene.json("POST", &path, &json!({}), &[]).status, 422);
    assert!(!public(&scene).contains("Trop long"));
}

#[test]
fn a_program_says_how_many_comments_it_wants_at_once() {
    let scene = Scene::new();
    for name in ["Anne", "Bertrand", "Chloé"] {
        scene.comment(name, "Merci");
        scene.decide(&scene.id(name), Decision::Approve);
    }
    let path = format!("/api/v1/articles/{ARTICLE}/comments");
    let second = scene.site.get(&format!("{path}?per_page=2&page=2"));
    let list = second.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!(
        (&list["per_page"], &list["page"], &list["total"]),
        (&2.into(), &2.into(), &3.into())
    );
    let links = second.header("link");
    assert!(links.contains(&format!("<{path}?per_page=2&page=1>; rel=\"prev\"")), "{links}");
    for wrong in ["per_page=0", "per_page=101", "page=0", "per_page=x", "per=2"] {
        assert_eq!(scene.site.get(&format!("{path}?{wrong}")).status, 400, "{wrong}");
    }
    assert_eq!(scene.site.get(&format!("{path}?per_page=100")).status, 200);
}
