//! What the server hands out and knows again without having kept it: the time at which a form was drawn,
//! a puzzle, the proof that a person has approved a comment. Each is sealed with a secret of the site.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{
    challenge::{Puzzle, read_proof},
    slug::Slug,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::people::DAY;

/// Milliseconds that nobody stays below who fills in a form.
const LEAST: i64 = 3_000;
/// Milliseconds for which a solved puzzle is good.
const WORKED: std::ops::Range<i64> = 0..600_000;
/// Milliseconds that pay for a puzzle in place of work: for whoever has no scripts, nothing is locked.
const WAITED: std::ops::Range<i64> = 20_000..DAY;
/// The same in seconds, as an answer tells it.
pub const WAIT: u64 = 20;
/// Milliseconds by which another server's clock may be ahead of ours.
const AHEAD: i64 = 60_000;

/// Seals, and knows its own again. Its secret is none of [`Keys`](super::secrets::Keys)', whose words
/// senders choose.
pub struct Gate(Vec<u8>);

impl Gate {
    /// `secret` is the site's own.
    pub fn new(secret: &str) -> Gate {
        Gate(secret.as_bytes().to_vec())
    }

    /// What says when a form was drawn, in its hidden field.
    pub fn drawn(&self, at_ms: i64) -> String {
        self.seal("drawn", &at_ms.to_string(), "")
    }

    /// Whether a form comes back faster than anybody writes. `drawn` is ours, and counts where it is
    /// there; `spent` is what the device measured from the first key on, in milliseconds.
    ///
    /// Most forms stand in pages that are kept for everybody, so nothing can be sealed into them: what is
    /// missing, or is no number, is no offence. A device that fills in names by itself is quick too, and
    /// so is somebody who brings their text along; whoever is taken for a program is asked to press again,
    /// with all that they typed, and the second press always counts (`drawn` is then of long ago).
    pub fn is_hurried(&self, drawn: &str, spent: &str, now_ms: i64) -> bool {
        let drawn = self.opened("drawn", drawn, "").and_then(|it| it.parse::<i64>().ok());
        let time = drawn.map(|it| now_ms - it).or_else(|| spent.parse().ok());
        time.is_some_and(|it| (-AHEAD..LEAST).contains(&it))
    }

    /// A puzzle for a message that is sent under `key`.
    pub fn puzzle(&self, key: &str, bits: u8, now_ms: i64) -> String {
        self.seal("puzzle", &format!("{now_ms}.{bits}"), key)
    }

    /// Whether a proof pays for the message that is sent under `key`: by work, or by waiting. One proof
    /// sends one message, since a message is kept once under its key.
    pub fn is_paid(&self, proof: &str, key: &str, now_ms: i64) -> bool {
        let Some((puzzle, count)) = read_proof(proof) else { return false };
        let Some(said) = self.opened("puzzle", puzzle, key) else { return false };
        let since = said.split('.').next().and_then(|it| it.parse::<i64>().ok());
        let Some(age) = since.map(|it| now_ms - it) else { return false };
        match count {
            Some(count) => {
                let solved = Puzzle::new(puzzle, key).is_some_and(|it| it.is_solved_by(count));
                solved && (-AHEAD..WORKED.end).contains(&age)
            }
            None => WAITED.contains(&age),
        }
    }

    /// What proves that a person has approved the comment `id`, to whoever holds its receipt.
    pub fn writer(&self, id: &Slug) -> String {
        self.seal("writer", id.as_str(), "")
    }

    /// The comment that such a proof names. Whether it is approved still is the store's to say.
    pub fn written(&self, proof: &str) -> Option<Slug> {
        self.opened("writer", proof, "").and_then(|it| Slug::try_from(it).ok())
    }

    /// `said.seal`, good for one purpose and beside one `key`.
    fn seal(&self, purpose: &str, said: &str, key: &str) -> String {
        let seal = self.mac(purpose, said, key).map(|it| it.finalize().into_bytes());
        format!("{said}.{}", URL_SAFE_NO_PAD.encode(seal.unwrap_or_default()))
    }

