//! Which other sites may read the endpoints from a browser (Fetch, section 3.2).

use crate::support::{Answer, FRIEND, fixtures, real};

fn from(origin: &str, method: &str, address: &str) -> Answer {
    fixtures().ask(method, address, &[("origin", origin)])
}

#[track_caller]
fn check_open(answer: &Answer, about: &str) {
    assert_eq!(answer.header("access-control-allow-origin"), FRIEND, "{about}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{about}");
    assert_eq!(answer.header("access-control-allow-credentials"), "", "{about}");
    assert!(answer.header("vary").contains("origin"), "{about}");
}

#[track_caller]
fn check_closed(answer: &Answer, about: &str) {
    for (name, _) in &answer.headers {
        assert!(!name.as_str().starts_with("access-control-"), "{about}: {name}");
    }
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{about}");
}

#[test]
fn an_origin_the_operator_named_may_read_the_endpoints() {
    for address in ["/api/v1/site", "/api/v1/articles?page=2", "/api/v1/search?q=a"] {
        let answer = from(FRIEND, "GET", address);
        assert_eq!(answer.status, 200, "{address}");
        check_open(&answer, address);
        let exposed = answer.header("access-control-expose-headers");
        assert!(exposed.contains("link") && exposed.contains("etag"), "{address}: {exposed}");
    }
}

#[test]
fn refusals_are_readable_there_too() {
    for (address, status) in [("/api/v1/rien", 404), ("/api/v1/articles?page=0", 400)] {
        let answer = from(FRIEND, "GET", address);
        assert_eq!(answer.status, status);
        check_open(&answer, address);
    }
    let long = format!("/api/v1/search?q={}", "a".repeat(3_000));
    let answer = from(FRIEND, "GET", &long);
    assert_eq!(answer.status, 414);
    check_open(&answer, "a long address");
}

#[test]
fn any_other_origin_may_not() {
    for origin in [
        "https://evil.example",
        "https://ami.example.evil.example",
        "https://ami.example/",
        "http://ami.example",
        "https://AMI.example:443",
        "null",
        "",
        "*",
    ] {
        let answer = from(origin, "GET", "/api/v1/site");
        assert_eq!(answer.status, 200, "{origin}: who may not read is kept out by the browser");
        check_closed(&answer, origin);
    }
    check_closed(&real().ask("GET", "/api/v1/site", &[("origin", FRIEND)]), "nobody is named here");
}

#[test]
fn nothing_but_the_endpoints_is_open() {
    for address in ["/", "/articles", "/boot.mjs", "/feed.xml", "/pictures/site.png", "/apix"] {
        check_closed(&from(FRIEND, "GET", address), address);
    }
}

#[test]
fn what_is_kept_in_between_depends_on_who_asked() {
    let first = from(FRIEND, "GET", "/api/v1/glossary");
    let second = fixtures().get("/api/v1/glossary");
    check_open(&first, "asked from there");
    check_closed(&second, "asked from here");
    assert!(second.header("vary").contains("origin"), "a kept answer must not serve both");
}

#[test]
fn a_browser_that_asks_first_is_told_what_it_may_do() {
    let headers = [
        ("origin", FRIEND),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "accept"),
    ];
    let answer = fixtures().ask("OPTIONS", "/api/v1/articles", &headers);
    assert_eq!(answer.status, 204);
    check_open(&answer, "preflight");
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD");
    assert!(answer.header("access-control-allow-headers").contains("accept"));
    assert_eq!(answer.header("access-control-max-age"), "86400");
}

#[test]
fn a_stranger_that_asks_first_is_let_into_nothing() {
    let headers = [("origin", "https://evil.example"), ("access-control-request-method", "GET")];
    for address in ["/api/v1/articles", "/"] {
        let answer = fixtures().ask("OPTIONS", address, &headers);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
}
