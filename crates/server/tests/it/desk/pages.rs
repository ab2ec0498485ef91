//! The desk as pages: complete without scripts, kept by nobody.

use contract::{desk::Role, receipt::Kind};

use super::{Scene, Sent};
use crate::support::Answer;

/// Where an answer leads, as address and query.
fn leads(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location")
}

#[test]
fn a_page_is_kept_by_nobody_and_found_by_nobody() {
    let scene = Scene::new();
    let token = scene.signed(Role::Admin);
    scene.comment("a");
    let door = scene.site.get("/moderation/connexion");
    let inside = ["/moderation", "/moderation?item=a", "/moderation/journal", "/moderation?item=x"]
        .map(|it| scene.get(it, &token));
    for page in inside.iter().chain([&door]) {
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert!(page.header("content-security-policy").contains("form-action 'self'"));
        let document = page.document();
        assert_eq!(document.faults, Vec::<String>::new());
        assert_eq!(document.meta("robots"), ["noindex"]);
        assert_eq!(document.canonical(), Vec::<&str>::new());
        assert!(document.one("html").get("lang") == Some("fr"));
        let mut ids = document.ids();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
        assert!(document.all("a").all(|it| it.get("href").is_some()));
        assert_eq!(document.all("h1").count(), 1);
    }
    // Neither kept for the next who asks.
    assert_eq!(scene.site.get("/moderation").status, 303);
    assert!(scene.site.get("/robots.txt").text().contains("Disallow: /moderation\n"));
    assert!(!scene.site.get("/sitemap.xml").text().contains("moderation"));
    assert!(!scene.site.get("/").text().contains("/moderation"));
}

#[test]
fn only_the_desk_loads_what_is_the_desks() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let desk = scene.get("/moderation", &token);
    assert!(desk.text().contains("/desk.mjs") && desk.text().contains("/desk-"));
    assert!(!desk.text().contains("boot.mjs") && !desk.text().contains(".wasm"));
    assert_eq!(scene.site.get("/desk.mjs").status, 200);
    for path in ["/", "/articles/exemple-02", "/articles/exemple-02/commentaires", "/carte"] {
        let page = scene.site.get(path);
        assert!(!page.text().contains("/desk.mjs") && !page.text().contains("/desk-"), "{path}");
    }
}

#[test]
fn an_item_shows_its_text_what_was_found_and_why() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let body = "<script>alert(1)</script> 06 00 00 00 00, j'arrête mon traitement";
    let findings =
        "phone french_number 26 40\nstops_treatment stop 42 66\nemail x 70 99999\nbroken";
    scene.item("a", Kind::Comment, body, findings);
    let page = scene.get("/moderation?item=a", &token);
    let document = page.document();
    assert_eq!(document.faults, Vec::<String>::new());
    assert!(!page.text().contains("<script>alert"), "{}", page.text());
    let marks: Vec<&str> = document.all("mark").map(|it| it.text.as_str()).collect();
    assert_eq!(marks, ["06 00 00 00 001", "j'arrête mon traitement2"]);
    for words in ["Téléphone", "Arrêt de traitement", "french_number", "Ne publiez pas sans"] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(document.one("blockquote").text.starts_with("<script>alert(1)</script> "));
}

#[test]
fn a_decision_leads_to_the_next_item_and_can_be_taken_back() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let sent = Sent { token: Some(&token), ..Sent::default() };
    for id in ["a", "b", "c"] {
        scene.comment(id);
    }
    // What the page itself sends when its button is pressed.
    let page = scene.get("/moderation?item=b", &token).document();
    let hidden = |name: &str| {
        let inside = |it: &&crate::support::html::Element| {
            it.get("type") == Some("hidden") && it.get("name") == Some(name)
        };
        let found: Vec<&str> =
            page.all("input").filter(inside).filter_map(|it| it.get("value")).collect();
        (*found.last().unwrap()).to_owned()
    };
    let (items, back) = (hidden("items"), hidden("back"));
    assert!(items.starts_with("b."), "{items}");
    let fields = [
        ("items", &*items),
        ("back", &*back),
        ("proposed", "1"),
        ("reply", ""),
        ("verdict", "reject"),
    ];
    let answer = scene.form("/moderation", &fields, sent);
    let address = leads(&answer);
    assert!(address.starts_with("/moderation?item=c&done=reject&undo=b."), "{address}");
    let next = scene.get(address.trim_end_matches("#cas"), &token);
    assert!(next.text().contains("1 message refusé"), "{}", next.text());
    assert!(next.text().contains("Message de «\u{202f}Lectrice c\u{202f}»"));
    let rejected = scene.get("/api/v1/moderation?state=rejected", &token).json();
    assert!(rejected["items"][0]["reply"].as_str().unwrap().contains("sous une page"));
    let next = next.document();
    let undo: Vec<&str> = next
        .all("input")
        .filter(|it| it.get("name") == Some("items") && it.get("type") == Some("hidden"))
        .filter_map(|it| it.get("value"))
        .filter(|it| it.starts_with("b."))
        .collect();
    let fields = [("verdict", "undo"), ("items", undo[0]), ("back", "item=c")];
    let answer = scene.form("/moderation", &fields, sent);
    assert!(leads(&answer).starts_with("/moderation?item=b&done=undo&undo=b."));
    assert_eq!(scene.state("b").map(|it| it.0), Some("pending"));
    // Pressed twice, or by two: told, and nothing happens.
    let again = scene.form("/moderation", &fields, sent);
    assert!(leads(&again).contains("&missed=1"), "{}", leads(&again));
    let page = scene.get(leads(&again).trim_end_matches("#cas"), &token);
    assert!(page.text().contains("a changé entre-temps"));
}

