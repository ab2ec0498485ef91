//! The words that rules know, and what is typed for them.

use std::{collections::HashMap, ops::Range, rc::Rc, sync::OnceLock};

use foldhash::fast::RandomState;

use crate::{
    tables::{SHORTHANDS, WORDS},
    tokens::meta,
};

/// What of a word may be typed without its apostrophe, and what it then stands for.
const ELIDED: [(&str, &str); 10] = [
    ("j", "j"),
    ("l", "l"),
    ("d", "d"),
    ("m", "m"),
    ("n", "n"),
    ("t", "t"),
    ("s", "s"),
    ("c", "c"),
    ("qu", "qu"),
    ("k", "qu"),
];

/// All words, in order of their bytes without the star, and where those with the same two first
/// letters lie.
struct Words {
    all: Vec<&'static [u8]>,
    pairs: Vec<Range<u16>>,
}

/// The place in `pairs` of words that begin so; signs and digits share one with few letters.
fn pair(word: &[u8]) -> usize {
    let place = |at: usize| match word.get(at) {
        Some(it @ b'a'..=b'z') => usize::from(it - b'a') + 1,
        _ => 0,
    };
    27 * place(0) + place(1)
}

/// Made once.
fn words() -> &'static Words {
    static LIST: OnceLock<Words> = OnceLock::new();
    LIST.get_or_init(|| {
        let all: Vec<_> = WORDS.split_ascii_whitespace().map(str::as_bytes).collect();
        let mut pairs = vec![0..0; 27 * 27];
        for (at, word) in (0..).zip(&all) {
            let range: &mut Range<u16> = &mut pairs[pair(word)];
            if range.end == 0 {
                range.start = at;
            }
            range.end = at + 1;
        }
        Words { all, pairs }
    })
}

/// Words in a range, with their numbers.
fn within(range: Range<u16>) -> impl Iterator<Item = (&'static [u8], u16)> {
    let list = words().all.get(usize::from(range.start)..usize::from(range.end));
    list.unwrap_or_default().iter().copied().zip(meta::WORDS + range.start..)
}

/// Words that begin with the same two letters.
fn alike(word: &[u8]) -> impl Iterator<Item = (&'static [u8], u16)> {
    within(words().pairs[pair(word)].clone())
}

/// Words that are remembered with what is known of them: a long text has fewer.
const REMEMBERED: usize = 4_000;

/// What is known of a folded word.
pub struct Reading {
    /// The numbers of those written like it, or else of those one typing error away.
    pub ids: Vec<u16>,
    /// The words that it stands for, with the numbers of those written like them; none where it is one
    /// itself.
    pub parts: Vec<(Box<str>, Vec<u16>)>,
}

impl Reading {
    fn of(word: &str) -> Self {
        let mut ids = Vec::new();
        let known = known(word, &mut ids);
        let parts = match shorthand(word) {
            Some(long) => Some((None, long)),
            None if known => None,
            None => elided(word).map(|it| (Some(it.0), shorthand(it.1).unwrap_or(it.1))),
        };
        if !known {
            near(word, &mut ids);
        }
        let of_part = |part: &str| {
            let mut ids = Vec::new();
            self::known(part, &mut ids);
            (part.into(), ids)
        };
        let parts = parts.into_iter();
        let parts = parts.flat_map(|(front, rest)| front.into_iter().chain(rest.split(' ')));
        Self { parts: parts.map(of_part).collect(), ids }
    }
}

/// The words that were read: most come again.
#[derive(Default)]
pub struct Reader(HashMap<Box<str>, Rc<Reading>, RandomState>);

impl Reader {
    pub fn read(&mut self, word: &str) -> Rc<Reading> {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        if REMEMBERED <= self.0.len() {
            self.0.clear();
        }
        let reading = Rc::new(Reading::of(word));
        self.0.insert(word.into(), reading.clone());
        reading
    }
}

