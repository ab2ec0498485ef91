//! A paragraph as words: folded, known by number, each with its place in the text.

use std::{ops::Range, sync::OnceLock};

use crate::{
    fold::{Sign, fold, push},
    tables::{CODE_ABBREVIATIONS, CODE_NOT_NAMES, MEMBERS, SET_BLOCKS, SET_STARTS, WORDS},
};

/// Numbers of what a token is besides its word (`METAS` in `build.rs`).
pub mod meta {
    pub const STOP: u16 = 0;
    pub const ASK: u16 = 1;
    pub const COMMA: u16 = 2;
    pub const NAME: u16 = 3;
    pub const NUMBER: u16 = 4;
    pub const POSTCODE: u16 = 5;
    pub const WORD: u16 = 6;
    pub const INITIAL: u16 = 7;
    pub const UNKNOWN: u16 = 8;
    /// Where the numbers of words begin.
    pub const WORDS: u16 = 9;
}

/// A word, a number, or a sign that parts them.
pub struct Token {
    /// Bytes of the whole text.
    pub bytes: Range<usize>,
    ids: Range<usize>,
    /// It ends a sentence, or stands before the first.
    pub stop: bool,
    /// Sets that have it.
    pub sets: Sets,
}

/// A bit for each set of `rules.toml`.
pub type Sets = [u64; SET_BLOCKS];

/// The tokens of one paragraph.
pub struct Tokens {
    pub all: Vec<Token>,
    /// Numbers of words and metas, all tokens' after one another.
    ids: Vec<u16>,
    folded: String,
}

/// Members of a set of `rules.toml`, in order.
pub fn members(set: u16) -> &'static [u16] {
    let at = usize::from(set);
    let start = SET_STARTS.get(at).copied().unwrap_or_default();
    let end = SET_STARTS.get(at + 1).copied().unwrap_or_default();
    MEMBERS.get(usize::from(start)..usize::from(end)).unwrap_or_default()
}

/// True for the capitals of French.
fn is_capital(it: char) -> bool {
    matches!(it, 'A'..='Z' | 'À'..='Þ' | 'Œ' | 'Ÿ') && it != '×'
}

/// The sets of each word, by its number: what a token is asked most. Made once.
fn sets() -> &'static [Sets] {
    static SETS: OnceLock<Vec<Sets>> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut sets: Vec<Sets> = Vec::new();
        for set in 0..SET_STARTS.len() {
            for id in members(set as u16) {
                let id = usize::from(*id);
                if sets.len() <= id {
                    sets.resize(id + 1, [0; SET_BLOCKS]);
                }
                sets[id][set / 64] |= 1 << (set % 64);
            }
        }
        sets
    })
}

/// What is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Number,
}

impl Tokens {
    pub fn new() -> Self {
        Self { all: Vec::new(), ids: Vec::new(), folded: String::new() }
    }

    /// Reads `text`, which stands at byte `offset` of the whole.
    pub fn read(&mut self, text: &str, offset: usize) {
        self.all.clear();
        self.ids.clear();
        self.sign(meta::STOP, offset..offset);
        let mut open: Option<(Class, usize, bool)> = None;
        let mut end = 0;
        self.folded.clear();
        for (at, it) in text.char_indices() {
            let sign = fold(it);
            let class = match sign {
                Sign::Nothing => {
                    // An accent belongs to its letter.
                    if open.is_some() {
                        end = at + it.len_utf8();
                    }
                    continue;
                }
                Sign::Letter(..) => Some(Class::Word),
                Sign::Digit(_) => Some(Class::Number),
                Sign::Other => None,
            };
            if let Some((was, start, capital)) = open
                && class != Some(was)
            {
                self.close(was, start + offset..end + offset, capital);
                open = None;
            }
            if let Some(class) = class {
                open.get_or_insert((class, at, is_capital(it)));
            }
            match sign {
                Sign::Letter(first, second) => {
                    push(&mut self.folded, 0, first);
                    second.into_iter().for_each(|it| push(&mut self.folded, 0, it));
                }
                Sign::Digit(digit) => self.folded.push(char::from(b'0' + digit)),
                Sign::Nothing | Sign::Other => {
                    self.punctuation(text, at, it, offset);
                }
            }
            end = at + it.len_utf8();
        }
        if let Some((class, start, capital)) = open {
            self.close(class, start + offset..end + offset, capital);
        }
        self.sign(meta::STOP, offset + text.len()..offset + text.len());
    }

    /// True when token `at` is in a set.
    pub fn is(&self, at: usize, set: u16) -> bool {
        let set = usize::from(set);
        let block = self.all.get(at).and_then(|it| it.sets.get(set / 64));
        block.is_some_and(|it| it >> (set % 64) & 1 == 1)
    }

    /// Numbers of token `at`.
    pub fn ids(&self, at: usize) -> &[u16] {
        let ids = self.all.get(at).and_then(|it| self.ids.get(it.ids.clone()));
        ids.unwrap_or_default()
    }

    fn sign(&mut self, meta: u16, bytes: Range<usize>) {
        let from = self.ids.len();
        self.ids.push(meta);
        if meta == meta::ASK {
            self.ids.push(meta::STOP);
        }
        self.token(bytes, from);
    }

