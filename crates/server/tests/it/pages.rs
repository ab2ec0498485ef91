//! Every page of the site: what it says of itself, and what it shows without a script.

use std::{collections::BTreeMap, sync::LazyLock};

use contract::route::{Depth, Route};

use crate::support::{Site, URL, fixtures, html::Document, real};

/// Every page with its address, read once for all tests.
type Pages = Vec<(String, Document)>;

fn read(site: &Site) -> Pages {
    let pages = site.routes().into_iter().map(|route| {
        let address = route.to_string();
        let answer = site.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        (address, answer.document())
    });
    pages.collect()
}

pub fn real_pages() -> impl Iterator<Item = (&'static str, &'static Document)> {
    static PAGES: LazyLock<Pages> = LazyLock::new(|| read(real()));
    PAGES.iter().map(|(address, page)| (&**address, page))
}

pub fn fixture_pages() -> impl Iterator<Item = (&'static str, &'static Document)> {
    static PAGES: LazyLock<Pages> = LazyLock::new(|| read(fixtures()));
    PAGES.iter().map(|(address, page)| (&**address, page))
}

pub fn both() -> impl Iterator<Item = (&'static str, &'static Document)> {
    real_pages().chain(fixture_pages())
}

/// The only element of a list.
#[track_caller]
fn one<T: Copy + std::fmt::Debug>(found: &[T], about: &str) -> T {
    assert_eq!(found.len(), 1, "{about}: {found:?}");
    found[0]
}

#[test]
fn every_page_has_one_heading_of_the_first_level() {
    for (address, page) in both() {
        let headings: Vec<_> = page.all("h1").collect();
        assert_eq!(headings.len(), 1, "{address}: {headings:?}");
        assert!(!headings[0].text.trim().is_empty(), "{address}");
        assert!(headings[0].around.iter().any(|it| it == "main"), "{address}: outside of main");
    }
}

#[test]
fn every_page_says_its_title_its_summary_and_its_language() {
    for (address, page) in both() {
        let titles: Vec<&str> = page
            .all("title")
            .filter(|it| it.around.last().is_some_and(|it| it == "head"))
            .map(|it| it.text.as_str())
            .collect();
        assert!(!one(&titles, address).trim().is_empty(), "{address}");
        assert!(!one(&page.meta("description"), address).is_empty(), "{address}");
        assert_eq!(page.one("html").get("lang"), Some("fr"), "{address}");
        assert!(page.meta("viewport")[0].contains("width=device-width"), "{address}");
        assert!(!page.meta("viewport")[0].contains("user-scalable"), "{address}");
    }
}

#[test]
fn no_two_pages_share_a_title() {
    for site in [real(), fixtures()] {
        let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for route in site.routes() {
            // The depths of a page are the same page: so says their canonical address.
            if !matches!(&route, Route::Article { depth, .. } if *depth != Depth::Full) {
                let title = site.get(&route.to_string()).document();
                let title = title.all("title").next().unwrap().text.clone();
                titles.entry(title).or_default().push(route.to_string());
            }
        }
        titles.retain(|_, addresses| 1 < addresses.len());
        assert!(titles.is_empty(), "{titles:#?}");
    }
}

#[test]
fn every_page_names_its_one_address() {
    for site in [real(), fixtures()] {
        for route in site.routes() {
            let answer = site.get(&route.to_string());
            let page = answer.document();
            let own = match route.clone() {
                Route::Article { slug, .. } => Route::Article { slug, depth: Depth::Full },
                other => other,
            };
            let expected = format!("{URL}{own}");
            assert_eq!(one(&page.canonical(), &expected), expected);
            assert_eq!(one(&page.property("og:url"), &expected), expected);
            assert_eq!(page.meta("robots"), ["index,follow"], "{route}");
        }
    }
}

#[test]
fn every_page_can_be_shared_with_a_picture_that_exists() {
    let mut pictures: BTreeMap<String, &Site> = BTreeMap::new();
    let real_pages = real_pages().map(|it| (real(), it));
    let fixture_pages = fixture_pages().map(|it| (fixtures(), it));
    {
        for (site, (address, page)) in real_pages.chain(fixture_pages) {
            for name in ["og:title", "og:description", "og:type", "og:site_name", "og:image:alt"] {
                assert!(!one(&page.property(name), address).is_empty(), "{address}: {name}");
            }
            assert_eq!(page.property("og:locale"), ["fr_FR"], "{address}");
            assert_eq!(page.property("og:image:width"), ["1200"], "{address}");
            assert_eq!(page.property("og:image:height"), ["630"], "{address}");
            let picture = one(&page.property("og:image"), address);
            let path = picture.strip_prefix(URL).expect("pictures are the site's own");
            pictures.insert(path.to_owned(), site);
        }
    }
    assert!(20 < pictures.len());
    for (path, site) in pictures {
        let answer = site.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{path}");
        // PNG, section 11.2.2: width and height follow the first chunk's name.
        assert_eq!(&answer.body[12..16], b"IHDR", "{path}");
        let size = |at: usize| u32::from_be_bytes(answer.body[at..at + 4].try_into().unwrap());
        assert_eq!((size(16), size(20)), (1200, 630), "{path}");
        assert!(answer.body.len() < 300 * 1024, "{path}: {} bytes", answer.body.len());
    }
}

#[test]
fn every_page_offers_the_feeds() {
    for (address, page) in both() {
        // The map's page offers itself to those who embed, too.
        let feeds: Vec<&str> = page
            .all("link")
            .filter(|it| it.get("rel") == Some("alternate"))
            .filter(|it| it.get("type") != Some("application/json+oembed"))
            .filter_map(|it| it.get("href"))
            .collect();
        assert_eq!(feeds, ["/feed.xml", "/atom.xml", "/feed.json"], "{address}");
    }
}

