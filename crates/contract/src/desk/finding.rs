//! What the guard found in a text, and the text without it.

use serde::{Deserialize, Serialize};

/// Kinds of passage that tell who somebody is, or where they are found.
pub const MASKED: [&str; 4] = ["phone", "email", "social_security", "address"];
/// What stands in the place of a masked passage.
const MASK: &str = "[…]";

/// A passage that the guard marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What it looks like: `phone`, `email`, `stops_treatment`…
    pub kind: String,
    /// The rule that found it.
    pub rule: String,
    /// First byte of the passage in the text, and the first after it.
    pub from: usize,
    pub to: usize,
}

impl Finding {
    /// Reads `kind rule from to`, one a line. What is none of these is left out, and a passage is
    /// cut to what is there of it: an old program may have found it in another text.
    pub fn read_all(text: &str, body: &str) -> Vec<Finding> {
        let read = |line: &str| {
            let mut words = line.split_whitespace();
            let (kind, rule) = (words.next()?.to_owned(), words.next()?.to_owned());
            let mut place = || words.next().and_then(|it| it.parse::<usize>().ok());
            let (from, to) = (place()?, place()?);
            let from = floor(body, from.min(body.len()));
            let to = floor(body, to.min(body.len())).max(from);
            Some(Finding { kind, rule, from, to })
        };
        text.lines().filter_map(read).collect()
    }
}

/// The last boundary between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

/// Whether a passage of this kind is masked.
pub fn hides(kind: &str) -> bool {
    MASKED.contains(&kind)
}

/// The text without the passages that would tell who somebody is. Those that meet are one.
pub fn masked(body: &str, findings: &[Finding]) -> String {
    let mut hidden: Vec<(usize, usize)> =
        findings.iter().filter(|it| hides(&it.kind)).map(|it| (it.from, it.to)).collect();
    hidden.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(body.len()), 0);
    for (from, to) in hidden {
        // What lies within another is hidden already.
        if to <= at || to <= from {
            continue;
        }
        if at <= from && !(at != 0 && from == at) {
            out.push_str(body.get(at..from).unwrap_or_default());
            out.push_str(MASK);
        }
        at = to;
    }
    out.push_str(body.get(at..).unwrap_or_default());
    out
}
