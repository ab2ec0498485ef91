//! Content written by somebody who means harm, or who merely likes quotes: shown as text everywhere.

use std::{fs, path::Path, sync::LazyLock};

use serde_json::Value;
use server::config::Config;

use crate::support::{SITE, Site, copy, fixture_content, fixture_day};

const HOSTILE: &str = r#"</title><script>alert(1)</script>"x" 'y' & <!-- ]]> \u2028"#;
/// As it stands in a `toml` text.
const WRITTEN: &str = r#"</title><script>alert(1)</script>\"x\" 'y' & <!-- ]]> \\u2028"#;

/// The fixtures, with [`HOSTILE`] wherever plain text goes.
fn site() -> &'static Site {
    static SITE_: LazyLock<Site> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        copy(&fixture_content(), folder.path());
        let replace = |file: &str, from: &str, to: &str| {
            let path = folder.path().join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{file}: {from}");
            fs::write(path, text.replacen(from, to, 1)).unwrap();
        };
        let whole = "explainers/tout-en-un.md";
        replace(whole, "Contenu d'exemple : tout en un", WRITTEN);
        replace(whole, "short_title = \"Tout en un", &format!("short_title = \"{WRITTEN}"));
        replace(whole, "Contenu d'exemple, fictif : une page qui montre", WRITTEN);
        replace(whole, "Camille Exemple", WRITTEN);
        replace(whole, "Que disent les chiffres ?", WRITTEN);
        replace(whole, "cellules d'exemple\" }", &format!("{WRITTEN}\" }}"));
        let paid = "articles/page-sponsorisee.md";
        replace(paid, "Annonceur Fictif", WRITTEN);
        replace(paid, "Contenu sponsorisé par", WRITTEN);
        replace("glossary.toml", "Contenu d'exemple : une cellule", WRITTEN);
        replace("glossary.toml", "Cellule d'exemple", WRITTEN);
        replace("references.toml", "An invented trial", WRITTEN);
        replace("references.toml", "Exemple A, Modèle B", WRITTEN);
        replace("topics.toml", "Exemples", WRITTEN);
        replace("articles/article-corrige.md", "Le nombre 12", WRITTEN);
        replace("comparison.toml", "Deux exemples côte", WRITTEN);
        replace("pages/a-propos.md", "À propos", WRITTEN);
        let text = SITE.replace("Site d'exemple", WRITTEN).replace("Samu", WRITTEN);
        let config = Config::parse(&text, Path::new("site.toml"), None).unwrap();
        Site::new(config, folder.path(), fixture_day())
    });
    &SITE_
}

#[test]
fn no_page_takes_text_for_markup() {
    for route in site().routes() {
        let answer = site().get(&route.to_string());
        assert_eq!(answer.status, 200, "{route}");
        assert!(!answer.text().contains("<script>alert"), "{route}");
        let page = answer.document();
        assert!(page.faults.is_empty(), "{route}: {:#?}", page.faults);
        for script in page.all("script") {
            let kind = script.get("type").unwrap_or_default();
            assert!(script.get("src").is_some() || kind.ends_with("json"), "{route}: {script:?}");
            if kind.ends_with("json") {
                assert!(serde_json::from_str::<Value>(&script.text).is_ok(), "{route}");
            }
        }
    }
}

/// French spacing and apostrophes may be set in it; its letters and signs stay.
#[track_caller]
fn check_shown(text: &str, about: &str) {
    for word in ["</title><script>alert(1)</script>", "\"x\"", "&", "]]>"] {
        assert!(text.contains(word), "{about}: {word} in {text}");
    }
}

#[test]
fn a_title_reads_as_it_was_written_wherever_it_stands() {
    assert!(HOSTILE.starts_with("</title><script>alert(1)</script>\"x\""));
    let page = site().get("/articles/tout-en-un").document();
    check_shown(&page.all("title").next().unwrap().text, "title");
    check_shown(&page.one("h1").text, "h1");
    check_shown(page.property("og:title")[0], "og:title");
    check_shown(page.property("og:site_name")[0], "og:site_name");
    check_shown(page.meta("description")[0], "description");
    check_shown(page.property("og:image:alt")[0], "og:image:alt");
}

#[test]
fn structured_data_and_the_seed_hold_it_as_text() {
    let page = site().get("/articles/tout-en-un").document();
    let nodes = page.scripts("application/ld+json");
    let node: Value = serde_json::from_str(nodes[0]).unwrap();
    check_shown(node["headline"].as_str().unwrap(), "headline");
    check_shown(node["author"][0]["name"].as_str().unwrap(), "author");
    let seed: Value = serde_json::from_str(page.scripts("application/json")[0]).unwrap();
    check_shown(seed["site"]["name"].as_str().unwrap(), "site name");
    // What the page shows is in the page; the seed has only what hydration cannot read there.
    assert_eq!(seed["article"]["slug"], "tout-en-un");
}

#[test]
fn a_sponsors_name_reads_as_it_was_written() {
    let page = site().get("/articles/page-sponsorisee").document();
    check_shown(&page.one("main").text, "the disclosure");
    assert!(page.faults.is_empty(), "{:?}", page.faults);
}

#[test]
fn feeds_and_the_sitemap_stay_well_formed() {
    for address in ["/feed.xml", "/atom.xml", "/sitemap.xml"] {
        let answer = site().get(address);
        let text = answer.text();
        assert!(!text.contains("<script"), "{address}");
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{address}: {error}"),
            }
        }
    }
    let feed = site().get("/feed.json").json();
    let titles: Vec<&str> =
        feed["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|it| it.starts_with("</title><script>")), "{titles:?}");
    assert_eq!(site().get("/manifest.webmanifest").json()["lang"], "fr");
}

#[test]
fn pictures_are_drawn_whatever_the_title() {
    for name in ["tout-en-un", "page-sponsorisee", "site"] {
        let answer = site().get(&format!("/pictures/{name}.png"));
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{name}");
    }
}

#[test]
fn a_search_that_finds_it_shows_it_as_text() {
    for query in ["script", "alert", "title"] {
        let answer = site().get(&format!("/api/v1/search?q={query}"));
        for it in answer.json()["items"].as_array().unwrap() {
            let html = it["excerpt_html"].as_str().unwrap();
            let rest = html.replace("<mark>", "").replace("</mark>", "");
            assert!(!rest.contains('<'), "{html}");
        }
        let page = site().get(&format!("/recherche?q={query}"));
        assert!(!page.text().contains("<script>alert"));
        assert!(page.document().faults.is_empty());
    }
}
