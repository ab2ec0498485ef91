//! Which words people agree to. What is kept tells them from any others: their name, their version and
//! the beginning of their hash; the time stands beside it.

use locale::text;

use crate::people::secrets::hash;

/// Characters of a hash that are kept.
const CHARS: usize = 16;

/// One box, and how often its words have changed.
type Consent = (&'static str, u32, &'static str);

fn comment_words() -> Consent {
    ("comment", 1, text().comment_consent())
}

fn comment_words_first() -> Consent {
    ("comment-first", 1, text().comment_consent_first())
}

fn publication() -> Consent {
    ("publication", 1, text().testimonial_consent_publication())
}

fn processing() -> Consent {
    ("processing", 1, text().testimonial_consent_processing())
}

/// What is kept of the box under a comment; where only somebody's `first` one waits, its words are others.
pub fn comment(first: bool) -> String {
    proof(&[if first { comment_words_first() } else { comment_words() }])
}

/// What is kept of the two boxes under a testimonial.
pub fn testimonial() -> String {
    proof(&[publication(), processing()])
}

fn proof(consents: &[Consent]) -> String {
    let one = |(name, version, words): &Consent| {
        let hash: String = hash(words).chars().take(CHARS).collect();
        format!("{name} {version} {hash}")
    };
    consents.iter().map(one).collect::<Vec<String>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes the words of a box gives them another version, here and above.
    #[test]
    fn a_version_stands_for_the_same_words_for_ever() {
        let known = [
            "comment 1 LbhAaHRT2jPkCYJL",
            "comment-first 1 EdzJ7iJfeeXseLVr",
            "publication 1 C0IkzlXoiu9db561; processing 1 I11_WH6IUExYg5Gg",
        ];
        assert_eq!([comment(false), comment(true), testimonial()], known);
    }
}
