//! Looks at a text while it is typed, and again on the server: what gives somebody away, and what
//! asks for help. It forbids nothing; it finds passages, by the rules in `rules.toml`.

use std::{cmp::Reverse, ops::Range};

mod digits;
mod email;
mod fold;
mod program;
mod tokens;

use program::{Machine, Patterns, heads, needs};
use tokens::{Sets, Tokens, meta};

/// What `build.rs` made of `rules.toml`.
mod tables {
    use super::Kind;

    /// One rule: its name, and which patterns are its own.
    pub struct Rule {
        pub name: &'static str,
        pub kind: Kind,
        /// Its first pattern.
        pub first: u16,
        /// Its first exception, behind its last pattern.
        pub except: u16,
        /// Behind its last exception.
        pub end: u16,
        /// How many words before a passage belong to it.
        pub back: u8,
    }

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// What a passage gives away, or asks help for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A telephone number of a person or a practice; helplines are none.
    Phone,
    /// An e-mail address, spelled out or not.
    Email,
    /// A French social security number (NIR).
    SocialSecurity,
    /// A street address, or a postal code with its town.
    Address,
    /// A doctor or another carer with their surname.
    NamedDoctor,
    /// Somebody stops or changes a treatment alone, or tells others to.
    StopsTreatment,
    /// Somebody may harm themselves, or has no hope left.
    Distress,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Phone,
        Self::Email,
        Self::SocialSecurity,
        Self::Address,
        Self::NamedDoctor,
        Self::StopsTreatment,
        Self::Distress,
    ];

    /// Name for machines, such as `social_security`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::SocialSecurity => "social_security",
            Self::Address => "address",
            Self::NamedDoctor => "named_doctor",
            Self::StopsTreatment => "stops_treatment",
            Self::Distress => "distress",
        }
    }
}

/// A passage that a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// Name of the rule in `rules.toml`; rules in code are named after their kind.
    pub rule: &'static str,
    /// Bytes of the text; both ends lie between two characters.
    pub range: Range<usize>,
}

/// All findings, in the text's order, not overlapping within a kind. Takes time proportional to
/// the text's length. Paragraphs, parted by blank lines, are looked at each for itself.
pub fn look(text: &str) -> Vec<Finding> {
    let mut look = Look::new();
    paragraphs(text, |paragraph, offset| look.paragraph(paragraph, offset));
    let mut all = look.findings;
    all.sort_by_key(|it| (it.range.start, it.kind, Reverse(it.range.end)));
    let mut ends = [0; Kind::ALL.len()];
    all.retain(|it| {
        let end = &mut ends[it.kind as usize];
        let free = *end <= it.range.start;
        if free {
            *end = it.range.end;
        }
        free
    });
    all
}

/// Gives every paragraph of `text` with its place.
fn paragraphs(text: &str, mut each: impl FnMut(&str, usize)) {
    let mut start = 0;
    let mut blank = false;
    for (at, it) in text.char_indices() {
        if it == '\n' {
            if blank {
                each(&text[start..at], start);
                start = at + 1;
            }
            blank = true;
        } else if !it.is_ascii_whitespace() {
            blank = false;
        }
    }
    each(&text[start..], start);
}

/// How many tokens before a passage an exception may begin.
const REACH: usize = 12;

struct Look {
    tokens: Tokens,
    machine: Machine,
    /// For each token, the patterns that can begin with it, and have all they need in its sentence.
    heads: Vec<Patterns>,
    findings: Vec<Finding>,
}

impl Look {
    fn new() -> Self {
        let (tokens, machine) = (Tokens::new(), Machine::new());
        Self { tokens, machine, heads: Vec::new(), findings: Vec::new() }
    }

    fn add(&mut self, kind: Kind, rule: &'static str, range: Range<usize>) {
        self.findings.push(Finding { kind, rule, range });
    }

    fn paragraph(&mut self, text: &str, offset: usize) {
        let moved = |range: Range<usize>| range.start + offset..range.end + offset;
        email::find(text, |range| self.add(Kind::Email, "email", moved(range)));
        digits::find(text, |kind, range| self.add(kind, kind.name(), moved(range)));
        self.tokens.read(text, offset);
        self.read_heads();
        for rule in &tables::RULES {
            let mut at = 0;
            while at < self.tokens.all.len() {
                at = self.rule(rule, at).unwrap_or(at + 1);
            }
        }
    }

    fn read_heads(&mut self) {
        let (heads, needs) = (heads(), needs());
        self.heads.clear();
        let mut ahead = Sets::default();
        for (at, token) in self.tokens.all.iter().enumerate().rev() {
            let mut seen = token.sets;
            seen.iter_mut().zip(ahead).for_each(|(it, more)| *it |= more);
            let mut all = Patterns::default();
            for id in self.tokens.ids(at) {
                let more = heads.get(usize::from(*id)).copied().unwrap_or_default();
                all.iter_mut().zip(more).for_each(|(it, more)| *it |= more);
            }
            for (block, bits) in all.iter_mut().enumerate() {
                let mut left = *bits;
                while left != 0 {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    let needed = needs[64 * block + bit as usize];
                    if needed.iter().zip(seen).any(|(needed, seen)| needed & !seen != 0) {
                        *bits &= !(1 << bit);
                    }
                }
            }
            self.heads.push(all);
            // A passage may begin or end with a sentence's end, but goes over none.
            ahead = if token.stop { token.sets } else { seen };
        }
        self.heads.reverse();
    }

    /// Where the longest passage ends that begins at token `at`, by some of the patterns.
    fn end(&mut self, patterns: Range<u16>, at: usize) -> Option<usize> {
        let heads = self.heads.get(at)?;
        let of_block = |block: usize| {
            let bit = |it: u16| usize::from(it).saturating_sub(64 * block).min(64) as u32;
            let below = |count: u32| 1u64.checked_shl(count).map_or(u64::MAX, |it| it - 1);
            below(bit(patterns.end)) & !below(bit(patterns.start))
        };
        let mut best = None;
        for (block, bits) in heads.iter().enumerate() {
            let mut bits = bits & of_block(block);
            while bits != 0 {
                let pattern = 64 * block + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                best = best.max(self.machine.run(tables::PATTERNS[pattern], &self.tokens, at));
            }
        }
        best
    }

    /// Tries one rule at one token; where its passage ends.
    fn rule(&mut self, rule: &'static tables::Rule, at: usize) -> Option<usize> {
        let end = self.end(rule.first..rule.except, at)?;
        let mut before = at.saturating_sub(REACH)..end;
        if before.any(|it| self.end(rule.except..rule.end, it).is_some_and(|until| at < until)) {
            return None;
        }
        // Signs that a pattern begins or ends with are no part of what is shown.
        let sign = |it: &usize| {
            let ids = self.tokens.ids(*it);
            !ids.contains(&meta::STOP) && !ids.contains(&meta::COMMA)
        };
        let from = at.saturating_sub(usize::from(rule.back));
        let first = (from..end).find(sign)?;
        let last = (at..end).rfind(sign)?;
        let range = self.tokens.all[first].bytes.start..self.tokens.all[last].bytes.end;
        self.add(rule.kind, rule.name, range);
        Some(end)
    }
}
