//! Evidence that rules do not know: what the words of a few sentences weigh together.
//!
//! Features are words, beginnings of words, a few letters of a word that stand side by side, classes
//! of words (`classes` in `rules.toml`), and pairs: of words or classes side by side or with one word
//! between, of words' beginnings or classes near one another. `weights.tsv` says what each weighs for either
//! kind; `examples/train` has learned it from the lines of `corpus/tuning.tsv`. Where the sum is
//! above nothing, the sentences are found; so is a part of something longer, whatever else that says. The
//! sum also speaks for or against what a rule has found: of the whole, of its sentence, of what stands near.
//!
//! A sum explains itself less well than a rule: no single word decides, and the passage that is
//! shown holds the weightiest words of one sentence, not all that counted.

use std::ops::{Range, RangeInclusive};

use crate::{
    Kind,
    hash::place,
    tables::{ALWAYS, CLASSES, RULED},
    tokens::{Tokens, meta},
    weights::weigh,
};

/// The kinds that have weights, with the names of what is found by them.
pub const KINDS: [(Kind, &str); 2] =
    [(Kind::StopsTreatment, "stops_treatment_score"), (Kind::Distress, "distress_score")];

/// Words of several sentences that are weighed together: few lines to learn from are longer.
const SPAN: usize = 64;

/// How many words on a class still makes a pair with another.
const REACH: usize = 7;

/// How many tokens on a word still makes a pair with another, whatever stands between.
const NEAR: usize = 3;

/// Tokens of a part, about as many as the lines have that weights were learned from; and from the
/// first of one part to that of the next. With fewer, more is found of what stands in something long,
/// also wrongly.
const PART: usize = 18;
const STEP: usize = 4;
/// What a part must weigh more than a whole, in the unit of `weights.tsv`: something was cut off that
/// may have spoken against it.
const MORE: i32 = 8;

/// Tokens before and behind what a rule has found that say what it means there.
pub const AROUND: [usize; 2] = [12, 8];
/// Those that stand so near that they say it by themselves.
pub const BESIDE: [usize; 2] = [4, 3];

/// What these must weigh, by kinds, in the same unit: all that could speak against them is cut off.
const OUT: [i32; 2] = [6, 12];

/// Letters of a word in a pair: what follows is mostly its ending.
const STEM: usize = 5;

/// A token as features see it.
struct Word<'a> {
    /// As it was folded; numbers, names and signs are one each.
    word: &'a str,
    /// Its class, or its beginning.
    key: &'a str,
    class: bool,
    /// Its beginning, whatever its class.
    stem: &'a str,
    stop: bool,
}

/// The first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |it| &word[..it.0])
}

fn word(tokens: &Tokens, at: usize) -> Word<'_> {
    let ids = tokens.ids(at);
    let class = CLASSES.iter().find(|it| tokens.is(at, it.1.into())).map(|it| it.0);
    let word = match class {
        _ if ids.contains(&meta::NUMBER) => "0",
        None if ids.contains(&meta::NAME) => "@name",
        _ => tokens.letters(at),
    };
    let key = class.unwrap_or_else(|| beginning(word, STEM));
    let stem = if word == "0" { word } else { beginning(tokens.letters(at), STEM) };
    let stop = tokens.all.get(at).is_some_and(|it| it.stop);
    Word { word, key, class: class.is_some(), stem, stop }
}

/// Letters of a word that are a feature together; the word's ends count as letters.
const GRAMS: RangeInclusive<usize> = 3..=5;

