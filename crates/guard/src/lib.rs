//! Looks at a text while it is typed, and again on the server: what gives somebody away, and what
//! asks for help. It forbids nothing; it finds passages, by the rules in `rules.toml` and, where
//! somebody stops a treatment or despairs, also by what their words weigh (`weights.tsv`).

use std::{cmp::Reverse, mem, ops::Range};

mod digits;
mod email;
mod fold;
mod hash;
mod numerals;
mod program;
mod score;
mod tokens;
mod weights;
mod words;

use program::{Machine, Passage};
use score::{AROUND, BESIDE, Score, Span};
use tokens::{Tokens, meta};

/// What `build.rs` made of `rules.toml`.
mod tables {
    use super::Kind;

    /// One rule, without its patterns: they are in `CODE` and know its number.
    pub struct Rule {
        pub name: &'static str,
        pub kind: Kind,
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
    /// Name of the rule in `rules.toml`; rules in code are named after their kind. A name that ends
    /// in `_score` is no rule's: words of the passage weighed enough together.
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

/// Gives every paragraph of `text` with its place. What stands around it is no part of it: lines that
/// end somewhere else would be weighed otherwise.
fn paragraphs(text: &str, mut each: impl FnMut(&str, usize)) {
    let mut start = 0;
    let mut blank = false;
    let mut each = |paragraph: &str, start: usize| {
        let begun = paragraph.trim_ascii_start();
        if !begun.is_empty() {
            each(begun.trim_ascii_end(), start + paragraph.len() - begun.len());
        }
    };
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

/// What the tool that learns `weights.tsv` asks of a text.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Numbers and names of all features, as often as they occur.
    pub features: Vec<(u32, String)>,
    /// Kinds that a rule finds, whatever the words weigh.
    pub ruled: Vec<Kind>,
}

/// Features of a text, and the kinds that rules find in it.
pub fn evidence(text: &str) -> Evidence {
    let mut evidence = Evidence::default();
    let mut look = Look::new();
    paragraphs(text, |paragraph, offset| {
        look.rules(paragraph, offset);
        score::features(&look.tokens, |_, _, pieces| {
            evidence.features.push((hash::place(&pieces), pieces.concat()));
        });
    });
    evidence.ruled = look.findings.iter().map(|it| it.kind).collect();
    evidence
}

struct Look {
    tokens: Tokens,
    machine: Machine,
    /// How many of a paragraph's first tokens belong to an exception of the rule at hand.
    excepted: Vec<usize>,
    findings: Vec<Finding>,
    /// What rules would have found in the paragraph, but for their exceptions.
    vetoed: Vec<Finding>,
}

impl Look {
    fn new() -> Self {
        let (tokens, machine) = (Tokens::new(), Machine::new());
        Self { tokens, machine, excepted: Vec::new(), findings: Vec::new(), vetoed: Vec::new() }
    }

    fn add(&mut self, kind: Kind, rule: &'static str, range: Range<usize>) {
        self.findings.push(Finding { kind, rule, range });
    }

    fn paragraph(&mut self, text: &str, offset: usize) {
        let before = self.findings.len();
        self.rules(text, offset);
        let score = Score::of(&self.tokens);
        for (number, (kind, rule)) in score::KINDS.into_iter().enumerate() {
            self.weigh(&score, number, kind, rule, before);
        }
    }