    /// Adds the token whose numbers were written from `from` on.
    fn token(&mut self, bytes: Range<usize>, from: usize) {
        let mut token = Token { bytes, ids: from..from, stop: false, sets: [0; SET_BLOCKS] };
        for id in &self.ids[from..] {
            token.learn(*id);
        }
        self.all.push(token);
    }

    fn punctuation(&mut self, text: &str, at: usize, it: char, offset: usize) {
        let bytes = at + offset..at + offset + it.len_utf8();
        let after = text.get(at + it.len_utf8()..).unwrap_or_default();
        match it {
            '?' => self.sign(meta::ASK, bytes),
            '!' | '…' | ';' | '•' => self.sign(meta::STOP, bytes),
            // A point inside of `3.5` or behind `Dr` ends nothing.
            '.' => {
                let inside = after.chars().next().is_some_and(|it| fold(it) != Sign::Other);
                let last = self.all.len().saturating_sub(1);
                let short =
                    self.is(last, CODE_ABBREVIATIONS) || self.ids(last).contains(&meta::INITIAL);
                if !inside && !short {
                    self.sign(meta::STOP, bytes);
                }
            }
            '\n' => {
                let next = after.trim_start().chars().next();
                if next.is_none_or(|it| is_capital(it) || it == '-' || it == '•') {
                    self.sign(meta::STOP, bytes);
                }
            }
            ',' | ':' | '(' | ')' | '[' | ']' | '—' | '–' => self.sign(meta::COMMA, bytes),
            '-' if after.starts_with(' ') => self.sign(meta::COMMA, bytes),
            _ => {}
        }
    }

    /// Ends the word that was being folded.
    fn close(&mut self, class: Class, bytes: Range<usize>, capital: bool) {
        let from = self.ids.len();
        known(&self.folded, &mut self.ids);
        let unknown = self.ids.len() == from;
        let letters = self.folded.len();
        match class {
            Class::Number => {
                self.ids.push(meta::NUMBER);
                if letters == 5 {
                    self.ids.push(meta::POSTCODE);
                }
            }
            Class::Word => {
                self.ids.push(meta::WORD);
                if capital && letters < 2 {
                    self.ids.push(meta::INITIAL);
                }
                if unknown && 2 < letters {
                    self.ids.push(meta::UNKNOWN);
                }
            }
        }
        self.token(bytes, from);
        let at = self.all.len() - 1;
        let name = class == Class::Word && capital && 1 < letters;
        if name && !self.is(at, CODE_NOT_NAMES) {
            self.ids.push(meta::NAME);
            self.all[at].learn(meta::NAME);
        }
        self.folded.clear();
    }
}

impl Token {
    /// Takes in the number that was added to the list behind its own.
    fn learn(&mut self, id: u16) {
        self.ids.end += 1;
        self.stop |= id == meta::STOP;
        let more = sets().get(usize::from(id)).copied().unwrap_or([0; SET_BLOCKS]);
        for (block, more) in self.sets.iter_mut().zip(more) {
            *block |= more;
        }
    }
}

/// All words, in order of their bytes without the star. Made once.
fn words() -> &'static [&'static str] {
    static LIST: OnceLock<Vec<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| WORDS.split_ascii_whitespace().collect())
}

/// Words that begin with `start`, with their numbers.
fn beginning(start: &[u8]) -> impl Iterator<Item = (&'static str, u16)> {
    let all = words();
    let head = |it: &&str| it.len().min(start.len());
    let from = all.partition_point(|it| &it.as_bytes()[..head(it)] < start);
    let rest = &all[from..];
    let count = rest.partition_point(|it| it.as_bytes().starts_with(start));
    rest[..count].iter().copied().zip(meta::WORDS + from as u16..)
}

/// Adds the numbers of a folded word: those written so, or else those one typing error away.
fn known(word: &str, ids: &mut Vec<u16>) {
    let bytes = word.as_bytes();
    let from = ids.len();
    for (it, id) in beginning(&bytes[..bytes.len().min(2)]) {
        let it = it.as_bytes();
        let same = match it.split_last() {
            Some((b'*', start)) => bytes.starts_with(start),
            _ => bytes == it,
        };
        if same {
            ids.push(id);
        }
    }
    if ids.len() == from && MIN_FUZZY <= bytes.len() {
        let near = beginning(&bytes[..1]).filter(|it| is_near(it.0.as_bytes(), bytes));
        ids.extend(near.map(|it| it.1));
    }
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
    fn places_are_those_of_the_text() {
        let text = "L’e\u{301}te\u{301}\u{a0}: 12\u{200b}3 ŒUFS\u{1f600}. Fin";
        let mut tokens = Tokens::new();
        tokens.read(text, 0);
        let read: Vec<_> = tokens.all.iter().map(|it| &text[it.bytes.clone()]).collect();
        assert_eq!(
            read,
            ["", "L", "e\u{301}te\u{301}", ":", "12\u{200b}3", "ŒUFS", ".", "Fin", ""]
        );
    }
}
