//! Passages that tell who somebody is, at the desk and where everybody reads; and what nobody has looked
//! at yet.

use contract::{desk::Role, receipt::Kind, slug::Slug};
use serde_json::json;
use store::contributions::{Decision, NewContribution, Particulars, Voucher};

use super::{Scene, Sent, hash};
use crate::support::{check_problem, wait};

const BODY: &str = "Appelez le 06 39 98 00 17 ou zoe@example.org, merci.";
const FINDINGS: &str = "phone fr 11 25\nemail a 29 44";
const MASKED: &str = "Appelez le […] ou […], merci.";

fn public(scene: &Scene) -> String {
    let paths = [
        "/articles/exemple-02",
        "/articles/exemple-02/commentaires",
        "/articles/exemple-02/comments.xml",
        "/api/v1/articles/exemple-02/comments",
        "/api/v1/articles/exemple-02",
    ];
    paths.map(|it| scene.site.get(it).text().to_owned()).concat()
}

/// The text that the queue's list shows of an item.
fn listed(scene: &Scene, token: &str, query: &str) -> String {
    let page = scene.get(&format!("/moderation?{query}"), token);
    let list = page.text().split("class=\"item__text\"").nth(1).unwrap().to_owned();
    list.split("</p>").next().unwrap().to_owned()
}

#[test]
fn the_list_masks_and_the_open_item_shows_on_request() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    scene.item("a", Kind::Comment, BODY, FINDINGS);
    let list = listed(&scene, &token, "");
    assert!(list.contains(MASKED) && !list.contains("06 39"), "{list}");
    let page = scene.get("/moderation?item=a", &token);
    assert_eq!(page.document().faults, Vec::<String>::new());
    let text =
        page.text().split("<blockquote").nth(1).unwrap().split("</blockquote>").next().unwrap();
    let open: String = text
        .split("<details")
        .map(|it| it.split_once("</details>").map_or(it, |it| it.1))
        .collect();
    assert!(!open.contains("06 39") && !open.contains("zoe@"), "only behind a press: {open}");
    assert!(text.contains("06 39 98 00 17") && text.contains("zoe@example.org"));
    assert!(page.text().contains("data-key=\"m\""));
}

#[test]
fn what_is_masked_is_read_by_nobody_but_its_author() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let seen = scene.item("a", Kind::Comment, BODY, FINDINGS);
    let receipt = |secret: &str| scene.site.get(&format!("/api/v1/receipts/{secret}"));
    // An item's receipt is its name here.
    assert_eq!(receipt("a").status, 200, "{}", receipt("a").text());
    let done = scene.decide(&token, "a", "mask", seen);
    assert_eq!(done.status, 200, "{}", done.text());
    let all = public(&scene);
    assert!(all.contains(MASKED), "{all}");
    assert!(!all.contains("06 39 98") && !all.contains("zoe@example.org"));
    let own = receipt("a").json();
    assert_eq!((&own["body"], &own["masked"]), (&json!(BODY), &json!(["email", "phone"])));
    let page = scene.site.get("/recus/a");
    assert!(page.text().contains("une adresse e-mail, un numéro de téléphone"));
    assert!(page.text().contains("06 39 98 00 17"), "as it was written");
    let item = scene.get("/api/v1/moderation?state=approved", &token).json();
    assert_eq!(item["items"][0]["masked"], true);
    let history = scene.get("/api/v1/moderation/a/history", &token);
    assert_eq!(history.json()[0]["action"], "mask");
    assert!(!history.text().contains("06 39"));
    // Taken back like any other.
    let seen = done.json()["seen"].as_i64().unwrap();
    assert_eq!(scene.decide(&token, "a", "undo", seen).status, 200);
    assert_eq!(scene.state("a").map(|it| it.0), Some("pending"));
    assert_eq!(receipt("a").json().get("masked"), None);
    assert!(!public(&scene).contains("Appelez le"));
}

