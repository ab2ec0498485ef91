//! What is kept where, and what is sent again: validators, forms, heads.

use std::io::Read;

use crate::support::{Answer, Site, fixtures, real};

/// One address of each kind of answer that is made and kept, and one of a file.
const KEPT: [&str; 16] = [
    "/",
    "/articles",
    "/articles/cellules-car-t",
    "/articles/cellules-car-t/en-1-minute",
    "/comprendre",
    "/glossaire",
    "/mentions-legales",
    "/recherche",
    "/api/v1/site",
    "/api/v1/articles?page=2",
    "/api/v1/articles/cellules-car-t",
    "/api/v1/openapi.json",
    "/feed.xml",
    "/sitemap.xml",
    "/manifest.webmanifest",
    "/icons/icon.svg",
];

/// The form a client that takes `encoding` gets.
fn form(site: &Site, address: &str, encoding: &str) -> Answer {
    site.get_with(address, &[("accept-encoding", encoding)])
}

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &*answer.body, &mut plain).unwrap(),
        "gzip" => {
            flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut plain).unwrap();
        }
        "" => plain.extend_from_slice(&answer.body),
        other => panic!("{other}"),
    }
    plain
}

/// RFC 9110, section 8.8.3: quoted, and not weak.
#[track_caller]
fn check_strong(etag: &str, about: &str) {
    let inner = etag.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    assert!(inner.is_some_and(|it| !it.is_empty() && !it.contains('"')), "{about}: {etag}");
}

#[test]
fn every_kept_answer_has_a_strong_validator_and_says_how_long_it_lasts() {
    for address in KEPT {
        let answer = real().get(address);
        assert_eq!(answer.status, 200, "{address}");
        check_strong(answer.header("etag"), address);
        assert!(answer.header("cache-control").starts_with("public"), "{address}");
        assert!(answer.header("vary").contains("accept-encoding"), "{address}");
    }
}

#[test]
fn a_client_that_has_the_answer_gets_304_without_a_body() {
    for address in KEPT {
        for encoding in ["br", "gzip", "identity"] {
            let about = format!("{address} {encoding}");
            let whole = form(real(), address, encoding);
            let (etag, length) = (whole.header("etag").to_owned(), whole.header("content-length"));
            for sent in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".into()] {
                let headers = [("accept-encoding", encoding), ("if-none-match", &*sent)];
                let again = real().get_with(address, &headers);
                assert_eq!(again.status, 304, "{about}: {sent}");
                assert!(again.body.is_empty(), "{about}");
                assert_eq!(again.header("etag"), etag, "{about}");
                assert!(!again.header("cache-control").is_empty(), "{about}");
                // Of the body that is not sent, or nothing (RFC 9110, section 8.6).
                assert_eq!(again.header("content-length"), length, "{about}");
            }
            let headers = [("accept-encoding", encoding), ("if-none-match", "\"other\"")];
            assert_eq!(real().get_with(address, &headers).status, 200, "{about}");
        }
    }
}

#[test]
fn the_forms_of_an_answer_differ_in_their_validator_and_decode_to_the_same() {
    for address in KEPT {
        let plain = form(real(), address, "identity");
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        let mut etags = vec![plain.header("etag").to_owned()];
        for encoding in ["br", "gzip"] {
            let packed = form(real(), address, encoding);
            assert_eq!(packed.header("content-encoding"), encoding, "{address}");
            assert_eq!(decoded(&packed), plain.body, "{address} {encoding}");
            assert!(packed.body.len() < plain.body.len(), "{address} {encoding}");
            etags.push(packed.header("etag").to_owned());
        }
        etags.sort();
        etags.dedup();
        assert_eq!(etags.len(), 3, "{address}: {etags:?}");
    }
}

#[test]
fn head_answers_with_the_headers_of_get_and_nothing_else() {
    let none = ["/healthz", "/recherche?q=cellule", "/api/v1/search?q=cellule", "/rien", "/a/"];
    for address in KEPT.into_iter().chain(none) {
        for encoding in ["br", "identity"] {
            let headers = [("accept-encoding", encoding)];
            let get = real().get_with(address, &headers);
            let head = real().ask("HEAD", address, &headers);
            assert_eq!(head.status, get.status, "{address}");
            assert_eq!(head.headers, get.headers, "{address}");
            assert!(head.body.is_empty(), "{address}");
        }
    }
}

#[test]
fn the_length_that_is_said_is_the_length_that_is_sent() {
    for address in KEPT.into_iter().chain(["/pictures/site.png", "/boot.mjs", "/rien"]) {
        for encoding in ["br", "gzip", "identity"] {
            let answer = form(real(), address, encoding);
            let length = answer.header("content-length").to_owned();
            assert_eq!(length, answer.body.len().to_string(), "{address} {encoding}");
        }
    }
}

#[test]
fn what_a_reader_searched_for_is_kept_nowhere() {
    for address in ["/recherche?q=cellule", "/api/v1/search?q=cellule"] {
        assert_eq!(real().get(address).header("cache-control"), "no-store", "{address}");
    }
}

#[test]
fn an_address_without_a_page_is_asked_for_again_each_time() {
    let answer = real().get("/rien");
    assert_eq!(answer.status, 404);
    assert!(answer.header("cache-control").contains("no-cache"));
    let headers = [("if-none-match", answer.header("etag"))];
    assert_eq!(real().get_with("/rien", &headers).status, 404, "a 404 is never a 304");
}

#[test]
fn only_files_named_by_their_content_are_kept_for_ever() {
    let snapshot = real().snapshot();
    let mut forever = 0;
    for (path, _) in snapshot.assets.iter() {
        let caching = real().get(path).header("cache-control").to_owned();
        // What the build made; files that are copied as they are stand in folders.
        let built = !path.trim_start_matches('/').contains('/') || path.starts_with("/embed/");
        let kinds = path.ends_with(".wasm")
            || path.ends_with(".css")
            || path.contains("web-")
            || path.contains("embed-");
        // Asked for by name, and only by exported sites.
        let named = path.contains("immunotheque-search");
        let hashed = built && kinds && !named;
        let expected = match path {
            _ if hashed => "public, max-age=31536000, immutable",
            // Others load them by these names for years.
            "/embed.js" | "/embed/start.mjs" => "public, max-age=3600",
            _ => "public, max-age=604800",
        };
        assert_eq!(caching, expected, "{path}");
        forever += usize::from(hashed);
    }
    assert!(3 <= forever, "script, program and style sheet");
}

#[test]
fn the_same_question_gets_the_same_bytes_twice() {
    for address in KEPT {
        let first = form(fixtures(), address, "br");
        let second = form(fixtures(), address, "br");
        assert_eq!(first.headers, second.headers, "{address}");
        assert_eq!(first.body, second.body, "{address}");
    }
}

#[test]
fn fields_a_page_does_not_know_change_nothing() {
    let page = real().get("/glossaire");
    let tracked = real().get("/glossaire?utm_source=lettre&x=%ff");
    assert_eq!(tracked.status, 200);
    assert_eq!(tracked.header("etag"), page.header("etag"));
}