    /// What was said, if we have sealed it.
    fn opened<'a>(&self, purpose: &str, sealed: &'a str, key: &str) -> Option<&'a str> {
        let (said, seal) = sealed.rsplit_once('.')?;
        let seal = URL_SAFE_NO_PAD.decode(seal).ok()?;
        self.mac(purpose, said, key)?.verify_slice(&seal).ok()?;
        Some(said)
    }

    /// Any length of secret will do (RFC 2104).
    fn mac(&self, purpose: &str, said: &str, key: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        // No part ends where another would: purposes are our own words, and lengths come first.
        mac.update(format!("{purpose} {} {said}{key}", said.len()).as_bytes());
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use contract::challenge::proof;

    use super::*;

    const NOW: i64 = 1_700_000_000_000;
    const KEY: &str = "key-of-a-message";

    fn gate() -> Gate {
        Gate::new("site")
    }

    #[test]
    fn whoever_is_faster_than_a_person_is_asked_again_and_nobody_twice() {
        let gate = gate();
        let hurried = |drawn: &str, spent: &str| gate.is_hurried(drawn, spent, NOW);
        assert!(hurried(&gate.drawn(NOW - 2_999), ""));
        assert!(!hurried(&gate.drawn(NOW - 3_000), ""));
        assert!(!hurried(&gate.drawn(NOW - 30 * DAY), ""), "a page that was open for a month");
        assert!(!hurried(&gate.drawn(0), "12"), "the second press, however fast");
        assert!(hurried("", "2999") && !hurried("", "3000"));
        // The server has seen more of it than the device.
        assert!(!hurried(&gate.drawn(NOW - 60_000), "10"));
        // What is missing, or made up, is no offence.
        let forged = Gate::new("elsewhere").drawn(NOW);
        for nothing in ["", "x", "1.", "-", &forged, &gate.puzzle("", 12, NOW)] {
            assert!(!hurried(nothing, ""), "{nothing}");
            assert!(!hurried("", nothing), "{nothing}");
        }
    }

    #[test]
    fn a_puzzle_pays_for_one_message_for_a_time() {
        let gate = gate();
        let puzzle = gate.puzzle(KEY, 12, NOW);
        let count = Puzzle::new(&puzzle, KEY).unwrap().search(0, u64::MAX).unwrap();
        let solved = proof(&puzzle, count);
        assert!(gate.is_paid(&solved, KEY, NOW) && gate.is_paid(&solved, KEY, NOW + 599_999));
        assert!(!gate.is_paid(&solved, KEY, NOW + 600_000), "too late");
        assert!(!gate.is_paid(&solved, "key-of-another", NOW), "another message");
        let wrong = (0..).find(|it| !Puzzle::new(&puzzle, KEY).unwrap().is_solved_by(*it)).unwrap();
        assert!(!gate.is_paid(&proof(&puzzle, wrong), KEY, NOW));
        // Easier than it was named: the seal says so.
        let (head, seal) = (format!("{NOW}.13"), puzzle.rsplit_once('.').unwrap().1.to_owned());
        assert!(!gate.is_paid(&format!("{head}.{seal}:1"), KEY, NOW));
        let foreign = Gate::new("elsewhere").puzzle(KEY, 12, NOW);
        let count = Puzzle::new(&foreign, KEY).unwrap().search(0, u64::MAX).unwrap();
        assert!(!gate.is_paid(&proof(&foreign, count), KEY, NOW), "not ours");
        for nothing in ["", ":", "1.12.x:", "1.12.x:1", &gate.drawn(NOW)] {
            assert!(!gate.is_paid(nothing, KEY, NOW), "{nothing}");
        }
    }

    #[test]
    fn who_cannot_work_waits() {
        let gate = gate();
        let waited = format!("{}:", gate.puzzle(KEY, 16, NOW));
        assert!(!gate.is_paid(&waited, KEY, NOW + 19_999));
        assert!(gate.is_paid(&waited, KEY, NOW + 20_000));
        assert!(gate.is_paid(&waited, KEY, NOW + DAY - 1), "and need not hurry");
        assert!(!gate.is_paid(&waited, KEY, NOW + DAY));
        assert!(!gate.is_paid(&waited, "key-of-another", NOW + 20_000));
    }

    #[test]
    fn a_writers_proof_cannot_be_made_of_what_is_public() {
        let (gate, id) = (gate(), Slug::try_from("k3v7").unwrap());
        let token = gate.writer(&id);
        assert_eq!(gate.written(&token), Some(id.clone()));
        assert_eq!(Gate::new("elsewhere").written(&token), None);
        let seal = token.strip_prefix("k3v7.").unwrap();
        for forged in ["", "k3v7", "k3v7.", &format!("k3v8.{seal}"), &format!("k3v7.{seal}A")] {
            assert_eq!(gate.written(forged), None, "{forged}");
        }
        // A seal for one purpose is none for another.
        assert_eq!(gate.written(&gate.seal("drawn", "k3v7", "")), None);
        assert_eq!(gate.written(&gate.seal("writer", "k3v7", "x")), None);
    }
}
