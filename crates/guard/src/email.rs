//! E-mail addresses with their sign; those spelled out are patterns in `rules.toml`.

use std::ops::Range;

use crate::fold::{Sign, fold};

fn is_part(it: char) -> bool {
    !matches!(fold(it), Sign::Other) || matches!(it, '.' | '_' | '-' | '+' | '%')
}

fn is_blank(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '(' | ')' | '[' | ']')
}

/// Domains that people name without their ending.
const PROVIDERS: [&str; 9] =
    ["gmail", "hotmail", "yahoo", "orange", "outlook", "wanadoo", "icloud", "laposte", "proton"];

/// Addresses in `text`.
pub fn find(text: &str, mut found: impl FnMut(Range<usize>)) {
    let mut free = 0;
    for (at, sign) in text.match_indices(['@', '＠']) {
        let before = text[free..at].trim_end_matches(is_blank);
        let spaced = before.len() < at - free;
        let start = before.trim_end_matches(is_part).len();
        let local = before[start..].trim_start_matches(['.', '-']);
        let behind = &text[at + sign.len()..];
        let domain_at = text.len() - behind.trim_start_matches(is_blank).len();
        let domain = &text[domain_at..];
        let end = domain.find(|it| !is_part(it)).unwrap_or(domain.len());
        let domain = domain[..end].trim_end_matches(['.', '-', '_', '+', '%']);
        let ending = domain.rsplit_once('.').map(|it| it.1);
        let ended = ending.is_some_and(|it| {
            2 <= it.chars().count() && it.chars().all(|it| !matches!(fold(it), Sign::Digit(_)))
        });
        let lower = domain.to_ascii_lowercase();
        let provider = PROVIDERS.iter().any(|it| lower == *it);
        // `rendez-vous @ Lyon` is none: a blank on either side asks for a whole domain.
        let plausible = ended || provider && !spaced;
        if local.chars().any(|it| !matches!(fold(it), Sign::Nothing)) && plausible {
            let from = free + before.len() - local.len();
            free = domain_at + domain.len();
            found(from..free);
        }
    }
}
