//! What sentences say by themselves. Whoever types changes one of them at a time: what the others say
//! is remembered from the last look.

use std::{collections::HashMap, mem};

use foldhash::fast::RandomState;

use crate::{program::Passage, score::Weight};

/// What one sentence says, by the places of its tokens, from the sign before it on. Passages may end in
/// the next.
pub struct Said {
    pub passages: Vec<Passage>,
    pub weights: Vec<Weight>,
}

/// All that was read for a sentence: the signs around it, and the next one.
#[derive(PartialEq, Eq, Hash)]
pub struct Written {
    /// Its bytes, and those of the next.
    pub text: Box<str>,
    /// How many are its own.
    pub own: usize,
    /// No sign stands before it: a paragraph's first.
    pub first: bool,
}

/// What the sentences of this text say, and those of the one before. So it holds two texts at most.
#[derive(Default)]
pub struct Memory {
    now: HashMap<Written, Said, RandomState>,
    before: HashMap<Written, Said, RandomState>,
}

impl Memory {
    /// Another text begins. Of the last but one nothing is known any more.
    pub fn turn(&mut self) {
        self.before = mem::take(&mut self.now);
    }

    /// What a sentence says, as it is known or found by `look`.
    pub fn recall(&mut self, sentence: Written, look: impl FnOnce() -> Said) -> &Said {
        let known = self.before.remove(&sentence);
        self.now.entry(sentence).or_insert_with(|| known.unwrap_or_else(look))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(start: usize) -> Said {
        Said { passages: vec![Passage { slot: 0, start, end: start + 1 }], weights: Vec::new() }
    }

    fn written(text: &str) -> Written {
        Written { text: text.into(), own: text.len(), first: false }
    }

    #[test]
    fn what_two_texts_in_a_row_have_in_common_is_looked_at_once() {
        let mut memory = Memory::default();
        let mut asked = Vec::new();
        for text in [&["a", "b", "a"][..], &["a", "c"], &["b", "c"]] {
            memory.turn();
            for it in text {
                memory.recall(written(it), || {
                    asked.push(*it);
                    said(7)
                });
            }
        }
        assert_eq!(asked, ["a", "b", "c", "b"]);
        assert_eq!(memory.recall(written("c"), || said(1)).passages[0].start, 7);
    }
}
