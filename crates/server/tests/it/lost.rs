//! Addresses that are wrong or nearly right: the page that says so, and the way to the right one.

use crate::support::{check_problem, real};

#[test]
fn an_unknown_address_shows_a_page_that_helps() {
    let answer = real().get("/rien-de-tel");
    assert_eq!(answer.status, 404);
    let page = answer.document();
    assert_eq!(page.one("h1").text, locale::text().missing_title());
    let links: Vec<&str> = page.all("a").filter_map(|it| it.get("href")).collect();
    for href in ["/", "/comprendre", "/articles", "/glossaire"] {
        assert!(links.contains(&href), "{href}");
    }
    assert!(page.all("form").any(|it| it.get("role") == Some("search")), "a search field");
}

#[test]
fn an_unknown_address_is_not_for_search_engines() {
    for address in ["/rien-de-tel", "/articles/rien", "/a/b/c", "/articles/page/999"] {
        let page = real().get(address).document();
        assert_eq!(page.meta("robots"), ["noindex"], "{address}");
        // An empty page has no address worth keeping, least of all that of the front page.
        assert_eq!(page.canonical(), Vec::<&str>::new(), "{address}");
        assert_eq!(page.property("og:url"), Vec::<&str>::new(), "{address}");
    }
}

#[test]
fn an_unknown_address_is_never_repeated_into_the_page() {
    let answer = real().get("/rien-%3Cscript%3Ealert(1)%3C/script%3E-de-tel");
    assert_eq!(answer.status, 404);
    assert!(!answer.text().contains("alert(1)") && !answer.text().contains("de-tel"));
}

#[track_caller]
fn check_moved(address: &str, to: &str) {
    let answer = real().get(address);
    assert_eq!((answer.status, answer.header("location")), (301, to), "{address}");
    assert!(!answer.header("cache-control").is_empty(), "{address}");
}

#[test]
fn a_trailing_slash_leads_to_the_page_and_keeps_the_query() {
    check_moved("/articles/", "/articles");
    check_moved("/articles/cellules-car-t/", "/articles/cellules-car-t");
    check_moved("/recherche/?q=fi%C3%A8vre", "/recherche?q=fi%C3%A8vre");
    check_moved("/glossaire/?a=1&b=2", "/glossaire?a=1&b=2");
}

#[test]
fn no_address_leads_a_browser_to_another_site() {
    for address in [
        "//evil.example/",
        "//evil.example/a/",
        "///evil.example/",
        "/%2fevil.example/",
        "/%5cevil.example/",
        "/\\evil.example/",
        "/%09/evil.example/",
        "http://evil.example/articles/",
        "http://evil.example//x/",
    ] {
        let Ok(uri) = address.parse::<axum::http::Uri>() else { continue };
        let answer = real().get(&uri.to_string());
        let location = answer.header("location");
        if answer.status == 301 {
            let safe = location.starts_with('/')
                && !location.starts_with("//")
                && !location.starts_with("/\\");
            assert!(safe, "{address}: {location}");
        } else {
            assert_eq!((answer.status, location), (404, ""), "{address}");
        }
    }
}

#[test]
fn only_pages_are_moved_never_endpoints() {
    check_problem(&real().get("/api/v1/site/"), 404, "an endpoint has one address");
}

#[test]
fn the_built_page_around_the_app_is_no_page_of_its_own() {
    let answer = real().get("/index.html");
    assert_eq!(answer.status, 404);
}
