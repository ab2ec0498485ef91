//! What search engines and devices are told: sitemap, robots, manifest.

use std::collections::BTreeSet;

use contract::date::Date;

use crate::{
    feeds::xml,
    support::{URL, fixtures, real},
};

#[test]
fn the_sitemap_names_every_page_worth_a_visit_once() {
    for site in [real(), fixtures()] {
        let answer = site.get("/sitemap.xml");
        assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
        let root = xml(answer.text());
        assert_eq!(root.name, "urlset");
        assert_eq!(root.get("xmlns"), "http://www.sitemaps.org/schemas/sitemap/0.9");
        let mut seen = BTreeSet::new();
        for url in root.all("url") {
            let address = url.one("loc").text.clone();
            let path = address.strip_prefix(URL).expect("whole addresses of this site");
            let page = site.get(path);
            assert_eq!(page.status, 200, "{address}");
            let page = page.document();
            assert_eq!(page.canonical(), [address.as_str()], "only a page's own address");
            assert_eq!(page.meta("robots"), ["index,follow"], "{address}");
            for it in url.all("lastmod") {
                assert!(it.text.parse::<Date>().is_ok(), "{address}: {}", it.text);
            }
            assert!(seen.insert(address.clone()), "{address} stands twice");
        }
        assert!((30..50_000).contains(&seen.len()));
        assert!(answer.body.len() < 50 * 1024 * 1024);
        for article in site.snapshot().library.articles() {
            assert!(seen.contains(&format!("{URL}/articles/{}", article.slug)));
        }
    }
}

#[test]
fn an_articles_entry_says_when_it_last_changed() {
    let root = xml(fixtures().get("/sitemap.xml").text());
    let entry = root.all("url").find(|it| it.one("loc").text.ends_with("/articles/tout-en-un"));
    assert_eq!(entry.unwrap().one("lastmod").text, "2026-03-01");
}

#[test]
fn robots_are_shown_the_sitemap_and_kept_from_searches_alone() {
    let answer = real().get("/robots.txt");
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let lines: Vec<(&str, &str)> = answer
        .text()
        .lines()
        .filter_map(|it| it.split_once(':'))
        .map(|it| (it.0, it.1.trim()))
        .collect();
    assert!(lines.contains(&("Sitemap", &format!("{URL}/sitemap.xml"))), "{lines:?}");
    assert_eq!(lines[0], ("User-agent", "*"));
    let refused: Vec<&str> = lines.iter().filter(|it| it.0 == "Disallow").map(|it| it.1).collect();
    for route in real().routes() {
        let address = route.to_string();
        // RFC 9309, section 2.2.2: a rule refuses every address that starts with it.
        let blocked = refused.iter().any(|it| !it.is_empty() && address.starts_with(it));
        assert!(!blocked, "{address}");
    }
    assert!(refused.iter().any(|it| "/recherche?q=x".starts_with(it)));
}

#[test]
fn the_manifest_names_the_site_and_icons_that_exist() {
    let answer = real().get("/manifest.webmanifest");
    assert_eq!(answer.header("content-type"), "application/manifest+json");
    let manifest = answer.json();
    for member in ["name", "short_name", "description", "lang", "start_url", "display"] {
        assert!(manifest[member].as_str().is_some_and(|it| !it.is_empty()), "{member}");
    }
    let icons = manifest["icons"].as_array().unwrap();
    for icon in icons {
        let file = real().get(icon["src"].as_str().unwrap());
        assert_eq!((file.status, file.header("content-type")), (200, "image/png"));
        let size = u32::from_be_bytes(file.body[16..20].try_into().unwrap());
        assert_eq!(icon["sizes"], format!("{size}x{size}"));
    }
    for wanted in ["192x192", "512x512"] {
        assert!(icons.iter().any(|it| it["sizes"] == wanted), "{wanted}");
    }
    let page = real().get("/").document();
    assert_eq!(page.values("link", "rel", "manifest", "href"), ["/manifest.webmanifest"]);
}
