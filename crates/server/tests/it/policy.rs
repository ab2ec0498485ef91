//! Headers that keep readers safe, on every kind of answer.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::support::{Answer, Site, fixtures, real};

/// One of every kind of answer: method, address, status.
const KINDS: [(&str, &str, u16); 17] = [
    ("GET", "/", 200),
    ("GET", "/recherche?q=cellule", 200),
    ("GET", "/api/v1/site", 200),
    ("GET", "/api/v1/search?q=a", 200),
    ("GET", "/api/v1/rien", 404),
    ("GET", "/api/v1/articles?page=0", 400),
    ("POST", "/", 405),
    ("POST", "/feed.xml", 405),
    ("GET", "/rien", 404),
    ("GET", "/articles/", 301),
    ("GET", "/boot.mjs", 200),
    ("GET", "/fonts/literata-latin-500-normal.woff2", 200),
    ("GET", "/pictures/site.png", 200),
    ("GET", "/feed.xml", 200),
    ("GET", "/robots.txt", 200),
    ("GET", "/healthz", 200),
    ("OPTIONS", "/api/v1/site", 204),
];

#[track_caller]
fn check_common(answer: &Answer, about: &str) {
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{about}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{about}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{about}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{about}");
    for name in ["server", "x-powered-by", "set-cookie", "access-control-allow-origin"] {
        assert_eq!(answer.headers.get(name), None, "{about}: {name}");
    }
}

#[test]
fn every_kind_of_answer_carries_the_headers_that_keep_readers_safe() {
    for (method, address, status) in KINDS {
        let answer = real().ask(method, address, &[]);
        assert_eq!(answer.status, status, "{method} {address}");
        check_common(&answer, &format!("{method} {address}"));
    }
    for (name, value, status) in [("content-length", "99999999", 413), ("x-large", "", 431)] {
        let large = "a".repeat(20_000);
        let value = if value.is_empty() { &large } else { value };
        let answer = real().get_with("/", &[(name, value)]);
        assert_eq!(answer.status, status);
        check_common(&answer, name);
    }
    let answer = real().get(&format!("/{}", "a".repeat(3_000)));
    assert_eq!(answer.status, 414);
    check_common(&answer, "a long address");
}

#[test]
fn what_is_unchanged_carries_them_too() {
    let etag = real().get("/").header("etag").to_owned();
    let answer = real().get_with("/", &[("if-none-match", &etag)]);
    assert_eq!(answer.status, 304);
    check_common(&answer, "304");
    assert!(!answer.header("content-security-policy").is_empty());
}

/// The directives of a policy by name.
fn directive<'a>(policy: &'a str, name: &str) -> Option<Vec<&'a str>> {
    policy.split(';').find_map(|it| {
        let mut words = it.split_whitespace();
        (words.next() == Some(name)).then(|| words.collect())
    })
}

fn hash(css: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(css)))
}

#[track_caller]
fn check_page(site: &Site, address: &str) {
    let answer = site.get(address);
    check_common(&answer, address);
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{address}");
    let permissions = answer.header("permissions-policy");
    assert!(
        permissions.contains("camera=()") && permissions.contains("microphone=()"),
        "{address}"
    );

    let policy = answer.header("content-security-policy").to_owned();
    for word in ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https: "] {
        assert!(!policy.contains(word), "{address}: {word} in {policy}");
    }
    for (name, words) in [
        ("default-src", vec!["'none'"]),
        ("script-src", vec!["'self'", "'wasm-unsafe-eval'"]),
        ("frame-ancestors", vec!["'none'"]),
        ("base-uri", vec!["'none'"]),
        ("object-src", vec!["'none'"]),
        ("form-action", vec!["'self'"]),
        ("connect-src", vec!["'self'"]),
        ("font-src", vec!["'self'"]),
    ] {
        assert_eq!(directive(&policy, name), Some(words), "{address}: {name}");
    }
    let styles = answer.document();
    let mut expected = vec!["'self'".to_owned()];
    expected.extend(styles.all("style").map(|it| hash(&it.text)));
    assert!(1 < expected.len(), "{address}: critical styles stand in the page");
    assert_eq!(directive(&policy, "style-src"), Some(expected.iter().map(|it| &**it).collect()));
}

#[test]
fn every_page_has_a_policy_that_fits_its_styles() {
    for site in [real(), fixtures()] {
        for route in site.routes() {
            check_page(site, &route.to_string());
        }
        check_page(site, "/rien");
        check_page(site, "/recherche?q=cellule");
    }
}

#[test]
fn a_video_may_come_from_the_hosts_the_operator_named_alone() {
    let frames = |site: &Site| {
        let policy = site.get("/").header("content-security-policy").to_owned();
        directive(&policy, "frame-src").unwrap().join(" ")
    };
    assert_eq!(frames(real()), "'none'");
    assert_eq!(frames(fixtures()), "https://video.example");
}

#[test]
fn the_operators_colours_are_a_style_of_their_own_under_the_policy() {
    let page = fixtures().get("/").document();
    let styles: Vec<&str> = page.all("style").map(|it| &*it.text).collect();
    assert_eq!(styles.len(), 2);
    assert!(styles[1].contains("--color-accent:#0f4257") && styles[1].contains("#9fd0c6"));
}

#[test]
fn only_pages_carry_a_page_policy() {
    for address in ["/api/v1/site", "/boot.mjs", "/feed.xml"] {
        assert_eq!(real().get(address).header("permissions-policy"), "", "{address}");
    }
}

/// A drawing opened on its own is a document: a script in it would run with the site's rights.
#[test]
fn drawings_hold_nothing_that_runs() {
    let snapshot = real().snapshot();
    let drawings: Vec<_> = snapshot.assets.iter().filter(|it| it.0.ends_with(".svg")).collect();
    assert!(!drawings.is_empty());
    for (path, entity) in drawings {
        let text = String::from_utf8_lossy(entity.identity()).to_lowercase();
        for word in ["<script", "javascript:", " onload", "<foreignobject", "http://evil"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn files_say_what_they_are() {
    let snapshot = real().snapshot();
    for (path, _) in snapshot.assets.iter() {
        let kind = real().get(path).header("content-type").to_owned();
        assert_ne!(kind, "application/octet-stream", "{path}");
        let expected = match path.rsplit('.').next().unwrap() {
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "wasm" => "application/wasm",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            "png" => "image/png",
            _ => continue,
        };
        assert_eq!(kind, expected, "{path}");
    }
}
