//! Names as they are compared: one run of letters and digits, without accents, case or signs.
//!
//! Hyphens, blanks and apostrophes are what people vary most, so they are left out altogether:
//! `L'Haÿ-les-Roses`, `l hay les roses` and `LHAYLESROSES` are the same name.

use search::fold;

/// Every letter outside of ASCII that folding leaves; no name here has one, a query may.
const FOREIGN: u8 = b'*';

/// Folded words of a name or a query: `Saint-Étienne` is `saint`, `etienne`.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold::words(text).into_iter().map(|(_, word)| word).collect()
}

/// The words as one run, abbreviations written out: `st etienne` is `saintetienne`.
pub(crate) fn compact(words: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut after_number = false;
    for word in words {
        let number = ordinal(word);
        let plain = match (word.as_str(), number) {
            (_, Some(number)) => number,
            ("st", _) => "saint",
            ("ste", _) => "sainte",
            ("e" | "er" | "eme" | "ieme", _) if after_number => "",
            (other, _) => other,
        };
        after_number = number.is_some();
        out.extend(plain.chars().map(|it| u8::try_from(it).unwrap_or(FOREIGN)));
    }
    out
}

/// The words as one run, letter for letter: `st` may be the beginning of Strasbourg.
pub(crate) fn compact_as_typed(words: &[String]) -> Vec<u8> {
    words.iter().flat_map(|it| it.chars()).map(|it| u8::try_from(it).unwrap_or(FOREIGN)).collect()
}

/// The words as they are written but for case: `Saint-Étienne` is `saint`, `étienne`.
pub(crate) fn written_words(text: &str) -> Vec<String> {
    let written = |word: &str| word.to_lowercase().replace('œ', "oe").replace('æ', "ae");
    fold::words(text).into_iter().map(|(at, _)| written(&text[at])).collect()
}

/// The number of an arrondissement, however it is written: `3`, `03`, `3e`, `3eme`, `1er`.
fn ordinal(word: &str) -> Option<&str> {
    let digits = word.trim_end_matches(|it: char| !it.is_ascii_digit());
    let ending = word.get(digits.len()..)?;
    let number = digits.trim_start_matches('0');
    let plain = number.bytes().all(|it| it.is_ascii_digit());
    let known = matches!(ending, "" | "e" | "er" | "ere" | "eme" | "ieme" | "nd");
    (plain && known && matches!(number.len(), 1..=2) && digits.len() <= 2).then_some(number)
}

/// The same words without `le`, `la`, `les` or `l'` before them, if more remains.
pub(crate) fn without_article(words: &[String]) -> Option<&[String]> {
    let (first, rest) = words.split_first()?;
    (is_article(first) && !rest.is_empty()).then_some(rest)
}

pub(crate) fn is_article(word: &str) -> bool {
    matches!(word, "le" | "la" | "les" | "l")
}

/// What a place answers to, the full name first: `Le Havre` to `havre` too, `Lyon 3e
/// Arrondissement` to `lyon3`, `Château-Chinon (Ville)` to `chateauchinon`.
pub(crate) fn forms(name: &str) -> Vec<Vec<u8>> {
    let full = words(name);
    let mut forms = vec![compact(&full)];
    forms.extend(without_article(&full).map(compact));
    if let Some((city, number)) = arrondissement(&full) {
        forms.push(compact(&[city.to_owned(), number.to_owned()]));
    }
    if let Some((before, _)) = name.split_once(" (") {
        forms.push(compact(&words(before)));
    }
    forms
}

/// City and number of an arrondissement's folded name.
pub(crate) fn arrondissement(words: &[String]) -> Option<(&str, &str)> {
    match words {
        [city, number, last] if last == "arrondissement" => Some((city, number)),
        _ => None,
    }
}

/// Whether one insertion, deletion, substitution or exchange of neighbours, or nothing at all,
/// makes one name the other.
pub(crate) fn within_one_typo(one: &[u8], other: &[u8]) -> bool {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let found: Vec<String> =
            forms(name).into_iter().map(|it| String::from_utf8(it).unwrap()).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn a_name_is_compared_without_accents_signs_or_abbreviations() {
        check("Saint-Étienne", &["saintetienne"]);
        check("STE COLOMBE", &["saintecolombe"]);
        check("Marcq-en-Barœul", &["marcqenbaroeul"]);
        check("L'Haÿ-les-Roses", &["lhaylesroses", "haylesroses"]);
        check("Stains", &["stains"]);
    }

    #[test]
    fn a_place_answers_to_shorter_names_too() {
        check("Le Havre", &["lehavre", "havre"]);
        check("Les", &["les"]);
        check("Château-Chinon (Ville)", &["chateauchinonville", "chateauchinon"]);
        check("Lyon 3e Arrondissement", &["lyon3arrondissement", "lyon3"]);
        check("Paris 1er Arrondissement", &["paris1arrondissement", "paris1"]);
    }

    #[test]
    fn the_number_of_an_arrondissement_is_read_however_it_is_written() {
        for written in ["lyon 3", "Lyon 03", "LYON 3E", "lyon 3ème", "lyon 3 ème"] {
            assert_eq!(compact(&words(written)), b"lyon3", "{written}");
        }
        for other in ["69", "2a", "00", "003", "3eb", "e", "٣"] {
            let number = ordinal(other);
            assert_eq!(number, (other == "69").then_some("69"), "{other}");
        }
    }

    #[test]
    fn one_typo_is_told_from_two() {
        let near = |one: &str, other: &str| within_one_typo(one.as_bytes(), other.as_bytes());
        for typo in ["lyon", "lyo", "yon", "lyyon", "lxon", "lyno", "ylon", "lyons"] {
            assert!(near(typo, "lyon") && near("lyon", typo), "{typo}");
        }
        for other in ["ly", "lyonss", "noyl", "oyln", "xyox", ""] {
            assert!(!near(other, "lyon") && !near("lyon", other), "{other}");
        }
        assert!(near("", "") && near("", "a") && near("aa", "a") && near("aa", "aaa"));
    }
}
