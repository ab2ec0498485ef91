//! Every JSON endpoint, checked against the description that is served beside it.

use contract::paths;
use serde_json::Value;

use crate::{
    openapi::{answer_schema, check_shape, document, schema},
    support::{Site, fixtures, real},
};

/// Each endpoint of a site with its path in the description.
fn endpoints(site: &Site) -> Vec<(&'static str, String)> {
    let library = &site.snapshot().library;
    let mut all: Vec<(&str, String)> = [
        paths::SITE,
        paths::HOME,
        paths::ARTICLES,
        paths::TOPICS,
        paths::GLOSSARY,
        paths::REFERENCES,
        paths::CORRECTIONS,
        paths::COMPARISON,
    ]
    .map(|it| (it, it.to_owned()))
    .into();
    all.push((paths::ARTICLES, paths::articles(Some("explainer"), None, 1, Some(100))));
    all.push((paths::SEARCH, paths::search("exemple")));
    for topic in library.topics() {
        all.push((paths::ARTICLES, paths::articles(None, Some(&topic.slug), 1, None)));
    }
    for article in library.articles() {
        all.push((paths::ARTICLE, paths::article(&article.slug)));
        all.push((paths::RELATED, paths::related(&article.slug)));
    }
    all.extend(library.pages().map(|it| (paths::PAGE, paths::page(&it.slug))));
    all
}

#[track_caller]
fn check_all(site: &Site) {
    let document = document();
    for (path, address) in endpoints(site) {
        let answer = site.get(&format!("{}{address}", paths::BASE));
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json", "{address}");
        let caching = if path == paths::SEARCH { "no-store" } else { "public, no-cache" };
        assert_eq!(answer.header("cache-control"), caching, "{address}");
        check_shape(&schema(&document, &answer_schema(path)), &answer.json(), &address);
    }
}

#[test]
fn every_endpoint_answers_what_its_description_says() {
    check_all(real());
}

#[test]
fn content_with_one_of_everything_fits_the_description_too() {
    check_all(fixtures());
}

/// Asking for the page first must not put its HTML where the endpoint's answer is kept, nor the
/// other way around.
#[test]
fn a_page_and_an_endpoint_of_the_same_name_never_take_each_others_place() {
    for path in ["/articles", "/articles/cellules-car-t", "/references", "/corrections"] {
        let endpoint = format!("/api/v1{path}");
        for address in [path, &endpoint, path, &endpoint] {
            let answer = real().get(address);
            let kind =
                if address == path { "text/html; charset=utf-8" } else { "application/json" };
            assert_eq!(answer.header("content-type"), kind, "{address}");
        }
    }
}

#[test]
fn the_description_is_served_as_json() {
    let answer = real().get("/api/v1/openapi.json");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
}

#[test]
fn an_endpoint_shows_the_site_as_the_operator_describes_it() {
    let site = fixtures().get("/api/v1/site").json();
    assert_eq!(site["name"], "Site d'exemple");
    assert_eq!(site["contact_email"], "exemple@example.org");
    assert_eq!(site["features"]["map"], true);
    assert_eq!(site["features"]["contact"], false);
    assert_eq!(site["emergency_numbers"][0]["href"], "tel:15");
    let text = site.to_string();
    // What only the server needs: not a word of it leaves.
    assert!(!text.contains("allowed_origins") && !text.contains("ami.example"), "{text}");
}

#[test]
fn an_article_says_who_paid_who_wrote_and_who_read_it() {
    let whole = fixtures().get("/api/v1/articles/tout-en-un").json();
    assert_eq!(whole["review"]["by"]["on"], "2026-02-01");
    assert_eq!(whole["emergency"], true);
    assert_eq!(whole["authors"][0]["name"], "Camille Exemple");
    let paid = fixtures().get("/api/v1/articles/page-sponsorisee").json();
    assert_eq!(paid["kind"], "sponsored");
    assert_eq!(paid["sponsor"]["name"], "Annonceur Fictif");
    assert_eq!(paid["evidence"], serde_json::json!([]), "no level for what was paid for");
}

#[test]
fn related_pages_are_three_at_most_never_the_page_itself_never_paid_for() {
    for article in fixtures().snapshot().library.articles() {
        let address = format!("/api/v1{}", paths::related(&article.slug));
        let related = fixtures().get(&address).json();
        let related = related.as_array().unwrap();
        assert!(related.len() <= 3, "{address}");
        assert!(related.iter().all(|it| it["kind"] != "sponsored"), "{address}");
        assert!(related.iter().all(|it| it["slug"] != article.slug.as_str()), "{address}");
    }
}

#[test]
fn the_glossary_is_in_french_order() {
    let terms = fixtures().get("/api/v1/glossary").json();
    let slugs: Vec<&str> =
        terms.as_array().unwrap().iter().map(|it| it["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["car-t", "cellule-exemple", "epitope", "zone"]);
}

/// Types of blocks anywhere below `value`.
fn block_types(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("type").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|it| block_types(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| block_types(it, found)),
        _ => {}
    }
}

#[test]
fn the_page_with_one_of_everything_has_every_kind_of_block() {
    let article = fixtures().get("/api/v1/articles/tout-en-un").json();
    let mut found = Vec::new();
    block_types(&article["blocks"], &mut found);
    for kind in [
        "heading",
        "paragraph",
        "list",
        "definitions",
        "journey",
        "quote",
        "callout",
        "figure",
        "stat",
        "video",
        "table",
        "testimonial",
        "question",
        "publication",
        "further",
        "html",
    ] {
        assert!(found.iter().any(|it| it == kind), "{kind} is missing: {found:?}");
    }
}

#[test]
fn embedded_html_reaches_no_reader_with_anything_that_runs() {
    let answer = fixtures().get("/api/v1/articles/tout-en-un");
    let text = answer.text();
    assert!(!text.contains("<script") && !text.contains("onclick"), "{text}");
}
