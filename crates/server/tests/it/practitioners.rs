//! The directory: its endpoints, its list without scripts, a page for each practitioner.

use std::path::Path;

use serde_json::Value;
use server::{config::Config, defaults};

use crate::support::{Site, fixture_content, fixture_day, fixtures};

fn list(site: &Site, query: &str) -> Value {
    site.get(&format!("/api/v1/practitioners{query}")).json()
}

fn first_id(site: &Site) -> String {
    list(site, "")["items"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_list_around_a_town_is_nearest_first() {
    let found = list(fixtures(), "?town=Lyon&radius_m=500000");
    assert_eq!(found["around"]["name"], "Lyon (69)");
    let distances: Vec<u64> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["distance_m"].as_u64().unwrap())
        .collect();
    assert!(!distances.is_empty() && distances.is_sorted(), "{distances:?}");
}

#[test]
fn whatever_is_made_up_says_so_everywhere() {
    let site = fixtures();
    assert_eq!(list(site, "")["fictif"], true);
    let id = first_id(site);
    assert_eq!(site.get(&format!("/api/v1/practitioners/{id}")).json()["fictif"], true);
    for path in ["/carte".to_owned(), format!("/praticiens/{id}")] {
        let answer = site.get(&path);
        let page = answer.text();
        assert!(page.contains("Données fictives."), "{path}");
        assert!(!page.contains("\"Physician\"") && !page.contains("\"MedicalBusiness\""), "{path}");
    }
    let all = site.get("/api/v1/practitioners.geojson").json();
    let features = all["features"].as_array().unwrap();
    assert!(features.iter().all(|it| it["properties"]["fictif"] == true));
    assert!(!site.get(&format!("/praticiens/{id}")).text().contains("href=\"tel:0"));
}

#[test]
fn the_list_is_complete_without_scripts() {
    let site = fixtures();
    let total = list(site, "")["total"].as_u64().unwrap();
    let mut seen = Vec::new();
    let mut next = Some("/carte".to_owned());
    while let Some(path) = next {
        let page = site.get(&path).document();
        seen.extend(page.all("a").filter_map(|it| {
            it.get("href").filter(|it| it.starts_with("/praticiens/")).map(ToOwned::to_owned)
        }));
        next = page
            .all("a")
            .find(|it| it.get("rel") == Some("next"))
            .and_then(|it| it.get("href").map(ToOwned::to_owned));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len() as u64, total);
    for path in &seen {
        assert_eq!(site.get(path).status, 200, "{path}");
    }
}

#[test]
fn a_plain_form_narrows_the_list() {
    let answer = fixtures().get("/carte?town=&profession=nurse&language=&radius_m=&remote=1");
    let page = answer.text();
    let found = list(fixtures(), "?profession=nurse&remote=1");
    let total = found["total"].as_u64().unwrap();
    let words = if total < 2 { "fiche" } else { "fiches" };
    assert!(
        page.contains(&format!("{total} {words}"))
            || page.contains(&format!("{total}\u{a0}{words}")),
        "{page}"
    );
    assert!(page.contains("<option value=\"nurse\" selected>"));
}

#[test]
fn an_unknown_town_is_told_and_nobody_is_hidden() {
    let answer = fixtures().get("/carte?town=xqzxqzxqz");
    let page = answer.text();
    assert!(page.contains("xqzxqzxqz") && page.contains("role=\"alert\""));
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_name() {
    let site = fixtures();
    for (path, field) in [
        ("/api/v1/practitioners?profession=guru", "profession"),
        ("/api/v1/practitioners?near=95,0", "near"),
        ("/api/v1/practitioners?bbox=1,2,3", "bbox"),
        ("/api/v1/practitioners?page=0", "page"),
        ("/api/v1/practitioners?per_page=0", "per_page"),
        ("/api/v1/practitioners?per_page=101", "per_page"),
        ("/api/v1/practitioners?utm_source=x", "utm_source"),
        ("/api/v1/practitioners/clusters?zoom=5", "bbox"),
        ("/api/v1/practitioners/clusters?bbox=0,0,1,1", "zoom"),
        ("/api/v1/practitioners/clusters?bbox=0,0,1,1&zoom=19", "zoom"),
        ("/api/v1/places", "q"),
        ("/api/v1/places?q=a&x=1", "q"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 400, "{path}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(&format!("({field})")), "{path}: {detail}");
    }
}

#[test]
fn the_map_is_given_every_practitioner_of_a_part() {
    let site = fixtures();
    let world = "/api/v1/practitioners/clusters?bbox=-180,-85,180,85&zoom=";
    let total = list(site, "")["total"].as_u64().unwrap();
    for zoom in [0, 5, 12, 18] {
        let answer = site.get(&format!("{world}{zoom}"));
        assert_eq!(answer.header("content-type"), "application/geo+json");
        let count: u64 = answer.json()["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["properties"]["count"].as_u64().unwrap_or(1))
            .sum();
        assert_eq!(count, total, "zoom {zoom}");
    }
}

#[test]
fn towns_are_found_as_they_are_typed() {
    let places = fixtures().get("/api/v1/places?q=saint-eti").json();
    assert_eq!(places[0]["name"], "Saint-Étienne");
    assert_eq!(places[0]["label"], "Saint-Étienne (42)");
    assert_eq!(fixtures().get("/api/v1/places?q=").json(), serde_json::json!([]));
}

#[test]
fn where_somebody_looks_is_never_kept() {
    let site = fixtures();
    for path in [
        "/carte?town=Lyon",
        "/carte?near=45.76,4.84",
        "/api/v1/practitioners?town=Lyon",
        "/api/v1/places?q=Lyon",
        "/api/v1/practitioners/clusters?bbox=0,0,1,1&zoom=5",
    ] {
        assert_eq!(site.get(path).header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn a_contact_can_be_kept() {
    let site = fixtures();
    let id = first_id(site);
    let answer = site.get(&format!("/api/v1/practitioners/{id}/vcard"));
    assert_eq!(answer.header("content-type"), "text/vcard; charset=utf-8");
    let card = answer.text();
    assert!(card.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"), "{card}");
    assert!(answer.header("content-disposition").contains(&format!("{id}.vcf")));
}

#[test]
fn who_is_not_there_has_no_page() {
    let site = fixtures();
    for path in [
        "/praticiens/personne",
        "/api/v1/practitioners/personne",
        "/api/v1/practitioners/..%2Fx",
        "/api/v1/practitioners/personne/vcard",
    ] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_directory_that_is_switched_off_is_not_there() {
    let off = defaults::SITE.replace("\nmap = true", "\nmap = false");
    let config = Config::parse(&off, Path::new("site.toml"), None).unwrap();
    assert!(!config.site.features.map);
    let site = Site::new(config, &fixture_content(), fixture_day());
    for path in
        ["/carte", "/api/v1/practitioners", "/api/v1/places?q=lyon", "/api/v1/practitioners.csv"]
    {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
    for path in ["/", "/articles/tout-en-un", "/nulle-part", "/sitemap.xml"] {
        let answer = site.get(path);
        assert!(!answer.text().contains("/carte"), "{path}");
    }
}
