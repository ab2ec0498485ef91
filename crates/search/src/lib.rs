//! Full-text search over the site's pages, in memory.
//!
//! The same code answers on the server and, where a static export has no server to ask, on the
//! reader's device.

use std::{collections::BTreeMap, ops::Range};

use contract::search::{Hit, HitKind, MAX_QUERY_CHARS};
use serde::{Deserialize, Serialize};

pub mod fold;

/// Words of a query that count; a sentence has fewer.
const MAX_WORDS: usize = 16;

/// Excerpts: bytes of text before the first match and all together.
const BEFORE: usize = 60;
const LENGTH: usize = 200;

/// What may be found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    pub kind: HitKind,
    pub title: String,
    pub href: String,
    /// Short title, question: nearly as telling as the title.
    pub names: Vec<String>,
    pub headings: Vec<String>,
    /// Everything else, in reading order.
    pub text: String,
}

/// Where a word stands, most telling last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Text,
    Heading,
    Name,
    Title,
}

impl Tier {
    /// A whole word in a tier beats any beginning of a word in it, and both beat the tier below.
    fn score(self, exact: bool) -> u32 {
        let whole = match self {
            Tier::Text => 20,
            Tier::Heading => 100,
            Tier::Name => 300,
            Tier::Title => 1000,
        };
        if exact { whole } else { whole / 2 }
    }
}

/// How a word occurs in a document.
#[derive(Clone, Copy, Debug)]
struct Posting {
    document: usize,
    tier: Tier,
    /// Times it stands in the text.
    count: u32,
}

#[derive(Debug)]
struct Indexed {
    kind: HitKind,
    title: String,
    href: String,
    text: String,
    /// Each word of `text`: where it stands, and its number in `words`.
    tokens: Vec<(Range<usize>, usize)>,
    /// ` word word ` of the title and of the text, to find words in their order.
    folded_title: String,
    folded_text: String,
}

/// Made once when content is loaded; a search reads it and allocates little more than its answer.
#[derive(Debug, Default)]
pub struct Index {
    documents: Vec<Indexed>,
    /// Sorted, so that the words with one beginning are neighbours.
    words: Vec<String>,
    postings: Vec<Vec<Posting>>,
}

impl Index {
    /// Documents that match alike are found in the order given here.
    pub fn new(documents: Vec<Document>) -> Index {
        let mut found: BTreeMap<String, Vec<Posting>> = BTreeMap::new();
        let mut add = |document: usize, tier: Tier, text: &str| {
            let words = fold::words(text);
            for (_, word) in &words {
                let postings = found.entry(word.clone()).or_default();
                let count = u32::from(tier == Tier::Text);
                match postings.last_mut().filter(|it| it.document == document) {
                    Some(it) => {
                        it.tier = it.tier.max(tier);
                        it.count = it.count.saturating_add(count);
                    }
                    None => postings.push(Posting { document, tier, count }),
                }
            }
            words
        };
        let mut read = Vec::new();
        for (number, it) in documents.into_iter().enumerate() {
            let title = add(number, Tier::Title, &it.title);
            it.names.iter().for_each(|it| drop(add(number, Tier::Name, it)));
            it.headings.iter().for_each(|it| drop(add(number, Tier::Heading, it)));
            let text = add(number, Tier::Text, &it.text);
            read.push((it, title, text));
        }
        let (words, postings): (Vec<String>, Vec<Vec<Posting>>) = found.into_iter().unzip();
        let documents = read.into_iter().map(|(it, title, text)| Indexed {
            kind: it.kind,
            title: it.title,
            href: it.href,
            text: it.text,
            folded_title: joined(&title),
            folded_text: joined(&text),
            tokens: text
                .into_iter()
                .filter_map(|(at, word)| Some((at, words.binary_search(&word).ok()?)))
                .collect(),
        });
        Index { documents: documents.collect(), postings, words }
    }

    /// All hits, best first: documents with all the words, or where there are none, with any.
    pub fn search(&self, query: &str, kind: Option<HitKind>) -> Vec<Found<'_>> {
        let cut: String = query.chars().take(MAX_QUERY_CHARS).collect();
        let typed = fold::words(&cut);
        let query = wanted_words(&cut, &typed);
        let alone = query.len() == 1;
        let ranges: Vec<Range<usize>> =
            query.iter().map(|it| self.starting_with(it, alone)).collect();

