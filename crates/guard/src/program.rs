//! Runs the patterns of all rules over tokens, all at once, so that each token is read once.

use std::{ops::Range, sync::OnceLock};

use crate::{
    tables::{CODE, GAPS, NARROW, ROOTS},
    tokens::{Tokens, members, meta},
};

/// Opcodes, as in `build.rs`: the upper four bits of an instruction.
mod op {
    pub const MATCH: u16 = 0;
    pub const GAP: u16 = 1;
    pub const SET: u16 = 2;
    pub const OPTION: u16 = 3;
    pub const SPLIT: u16 = 4;
    pub const JUMP: u16 = 5;
    pub const WORD: u16 = 6;
}

fn instruction(at: usize) -> (u16, usize) {
    let it = CODE.get(at).copied().unwrap_or_default();
    (it >> 12, usize::from(it & 0xfff))
}

/// Tokens that a pattern fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Twice the rule's number; one more for its exceptions.
    pub slot: usize,
    pub start: usize,
    pub end: usize,
}

/// An instruction that the next token passes, and the token its passage begins with.
#[derive(Clone, Copy)]
struct Thread {
    code: usize,
    start: usize,
}

/// A gap that is open: where its passage begins, and how many more words it takes.
#[derive(Clone, Copy, Default)]
struct Gap {
    code: usize,
    start: usize,
    left: usize,
}

/// Room for running patterns, kept from one paragraph to the next.
pub struct Machine {
    threads: Vec<Thread>,
    next: Vec<Thread>,
    /// The gaps by their numbers, and a bit for each that is open: so they are gone through in the
    /// order of the program, and one that is entered again is not also continued.
    gaps: Vec<Gap>,
    open: Vec<u64>,
    /// The round in which each instruction was last reached.
    seen: Vec<u32>,
    round: u32,
    /// What was found, in order of their ends.
    pub found: Vec<Passage>,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            threads: Vec::new(),
            next: Vec::new(),
            gaps: vec![Gap::default(); GAPS],
            open: vec![0; GAPS.div_ceil(64)],
            seen: vec![0; CODE.len()],
            round: 0,
            found: Vec::new(),
        }
    }
}

impl Machine {
    /// Reaches `at` and all that follows it without a word, for a passage that would end before
    /// token `end`. Only what that token passes is kept.
    fn reach(&mut self, tokens: &Tokens, mut at: usize, start: usize, end: usize) {
        loop {
            match self.seen.get_mut(at) {
                Some(seen) if *seen != self.round => *seen = self.round,
                _ => return,
            }
            let (code, by) = instruction(at);
            match code {
                op::MATCH => return self.found.push(Passage { slot: by, start, end }),
                op::SET => {
                    if tokens.is(end, by) {
                        self.next.push(Thread { code: at, start });
                    }
                    return;
                }
                op::WORD => {
                    if tokens.ids(end).iter().any(|it| usize::from(*it) == by) {
                        self.next.push(Thread { code: at, start });
                    }
                    return;
                }
                op::OPTION => {
                    if tokens.is(end, by) {
                        self.next.push(Thread { code: at, start });
                    }
                    at += 1;
                }
                op::GAP => {
                    // Its number stands behind it.
                    let number = usize::from(CODE.get(at + 1).copied().unwrap_or_default());
                    if let Some(gap) = self.gaps.get_mut(number) {
                        *gap = Gap { code: at, start, left: by };
                        self.open[number / 64] |= 1 << (number % 64);
                    }
                    at += 2;
                }
                op::SPLIT => {
                    self.reach(tokens, at + 1, start, end);
                    at += by;
                }
                _ => at += by,
            }
        }
    }

    /// Lets open gaps take token `at`.
    fn widen(&mut self, tokens: &Tokens, at: usize) {
        for block in 0..self.open.len() {
            let mut left = self.open[block];
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                let number = 64 * block + bit as usize;
                let Gap { code, start, left: words } = self.gaps[number];
                // Entered anew with this token: that way leads further.
                if self.seen[code] == self.round {
                    continue;
                }
                self.gaps[number].left = words - 1;
                if words == 1 {
                    self.open[block] &= !(1 << bit);
                }
                self.reach(tokens, code + 2, start, at + 1);
            }
        }
    }

    /// Finds the passages of all rules and exceptions that begin in a sentence, from the sign before it
    /// to the one that ends it. They may end in `next`, which begins with that sign: no pattern goes
    /// further, `build.rs` sees to that. Where several beginnings lead to the same place in a pattern,
    /// the last counts: an instruction is followed once for each token, which keeps the time
    /// proportional to the text's length.
    pub fn run(&mut self, tokens: &Tokens, sentence: Range<usize>, next: Range<usize>) {
        let starts = starts();
        self.found.clear();
        self.next.clear();
        self.open.fill(0);
        let last = sentence.end.saturating_sub(1);
        let both = sentence.start..next.end;
        for (at, token) in (both.start..).zip(tokens.all.get(both).unwrap_or_default()) {
            if last < at && self.next.is_empty() && self.open.iter().all(|it| *it == 0) {
                break;
            }
            std::mem::swap(&mut self.threads, &mut self.next);
            self.next.clear();
            self.round += 1;
            if token.turn {
                self.open.fill(0);
            } else if tokens.ids(at).first() == Some(&meta::COMMA) {
                self.open.iter_mut().zip(NARROW).for_each(|(open, narrow)| *open &= !narrow);
            }
            // What begins with the sign at the end belongs to the next sentence.
            let ids = if at < last { tokens.ids(at) } else { &[] };
            for id in ids {
                for code in starts.get(usize::from(*id)).map(Vec::as_slice).unwrap_or_default() {
                    self.reach(tokens, usize::from(*code) + 1, at, at + 1);
                }
            }
            for index in 0..self.threads.len() {
                let Thread { code, start } = self.threads[index];
                self.reach(tokens, code + 1, start, at + 1);
            }
            self.widen(tokens, at);
        }
    }
}

/// The first instructions that take a word, from `at` on.
fn firsts(at: usize, found: &mut Vec<usize>) {
    let (code, by) = instruction(at);
    match code {
        op::SPLIT => {
            firsts(at + 1, found);
            firsts(at + by, found);
        }
        op::JUMP => firsts(at + by, found),
        _ => found.push(at),
    }
}

/// For each word's number, the instructions that begin a pattern and take it. Made once.
fn starts() -> &'static [Vec<u16>] {
    static STARTS: OnceLock<Vec<Vec<u16>>> = OnceLock::new();
    STARTS.get_or_init(|| {
        let mut all = Vec::new();
        ROOTS.iter().for_each(|code| firsts(usize::from(*code), &mut all));
        all.sort_unstable();
        all.dedup();
        let mut starts: Vec<Vec<u16>> = Vec::new();
        for code in &all {
            let (op, argument) = instruction(*code);
            let word = [argument as u16];
            for id in if op == op::WORD { &word } else { members(argument as u16) } {
                let id = usize::from(*id);
                if starts.len() <= id {
                    starts.resize(id + 1, Vec::new());
                }
                starts[id].push(*code as u16);
            }
        }
        starts
    })
}
