//! The interface's texts: all used, all set by French rules.

use crate::tree::{files, has_word, read};

/// Names and texts of a locale file, as written.
fn texts(file: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in read(file).lines() {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        if name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_') {
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    assert!(200 < found.len(), "{}", found.len());
    found
}

#[test]
fn every_text_is_used() {
    let mut code: Vec<String> = files("src", &[".rs"]).into_iter().map(|it| it.text).collect();
    code.extend(files("crates", &[".rs"]).into_iter().map(|it| it.text));
    let unused: Vec<String> = texts("locales/fr.toml")
        .into_iter()
        .map(|it| it.0)
        .filter(|name| !code.iter().any(|it| has_word(it, name, &[])))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn texts_are_set_by_french_rules() {
    let t = locale::text();
    for set in
        [t.overdue(), t.missing_text(), t.video_host(), t.failed_text(), t.corrections_lead()]
    {
        assert!(!set.contains('\''), "{set}");
        assert!(![" ?", " !", " ;", " :", "« "].iter().any(|it| set.contains(it)), "{set}");
    }
    // All of them, as the build sets them.
    for (name, value) in texts("locales/fr.toml") {
        let set = locale::typography::french(&value);
        let words: Vec<char> = set.chars().collect();
        let straight = words
            .windows(3)
            .any(|it| it[1] == '\'' && it[0].is_alphanumeric() && it[2].is_alphanumeric());
        assert!(!straight, "{name}: {set}");
    }
}

#[test]
fn texts_have_no_markup_and_no_emoji() {
    for (name, value) in texts("locales/fr.toml") {
        assert!(!value.contains('<'), "{name}: {value}");
        assert!(!value.chars().any(|it| 0x1_f000 <= u32::from(it)), "{name}: {value}");
    }
}
