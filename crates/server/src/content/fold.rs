//! Text without accents, case or signs: for searching, sorting and anchors.

use std::ops::Range;

use contract::slug::Slug;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Lower case without accents: `Œdème` is `oedeme` (Unicode NFD, marks dropped).
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let plain = text.nfd().filter(|it| !is_combining_mark(*it));
    for it in plain.flat_map(char::to_lowercase) {
        match it {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            // Lower case may bring marks of its own: U+0130 is `i` and a dot.
            other if is_combining_mark(other) => {}
            other => out.push(other),
        }
    }
    out
}

/// Words of `text`: where each stands, and how it folds. Apostrophes and hyphens part words, so
/// that `l'immunite` and `CAR T` find `l’immunité` and `CAR-T`.
pub fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, it) in ends {
        let inside = it.is_alphanumeric() || (start.is_some() && is_combining_mark(it));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let folded = fold(&text[from..at]);
                if !folded.is_empty() {
                    words.push((from..at, folded));
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// An anchor made of a heading; empty when it has no letter or digit of ASCII.
pub fn anchor(text: &str) -> String {
    let mut out = String::new();
    for (_, word) in words(text) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() || Slug::MAX_BYTES <= out.len() + word.len() {
            continue;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text).into_iter().map(|(_, word)| word).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_folded_and_parted_at_signs() {
        check("l’Immunité, les CAR-\u{2060}T", &["l", "immunite", "les", "car", "t"]);
        check("Œdème e\u{301}te\u{301}", &["oedeme", "ete"]);
        check("«\u{202f}52\u{202f}%\u{202f}»", &["52"]);
        check("\u{130}", &["i"]);
        check("\u{301}", &[]);
        check("", &[]);
    }

    #[test]
    fn an_anchor_is_a_slug() {
        assert_eq!(anchor("Qu'est-ce que l'immunité ?"), "qu-est-ce-que-l-immunite");
        assert_eq!(anchor("β ?"), "");
        assert!(anchor(&"mot ".repeat(50)).len() <= Slug::MAX_BYTES);
        assert_eq!(anchor(&"a".repeat(100)), "");
    }
}