/// Adds the numbers of words written like this folded one; false when there are none.
fn known(word: &str, ids: &mut Vec<u16>) -> bool {
    let from = ids.len();
    let bytes = word.as_bytes();
    let same = |it: &[u8]| match it.split_last() {
        // The third letter tells most words apart.
        _ if !matches!(it.get(2), Some(b'*')) && it.get(2) != bytes.get(2) => false,
        Some((b'*', start)) => bytes.starts_with(start),
        _ => bytes == it,
    };
    ids.extend(alike(bytes).filter(|it| same(it.0)).map(|it| it.1));
    from < ids.len()
}

/// Adds the numbers of words one typing error away from this folded one.
fn near(word: &str, ids: &mut Vec<u16>) {
    let bytes = word.as_bytes();
    if MIN_FUZZY <= bytes.len() {
        let pair = pair(bytes);
        let pairs = words().pairs.get(pair / 27 * 27..pair / 27 * 27 + 27).unwrap_or_default();
        let all = pairs.iter().flat_map(|it| within(it.clone()));
        ids.extend(all.filter(|it| is_near(it.0, bytes)).map(|it| it.1));
    }
}

/// The words that a shorthand stands for, such as `je suis` for `chui`.
fn shorthand(word: &str) -> Option<&'static str> {
    let at = SHORTHANDS.binary_search_by_key(&word, |it| it.0).ok()?;
    Some(SHORTHANDS[at].1)
}

/// The two words of `darreter`, `jveux`: the second is one that rules know, or a shorthand.
fn elided(word: &str) -> Option<(&'static str, &str)> {
    let mut ids = Vec::new();
    let mut parts = ELIDED.iter().filter_map(|it| Some((it.1, word.strip_prefix(it.0)?)));
    parts.find(|(first, rest)| {
        let vowel = rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
        let long = 1 < rest.len() || *rest == "y";
        long && (vowel || *first == "j") && (shorthand(rest).is_some() || known(rest, &mut ids))
    })
}

/// Letters from which a word may have a typing error: below, too many words are one letter apart.
const MIN_FUZZY: usize = 6;

/// True when `word` is `pattern` but for one letter that is missing, added, wrong or swapped.
fn is_near(pattern: &[u8], word: &[u8]) -> bool {
    let (pattern, prefix) = match pattern.split_last() {
        Some((b'*', start)) => (start, true),
        _ => (pattern, false),
    };
    if pattern.len() <= MIN_FUZZY || !prefix && 1 < pattern.len().abs_diff(word.len()) {
        return false;
    }
    let same = pattern.iter().zip(word).take_while(|it| it.0 == it.1).count();
    let meets = |pattern_from: usize, word_from: usize| {
        let (Some(rest), Some(typed)) = (pattern.get(pattern_from..), word.get(word_from..)) else {
            return false;
        };
        if prefix { typed.starts_with(rest) } else { typed == rest }
    };
    let swapped = pattern.get(same) == word.get(same + 1)
        && pattern.get(same + 1) == word.get(same)
        && meets(same + 2, same + 2);
    0 < same
        && (swapped || meets(same + 1, same + 1) || meets(same + 1, same) || meets(same, same + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_typing_error_is_forgiven_in_long_words() {
        for it in ["traitemnt", "traitementt", "triatement", "tratement", "traitemant"] {
            assert!(is_near(b"traitement", it.as_bytes()), "{it}");
        }
        assert!(is_near(b"medicament*", b"medicamants") && is_near(b"medicament*", b"medicamment"));
        assert!(!is_near(b"traitement", b"taitemnt") && !is_near(b"arete", b"arite"));
    }

    #[test]
    fn words_are_parted_where_an_apostrophe_is_missing() {
        assert_eq!(elided("jarete"), Some(("j", "arete")));
        assert_eq!(elided("kil"), Some(("qu", "il")));
        assert_eq!(elided("lundi"), None);
    }
}
