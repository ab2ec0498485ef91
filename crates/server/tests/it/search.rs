//! Looking for words: what is found, how it is shown, and that nothing can be slipped in.

use contract::route::encode;
use serde_json::Value;

use crate::support::{Answer, fixtures, real};

fn search(query: &str) -> Answer {
    let answer = real().get(&format!("/api/v1/search?q={}", encode(query)));
    assert_eq!(answer.status, 200, "{query}");
    answer
}

fn hits(query: &str) -> Vec<Value> {
    search(query).json()["items"].as_array().unwrap().clone()
}

#[track_caller]
fn check_finds(query: &str, href: &str) {
    let found: Vec<Value> = hits(query);
    let first = found.iter().take(3).any(|it| it["href"] == href);
    assert!(first, "{query}: {:?}", found.iter().map(|it| &it["href"]).collect::<Vec<_>>());
}

#[test]
fn the_page_about_a_word_is_among_the_first() {
    check_finds("CAR-T", "/articles/cellules-car-t");
    check_finds("cellules car t", "/articles/cellules-car-t");
    check_finds("desensibilisation", "/articles/desensibilisation");
    check_finds("DÉSENSIBILISATION", "/articles/desensibilisation");
    check_finds("effets indesirables", "/articles/effets-indesirables");
    check_finds("l'interleukine", "/articles/interleukine-2");
}

#[test]
fn accents_and_case_make_no_difference() {
    for (one, other) in [("fièvre", "FIEVRE"), ("épitope", "epitope"), ("œdème", "oedeme")] {
        assert_eq!(hits(one), hits(other), "{one} {other}");
    }
}

#[test]
fn every_hit_leads_to_a_page_and_marks_its_words() {
    for query in ["cellule", "vaccin", "fièvre sous traitement", "immunotherapie"] {
        let found = hits(query);
        assert!(!found.is_empty(), "{query}");
        for it in found {
            let href = it["href"].as_str().unwrap();
            assert_eq!(real().get(href.split('#').next().unwrap()).status, 200, "{href}");
            check_excerpt(it["excerpt_html"].as_str().unwrap());
        }
    }
}

/// An excerpt is text with `<mark>` around words, nothing else.
#[track_caller]
fn check_excerpt(html: &str) {
    let without = html.replace("<mark>", "").replace("</mark>", "");
    assert!(!without.contains(['<', '>', '"']), "{html}");
    assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count(), "{html}");
}

#[test]
fn hits_can_be_narrowed_to_one_kind() {
    for kind in ["article", "glossary", "page"] {
        let list = real().get(&format!("/api/v1/search?q=a&kind={kind}")).json();
        let items = list["items"].as_array().unwrap();
        assert!(items.iter().all(|it| it["kind"] == kind), "{kind}");
    }
    let terms = real().get("/api/v1/search?q=cytokine&kind=glossary").json();
    assert!(terms["items"][0]["href"].as_str().unwrap().starts_with("/glossaire#"), "{terms}");
}

#[test]
fn hits_come_a_page_at_a_time() {
    let answer = fixtures().get("/api/v1/search?q=exemple&per_page=2&page=2");
    let list = answer.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let link = answer.header("link").to_owned();
    assert!(link.contains("</api/v1/search?q=exemple&per_page=2&page=1>; rel=\"prev\""), "{link}");
    assert!(link.contains("</api/v1/search?q=exemple&per_page=2&page=3>; rel=\"next\""), "{link}");
}

#[test]
fn a_query_without_a_word_finds_nothing() {
    for query in ["", " ", "?", "«»", "...", "\u{202f}", "\0"] {
        assert_eq!(search(query).json()["total"], 0, "{query:?}");
    }
}

#[test]
fn a_query_nobody_could_mean_is_answered_all_the_same() {
    for query in ["<script>alert(1)</script>", "a\u{0}b", "🙂", "\u{202e}abc", "'; DROP TABLE"] {
        for it in hits(query) {
            check_excerpt(it["excerpt_html"].as_str().unwrap());
        }
    }
}

/// An address holds less; the library itself takes any text.
#[test]
fn ten_thousand_characters_are_cut_and_searched() {
    let library = &real().snapshot().library;
    for query in ["a".repeat(10_000), "cellule ".repeat(1_250), "é".repeat(10_000)] {
        let found = library.search(&query, None);
        assert!(found.iter().all(|it| it.hit().excerpt_html.len() < 1_000));
    }
    let long = format!("cellule {}", "x".repeat(10_000));
    let address = format!("/api/v1/search?q={}", encode(&long));
    assert_eq!(real().get(&address).status, 414);
}

#[test]
fn the_page_of_hits_shows_what_was_typed_as_text() {
    let page = real().get(&format!("/recherche?q={}", encode("\"><img src=x onerror=alert(1)>")));
    assert_eq!(page.status, 200);
    let document = page.document();
    assert!(document.faults.is_empty(), "{:?}", document.faults);
    assert!(document.all("img").all(|it| it.get("src") != Some("x")));
    let fields: Vec<_> = document.values("input", "name", "q", "value");
    assert!(fields.contains(&"\"><img src=x onerror=alert(1)>"), "{fields:?}");
}

#[test]
fn the_page_of_hits_is_not_for_search_engines() {
    let page = real().get("/recherche?q=cellule").document();
    assert_eq!(page.meta("robots"), ["noindex"]);
}

#[test]
fn the_page_of_hits_shows_them_without_scripts() {
    let page = real().get("/recherche?q=CAR-T");
    assert!(page.text().contains("href=\"/articles/cellules-car-t\""));
    assert_eq!(page.document().all("mark").next().map(|it| it.name.as_str()), Some("mark"));
}

#[test]
fn a_town_leads_to_the_practitioners_around_it() {
    for query in ["Lyon", "lyon", "69003"] {
        let found = hits(query);
        let town = found.iter().find(|it| it["kind"] == "town");
        let town = town.unwrap_or_else(|| panic!("{query}: {found:?}"));
        let href = town["href"].as_str().unwrap();
        let page = real().get(href);
        assert_eq!(page.status, 200, "{href}");
        assert!(page.text().contains("Lyon"), "{href}");
    }
    for query in ["lyo", "fièvre", "vaccin", "cellules CAR-T", "l"] {
        assert!(hits(query).iter().all(|it| it["kind"] != "town"), "{query}");
    }
}

#[test]
fn a_practitioner_is_found_by_name() {
    let list = real().get("/api/v1/practitioners").json();
    let one = &list["items"][0];
    let found = hits(one["name"].as_str().unwrap());
    let hit = found.iter().find(|it| it["kind"] == "practitioner").unwrap();
    assert!(hits("ca").iter().all(|it| it["kind"] != "practitioner"), "too short for a name");
    let id = hit["href"].as_str().unwrap().rsplit('/').next().unwrap();
    let entry = real().get(&format!("/api/v1/practitioners/{id}")).json();
    assert_eq!(entry["name"], hit["title"]);
    let made_up = hit["excerpt_html"].as_str().unwrap().contains(locale::text().hit_sample());
    assert_eq!(made_up, entry["fictif"] == true, "{hit} {entry}");
}
