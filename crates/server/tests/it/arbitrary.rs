//! Whatever a client sends, the server answers, and with a reason where it refuses.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Method, Request, Uri, Version},
};
use proptest::prelude::*;

use crate::support::{Answer, fixtures};

fn check(answer: &Answer, about: &str, head: bool) -> Result<(), TestCaseError> {
    prop_assert!(answer.status < 500, "{about}: {}", answer.status);
    if 400 <= answer.status && !head {
        prop_assert!(!answer.body.is_empty(), "{about}: {} without a word", answer.status);
    }
    prop_assert_eq!(answer.header("x-content-type-options"), "nosniff", "{}", about);
    Ok(())
}

/// Percent-encodes every byte that may not stand in an address as it is.
fn escaped(bytes: &[u8], also: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || also.contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn known_beginnings() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "/",
        "//",
        "/articles/",
        "/articles/page/",
        "/themes/",
        "/recherche",
        "/pictures/",
        "/api/v1/",
        "/api/v1/articles/",
        "/api/v1/pages/",
        "/api/v1/articles",
        "/api/v1/search",
        "/feed.xml",
        "/fonts/",
    ])
}

fn get(uri: Uri) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    request
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_address_is_answered(
        start in known_beginnings(),
        path in prop::collection::vec(any::<u8>(), 0..40),
        query in prop::option::of(prop::collection::vec(any::<u8>(), 0..40)),
    ) {
        let mut address = format!("{start}{}", escaped(&path, b"/.-_~%"));
        if let Some(query) = query {
            address = format!("{address}?{}", escaped(&query, b"=&+%q"));
        }
        if let Ok(uri) = address.parse::<Uri>() {
            check(&fixtures().send(get(uri)), &address, false)?;
        }
    }

    /// `http` lets through more bytes than browsers send: those above 127, braces, quotes.
    #[test]
    fn any_address_a_client_can_write_is_answered(
        start in known_beginnings(),
        rest in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let bytes = [start.as_bytes(), &rest].concat();
        if let Ok(uri) = Uri::try_from(bytes) {
            let about = uri.to_string();
            check(&fixtures().send(get(uri)), &about, false)?;
        }
    }

    #[test]
    fn any_value_of_a_known_field_is_answered(
        field in prop::sample::select(vec!["q", "kind", "topic", "page", "per_page"]),
        value in any::<String>(),
        place in prop::sample::select(vec!["/api/v1/articles", "/api/v1/search", "/recherche"]),
    ) {
        let address = format!("{place}?q=a&{field}={}", contract::route::encode(&value));
        if let Ok(uri) = address.parse::<Uri>() {
            check(&fixtures().send(get(uri)), &address, false)?;
        }
    }

    #[test]
    fn any_header_is_answered(
        name in prop::sample::select(vec![
            "accept-encoding", "if-none-match", "origin", "content-length", "content-type", "range",
            "access-control-request-method", "host", "cookie", "x-anything", "accept-language",
            "transfer-encoding", "expect", "upgrade", "if-modified-since", "referer",
        ]),
        value in prop::collection::vec(any::<u8>(), 0..200),
        place in prop::sample::select(vec!["/", "/api/v1/site", "/feed.xml", "/boot.mjs", "/x"]),
    ) {
        let Ok(value) = HeaderValue::from_bytes(&value) else { return Ok(()) };
        let mut request = get(Uri::from_static(place));
        request.headers_mut().insert(HeaderName::from_static(name), value.clone());
        check(&fixtures().send(request), &format!("{place} {name}: {value:?}"), false)?;
    }

    #[test]
    fn any_method_is_answered(
        name in "[A-Z!#$]{1,12}",
        known in prop::option::of(prop::sample::select(vec!["HEAD", "OPTIONS", "CONNECT", "TRACE"])),
        place in prop::sample::select(vec![
            "/", "/rien", "/api/v1/site", "/api/v1/rien", "/feed.xml", "*", "http://evil.example/a/",
            "evil.example:443",
        ]),
    ) {
        let name = known.unwrap_or(&name);
        let mut request = get(Uri::from_static(place));
        *request.method_mut() = Method::from_bytes(name.as_bytes()).unwrap();
        *request.version_mut() = Version::HTTP_10;
        check(&fixtures().send(request), &format!("{name} {place}"), name == "HEAD")?;
    }

    #[test]
    fn any_search_is_answered_with_text_and_marks_alone(query in any::<String>()) {
        for it in fixtures().snapshot().library.search(&query, None).iter().map(|it| it.hit()) {
            let rest = it.excerpt_html.replace("<mark>", "").replace("</mark>", "");
            prop_assert!(!rest.contains(['<', '>']), "{}", it.excerpt_html);
        }
    }
}
