//! The permanent address of a comment: it leads to the page that it stands on, whatever comes or goes
//! before it.

use contract::slug::Slug;
use serde_json::json;
use store::{
    contributions::Decision,
    moderators::{By, Ended},
};

use super::{ARTICLE, Scene};
use crate::{
    desk::hash,
    feeds::xml,
    support::{check_problem, wait},
};

fn list() -> String {
    format!("/articles/{ARTICLE}/commentaires")
}

fn endpoint(query: &str) -> String {
    format!("/api/v1/articles/{ARTICLE}/comments?{query}")
}

/// More threads than a page holds, and an answer below the last.
struct Long {
    scene: Scene,
    /// Oldest first, as they are shown.
    threads: Vec<Slug>,
    answer: Slug,
    /// The receipt of the last thread.
    receipt: String,
}

fn long() -> Long {
    let scene = Scene::new();
    let names: Vec<String> = (0..22).map(|it| format!("n{it}")).collect();
    let receipts: Vec<String> = names.iter().map(|it| scene.comment(it, "Texte")).collect();
    let ids: Vec<Slug> = names.iter().map(|it| scene.id(it)).collect();
    ids.iter().skip(1).for_each(|it| scene.decide_unheard(it, Decision::Approve));
    scene.decide(&ids[0], Decision::Approve);
    let shown = scene.site.get(&endpoint("per_page=100")).json();
    let id = |it: &serde_json::Value| Slug::try_from(it["id"].as_str().unwrap()).unwrap();
    let threads: Vec<Slug> = shown["items"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(threads.len(), 22);
    let last = threads.last().unwrap();
    let receipt = receipts[ids.iter().position(|it| it == last).unwrap()].clone();
    let draft = json!({ "name": "Bo", "body": "Réponse", "parent": last, "consent": true });
    let sent = scene.json("POST", &format!("/articles/{ARTICLE}/comments"), &draft, &[]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let answer = scene.id("Bo");
    scene.decide(&answer, Decision::Approve);
    Long { scene, threads, answer, receipt }
}

impl Long {
    /// The address in the list, where the comment stands now.
    fn address(&self, page: u32, id: &Slug) -> String {
        let page = self.scene.site.get(&format!("{}?page={page}", list())).document();
        let mark = format!("#c-{id}");
        let dates = page.all("a").filter(|it| it.get("class") == Some("comment__date"));
        let found: Vec<&str> =
            dates.filter_map(|it| it.get("href")).filter(|it| it.ends_with(&mark)).collect();
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        found[0].to_owned()
    }

    /// Goes where a browser goes.
    #[track_caller]
    fn check_leads(&self, address: &str, to: &Slug) {
        let (path, mark) = address.split_once('#').unwrap();
        let answer = self.scene.site.get(path);
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(mark, format!("c-{to}"));
        assert!(answer.document().ids().contains(&mark), "{address} leads to a page without it");
    }
}

#[test]
fn a_permanent_address_holds_while_others_come_and_go_before_it() {
    let it = long();
    let (first, last) = (&it.threads[0], it.threads.last().unwrap());
    let edge = &it.threads[20];
    let addresses = [last, edge, &it.answer].map(|id| (it.address(2, id), id));
    let leads = || addresses.iter().for_each(|(address, id)| it.check_leads(address, id));
    leads();
    it.check_leads(&it.address(1, first), first);
    let page_of = |id: &Slug| {
        let answer = it.scene.site.get(&endpoint(&format!("comment={id}")));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.text().contains(&format!("\"id\":\"{id}\"")), "{}", answer.text());
        answer.json()["page"].as_u64().unwrap()
    };
    assert_eq!([first, edge, last, &it.answer].map(page_of), [1, 2, 2, 2]);
    // One fewer before it: it moves to the page before, and its address does not.
    it.scene.decide(first, Decision::Reopen);
    assert_eq!(it.address(1, edge), addresses[1].0);
    assert_eq!([edge, last].map(page_of), [1, 2]);
    leads();
    // And back.
    it.scene.decide(first, Decision::Approve);
    assert_eq!(page_of(edge), 2);
    leads();
    it.scene.decide(first, Decision::Erase);
    assert_eq!(page_of(edge), 1);
    leads();
}

#[test]
fn the_feed_the_receipt_and_the_desk_name_the_same_address() {
    let it = long();
    let last = it.threads.last().unwrap();
    let (own, answers) = (it.address(2, last), it.address(2, &it.answer));
    let feed = xml(it.scene.site.get(&format!("/articles/{ARTICLE}/comments.xml")).text());
    let items: Vec<&str> =
        feed.one("channel").all("item").map(|it| it.one("link").text.as_str()).collect();
    for address in [&own, &answers] {
        let whole = format!("{}{address}", crate::support::URL);
        assert!(items.contains(&whole.as_str()), "{whole}: {items:?}");
    }
    for item in feed.one("channel").all("item") {
        let link = item.one("link").text.strip_prefix(crate::support::URL).unwrap();
        it.check_leads(link, &Slug::try_from(link.split_once("#c-").unwrap().1).unwrap());
    }
    let receipt = it.scene.site.get(&format!("/recus/{}", it.receipt)).document();
    assert!(receipt.all("a").any(|it| it.get("href") == Some(&own)), "{own}");
    let token = "token-of-anne";
    wait(async {
        let (store, by) = (&it.scene.store, By { actor: "essai", now_ms: 1 });
        store.add_moderator("anne", "none", contract::desk::Role::Moderator, by).await.unwrap();
        let account = store.moderator("anne").await.unwrap().unwrap();
        let ended = Ended { created_before_ms: 0, seen_before_ms: 0 };
        let now = server::clock::now_ms();
        assert!(store.open_session(&hash(token), &account, ended, now).await.unwrap());
    });
    let cookie = format!("__Host-session={token}");
    let case = format!("/moderation?state=approved&item={}", it.answer);
    let case = it.scene.site.get_with(&case, &[("cookie", &cookie)]);
    let case = case.document();
    let links: Vec<&str> = case.all("a").filter_map(|it| it.get("href")).collect();
    assert!(links.contains(&own.as_str()), "{links:?}");
}

#[test]
fn who_asks_for_what_is_not_there_is_told_and_reads_the_rest() {
    let it = long();
    let missed = locale::text().comment_missed();
    let shown = it.scene.site.get(&list());
    assert!(shown.status == 200 && !shown.text().contains("comments__missed"));
    it.scene.comment("Zoé", "Pas encore relu");
    let waiting = it.scene.id("Zoé");
    let last = it.threads.last().unwrap();
    it.scene.decide(&it.answer, Decision::Erase);
    it.scene.decide(last, Decision::Reject);
    let hidden = [&waiting, last, &it.answer].map(ToString::to_string);
    for name in hidden.iter().map(String::as_str).chain(["", "nobody", "%3Cscript%3E", "a/../b"]) {
        let answer = it.scene.site.get(&format!("{}?commentaire={name}", list()));
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{name}");
        let page = answer.document();
        let said = page.all("p").find(|it| it.get("role") == Some("status"));
        assert_eq!(said.map(|it| it.text.as_str()), Some(missed), "{name}");
        assert_eq!(page.all("article").count(), 20, "{name}: the first page stands below");
        assert!(!answer.text().contains("<script>"), "{name}");
        if !name.is_empty() && !name.contains(['%', '/']) {
            check_problem(&it.scene.site.get(&endpoint(&format!("comment={name}"))), 404, name);
        }
    }
    // Of another article it is none.
    let elsewhere = format!("/articles/exemple-03/commentaires?commentaire={}", it.threads[0]);
    assert_eq!(it.scene.site.get(&elsewhere).status, 404);
}

#[test]
fn a_place_is_for_readers_and_not_for_engines_and_one_page_is_named_once() {
    let it = long();
    let last = it.threads.last().unwrap();
    let page = it.scene.site.get(&format!("{}?commentaire={last}", list()));
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.document();
    assert_eq!(page.meta("robots"), ["noindex"]);
    assert_eq!(page.canonical(), Vec::<&str>::new());
    assert!(!it.scene.site.get("/sitemap.xml").text().contains("commentaire"));
    let answer = it.scene.site.get(&endpoint(&format!("comment={last}&per_page=5")));
    assert_eq!(answer.json()["page"], 5);
    let links = answer.header("link");
    assert!(links.contains("per_page=5&page=4>; rel=\"prev\"") && !links.contains("comment="));
    for wrong in [format!("comment={last}&page=2"), "comment=%3C".to_owned()] {
        assert_eq!(it.scene.site.get(&endpoint(&wrong)).status, 400, "{wrong}");
    }
}