/// Gives the groups of letters of a word, as the pieces of their names.
fn grams<'a>(word: &'a str, mut each: impl FnMut([&'a str; 3])) {
    // Other alphabets have letters of several bytes; nothing was learned of them.
    if !word.is_ascii() {
        return;
    }
    let ends = word.len() + 2;
    for letters in GRAMS {
        for from in 0..(ends + 1).saturating_sub(letters) {
            let to = from + letters;
            let inner = &word[from.max(1) - 1..to.min(ends - 1) - 1];
            each([if from == 0 { "#<" } else { "#" }, inner, if to == ends { ">" } else { "" }]);
        }
    }
}

/// Gives every feature of a sentence, as the pieces of its name, with its first and last token. The
/// sentence begins with the sign before it; tokens are counted from there.
pub fn features<'a>(
    tokens: &'a Tokens,
    sentence: Range<usize>,
    mut each: impl FnMut(usize, usize, [&'a str; 3]),
) {
    let start = sentence.start;
    let words: Vec<_> = sentence.map(|at| word(tokens, at)).collect();
    for (at, it) in words.iter().enumerate().skip(1) {
        if !it.stop || it.word == "?" {
            each(at, at, [it.word, "", ""]);
            for letters in [4, 5] {
                let stem = beginning(it.word, letters);
                if stem.len() < it.word.len() {
                    each(at, at, [stem, "*", ""]);
                }
            }
            if it.class {
                each(at, at, [it.key, "", ""]);
            }
            if it.word != "0" && !it.stop {
                grams(tokens.letters(start + at), |pieces| each(at, at, pieces));
            }
        }
        if it.class {
            // Classes further apart, in their order.
            let from = at.saturating_sub(REACH);
            for (first, other) in words.iter().enumerate().take(at - 1).skip(from).rev() {
                if other.stop {
                    break;
                }
                if other.class {
                    each(first, at, [other.key, "..", it.key]);
                }
            }
        }
        let before = &words[at - 1];
        // How many blank lines there are says nothing.
        if before.stop && it.stop {
            continue;
        }
        each(at - 1, at, [before.key, " ", it.key]);
        if 2 <= at && !before.stop {
            each(at - 2, at, [words[at - 2].key, " _ ", it.key]);
        }
        if !it.stop {
            let from = at.saturating_sub(NEAR);
            for (first, other) in words.iter().enumerate().take(at).skip(from).rev() {
                if other.stop {
                    break;
                }
                each(first, at, [other.stem, "~", it.stem]);
            }
        }
    }
}

/// Sentences that were weighed together.
pub struct Span {
    pub tokens: Range<usize>,
    sums: [i32; 2],
}

impl Span {
    /// True when it is found without any rule. What an exception has taken from a rule must weigh
    /// more, by twice what a rule adds.
    pub fn speaks_for(&self, kind: usize, vetoed: bool) -> bool {
        0 < self.sums[kind] - if vetoed { 2 * RULED[kind] } else { 0 }
    }

    /// The same for one sentence alone, whatever stands around it. It must weigh something for it by
    /// itself: a short sentence has few words that could speak against it.
    pub fn bears_alone(&self, kind: usize) -> bool {
        0 < self.sums[kind] + RULED[kind] / 2
    }

    /// The same for the few words beside what a rule has found.
    pub fn stands_out(&self, kind: usize) -> bool {
        OUT[kind] < self.sums[kind]
    }

    /// True when what a rule has found in it stands.
    pub fn bears(&self, kind: usize) -> bool {
        0 < self.sums[kind] + RULED[kind]
    }
}

/// What a token weighs for either kind.
#[derive(Clone, Copy, Default)]
pub struct Weight {
    /// Features that end there.
    end: [i32; 2],
    /// Features that begin or end there.
    share: [i32; 2],
}

/// What the tokens of a sentence weigh, from the sign before it on.
pub fn weights(tokens: &Tokens, sentence: Range<usize>) -> Vec<Weight> {
    let mut all = vec![Weight::default(); sentence.len()];
    features(tokens, sentence, |first, last, pieces: [&str; 3]| {
        let Some(weights) = weigh(place(&pieces)) else { return };
        for (kind, weight) in weights.into_iter().map(i32::from).enumerate() {
            all[last].end[kind] += weight;
            all[last].share[kind] += weight;
            if first < last {
                all[first].share[kind] += weight;
            }
        }
    });
    all
}

/// A paragraph's weights.
#[derive(Clone, Default)]
pub struct Score {
    /// By tokens.
    all: Vec<Weight>,
    /// Sentences, each from the sign before it.
    sentences: Vec<Range<usize>>,
}

impl Score {
    /// Adds the sentence that begins with the sign at `start`.
    pub fn add(&mut self, start: usize, weights: &[Weight]) {
        let end = (start + weights.len()).saturating_sub(1);
        self.all.resize(end + 1, Weight::default());
        for (sum, it) in self.all[start..].iter_mut().zip(weights) {
            for kind in 0..KINDS.len() {
                sum.end[kind] += it.end[kind];
                sum.share[kind] += it.share[kind];
            }
        }
        self.sentences.push(start..end);
    }

    /// Takes out what the words in some bytes weigh.
    pub fn mute(&mut self, tokens: &Tokens, bytes: &Range<usize>) {
        for (token, weight) in tokens.all.iter().zip(&mut self.all) {
            if bytes.start < token.bytes.end && token.bytes.start < bytes.end {
                *weight = Weight::default();
            }
        }
    }

    fn sum(&self, tokens: &Range<usize>, kind: usize) -> i32 {
        // The sign that ends the last sentence belongs to it, the one before the first does not.
        self.all[tokens.start + 1..=tokens.end].iter().map(|it| it.end[kind]).sum()
    }

    /// As many sentences on end as are weighed together, from every sentence on; all of a short
    /// paragraph.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let mut reached = 0;
        (0..self.sentences.len()).filter_map(move |first| {
            let start = self.sentences[first].start;
            let rest = &self.sentences[first + 1..];
            let more = rest.iter().take_while(|it| it.end - start <= SPAN).count();
            let end = self.sentences[first + more].end;
            let longer = reached < end;
            reached = reached.max(end);
            let tokens = start..end;
            let sums = [0, 1].map(|kind| ALWAYS[kind] + self.sum(&tokens, kind));
            longer.then_some(Span { tokens, sums })
        })
    }

    /// Parts as long as a line to learn from, of what is longer: whatever else a long sentence says.
    pub fn parts(&self) -> impl Iterator<Item = Span> + '_ {
        let count = self.all.len();
        let last = count.saturating_sub(PART + 1);
        let whole = count <= PART + 1;
        let firsts = (0..last).step_by(STEP).chain([last]).filter(move |_| !whole);
        firsts.map(move |start| {
            let tokens = start..(start + PART).min(count - 1);
            let sums = [0, 1].map(|kind| ALWAYS[kind] - MORE + self.sum(&tokens, kind));
            Span { tokens, sums }
        })
    }

    /// Every sentence by itself.
    pub fn each_sentence(&self) -> impl Iterator<Item = Span> + '_ {
        self.sentences.iter().map(|tokens| {
            let sums = [0, 1].map(|kind| ALWAYS[kind] + self.sum(tokens, kind));
            Span { tokens: tokens.clone(), sums }
        })
    }

    /// Some bytes, with so many tokens before and behind them: however long the sentence is.
    pub fn around(
        &self,
        tokens: &Tokens,
        bytes: &Range<usize>,
        [before, after]: [usize; 2],
    ) -> Option<Span> {
        let meets = |at: &usize| {
            let it = &tokens.all[*at].bytes;
            bytes.start < it.end && it.start < bytes.end
        };
        let first = (1..self.all.len()).find(meets)?;
        let last = (first..self.all.len()).rfind(meets)?;
        let within = first.saturating_sub(before + 1)..(last + after).min(self.all.len() - 1);
        let sums = [0, 1].map(|kind| ALWAYS[kind] + self.sum(&within, kind));
        Some(Span { tokens: within, sums })
    }

    /// The words of a span that a kind's sum is owed to most: of its weightiest sentence, from the
    /// first to the last word that weighs at least a third of the weightiest.
    pub fn passage(&self, span: &Span, kind: usize) -> Range<usize> {
        let within =
            |it: &&Range<usize>| span.tokens.start <= it.start && it.end <= span.tokens.end;
        let sentences = self.sentences.iter().filter(within);
        let best = sentences.max_by_key(|it| self.sum(it, kind)).unwrap_or(&span.tokens);
        let words = best.start + 1..best.end;
        let most = words.clone().map(|it| self.all[it].share[kind]).max().unwrap_or_default();
        let weighty = |it: &usize| 0 < most && most <= 3 * self.all[*it].share[kind];
        let first = words.clone().find(weighty).unwrap_or(words.start);
        let last = words.clone().rfind(weighty).unwrap_or(words.end);
        first..last + 1
    }
}

#[cfg(test)]
mod tests {
    use super::grams;

    #[test]
    fn groups_of_letters_reach_over_both_ends_of_a_word() {
        let of = |word: &str| {
            let mut all = Vec::new();
            grams(word, |pieces| all.push(pieces.concat()));
            all.join(" ")
        };
        assert_eq!(of("je"), "#<je #je> #<je>");
        assert_eq!(of("vie"), "#<vi #vie #ie> #<vie #vie> #<vie>");
        assert_eq!(of("a"), "#<a>");
        assert_eq!(of(""), "");
        assert_eq!(of("привет"), "");
    }
}