#[test]
fn without_scripts_a_press_masks_and_what_holds_nothing_is_simply_shown() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let seen = scene.item("a", Kind::Comment, BODY, FINDINGS);
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let item = format!("a.{seen}");
    let done = scene.form("/moderation", &[("verdict", "mask"), ("items", &item)], sent);
    assert!(done.header("location").contains("done=mask"), "{}", done.text());
    assert!(public(&scene).contains(MASKED));
    let page = scene.get(done.header("location").trim_end_matches("#cas"), &token);
    assert!(page.text().contains("passage masqué"));
    // A distress is no passage to hide.
    let seen = scene.item("b", Kind::Comment, "Je veux mourir.", "distress a 0 14");
    assert!(!scene.get("/moderation?item=b", &token).text().contains("data-key=\"m\""));
    assert_eq!(scene.decide(&token, "b", "mask", seen).status, 200);
    let item = scene.get("/api/v1/moderation?state=approved&q=mourir", &token).json();
    assert_eq!(item["items"][0].get("masked"), None);
    for kind in [Kind::Feedback, Kind::Message, Kind::Testimonial] {
        let id = format!("c-{}", kind.name());
        let seen = scene.item(&id, kind, BODY, FINDINGS);
        check_problem(&scene.decide(&token, &id, "mask", seen), 403, &id);
    }
}

/// A comment of a known author: shown, and looked at by nobody.
fn unread(scene: &Scene) {
    let first = Slug::try_from("first").unwrap();
    let seen = scene.comment("first");
    wait(scene.store.decide(&first, seen, Decision::Approve, "anne", None, seen + 1)).unwrap();
    let (id, page) = (Slug::try_from("u").unwrap(), Slug::try_from("exemple-02").unwrap());
    let new = NewContribution {
        id: &id,
        kind: Kind::Comment,
        page: &page,
        parent: None,
        name: "Une habituée",
        email: Some("habituee@example.org"),
        body: "Une suite que personne n’a relue.",
        useful: None,
        consent: Some("1"),
        findings: "",
        now_ms: seen + 2,
        receipt_hash: &hash("u"),
        request_hash: None,
        particulars: Particulars {
            voucher: Some(Voucher { by: &first, since_ms: 0, most_unread: 20 }),
            ..Default::default()
        },
    };
    wait(scene.store.add_contribution(&new)).unwrap();
}

#[test]
fn what_nobody_has_looked_at_has_a_shelf_of_its_own() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let before = scene.get("/moderation", &token);
    assert!(!before.text().contains("Publiés sans relecture"), "only where there is something");
    unread(&scene);
    let page = scene.get("/moderation", &token);
    assert!(page.text().contains("Publiés sans relecture"));
    let queue = scene.get("/api/v1/moderation?state=unread", &token).json();
    assert_eq!((&queue["total"], &queue["items"][0]["id"]), (&json!(1), &json!("u")));
    assert_eq!(queue["items"][0]["state"], "unread");
    let page = scene.get("/moderation?state=unread", &token);
    assert!(page.text().contains("publié sans relecture"), "marked");
    assert!(page.text().contains("Relu, laisser publié"));
    for key in ["data-key=\"r\"", "data-key=\"a\"", "data-key=\"h\""] {
        assert!(page.text().contains(key), "{key}");
    }
    // Who wrote is read by whoever asks for it.
    let facts = page.text().split("case__facts").nth(1).unwrap().split("</dl>").next().unwrap();
    let shut = facts.split("<details").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(shut.contains("habituee@example.org"));
    assert_eq!(facts.matches("habituee@example.org").count(), 1);
    // Kept: it has been looked at.
    let seen = scene.state("u").unwrap().2;
    let kept = scene.decide(&token, "u", "approve", seen).json()["seen"].as_i64().unwrap();
    assert_eq!(scene.get("/api/v1/moderation?state=unread", &token).json()["total"], 0);
    assert_eq!(scene.decide(&token, "u", "undo", kept).status, 200);
    assert_eq!(scene.get("/api/v1/moderation?state=unread", &token).json()["total"], 1);
    // Rejected: gone from everywhere.
    let seen = scene.state("u").unwrap().2;
    assert_eq!(scene.decide(&token, "u", "reject", seen).status, 200);
    assert!(!public(&scene).contains("personne n’a relue"));
    let journal = scene.get("/api/v1/moderation/u/history", &token).json();
    let actions: Vec<&str> =
        journal.as_array().unwrap().iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["publish_unread", "approve", "undo", "reject"]);
}
