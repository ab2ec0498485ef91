//! Runs a pattern's program over tokens: all ways at once, so that each token is read once.

use std::sync::OnceLock;

use crate::{
    tables::{CODE, PATTERN_BLOCKS, PATTERNS},
    tokens::{Sets, Tokens, members},
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

/// Room for running programs, kept from one run to the next.
pub struct Machine {
    threads: Vec<usize>,
    next: Vec<usize>,
    /// The round in which each instruction was last reached.
    seen: Vec<u32>,
    round: u32,
}

impl Machine {
    pub fn new() -> Self {
        Self { threads: Vec::new(), next: Vec::new(), seen: vec![0; CODE.len()], round: 0 }
    }

    /// Reaches `at` and all that follows it without a word; true when that is a pattern's end.
    fn reach(&mut self, mut at: usize) -> bool {
        let mut done = false;
        loop {
            match self.seen.get_mut(at) {
                Some(seen) if *seen != self.round => *seen = self.round,
                _ => return done,
            }
            let (code, by) = instruction(at);
            match code {
                op::MATCH => return true,
                op::SET | op::WORD => {
                    self.next.push(at);
                    return done;
                }
                op::GAP | op::OPTION => {
                    self.next.push(at);
                    at += 1;
                }
                op::SPLIT => {
                    done |= self.reach(at + 1);
                    at += by;
                }
                _ => at += by,
            }
        }
    }

    fn begin(&mut self, code: usize) -> bool {
        self.next.clear();
        self.round += 1;
        self.reach(code)
    }

    /// Where the longest passage ends that begins at token `from`.
    pub fn run(&mut self, code: u16, tokens: &Tokens, from: usize) -> Option<usize> {
        let mut best = None;
        self.begin(usize::from(code));
        for at in from..tokens.all.len() {
            std::mem::swap(&mut self.threads, &mut self.next);
            self.next.clear();
            self.round += 1;
            let gap = !tokens.all[at].stop;
            let mut done = false;
            for index in 0..self.threads.len() {
                let thread = self.threads[index];
                let (code, argument) = instruction(thread);
                let passes = match code {
                    op::GAP => gap,
                    op::WORD => tokens.ids(at).contains(&(argument as u16)),
                    _ => tokens.is(at, argument as u16),
                };
                if passes {
                    done |= self.reach(thread + 1);
                }
            }
            if done {
                best = Some(at + 1);
            }
            if self.next.is_empty() {
                break;
            }
        }
        best
    }

    /// Numbers of words that a program can begin with.
    fn heads(&mut self, code: u16, mut each: impl FnMut(u16)) {
        self.begin(usize::from(code));
        for thread in &self.next {
            match instruction(*thread) {
                (op::WORD, id) => each(id as u16),
                (_, set) => members(set as u16).iter().for_each(|it| each(*it)),
            }
        }
    }
}

/// A bit for each pattern of `rules.toml`.
pub type Patterns = [u64; PATTERN_BLOCKS];

/// For each word's number, the patterns that can begin with it. Made once.
pub fn heads() -> &'static [Patterns] {
    static HEADS: OnceLock<Vec<Patterns>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut machine = Machine::new();
        let mut heads: Vec<Patterns> = Vec::new();
        for (at, code) in PATTERNS.iter().enumerate() {
            machine.heads(*code, |id| {
                let id = usize::from(id);
                if heads.len() <= id {
                    heads.resize(id + 1, [0; PATTERN_BLOCKS]);
                }
                heads[id][at / 64] |= 1 << (at % 64);
            });
        }
        heads
    })
}

/// For each pattern, the sets that no passage of it goes without. Made once: most patterns need
/// not be tried in most sentences.
pub fn needs() -> &'static [Sets] {
    static NEEDS: OnceLock<Vec<Sets>> = OnceLock::new();
    NEEDS.get_or_init(|| PATTERNS.iter().map(|code| needs_of(usize::from(*code))).collect())
}

fn needs_of(mut at: usize) -> Sets {
    let mut needs = Sets::default();
    loop {
        let (code, argument) = instruction(at);
        at += match code {
            op::MATCH => return needs,
            op::SET => {
                needs[argument / 64] |= 1 << (argument % 64);
                1
            }
            op::GAP | op::OPTION | op::WORD => 1,
            // Over all ways: the first ends with a jump behind the last, if there are several.
            op::SPLIT => match instruction(at + argument - 1) {
                (op::JUMP, by) => argument - 1 + by,
                _ => argument,
            },
            _ => argument,
        };
    }
}
