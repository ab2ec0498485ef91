//! Everything the server will not do, said in one shape and never with a crash.

use axum::{body::Body, http::Request};

use crate::support::{check_problem, fixtures, real};

const ENDPOINTS: [&str; 6] = [
    "/api/v1/site",
    "/api/v1/articles",
    "/api/v1/articles/cellules-car-t",
    "/api/v1/articles/cellules-car-t/related",
    "/api/v1/search?q=a",
    "/api/v1/openapi.json",
];

#[test]
fn another_method_is_refused_with_the_ones_that_work() {
    let others = ["/", "/articles", "/rien", "/feed.xml", "/sitemap.xml", "/robots.txt"];
    let files = ["/boot.mjs", "/pictures/site.png", "/healthz", "/readyz", "/api/v1/rien"];
    for address in ENDPOINTS.into_iter().chain(others).chain(files) {
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
            let answer = real().ask(method, address, &[]);
            if address == "/api/v1/rien" {
                check_problem(&answer, 404, address);
                continue;
            }
            check_problem(&answer, 405, &format!("{method} {address}"));
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{method} {address}");
        }
    }
}

#[test]
fn options_says_what_may_be_asked() {
    for address in ENDPOINTS {
        let answer = real().ask("OPTIONS", address, &[]);
        assert_eq!(answer.status, 204, "{address}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{address}");
        assert!(answer.body.is_empty(), "{address}");
    }
}

#[track_caller]
fn check(address: &str, status: u16) {
    check_problem(&real().get(&format!("/api/v1{address}")), status, address);
}

#[test]
fn a_path_that_is_no_endpoint_is_a_problem_not_a_page() {
    for address in ["", "/", "/rien", "/articles/a/b", "/site/", "/Site", "//site", "/openapi"] {
        check(address, 404);
    }
    check_problem(&real().get("/api/v2/site"), 404, "another version");
    check_problem(&real().get("/api"), 404, "the bare folder");
}

#[test]
fn a_query_with_an_unknown_field_or_value_is_refused() {
    check("/articles?pgae=2", 400);
    check("/articles?page=0", 400);
    check("/articles?page=-1", 400);
    check("/articles?page=x", 400);
    check("/articles?page=", 400);
    check("/articles?page=4294967296", 400);
    check("/articles?page=1&page=2", 400);
    check("/articles?per_page=0", 400);
    check("/articles?per_page=101", 400);
    check("/articles?kind=blog", 400);
    check("/articles?topic=../x", 400);
    check("/articles?topic=rien-de-tel", 404);
    check("/search", 400);
    check("/search?q=a&page=0", 400);
    check("/search?q=a&per_page=101", 400);
    check("/search?q=a&kind=blog", 400);
    check("/search?q=a&sort=date", 400);
}

#[test]
fn endpoints_without_fields_take_none() {
    for path in ["/site", "/home", "/topics", "/glossary", "/references", "/corrections"] {
        check(&format!("{path}?x=1"), 400);
    }
    check("/comparison?x=1", 400);
    check("/articles/cellules-car-t?x=1", 400);
    check("/articles/cellules-car-t/related?x=1", 400);
    check("/pages/a-propos?x=1", 400);
}

#[test]
fn a_problem_names_the_field_at_fault() {
    let problem = real().get("/api/v1/articles?pgae=2").json();
    assert!(problem["detail"].as_str().unwrap().contains("pgae"), "{problem}");
}

#[test]
fn malformed_escapes_are_answered_like_any_unknown_address() {
    for address in ["/%", "/%2", "/%zz", "/articles/%", "/articles/%e9", "/a%00b", "/%ff%fe"] {
        let answer = real().get(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(answer.header("content-type").starts_with("text/html"), "{address}");
        check_problem(&real().get(&format!("/api/v1{address}")), 404, address);
    }
    let read = ["/recherche?q=%", "/recherche?q=%ff", "/recherche?q=%e9t%e9", "/?%%%", "/?q=%zz"];
    for address in read {
        assert_eq!(real().get(address).status, 200, "{address}");
    }
}

#[test]
fn an_address_that_is_too_long_is_refused() {
    let long = "a".repeat(3_000);
    for address in [format!("/{long}"), format!("/?{long}"), format!("/api/v1/search?q={long}")] {
        check_problem(&real().get(&address), 414, "a long address");
    }
    let fits = format!("/api/v1/search?q={}", "a".repeat(1_900));
    assert_eq!(real().get(&fits).status, 200);
}

#[test]
fn headers_that_are_too_large_are_refused() {
    let large = "a".repeat(20_000);
    check_problem(&real().get_with("/", &[("x-large", &large)]), 431, "one large header");
    let mut request = Request::get("/api/v1/site");
    for number in 0..400 {
        request = request.header(format!("x-{number}"), "a".repeat(50));
    }
    let answer = fixtures().send(request.body(Body::empty()).unwrap());
    check_problem(&answer, 431, "many headers");
}

#[test]
fn a_declared_body_that_is_too_large_is_refused_before_it_is_read() {
    for method in ["GET", "POST"] {
        for length in ["65537", "18446744073709551615"] {
            let answer = real().ask(method, "/api/v1/site", &[("content-length", length)]);
            check_problem(&answer, 413, length);
        }
    }
}

#[test]
fn the_checks_of_a_supervisor_are_answered() {
    for address in ["/healthz", "/readyz"] {
        let answer = real().get(address);
        assert_eq!((answer.status, answer.text()), (200, "ok\n"), "{address}");
    }
}
