//! Evidence that rules do not know: what the words of a few sentences weigh together.
//!
//! Features are words, beginnings of words, classes of words (`classes` in `rules.toml`), pairs of
//! those that stand side by side, with one word between, or (classes only) near one another, and
//! rules whose patterns or exceptions fit. `weights.tsv` says what each weighs for either kind;
//! `examples/train` has learned it from the lines of `corpus/tuning.tsv`. Where the sum is above
//! nothing, the sentences are found. The sum also speaks for or against what a rule has found.
//!
//! A sum explains itself less well than a rule: no single word decides, and the passage that is
//! shown holds the weightiest words of one sentence, not all that counted.

use std::ops::Range;

use crate::{
    Kind,
    hash::place,
    program::Passage,
    tables::{ALWAYS, CLASSES, KEYS, PARTS, RULED, RULES, WEIGHTS},
    tokens::{Tokens, meta},
};

/// The kinds that have weights, with the names of what is found by them.
pub const KINDS: [(Kind, &str); 2] =
    [(Kind::StopsTreatment, "stops_treatment_score"), (Kind::Distress, "distress_score")];

/// Words of several sentences that are weighed together: few lines to learn from are longer.
const SPAN: usize = 64;

/// How many words on a class still makes a pair with another.
const REACH: usize = 7;

/// Letters of a word in a pair: what follows is mostly its ending.
const STEM: usize = 5;

/// A token as features see it.
struct Word<'a> {
    /// As it was folded; numbers, names and signs are one each.
    word: &'a str,
    /// Its class, or its beginning.
    key: &'a str,
    class: bool,
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
    let stop = tokens.all.get(at).is_some_and(|it| it.stop);
    Word { word, key, class: class.is_some(), stop }
}

/// Gives the features of what patterns of rules and their exceptions fit: each once.
pub fn ruled<'a>(passages: &[Passage], mut each: impl FnMut(usize, usize, [&'a str; 3])) {
    let mut last = None;
    for it in passages {
        let Some(rule) = RULES.get(it.slot / 2).filter(|_| last != Some(it.slot)) else { continue };
        last = Some(it.slot);
        if KINDS.iter().any(|(kind, _)| *kind == rule.kind) {
            let sort = if it.slot % 2 == 0 { "=fits " } else { "=excepts " };
            each(it.start, it.end - 1, [sort, rule.name, ""]);
        }
    }
}

/// Gives every feature of the tokens, as the pieces of its name, with its first and last token.
pub fn features<'a>(tokens: &'a Tokens, mut each: impl FnMut(usize, usize, [&'a str; 3])) {
    let words: Vec<_> = (0..tokens.all.len()).map(|at| word(tokens, at)).collect();
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
    }
}

/// What a feature weighs.
fn weigh(pieces: [&str; 3]) -> Option<[i8; 2]> {
    let (part, key) = place(&pieces);
    let range = usize::from(*PARTS.get(part)?)..usize::from(*PARTS.get(part + 1)?);
    let at = KEYS.get(range.clone())?.binary_search(&key).ok()?;
    WEIGHTS.get(range.start + at).copied()
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

    /// True when what a rule has found in it stands.
    pub fn bears(&self, kind: usize) -> bool {
        0 < self.sums[kind] + RULED[kind]
    }
}

/// A paragraph's weights.
pub struct Score {
    /// By tokens: of the features that end there.
    ends: Vec<[i32; 2]>,
    /// By tokens: of the features that begin or end there.
    shares: Vec<[i32; 2]>,
    /// Sentences, each from the sign before it.
    sentences: Vec<Range<usize>>,
}

impl Score {
    pub fn of(tokens: &Tokens, passages: &[Passage]) -> Self {
        let count = tokens.all.len();
        let (mut ends, mut shares) = (vec![[0; 2]; count], vec![[0; 2]; count]);
        let mut add = |first: usize, last: usize, pieces| {
            let Some(weights) = weigh(pieces) else { return };
            for (kind, weight) in weights.into_iter().map(i32::from).enumerate() {
                ends[last][kind] += weight;
                shares[last][kind] += weight;
                if first < last {
                    shares[first][kind] += weight;
                }
            }
        };
        features(tokens, &mut add);
        ruled(passages, &mut add);
        let mut sentences = Vec::new();
        let mut from = 0;
        for at in (1..count).filter(|at| tokens.all[*at].stop) {
            sentences.push(from..at);
            from = at;
        }
        Self { ends, shares, sentences }
    }

    fn sum(&self, tokens: &Range<usize>, kind: usize) -> i32 {
        // The sign that ends the last sentence belongs to it, the one before the first does not.
        self.ends[tokens.start + 1..=tokens.end].iter().map(|it| it[kind]).sum()
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

    /// Every sentence by itself.
    pub fn each_sentence(&self) -> impl Iterator<Item = Span> + '_ {
        self.sentences.iter().map(|tokens| {
            let sums = [0, 1].map(|kind| ALWAYS[kind] + self.sum(tokens, kind));
            Span { tokens: tokens.clone(), sums }
        })
    }

    /// The words of a span that a kind's sum is owed to most: of its weightiest sentence, from the
    /// first to the last word that weighs at least a third of the weightiest.
    pub fn passage(&self, span: &Span, kind: usize) -> Range<usize> {
        let within =
            |it: &&Range<usize>| span.tokens.start <= it.start && it.end <= span.tokens.end;
        let sentences = self.sentences.iter().filter(within);
        let Some(best) = sentences.max_by_key(|it| self.sum(it, kind)) else {
            return span.tokens.clone();
        };
        let words = best.start + 1..best.end;
        let most = words.clone().map(|it| self.shares[it][kind]).max().unwrap_or_default();
        let weighty = |it: &usize| 0 < most && most <= 3 * self.shares[*it][kind];
        let first = words.clone().find(weighty).unwrap_or(words.start);
        let last = words.clone().rfind(weighty).unwrap_or(words.end);
        first..last + 1
    }
}
