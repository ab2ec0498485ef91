//! Lists that come a page at a time: what is on each, and the addresses of its neighbours.

use serde_json::Value;

use crate::support::{Answer, fixtures, real};

/// The `Link` header as pairs of relation and address (RFC 8288).
fn links(answer: &Answer) -> Vec<(String, String)> {
    let header = answer.header("link").to_owned();
    let parts = header.split(", ").filter(|it| !it.is_empty());
    parts
        .map(|part| {
            let (address, rel) = part.split_once("; ").unwrap();
            let address = address.strip_prefix('<').unwrap().strip_suffix('>').unwrap();
            let rel = rel.strip_prefix("rel=\"").unwrap().strip_suffix('"').unwrap();
            (rel.to_owned(), address.to_owned())
        })
        .collect()
}

/// `expected` gives relations and page numbers; `rest` is the query beside the page.
#[track_caller]
fn check(query: &str, rest: &str, expected: &[(&str, u32)]) {
    let answer = fixtures().get(&format!("/api/v1/articles{query}"));
    assert_eq!(answer.status, 200, "{query}");
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(rel, page)| ((*rel).to_owned(), format!("/api/v1/articles?{rest}page={page}")))
        .collect();
    assert_eq!(links(&answer), expected, "{query}");
    for (rel, address) in links(&answer) {
        assert_eq!(fixtures().get(&address).status, 200, "{query}: {rel} {address}");
    }
}

// The fixtures hold 20 pages: three of eight.

#[test]
fn the_first_page_leads_on_and_not_back() {
    check("", "", &[("first", 1), ("next", 2), ("last", 3)]);
    check("?page=1", "", &[("first", 1), ("next", 2), ("last", 3)]);
}

#[test]
fn a_page_in_the_middle_leads_both_ways() {
    check("?page=2", "", &[("first", 1), ("prev", 1), ("next", 3), ("last", 3)]);
}

#[test]
fn the_last_page_leads_back_and_not_on() {
    check("?page=3", "", &[("first", 1), ("prev", 2), ("last", 3)]);
}

#[test]
fn a_page_beyond_the_last_is_empty_and_leads_back_to_it() {
    check("?page=9", "", &[("first", 1), ("prev", 3), ("last", 3)]);
    check("?page=4294967295", "", &[("first", 1), ("prev", 3), ("last", 3)]);
    let list = fixtures().get("/api/v1/articles?page=9").json();
    assert_eq!(list["items"], serde_json::json!([]));
    assert_eq!((&list["page"], &list["total"]), (&9.into(), &20.into()));
}

#[test]
fn neighbours_keep_the_filters() {
    check("?topic=exemple&page=2", "topic=exemple&", &[("first", 1), ("prev", 1), ("last", 2)]);
    check(
        "?page=1&kind=explainer&per_page=2",
        "kind=explainer&per_page=2&",
        &[("first", 1), ("next", 2), ("last", 2)],
    );
}

#[test]
fn a_list_of_one_page_still_says_where_it_starts_and_ends() {
    check("?kind=interview", "kind=interview&", &[("first", 1), ("last", 1)]);
    check("?topic=sans-page", "topic=sans-page&", &[("first", 1), ("last", 1)]);
}

fn slugs(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap();
    items.iter().map(|it| it["slug"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn following_next_shows_every_page_once() {
    let mut address = "/api/v1/articles?per_page=3".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = fixtures().get(&address);
        seen.extend(slugs(&answer.json()));
        let Some((_, next)) = links(&answer).into_iter().find(|it| it.0 == "next") else { break };
        address = next;
    }
    let all = slugs(&fixtures().get("/api/v1/articles?per_page=100").json());
    assert_eq!(seen, all);
    assert_eq!(all.len(), 20);
}

#[test]
fn articles_come_newest_first() {
    for site in [real(), fixtures()] {
        let list = site.get("/api/v1/articles?per_page=100").json();
        let days: Vec<&str> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["updated"].as_str().unwrap())
            .collect();
        assert!(days.windows(2).all(|it| it[1] <= it[0]), "{days:?}");
    }
}

#[test]
fn explainers_come_in_the_order_of_their_hub() {
    let list = fixtures().get("/api/v1/articles?kind=explainer").json();
    assert_eq!(slugs(&list), ["tout-en-un", "deuxieme-explication", "explication-discrete"]);
    let page = fixtures().get("/comprendre");
    let at = |slug: &str| page.text().find(&format!("href=\"/articles/{slug}\"")).unwrap();
    assert!(at("tout-en-un") < at("deuxieme-explication"));
    assert!(at("deuxieme-explication") < at("explication-discrete"));
}

#[test]
fn a_filter_keeps_what_it_names_and_drops_the_rest() {
    for kind in ["article", "explainer", "interview", "sponsored"] {
        let list = fixtures().get(&format!("/api/v1/articles?kind={kind}&per_page=100")).json();
        let items = list["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.iter().all(|it| it["kind"] == kind), "{kind}");
        assert_eq!(list["total"], items.len(), "{kind}");
    }
    let list = fixtures().get("/api/v1/articles?topic=biologie&per_page=100").json();
    for it in list["items"].as_array().unwrap() {
        let topics = it["topics"].as_array().unwrap();
        assert!(topics.iter().any(|it| it["slug"] == "biologie"), "{it}");
    }
}

#[test]
fn a_topic_counts_the_pages_its_list_holds() {
    for topic in fixtures().get("/api/v1/topics").json().as_array().unwrap() {
        let slug = topic["slug"].as_str().unwrap();
        let list = fixtures().get(&format!("/api/v1/articles?topic={slug}")).json();
        assert_eq!(list["total"], topic["count"], "{slug}");
    }
}

#[test]
fn the_pages_of_a_list_are_real_links() {
    let page = fixtures().get("/articles/page/2").document();
    let rel = |rel: &str| page.values("a", "rel", rel, "href");
    assert_eq!(rel("prev"), ["/articles"]);
    assert_eq!(rel("next"), ["/articles/page/3"]);
    let topic = fixtures().get("/themes/exemple/page/2").document();
    assert_eq!(topic.values("a", "rel", "prev", "href"), ["/themes/exemple"]);
}
