//! What readers say of each page, as moderators see it together.

use contract::{desk::Role, receipt::Kind, slug::Slug};
use serde_json::json;

use super::{Scene, Sent};
use crate::support::wait;

/// Sends what a reader says of a page.
fn say(scene: &Scene, page: &str, useful: bool, message: &str) {
    let body = json!({ "useful": useful, "message": message });
    let answer = scene.ask("POST", &format!("/articles/{page}/feedback"), &body, Sent::default());
    assert_eq!(answer.status, 201, "{}", answer.text());
}

#[test]
fn a_moderator_sees_it_page_by_page_and_reads_the_words_of_one() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    assert!(
        scene.get("/moderation/avis", &token).text().contains(locale::text().desk_opinions_none())
    );
    say(&scene, "exemple-02", true, "");
    say(&scene, "exemple-03", true, "Un avis sur une autre page");
    say(&scene, "exemple-02", false, "Un avis sur <b>cette</b> page");

    let found = scene.get("/api/v1/moderation/feedback", &token).json();
    let first = &found[0];
    assert_eq!(first["page"], "exemple-02", "the least useful first: {found}");
    assert_eq!(
        [&first["useful"], &first["not_useful"], &first["unread"], &first["read"]],
        [1, 1, 1, 0]
    );
    let title = first["title"].as_str().unwrap();

    let page = scene.get("/moderation/avis", &token);
    let document = page.document();
    assert_eq!(document.faults, Vec::<String>::new());
    assert!(document.one("tbody").text.contains(title), "{title}");
    let listed = "/moderation?kind=feedback&about=exemple-02";
    assert!(document.all("a").any(|it| it.get("href") == Some(listed)), "{}", page.text());

    let queue = scene.get(listed, &token);
    assert!(queue.text().contains("Un avis sur &lt;b&gt;cette&lt;/b&gt; page"));
    assert!(!queue.text().contains("Un avis sur une autre page"));
    // What is filtered next stays with the page, and one link leaves it.
    let document = queue.document();
    let hidden = document.all("input").find(|it| it.get("name") == Some("about")).unwrap();
    assert_eq!(hidden.get("value"), Some("exemple-02"));
    assert!(document.all("a").any(|it| it.get("href") == Some("/moderation?kind=feedback")));
    let same = scene.get("/api/v1/moderation?kind=feedback&about=exemple-02", &token).json();
    assert_eq!(same["total"], 1);
}

#[test]
fn a_page_that_is_gone_is_told_by_its_name() {
    let scene = Scene::new();
    let token = scene.signed(Role::Editor);
    scene.item("a", Kind::Feedback, "Texte", "");
    let (id, gone) = (Slug::try_from("b").unwrap(), Slug::try_from("page-disparue").unwrap());
    let new = store::contributions::NewContribution {
        id: &id,
        kind: Kind::Feedback,
        page: &gone,
        parent: None,
        name: "",
        email: None,
        body: "",
        useful: Some(false),
        consent: None,
        findings: "",
        now_ms: 1,
        receipt_hash: "b",
        request_hash: None,
        particulars: Default::default(),
    };
    wait(scene.store.add_contribution(&new)).unwrap();
    let page = scene.get("/moderation/avis", &token);
    assert!(page.text().contains("page-disparue"));
    assert!(!page.text().contains("href=\"/articles/page-disparue\""), "no dead link");
}
