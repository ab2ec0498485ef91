//! What is refused, and how.

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::json;
use server::people::limits::Sender;

use super::{ARTICLE, Scene};
use crate::support::{Site, check_problem, fixture_content, fixture_day, wait};

fn path() -> String {
    format!("/articles/{ARTICLE}/comments")
}

#[test]
fn pages_of_other_sites_send_nothing() {
    let scene = Scene::new();
    let secret = scene.comment("Ana", "Texte");
    let draft = json!({ "name": "Ana", "body": "Texte", "consent": true });
    for foreign in [
        [("sec-fetch-site", "cross-site")],
        [("origin", "https://evil.example")],
        // May read the endpoints, and nothing more.
        [("origin", crate::support::FRIEND)],
    ] {
        for (method, path) in [
            ("POST", path()),
            ("POST", format!("/articles/{ARTICLE}/feedback")),
            ("PATCH", format!("/receipts/{secret}")),
            ("DELETE", format!("/receipts/{secret}")),
        ] {
            let answer = scene.json(method, &path, &draft, &foreign);
            check_problem(&answer, 403, &path);
        }
        for path in [
            format!("/articles/{ARTICLE}/commentaires"),
            format!("/articles/{ARTICLE}/avis"),
            format!("/recus/{secret}"),
        ] {
            let request = Request::builder()
                .method("POST")
                .uri(&path)
                .header(foreign[0].0, foreign[0].1)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("name=a&body=b&consent=true&useful=true&action=effacer"))
                .unwrap();
            assert_eq!(scene.site.send(request).status, 403, "{path}");
        }
    }
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 1);
}

#[test]
fn what_is_no_comment_is_told_why() {
    let scene = Scene::new();
    let post = |kind: &str, body: Vec<u8>| {
        let request = Request::builder().method("POST").uri(format!("/api/v1{}", path()));
        let request = request.header(header::CONTENT_TYPE, kind);
        scene.site.send(request.body(Body::from(body)).unwrap())
    };
    check_problem(&post("text/plain", b"{}".to_vec()), 415, "text");
    check_problem(&post("application/json", b"{".to_vec()), 400, "cut short");
    check_problem(&post("application/json", vec![0xFF; 9]), 400, "no text");
    check_problem(&post("application/json", br#"{"admin":true}"#.to_vec()), 400, "unknown field");
    check_problem(&post("application/json", vec![b' '; 70_000]), 413, "too large");
    let broken = post("application/json", b"{}".to_vec());
    check_problem(&broken, 422, "empty");
    let broken = broken.json();
    let fields: Vec<&str> = broken["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["name", "body", "consent"]);
    let unknown = json!({ "name": "a", "body": "b", "consent": true });
    let nowhere = scene.json("POST", "/articles/nulle-part/comments", &unknown, &[]);
    check_problem(&nowhere, 404, "no such article");
    assert_eq!(wait(scene.store.waiting()).unwrap().count, 0);
}

#[test]
fn one_sender_does_not_flood_the_moderators() {
    let scene = Scene::new();
    let send = |address: &str, body: &str| {
        let draft = json!({ "name": "Ana", "body": body, "consent": true }).to_string();
        let mut request = Request::builder()
            .method("POST")
            .uri(format!("/api/v1{}", path()))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(draft))
            .unwrap();
        request.extensions_mut().insert(Sender::new(address.parse().unwrap()));
        scene.site.send(request)
    };
    let kept = (0..30).filter(|it| send("192.0.2.1", &it.to_string()).status == 201).count();
    assert_eq!(kept, 10);
    let refused = send("192.0.2.1", "encore");
    check_problem(&refused, 429, "too many");
    assert_eq!(refused.header("retry-after"), "600");
    assert_eq!(send("192.0.2.2", "un autre").status, 201);
}

#[test]
fn nothing_that_is_typed_becomes_markup() {
    let scene = Scene::new();
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</textarea></script><svg/onload=alert(1)>",
        "javascript:alert(1)",
        "https://a.example/\"onmouseover=alert(1)//",
        "{{7*7}} ${7*7} %3Cscript%3E &lt;script&gt;",
        "\u{202e}abc\u{2066}",
    ];
    for (number, it) in hostile.iter().enumerate() {
        let name: String = format!("{number}{it}").chars().take(60).collect();
        scene.comment(&name, it);
        scene.decide(
            &scene.id(&contract::form::line(&name)),
            store::contributions::Decision::Approve,
        );
    }
    for path in [format!("/articles/{ARTICLE}"), format!("/articles/{ARTICLE}/commentaires")] {
        let answer = scene.site.get(&path);
        let page = answer.document();
        for it in page.all("article").filter(|it| it.get("class") == Some("comment")) {
            assert!(it.get("id").is_some());
        }
        assert!(!answer.text().contains("<script>alert") && !answer.text().contains("<img src=x"));
        assert!(!answer.text().contains("<svg/onload"));
        assert!(page.all("a").all(|it| !it.get("href").unwrap_or("").starts_with("javascript:")));
        assert!(page.all("a").all(|it| it.get("onmouseover").is_none()));
    }
    let feed = scene.site.get(&format!("/articles/{ARTICLE}/comments.xml"));
    assert!(!feed.text().contains("<script>"), "{}", feed.text());
}

#[test]
fn what_is_off_or_closed_takes_nothing() {
    let draft = json!({ "name": "Ana", "body": "Texte", "consent": true });
    let closed = Scene::with("[comments]\nclose_after_days = 1");
    let answer = closed.json("POST", &path(), &draft, &[]);
    check_problem(&answer, 409, "closed");
    let page = closed.site.get(&format!("/articles/{ARTICLE}"));
    assert!(page.text().contains("Les commentaires de cette page sont fermés"));
    assert!(!page.text().contains("id=\"ecrire\""));

    let config = server::config::Config::parse(
        &crate::support::SITE.replace("comments = true, feedback = true, ", ""),
        std::path::Path::new("site.toml"),
        None,
    );
    let off = Site::new(config.unwrap(), &fixture_content(), fixture_day());
    for path in [
        format!("/articles/{ARTICLE}/commentaires"),
        format!("/articles/{ARTICLE}/avis"),
        format!("/articles/{ARTICLE}/comments.xml"),
        format!("/api/v1/articles/{ARTICLE}/comments"),
    ] {
        assert_eq!(off.get(&path).status, 404, "{path}");
    }
    let page = off.get(&format!("/articles/{ARTICLE}"));
    assert!(!page.text().contains("commentaires") && !page.text().contains("/avis"));
}

#[test]
fn a_paid_text_takes_no_comments() {
    let scene = Scene::new();
    assert_eq!(scene.site.get("/api/v1/articles/page-sponsorisee/comments").status, 404);
    let page = scene.site.get("/articles/page-sponsorisee");
    assert!(!page.text().contains("id=\"commentaires\"") && !page.text().contains("/avis?"));
}

#[test]
fn a_database_that_is_gone_is_said_and_nothing_else_suffers() {
    let scene = Scene::new();
    wait(scene.store.close());
    let draft = json!({ "name": "Ana", "body": "Texte", "consent": true });
    check_problem(&scene.json("POST", &path(), &draft, &[]), 503, "sent");
    let form = scene.form(
        &format!("/articles/{ARTICLE}/commentaires"),
        &[("name", "Ana"), ("body", "Texte"), ("consent", "true")],
    );
    assert_eq!(form.status, 503);
    let article = scene.site.get(&format!("/articles/{ARTICLE}"));
    assert_eq!(article.status, 200, "the article is there without its comments");
}
