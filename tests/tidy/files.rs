//! Every file: short, finished, and at home anywhere.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::tree::{File, files, read, root};

const MAX_LINES: usize = 400;

/// What people write by hand. These rules name what they forbid, so they do not read themselves.
fn written() -> impl Iterator<Item = File> {
    let endings = [".rs", ".css", ".mjs", ".js", ".toml", ".html", ".md", "run"];
    let all = files("", &endings).into_iter();
    all.filter(|it| !it.path.starts_with("tests/tidy/") && !it.path.contains("LICENSE"))
}

fn code() -> impl Iterator<Item = File> {
    files("", &[".rs", ".css", ".mjs", ".js"]).into_iter()
}

#[test]
fn no_source_file_is_longer_than_one_sitting() {
    for file in code() {
        let lines = file.text.lines().count();
        assert!(lines <= MAX_LINES, "{}: {lines} lines, {MAX_LINES} at most", file.path);
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TODO", "FIXME", "XXX", "dbg!", "#[ignore", "#[allow(", "#![allow(", "todo!("];
    for file in written().filter(|it| !it.path.starts_with("content/")) {
        for (line, text) in file.text.lines().zip(1..).map(|it| (it.1, it.0)) {
            for it in marks {
                assert!(!text.contains(it), "{}:{line}: {it}", file.path);
            }
        }
    }
}

#[test]
fn every_exception_to_a_lint_gives_its_reason() {
    for file in written().filter(|it| it.path.ends_with(".rs")) {
        for after in file.text.split("[expect(").skip(1) {
            let attribute = after.split(")]").next().unwrap();
            assert!(attribute.contains("reason = "), "{}: {attribute}", file.path);
        }
    }
}

/// `issue 2`, `#12` at the start of a word, `issues/3`.
fn issue_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let named = ["issue ", "issue #", "issues/", "fixes #", "closes #", "ticket "];
    named.iter().any(|name| {
        lower
            .match_indices(name)
            .any(|(at, _)| lower[at + name.len()..].starts_with(|it: char| it.is_ascii_digit()))
    })
}

/// Where this runs: the folder around the checkout, the home folder, what lies beside the checkout and
/// in it. None of that is anywhere else.
fn places() -> Vec<String> {
    let inside = |it: &Path| format!("{}/", it.display());
    let home = env::var_os("HOME").map(PathBuf::from);
    let around = root().parent().filter(|it| *it != env::temp_dir());
    let known = [Some(root()), around, home.as_deref()].into_iter().flatten();
    // The root of all is part of every path.
    let mut places: Vec<String> = known.filter(|it| it.parent().is_some()).map(inside).collect();
    for beside in around.map(folders).unwrap_or_default().iter().filter(|it| *it != root()) {
        let name = |it: &Path| it.file_name().unwrap_or_default().to_string_lossy().into_owned();
        places.push(format!("../{}", name(beside)));
        places.extend(folders(beside).iter().map(|it| format!("{}/{}", name(beside), name(it))));
    }
    places
}

/// Those in a folder; none where it may not be read.
fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).into_iter().flatten().flatten();
    entries.map(|it| it.path()).filter(|it| it.is_dir()).collect()
}

#[test]
fn the_product_says_nothing_of_the_place_it_was_made_at() {
    let places = places();
    let temporary = format!("{}/", env::temp_dir().display());
    let hosts = ["index.crates.io", "static.crates.io", "registry.npmjs.org", "proxy.golang.org"];
    for file in written() {
        for (at, line) in file.text.lines().enumerate() {
            let about = format!("{}:{}: {line}", file.path, at + 1);
            for it in places.iter().map(String::as_str).chain(hosts) {
                assert!(!line.contains(it), "{about}");
            }
            // Tests of paths have to write some.
            assert!(file.path.ends_with(".rs") || !line.contains(&temporary), "{about}");
            assert!(!issue_number(line), "{about}");
        }
    }
}

#[test]
fn the_place_of_a_checkout_is_recognised() {
    let line = format!("see {}", root().join("README.md").display());
    assert!(places().iter().any(|it| line.contains(it.as_str())), "{line}");
}

#[test]
fn an_issue_number_is_recognised() {
    assert!(issue_number("see issue 2") && issue_number("Fixes #12") && issue_number("issues/3"));
    assert!(!issue_number("the issue of colours #0f5257"));
}

#[test]
fn text_files_end_with_one_line_break_and_have_no_loose_spaces() {
    for file in code() {
        assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"), "{}", file.path);
        for (at, line) in file.text.lines().enumerate() {
            assert_eq!(line.trim_end(), line, "{}:{}", file.path, at + 1);
            assert!(!line.contains('\t'), "{}:{}: a tab", file.path, at + 1);
        }
    }
}

#[test]
fn every_rust_file_says_what_it_is() {
    for file in files("", &[".rs"]) {
        assert!(file.text.starts_with("//! "), "{}", file.path);
    }
}

#[test]
fn one_version_of_each_great_dependency_is_locked() {
    let lock = read("Cargo.lock");
    for name in ["leptos", "axum", "serde", "wasm-bindgen", "tokio", "hyper"] {
        let entry = format!("[[package]]\nname = \"{name}\"\n");
        assert_eq!(lock.matches(&entry).count(), 1, "{name}");
    }
}