#[test]
fn sixty_items_are_cleared_by_pressing_one_button_each_time() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let sent = Sent { token: Some(&token), ..Sent::default() };
    for it in 0..60 {
        scene.comment(&format!("n{it}"));
    }
    let mut address = "/moderation".to_owned();
    for _ in 0..60 {
        let page = scene.get(address.trim_end_matches("#cas"), &token).document();
        let form = |name: &str| {
            let hidden = page.all("input").filter(|it| it.get("type") == Some("hidden"));
            let found: Vec<&str> = hidden
                .filter(|it| it.get("name") == Some(name))
                .filter_map(|it| it.get("value"))
                .collect();
            (*found.last().unwrap()).to_owned()
        };
        let (items, back) = (form("items"), form("back"));
        let fields = [("items", &*items), ("back", &*back), ("verdict", "approve")];
        address = leads(&scene.form("/moderation", &fields, sent)).to_owned();
    }
    let queue = scene.get("/api/v1/moderation", &token).json();
    assert_eq!(queue["total"], 0);
    let last = scene.get(address.trim_end_matches("#cas"), &token);
    assert!(last.text().contains("Aucun message ici."));
}

#[test]
fn those_that_are_chosen_are_decided_on_together() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    let sent = Sent { token: Some(&token), ..Sent::default() };
    let [a, b] = ["a", "b"].map(|id| format!("{id}.{}", scene.comment(id)));
    scene.comment("c");
    let page = scene.get("/moderation", &token).document();
    let boxes = page.values("input", "form", "lot", "value");
    assert_eq!(boxes.len(), 3);
    assert!(boxes.contains(&&*a) && boxes.contains(&&*b));
    let fields = [("back", ""), ("items", &*a), ("items", &*b), ("verdict", "hold")];
    let answer = scene.form("/moderation", &fields, sent);
    assert!(leads(&answer).starts_with("/moderation?item=c&done=hold&undo="));
    let held = scene.get("/moderation?state=held", &token);
    assert!(held.text().contains("Lectrice a") && held.text().contains("Lectrice b"));
    // None chosen: nothing happens.
    let none = scene.form("/moderation", &[("back", "state=held"), ("verdict", "hold")], sent);
    assert_eq!(leads(&none), "/moderation?state=held");
    let bad = scene.form("/moderation", &[("items", &*a), ("verdict", "shout")], sent);
    assert_eq!(bad.status, 400);
}

#[test]
fn whatever_stands_in_an_address_is_answered() {
    let scene = Scene::new();
    let token = scene.signed(Role::Moderator);
    scene.comment("a");
    for query in [
        "item=%2F..%2F",
        "state=x&kind=y&page=-1",
        "page=4294967295",
        "page=99999999999999",
        "q=%00%FF%25_",
        "done=reject&undo=~~a.x~.1~&missed=-5",
        "done=x",
        "done=approve&undo=a.99999999999999999999",
        "q=%3Cscript%3E",
    ] {
        let page = scene.get(&format!("/moderation?{query}"), &token);
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.document().faults, Vec::<String>::new(), "{query}");
        assert!(!page.text().contains("<script>"), "{query}");
    }
    assert_eq!(scene.get("/moderation/journal?page=x", &token).status, 403);
}
