//! A small work that is asked of every message while too many come at once: dear in numbers, unnoticed by
//! one person. The device looks for it and the server checks it with the same function.
//!
//! The server names a puzzle, `time.bits.seal`, for the key under which a message is sent; the device
//! counts until the hash of puzzle, key and count begins with so many zero bits. A message is kept once
//! under its key, so one solution sends one message, and nothing has to be remembered.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How hard a puzzle is, in zero bits. The hardest takes 65,000 hashes on average: some tenths of a
/// second on a slow phone, a second with bad luck.
pub const BITS: RangeInclusive<u8> = 12..=16;
/// The header that brings a proof: `puzzle:count`.
pub const PROOF: &str = "proof-of-work";

/// What is to be done before a message is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// `time.bits.seal`.
    pub puzzle: String,
    /// The `Idempotency-Key` that the puzzle is good for.
    pub key: String,
}

/// A puzzle as whoever solves or checks it needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puzzle {
    seed: [u8; 32],
    bits: u32,
}

impl Puzzle {
    /// None where it names no hardness, or one that is never asked for: a device does not work for ever.
    pub fn new(puzzle: &str, key: &str) -> Option<Puzzle> {
        let bits: u8 = puzzle.split('.').nth(1)?.parse().ok()?;
        if !BITS.contains(&bits) {
            return None;
        }
        // Any key may follow: no puzzle has a colon.
        let seed = Sha256::digest(format!("{puzzle}:{key}")).into();
        Some(Puzzle { seed, bits: u32::from(bits) })
    }

    /// Whether a count is a solution.
    pub fn is_solved_by(&self, count: u64) -> bool {
        let mut message = [0; 40];
        message[..32].copy_from_slice(&self.seed);
        message[32..].copy_from_slice(&count.to_be_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::digest(message)[..8]);
        self.bits <= u64::from_be_bytes(first).leading_zeros()
    }

    /// The first solution among `many` counts, beginning with `from`.
    pub fn search(&self, from: u64, many: u64) -> Option<u64> {
        (from..from.saturating_add(many)).find(|it| self.is_solved_by(*it))
    }
}

/// The proof as it is sent.
pub fn proof(puzzle: &str, count: u64) -> String {
    format!("{puzzle}:{count}")
}

/// The puzzle of a proof, and its count: none where somebody waited instead, whose device cannot count.
pub fn read_proof(proof: &str) -> Option<(&str, Option<u64>)> {
    let (puzzle, count) = proof.split_once(':')?;
    match count {
        "" => Some((puzzle, None)),
        count => Some((puzzle, Some(count.parse().ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUZZLE: &str = "1700000000000.12.seal";

    #[test]
    fn both_sides_find_the_same() {
        let puzzle = Puzzle::new(PUZZLE, "key-of-a-message").unwrap();
        let found = puzzle.search(0, 1 << 20).unwrap();
        assert_eq!(found, 5_222, "a test vector: whoever changes the work changes it");
        assert!(puzzle.is_solved_by(found));
        assert_eq!(puzzle.search(0, found), None, "it is the first");
        assert_eq!(puzzle.search(found, 1), Some(found), "a search goes on where it stopped");
        let other = Puzzle::new(PUZZLE, "key-of-another").unwrap();
        assert!(!other.is_solved_by(found), "it is good for one key");
    }

    #[test]
    fn nobody_works_for_what_is_never_asked() {
        for bad in ["", "1", "1.", "1.x.seal", "1.11.seal", "1.17.seal", "1.64.s", "1.-12.s"] {
            assert_eq!(Puzzle::new(bad, "key"), None, "{bad}");
        }
    }

    #[test]
    fn a_proof_reads_back() {
        assert_eq!(read_proof(&proof(PUZZLE, 7)), Some((PUZZLE, Some(7))));
        assert_eq!(read_proof("1.12.s:"), Some(("1.12.s", None)));
        for bad in ["", "1.12.s", "1.12.s:x", "1.12.s:-1", "1.12.s:1:2", "a:18446744073709551616"] {
            assert_eq!(read_proof(bad), None, "{bad}");
        }
    }
}
