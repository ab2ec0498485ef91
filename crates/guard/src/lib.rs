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
mod sentences;
mod tokens;
mod weights;
mod words;

use program::{Machine, Passage};
use score::{AROUND, BESIDE, Score, Span};
use sentences::{Memory, Said, Written};
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
    Guard::default().look(text)
}

/// Looks at one text after another, as at a field in which somebody types: sentences that were in the
/// last text take no time again.
#[derive(Default)]
pub struct Guard(Look);

impl Guard {
    /// The same as [`look`].
    pub fn look(&mut self, text: &str) -> Vec<Finding> {
        let look = &mut self.0;
        look.memory.turn();
        paragraphs(text, |paragraph, offset| look.paragraph(paragraph, offset));
        let mut all = mem::take(&mut look.findings);
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
    let mut look = Look::default();
    paragraphs(text, |paragraph, offset| {
        look.rules(paragraph, offset);
        for sentence in look.tokens.sentences() {
            score::features(&look.tokens, sentence, |_, _, pieces| {
                evidence.features.push((hash::place(&pieces), pieces.concat()));
            });
        }
    });
    evidence.ruled = look.findings.iter().map(|it| it.kind).collect();
    evidence
}

#[derive(Default)]
struct Look {
    tokens: Tokens,
    machine: Machine,
    memory: Memory,
    /// How many of a paragraph's first tokens belong to an exception of the rule at hand.
    excepted: Vec<usize>,
    findings: Vec<Finding>,
    /// What rules would have found in the paragraph, but for their exceptions.
    vetoed: Vec<Finding>,
}

impl Look {
    fn add(&mut self, kind: Kind, rule: &'static str, range: Range<usize>) {
        self.findings.push(Finding { kind, rule, range });
    }

    fn paragraph(&mut self, text: &str, offset: usize) {
        let before = self.findings.len();
        let score = self.rules(text, offset);
        // The groups of a telephone number are many words, which were seldom seen with others.
        let numbers = self.findings[before..].iter().filter(|it| it.kind <= Kind::SocialSecurity);
        let without = numbers.fold(None, |score_without, it| {
            let mut without = score_without.unwrap_or_else(|| score.clone());
            without.mute(&self.tokens, &it.range);
            Some(without)
        });
        for (number, (kind, rule)) in score::KINDS.into_iter().enumerate() {
            self.weigh(&score, without.as_ref(), number, kind, rule, before);
        }
    }

    /// Keeps what rules have found from `before` on where words do not speak against it, all of them or
    /// those `without` numbers, and adds what only words speak for.
    fn weigh(
        &mut self,
        score: &Score,
        without: Option<&Score>,
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
        let borne = |it: &Finding, score: &Score| {
            let meets = |span: &Span| meets(&bytes(span), it);
            let near = |many| score.around(&self.tokens, &it.range, many);
            score.spans().any(|span| span.bears(number) && meets(&span))
                // Whatever else somebody writes about, one sentence that says it is enough.
                || score.each_sentence().any(|it| it.bears_alone(number) && meets(&it))
                || near(AROUND).is_some_and(|it| it.bears_alone(number))
                || near(BESIDE).is_some_and(|it| it.stands_out(number))
        };
        let stands = |it: &Finding| {
            it.kind != kind || borne(it, score) || without.is_some_and(|score| borne(it, score))
        };
        self.findings.extend(ruled.into_iter().filter(stands));
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

    /// Adds what rules find, and gives what the words weigh.
    fn rules(&mut self, text: &str, offset: usize) -> Score {
        let moved = |range: Range<usize>| range.start + offset..range.end + offset;
        email::find(text, |range| self.add(Kind::Email, "email", moved(range)));
        digits::find(text, |kind, range| self.add(kind, kind.name(), moved(range)));
        self.vetoed.clear();
        self.tokens.read(text, offset);
        let (mut found, score) = self.sentences(text, offset);
        found.sort_unstable_by_key(|it| (it.slot, it.start, Reverse(it.end)));
        // Of passages with the same beginning the longest is shown.
        found.dedup_by_key(|it| (it.slot, it.start));
        for of_rule in found.chunk_by(|a, b| a.slot / 2 == b.slot / 2) {
            let (passages, exceptions) =
                of_rule.split_at(of_rule.partition_point(|it| it.slot % 2 == 0));
            self.rule(passages, exceptions);
        }
        score
    }

    /// What patterns fit in the paragraph that was read as tokens, and what its words weigh.
    fn sentences(&mut self, text: &str, offset: usize) -> (Vec<Passage>, Score) {
        let (mut found, mut score) = (Vec::new(), Score::default());
        let Self { tokens, machine, memory, .. } = self;
        let mut sentences = tokens.sentences().peekable();
        while let Some(sentence) = sentences.next() {
            let start = sentence.start;
            let next = sentences.peek().unwrap_or(&sentence).clone();
            let [sign, own, both] =
                [start, sentence.end - 1, next.end - 1].map(|at| &tokens.all[at].bytes);
            let from = sign.start - offset;
            let written = Written {
                text: text.get(from..both.end - offset).unwrap_or_default().into(),
                own: own.end - sign.start,
                first: sign.is_empty(),
            };
            let said = memory.recall(written, || {
                machine.run(tokens, sentence.clone(), next);
                let beginning =
                    |it: &Passage| Passage { start: it.start - start, end: it.end - start, ..*it };
                let passages = machine.found.iter().map(beginning).collect();
                Said { passages, weights: score::weights(tokens, sentence) }
            });
            let placed =
                |it: &Passage| Passage { start: it.start + start, end: it.end + start, ..*it };
            found.extend(said.passages.iter().map(placed));
            score.add(start, &said.weights);
        }
        (found, score)
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