    /// Keeps what rules have found from `before` on where words do not speak against it, and adds
    /// what only words speak for.
    fn weigh(
        &mut self,
        score: &Score,
        number: usize,
        kind: Kind,
        rule: &'static str,
        before: usize,
    ) {
        let all = &self.tokens.all;
        let bytes = |it: &Span| all[it.tokens.start].bytes.start..all[it.tokens.end].bytes.end;
        let spans: Vec<_> = score.spans().map(|it| (bytes(&it), it)).collect();
        let meets = |span: &Range<usize>, it: &Finding| {
            it.kind == kind && span.start < it.range.end && it.range.start < span.end
        };
        let ruled = self.findings.split_off(before);
        // Whatever else somebody writes about, one sentence that says it is enough.
        let alone = score.each_sentence().map(|it| (bytes(&it), it));
        let bearing: Vec<_> =
            alone.filter(|(_, it)| it.bears_alone(number)).map(|it| it.0).collect();
        let near = |it: &Finding, many| score.around(&self.tokens, &it.range, many);
        let borne = |it: &Finding| {
            spans.iter().any(|(bytes, span)| meets(bytes, it) && span.bears(number))
                || bearing.iter().any(|bytes| meets(bytes, it))
                || near(it, AROUND).is_some_and(|it| it.bears_alone(number))
                || near(it, BESIDE).is_some_and(|it| it.stands_out(number))
        };
        self.findings.extend(ruled.into_iter().filter(|it| it.kind != kind || borne(it)));
        let parts: Vec<_> = score.parts().map(|it| (bytes(&it), it)).collect();
        for (bytes, span) in spans.iter().chain(&parts) {
            let vetoed = self.vetoed.iter().any(|it| meets(bytes, it));
            if !span.speaks_for(number, vetoed) {
                continue;
            }
            let passage = score.passage(span, number);
            let known = self.findings[before..].iter().any(|it| meets(bytes, it));
            if let Some(range) = self.shown(passage.start, passage.end, 0).filter(|_| !known) {
                self.add(kind, rule, range);
            }
        }
    }

    /// Adds what rules find.
    fn rules(&mut self, text: &str, offset: usize) {
        let moved = |range: Range<usize>| range.start + offset..range.end + offset;
        email::find(text, |range| self.add(Kind::Email, "email", moved(range)));
        digits::find(text, |kind, range| self.add(kind, kind.name(), moved(range)));
        self.vetoed.clear();
        self.tokens.read(text, offset);
        self.machine.run(&self.tokens);
        let mut found = mem::take(&mut self.machine.found);
        found.sort_unstable_by_key(|it| (it.slot, it.start, Reverse(it.end)));
        // Of passages with the same beginning the longest is shown.
        found.dedup_by_key(|it| (it.slot, it.start));
        for of_rule in found.chunk_by(|a, b| a.slot / 2 == b.slot / 2) {
            let (passages, exceptions) =
                of_rule.split_at(of_rule.partition_point(|it| it.slot % 2 == 0));
            self.rule(passages, exceptions);
        }
        self.machine.found = found;
    }

    /// Adds the passages of one rule that none of its exceptions overlaps.
    fn rule(&mut self, passages: &[Passage], exceptions: &[Passage]) {
        let Some(rule) = passages.first().and_then(|it| tables::RULES.get(it.slot / 2)) else {
            return;
        };
        self.excepted.clear();
        self.excepted.resize(self.tokens.all.len() + 1, 0);
        for it in exceptions {
            self.excepted[it.start + 1..=it.end].fill(1);
        }
        for at in 1..self.excepted.len() {
            self.excepted[at] += self.excepted[at - 1];
        }
        for it in passages {
            let Some(range) = self.shown(it.start, it.end, rule.back.into()) else { continue };
            let finding = Finding { kind: rule.kind, rule: rule.name, range };
            if self.excepted[it.start] == self.excepted[it.end] {
                self.findings.push(finding);
            } else {
                self.vetoed.push(finding);
            }
        }
    }

    /// Bytes of a passage and of the words `back` before it, without the signs that it begins or
    /// ends with.
    fn shown(&self, start: usize, end: usize, back: usize) -> Option<Range<usize>> {
        let sign = |it: &usize| {
            let ids = self.tokens.ids(*it);
            !ids.contains(&meta::STOP) && !ids.contains(&meta::COMMA)
        };
        let first = (start.saturating_sub(back)..end).find(sign)?;
        let last = (start..end).rfind(sign)?;
        Some(self.tokens.all[first].bytes.start..self.tokens.all[last].bytes.end)
    }
}
