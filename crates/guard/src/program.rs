//! Runs the patterns of all rules over tokens, all at once, so that each token is read once.

use std::sync::OnceLock;

use crate::{
    tables::{CODE, ROOTS},
    tokens::{Tokens, members},
};

/// Opcodes, as in `build.rs`: the upper four bits of an instruction.
mod op {
    pub const MATCH: u16 = 0;
    pub const GAP: u16 = 1;
    pub const SET: u16 = 2;
    pub const OPTION: u16 = 3;
    pub const SPLIT: u16 = 4;
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

/// An instruction that waits for the next token, and the token its passage begins with.
#[derive(Clone, Copy)]
struct Thread {
    code: usize,
    start: usize,
}

/// Room for running patterns, kept from one paragraph to the next.
pub struct Machine {
    threads: Vec<Thread>,
    next: Vec<Thread>,
    /// The round in which each instruction was last reached.
    seen: Vec<u32>,
    round: u32,
    /// What was found, in order of their ends.
    pub found: Vec<Passage>,
}

impl Machine {
    pub fn new() -> Self {
        let seen = vec![0; CODE.len()];
        Self { threads: Vec::new(), next: Vec::new(), seen, round: 0, found: Vec::new() }
    }

    /// Reaches `at` and all that follows it without a word, for a passage that would end at `end`.
    fn reach(&mut self, mut at: usize, start: usize, end: usize) {
        loop {
            match self.seen.get_mut(at) {
                Some(seen) if *seen != self.round => *seen = self.round,
                _ => return,
            }
            let (code, by) = instruction(at);
            match code {
                op::MATCH => return self.found.push(Passage { slot: by, start, end }),
                op::SET | op::WORD => return self.next.push(Thread { code: at, start }),
                op::GAP | op::OPTION => {
                    self.next.push(Thread { code: at, start });
                    at += 1;
                }
                op::SPLIT => {
                    self.reach(at + 1, start, end);
                    at += by;
                }
                _ => at += by,
            }
        }
    }

    /// Finds the passages of all rules and exceptions. Where several beginnings lead to the same
    /// place in a pattern, the last counts: an instruction is followed once for each token, which
    /// keeps the time proportional to the text's length.
    pub fn run(&mut self, tokens: &Tokens) {
        let starts = starts();
        self.found.clear();
        self.next.clear();
        for (at, token) in tokens.all.iter().enumerate() {
            std::mem::swap(&mut self.threads, &mut self.next);
            self.next.clear();
            self.round += 1;
            let ids = tokens.ids(at);
            for id in ids {
                for code in starts.get(usize::from(*id)).map(Vec::as_slice).unwrap_or_default() {
                    self.reach(usize::from(*code) + 1, at, at + 1);
                }
            }
            for index in 0..self.threads.len() {
                let Thread { code, start } = self.threads[index];
                let (op, argument) = instruction(code);
                let passes = match op {
                    op::GAP => !token.turn,
                    op::WORD => ids.contains(&(argument as u16)),
                    _ => token.is(argument),
                };
                if passes {
                    self.reach(code + 1, start, at + 1);
                }
            }
        }
    }
}

/// For each word's number, the instructions that begin a pattern and take it. Made once.
fn starts() -> &'static [Vec<u16>] {
    static STARTS: OnceLock<Vec<Vec<u16>>> = OnceLock::new();
    STARTS.get_or_init(|| {
        let mut machine = Machine::new();
        machine.round = 1;
        ROOTS.iter().for_each(|code| machine.reach(usize::from(*code), 0, 0));
        let mut starts: Vec<Vec<u16>> = Vec::new();
        for Thread { code, .. } in &machine.next {
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