        // For each document, how many of the words it has and how well they fit.
        let mut scores = vec![(0_usize, 0_u32); self.documents.len()];
        for (word, range) in query.iter().zip(&ranges) {
            let mut best = vec![(0_u32, 0_u32); self.documents.len()];
            for at in range.clone() {
                let exact = self.words.get(at).is_some_and(|it| it == word);
                for it in self.postings.get(at).into_iter().flatten() {
                    if let Some((score, count)) = best.get_mut(it.document) {
                        *score = it.tier.score(exact).max(*score);
                        *count = count.saturating_add(it.count);
                    }
                }
            }
            for ((words, total), (score, count)) in scores.iter_mut().zip(best) {
                *words += usize::from(0 < score);
                // How often it occurs only parts documents that are otherwise alike.
                *total += if 0 < score { score + count.min(9) } else { 0 };
            }
        }
        let phrase = joined(&typed);
        let phrase = phrase.trim_end();
        let wanted = scores.iter().map(|(words, _)| *words).max().filter(|it| *it == query.len());
        let mut hits: Vec<(u32, usize)> = scores
            .iter()
            .enumerate()
            .filter(|(_, (words, _))| wanted.map_or(0 < *words, |it| *words == it))
            .map(|(at, (_, score))| (score + self.phrase_score(at, phrase, typed.len()), at))
            .filter(|(score, at)| 0 < *score && self.is_of(*at, kind))
            .collect();
        hits.sort_unstable_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        let ranges = std::rc::Rc::new(ranges);
        hits.into_iter()
            .filter_map(|(_, at)| {
                let document = self.documents.get(at)?;
                Some(Found { document, ranges: ranges.clone() })
            })
            .collect()
    }

    fn is_of(&self, document: usize, kind: Option<HitKind>) -> bool {
        let found = self.documents.get(document).map(|it| it.kind);
        kind.is_none_or(|kind| found == Some(kind))
    }

    /// Words typed in their order count more than the same words apart.
    fn phrase_score(&self, document: usize, phrase: &str, words: usize) -> u32 {
        let Some(it) = self.documents.get(document) else { return 0 };
        let is_title = it.folded_title.trim() == phrase.trim();
        let in_title = 1 < words && it.folded_title.contains(phrase);
        let in_text = 1 < words && it.folded_text.contains(phrase);
        u32::from(is_title) * 900 + u32::from(in_title) * 400 + u32::from(in_text) * 50
    }

    /// Numbers of the words that start with `prefix`. A single letter among other words is a word
    /// of its own: the T of CAR-T begins a tenth of all words.
    fn starting_with(&self, prefix: &str, alone: bool) -> Range<usize> {
        let whole = !alone && prefix.chars().nth(1).is_none();
        let from = self.words.partition_point(|it| it.as_str() < prefix);
        let rest = self.words.get(from..).unwrap_or_default();
        let fits = |it: &String| if whole { it == prefix } else { it.starts_with(prefix) };
        from..from + rest.partition_point(fits)
    }
}

/// A hit whose excerpt has yet to be cut: most are never shown.
pub struct Found<'a> {
    document: &'a Indexed,
    ranges: std::rc::Rc<Vec<Range<usize>>>,
}

impl Found<'_> {
    pub fn hit(&self) -> Hit {
        Hit {
            kind: self.document.kind,
            title: self.document.title.clone(),
            href: self.document.href.clone(),
            excerpt_html: self.excerpt(),
        }
    }

    fn matches(&self, word: usize) -> bool {
        self.ranges.iter().any(|it| it.contains(&word))
    }

    /// Text around the first place where the words stand in their order, or else the first word.
    fn excerpt(&self) -> String {
        let Indexed { text, tokens, .. } = self.document;
        let in_order = |window: &[(Range<usize>, usize)]| {
            window.iter().zip(self.ranges.iter()).all(|((_, word), range)| range.contains(word))
        };
        let first = tokens
            .windows(self.ranges.len().max(1))
            .position(in_order)
            .or_else(|| tokens.iter().position(|(_, word)| self.matches(*word)))
            .unwrap_or_default();
        let Some((at, _)) = tokens.get(first) else { return String::new() };
        let from =
            tokens[..=first].iter().rev().take_while(|(it, _)| at.start <= it.start + BEFORE);
        let from = from.last().map_or(0, |(it, _)| it.start);
        // The text's own first signs belong to it.
        let from = if tokens.first().is_some_and(|(it, _)| it.start == from) { 0 } else { from };
        let to = tokens[first..].iter().take_while(|(it, _)| it.end <= from + LENGTH);
        let to = to.last().map_or(at.end, |(it, _)| it.end);
        // Keeps a full stop or bracket that follows the last word.
        let tail = &text[to..];
        let to = if tokens.last().is_some_and(|(it, _)| it.end == to) {
            text.len()
        } else {
            to + tail.find(char::is_whitespace).filter(|it| *it < 4).unwrap_or_default()
        };

        let mut out = String::new();
        if 0 < from {
            out.push_str("… ");
        }
        let mut done = from;
        let shown = tokens.iter().filter(|(it, _)| from <= it.start && it.end <= to);
        for (it, _) in shown.filter(|(_, word)| self.matches(*word)) {
            out.push_str(&escaped(&text[done..it.start]));
            out.push_str(&format!("<mark>{}</mark>", escaped(&text[it.clone()])));
            done = it.end;
        }
        out.push_str(escaped(&text[done..to]).trim_end());
        if to < text.len() {
            out.push_str(" …");
        }
        out
    }
}

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The words to look for: each once, without `l'` and its like unless nothing else is there.
fn wanted_words<'a>(query: &str, typed: &'a [(Range<usize>, String)]) -> Vec<&'a str> {
    let is_elided = |at: &Range<usize>, word: &str| {
        word.len() <= 2 && query.get(at.end..).is_some_and(|it| it.starts_with(['\'', '’']))
    };
    let mut words: Vec<&str> = Vec::new();
    let only_elided = typed.iter().all(|(at, word)| is_elided(at, word));
    for (at, word) in typed {
        let skipped = !only_elided && is_elided(at, word);
        if !skipped && !words.contains(&word.as_str()) && words.len() < MAX_WORDS {
            words.push(word);
        }
    }
    words
}

/// ` word word `.
fn joined(words: &[(Range<usize>, String)]) -> String {
    let mut out = String::from(" ");
    for (_, word) in words {
        out.push_str(word);
        out.push(' ');
    }
    out
}
