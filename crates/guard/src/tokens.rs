//! A paragraph as words: folded, known by number, each with its place in the text.

use std::{mem, ops::Range, sync::OnceLock};

use crate::{
    fold::{Sign, fold, push},
    tables::{CODE_ABBREVIATIONS, CODE_NOT_NAMES, CODE_TURNS, MEMBERS, SET_BLOCKS},
    words::Reader,
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
    /// Its letters among those of all tokens.
    letters: Range<usize>,
    /// It ends a sentence, or stands before the first.
    pub stop: bool,
    /// No gap of a pattern goes over it: a sentence's end, or a word such as `mais`.
    pub turn: bool,
    /// Sets that have it.
    sets: Sets,
}

/// A bit for each set of `rules.toml`.
type Sets = [u64; SET_BLOCKS];

/// The tokens of one paragraph.
#[derive(Default)]
pub struct Tokens {
    pub all: Vec<Token>,
    /// Numbers of words and metas, all tokens' after one another.
    ids: Vec<u16>,
    /// Folded words and signs, all tokens' after one another.
    letters: String,
    folded: String,
    words: Reader,
}

/// Members of all sets of `rules.toml`, in order. Unpacked once.
fn all_members() -> &'static [Vec<u16>] {
    static ALL: OnceLock<Vec<Vec<u16>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let unpacked = |far: &[u8]| {
            let mut next = 0;
            let ids = far.iter().filter_map(|far| {
                // Such a byte goes on in the next.
                let goes_on = *far == u8::MAX;
                next += u16::from(*far) - u16::from(goes_on);
                (!goes_on).then(|| next - 1)
            });
            ids.collect()
        };
        MEMBERS.split(|it| *it == 0).map(unpacked).collect()
    })
}

/// Members of a set of `rules.toml`, in order.
pub fn members(set: u16) -> &'static [u16] {
    all_members().get(usize::from(set)).map(Vec::as_slice).unwrap_or_default()
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
        for (set, members) in all_members().iter().enumerate() {
            for id in members {
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
    /// Reads `text`, which stands at byte `offset` of the whole.
    pub fn read(&mut self, text: &str, offset: usize) {
        self.all.clear();
        self.ids.clear();
        self.letters.clear();
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

    /// Every sentence, from the sign before it to the one that ends it: of two, the first's last sign is
    /// the second's first.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        (1..self.all.len()).filter(|at| self.all[*at].stop).map(move |at| {
            let sentence = from..at + 1;
            from = at;
            sentence
        })
    }

    /// True when token `at` is in a set.
    pub fn is(&self, at: usize, set: usize) -> bool {
        self.all.get(at).is_some_and(|it| it.is(set))
    }

    /// Numbers of token `at`.
    pub fn ids(&self, at: usize) -> &[u16] {
        let ids = self.all.get(at).and_then(|it| self.ids.get(it.ids.clone()));
        ids.unwrap_or_default()
    }

    /// Token `at` as it was folded; of a sign, one that stands for all of its sort.
    pub fn letters(&self, at: usize) -> &str {
        let letters = self.all.get(at).and_then(|it| self.letters.get(it.letters.clone()));
        letters.unwrap_or_default()
    }

    fn sign(&mut self, meta: u16, bytes: Range<usize>) {
        let from = self.ids.len();
        self.ids.push(meta);
        let letters = match meta {
            meta::ASK => "?",
            meta::STOP => ".",
            _ => ",",
        };
        if meta == meta::ASK {
            self.ids.push(meta::STOP);
        }
        self.token(letters, bytes, from);
    }

    /// Adds the token whose numbers were written from `from` on.
    fn token(&mut self, letters: &str, bytes: Range<usize>, from: usize) {
        let first = self.letters.len();
        self.letters.push_str(letters);
        let mut token = Token {
            bytes,
            ids: from..from,
            letters: first..self.letters.len(),
            stop: false,
            turn: false,
            sets: [0; SET_BLOCKS],
        };
        for id in &self.ids[from..] {
            token.learn(*id);
        }
        token.turn = token.stop || token.is(usize::from(CODE_TURNS));
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
                let short = self.is(last, CODE_ABBREVIATIONS.into())
                    || self.ids(last).contains(&meta::INITIAL);
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
        let folded = mem::take(&mut self.folded);
        // A capital within a sentence: somebody's name, not two words typed as one.
        let name = capital && self.all.last().is_some_and(|it| !it.stop);
        let reading = self.words.read(&folded);
        if class == Class::Number || name || reading.parts.is_empty() {
            self.whole(class, &folded, &reading.ids, bytes, capital);
        } else {
            // Each in the place of all.
            for (part, ids) in &reading.parts {
                let from = self.ids.len();
                self.ids.extend(ids);
                self.ids.push(meta::WORD);
                self.token(part, bytes.clone(), from);
            }
        }
        self.folded = folded;
        self.folded.clear();
    }

    /// Adds a word or number as it is, with the numbers of what is written like it.
    fn whole(
        &mut self,
        class: Class,
        folded: &str,
        ids: &[u16],
        bytes: Range<usize>,
        capital: bool,
    ) {
        let from = self.ids.len();
        self.ids.extend(ids);
        let unknown = ids.is_empty();
        let letters = folded.len();
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
        self.token(folded, bytes, from);
        let at = self.all.len() - 1;
        let name = class == Class::Word && capital && 1 < letters;
        if name && !self.is(at, CODE_NOT_NAMES.into()) {
            self.ids.push(meta::NAME);
            self.all[at].learn(meta::NAME);
        }
    }
}

impl Token {
    /// True when it is in a set.
    fn is(&self, set: usize) -> bool {
        self.sets.get(set / 64).is_some_and(|it| it >> (set % 64) & 1 == 1)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let text = "L’e\u{301}te\u{301}\u{a0}: 12\u{200b}3 ŒUFS\u{1f600}. Fin";
        let mut tokens = Tokens::default();
        tokens.read(text, 0);
        let read: Vec<_> = tokens.all.iter().map(|it| &text[it.bytes.clone()]).collect();
        assert_eq!(
            read,
            ["", "L", "e\u{301}te\u{301}", ":", "12\u{200b}3", "ŒUFS", ".", "Fin", ""]
        );
    }
}
