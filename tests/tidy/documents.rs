//! What the documents for people promise is there.

use std::fs;

use crate::tree::root;

/// Paths that a document names between backquotes: with a slash or a known ending, no blank.
fn named_paths(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, piece) in text.split('`').enumerate() {
        let inside = at % 2 == 1;
        let plain = piece.chars().all(|it| it.is_ascii_alphanumeric() || "._-/".contains(it));
        let ending = [".rs", ".toml", ".md", ".css", ".html", ".mjs", ".js"];
        let is_file = ending.iter().any(|it| piece.ends_with(it) && piece.len() > it.len());
        let is_path = is_file || piece.ends_with('/') && piece.len() > 1;
        let address = piece.starts_with('/') || piece.starts_with("http");
        if inside && plain && is_path && !address && !piece.contains("//") {
            found.push(piece.to_owned());
        }
    }
    found
}

/// Made by the build, the server or an export, so not there before.
const MADE: [&str; 5] = ["dist/", "target/", "data/", "node_modules/", "404.html"];

fn check(document: &str) {
    // Written beside the code by somebody else: judged once it is there.
    let Ok(text) = fs::read_to_string(root().join(document)) else { return };
    let mut missing = Vec::new();
    for path in named_paths(&text) {
        let made = MADE.iter().any(|it| path.starts_with(it));
        // A path may be short of its first folders where the text has just named them.
        let places = ["", "src", "crates", "crates/server", "crates/server/src", "crates/contract"];
        let own = document.rsplit_once('/').map_or("", |it| it.0);
        let content = ["articles", "explainers", "pages"].map(|it| format!("content/{it}"));
        let there = places
            .iter()
            .copied()
            .chain([own])
            .chain(content.iter().map(String::as_str))
            .any(|it| root().join(it).join(&path).exists());
        if !made && !there {
            missing.push(path);
        }
    }
    assert!(missing.is_empty(), "{document} names {missing:?}");
}

#[test]
fn documents_name_only_paths_that_exist() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "content/README.md"] {
        check(document);
    }
}

#[test]
fn a_path_in_a_document_is_recognised() {
    let text =
        "See `src/app.rs`, `style/`, `site.toml`, not `/articles/x` or `cargo test` or `Date`.";
    assert_eq!(named_paths(text), ["src/app.rs", "style/", "site.toml"]);
}