/// Longer titles are cut in lists of results. Told, not refused: that is the editors' choice.
#[test]
fn long_titles_are_told_to_the_editors() {
    for (address, page) in real_pages() {
        let title = &page.all("title").next().unwrap().text;
        let length = title.chars().count();
        if 70 < length {
            println!("{address}: a title of {length} characters: {title}");
        }
    }
}

#[test]
fn every_page_has_its_landmarks_and_a_way_past_the_menu() {
    for (address, page) in both() {
        for name in ["main", "footer"] {
            assert_eq!(
                page.all(name).filter(|it| it.around.len() < 5).count(),
                1,
                "{address}: {name}"
            );
        }
        assert!(page.all("nav").next().is_some(), "{address}");
        let skip = page.all("a").next().unwrap();
        let target = skip.get("href").unwrap().strip_prefix('#').unwrap();
        assert_eq!(page.one("main").get("id"), Some(target), "{address}");
    }
}

#[test]
fn the_three_depths_of_a_page_are_the_same_document_opened_elsewhere() {
    for depth in Depth::ALL {
        let address = format!("/articles/tout-en-un/{}", depth.segment());
        let page = fixtures().get(address.trim_end_matches('/')).document();
        let marked: Vec<&str> =
            page.elements.iter().filter_map(|it| it.get("data-depth")).collect();
        assert_eq!(marked, [depth.name()], "{address}");
        let ids = page.ids();
        for id in ["principe", "etudes", "inconnu", "consulter"] {
            assert!(ids.contains(&id), "{address}: {id}");
        }
    }
}

#[test]
fn a_paid_page_says_so_before_its_title_and_has_no_level_of_proof() {
    let answer = fixtures().get("/articles/page-sponsorisee");
    let text = answer.text();
    let body = &text[text.find("<main").unwrap()..];
    let told = body.find("Contenu sponsorisé par l’Annonceur Fictif").unwrap();
    assert!(told < body.find("<h1").unwrap(), "the reader learns it first");
    assert!(!body.contains("data-level"), "nothing paid for wears a level");
    for address in ["/articles", "/themes/exemple"] {
        let list = fixtures().get(address);
        assert!(list.text().contains("Annonceur Fictif"), "{address}: the list says it too");
    }
}

#[test]
fn every_mark_of_proof_opens_its_source_on_the_same_page() {
    for (address, page) in both() {
        let ids = page.ids();
        for it in page.all("button").filter_map(|it| it.get("popovertarget")) {
            assert!(ids.contains(&it), "{address}: {it}");
        }
    }
}

#[test]
fn what_is_switched_off_is_mentioned_nowhere() {
    for (address, page) in real_pages() {
        let links: Vec<&str> = page.all("a").filter_map(|it| it.get("href")).collect();
        for href in ["/temoignages", "/professionnels"] {
            assert!(!links.contains(&href), "{address}: {href}");
        }
    }
    let on = fixtures().get("/articles/tout-en-un").document();
    let links: Vec<&str> = on.all("a").filter_map(|it| it.get("href")).collect();
    for href in ["/carte", "/temoignages", "/professionnels"] {
        assert!(links.contains(&href), "{href}");
    }
}

#[test]
fn pages_about_side_effects_keep_the_emergency_numbers_one_tap_away() {
    for site in [real(), fixtures()] {
        for article in site.snapshot().library.articles().filter(|it| it.emergency) {
            let page = site.get(&format!("/articles/{}", article.slug)).document();
            assert!(page.all("a").any(|it| it.get("href") == Some("tel:15")), "{}", article.slug);
        }
    }
}

#[test]
fn what_only_the_map_needs_is_loaded_with_the_map() {
    let mut maps = 0;
    for (address, page) in both() {
        let of = |word: &str| {
            let named = page.all("link").chain(page.all("script"));
            named
                .flat_map(|it| [it.get("href"), it.get("src")])
                .flatten()
                .any(|it| it.starts_with(&format!("/{word}")))
        };
        let shows =
            ["/carte", "/praticiens/", "/integrer"].iter().any(|it| address.starts_with(it));
        assert_eq!(of("map-"), shows, "{address}: the style sheet of the map");
        assert_eq!(of("leaflet/"), address == "/carte", "{address}: Leaflet");
        maps += usize::from(shows);
    }
    assert!(maps > 0);
}

#[test]
fn nothing_on_a_page_is_fetched_from_another_host() {
    for (address, page) in both() {
        for element in &page.elements {
            let fetched = match element.name.as_str() {
                "a" => continue,
                // Addresses that are told, not fetched.
                "link" if matches!(element.get("rel"), Some("canonical" | "alternate")) => continue,
                "link" => element.get("href"),
                "form" => element.get("action"),
                _ => element.get("src").or(element.get("href")),
            };
            let own = fetched.is_none_or(|it| it.starts_with('/') && !it.starts_with("//"));
            assert!(own || fetched.is_some_and(|it| it.starts_with('#')), "{address}: {element:?}");
            assert_eq!(element.get("srcset"), None, "{address}");
        }
    }
}

#[test]
fn links_to_other_sites_tell_them_nothing() {
    for (address, page) in both() {
        for link in page.all("a") {
            let href = link.get("href").unwrap_or_default();
            if link.get("target") == Some("_blank") {
                let rel = link.get("rel").unwrap_or_default();
                assert!(rel.contains("noopener"), "{address}: {href}");
            }
        }
    }
}
