//! What machines read in a page's head (JSON-LD 1.1, schema.org).

use serde_json::Value;

use crate::{
    pages::{both, real_pages},
    support::{Site, URL, fixtures, html::Document, real},
};

fn nodes(page: &Document) -> Vec<Value> {
    let scripts = page.scripts("application/ld+json");
    scripts.into_iter().map(|it| serde_json::from_str(it).unwrap()).collect()
}

fn node(site: &Site, address: &str, kind: &str) -> Value {
    let found: Vec<Value> =
        nodes(&site.get(address).document()).into_iter().filter(|it| it["@type"] == kind).collect();
    assert_eq!(found.len(), 1, "{address}: {kind}");
    found[0].clone()
}

/// Every text in `value` that is an address.
fn addresses<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if text.starts_with(URL) => found.push(text),
        Value::Array(items) => items.iter().for_each(|it| addresses(it, found)),
        Value::Object(members) => members.values().for_each(|it| addresses(it, found)),
        _ => {}
    }
}

#[test]
fn every_node_says_what_it_is() {
    for (address, page) in both() {
        for node in nodes(page) {
            assert_eq!(node["@context"], "https://schema.org", "{address}");
            assert!(node["@type"].as_str().is_some_and(|it| !it.is_empty()), "{address}: {node}");
        }
    }
}

#[test]
fn every_address_in_it_is_a_page_or_a_file_of_the_site() {
    for (address, page) in real_pages() {
        for node in nodes(page) {
            let mut found = Vec::new();
            addresses(&node, &mut found);
            for it in found.into_iter().filter(|it| !it.contains('{')) {
                let path = it.strip_prefix(URL).unwrap().split('#').next().unwrap();
                assert_eq!(real().get(path).status, 200, "{address}: {it}");
            }
        }
    }
}

#[test]
fn breadcrumbs_start_at_home_and_count_from_one() {
    let mut trails = 0;
    for (address, page) in both() {
        for node in nodes(page).iter().filter(|it| it["@type"] == "BreadcrumbList") {
            let items = node["itemListElement"].as_array().unwrap();
            assert!(2 <= items.len(), "{address}");
            for (at, item) in items.iter().enumerate() {
                assert_eq!(item["@type"], "ListItem", "{address}");
                assert_eq!(item["position"], at + 1, "{address}");
                assert!(!item["name"].as_str().unwrap().is_empty(), "{address}");
                assert!(item["item"].as_str().unwrap().starts_with(URL), "{address}");
            }
            assert_eq!(items[0]["item"], format!("{URL}/"), "{address}");
            trails += 1;
        }
    }
    assert!(40 < trails);
}

#[test]
fn an_explainer_is_a_medical_page_and_says_who_stands_for_it() {
    let page = node(fixtures(), "/articles/tout-en-un", "MedicalWebPage");
    assert_eq!(page["datePublished"], "2026-01-10");
    assert_eq!(page["dateModified"], "2026-03-01");
    assert_eq!(page["inLanguage"], "fr");
    assert_eq!(page["author"][0]["name"], "Camille Exemple");
    assert_eq!(page["author"][0]["@type"], "Person");
    assert_eq!(page["reviewedBy"]["name"], "Dominique Fictif");
    assert_eq!(page["lastReviewed"], "2026-02-01");
    assert_eq!(page["publisher"]["@type"], "Organization");
    assert!(page["headline"].as_str().unwrap().chars().count() <= 110, "what readers of it cut");
}

#[test]
fn nobody_is_said_to_have_reviewed_a_page_that_nobody_has() {
    let page = node(fixtures(), "/articles/deuxieme-explication", "MedicalWebPage");
    assert_eq!((page.get("reviewedBy"), page.get("lastReviewed")), (None, None));
    assert_eq!(page["author"][0]["@type"], "Organization", "a team is not a person");
}

#[test]
fn a_paid_page_is_an_advertisers_and_names_who_paid() {
    let page = node(fixtures(), "/articles/page-sponsorisee", "AdvertiserContentArticle");
    assert_eq!(page["sponsor"]["name"], "Annonceur Fictif");
}

#[test]
fn the_front_page_says_who_publishes_and_how_to_search() {
    let organisation = node(fixtures(), "/", "Organization");
    assert_eq!(organisation["name"], "Site d'exemple");
    assert_eq!(organisation["sameAs"][0], "https://reseau.example/@exemple");
    assert_eq!(organisation["email"], "exemple@example.org");
    let site = node(fixtures(), "/", "WebSite");
    let target = site["potentialAction"]["target"].as_str().unwrap();
    let found = fixtures().get(&target.strip_prefix(URL).unwrap().replace("{q}", "exemple"));
    assert_eq!(found.status, 200);
    assert!(found.text().contains("<mark>"));
}

#[test]
fn the_glossary_is_a_set_of_defined_terms() {
    let set = node(fixtures(), "/glossaire", "DefinedTermSet");
    let terms = set["hasDefinedTerm"].as_array().unwrap();
    assert_eq!(terms.len(), 4);
    let page = fixtures().get("/glossaire").document();
    for it in terms {
        let id = it["url"].as_str().unwrap().split_once('#').unwrap().1;
        assert!(page.ids().contains(&id), "{id}");
    }
}
