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

/// Endings behind a point with a blank beside it: a sentence's end may look so.
const ENDINGS: [&str; 10] = ["fr", "com", "net", "org", "eu", "be", "ch", "lu", "ca", "re"];

/// How much of `rest`, behind a domain's name, is `. fr`, whatever blanks and brackets there are.
fn spaced_ending(rest: &str) -> Option<usize> {
    let point = rest.trim_start_matches(is_blank).strip_prefix('.')?;
    let word = point.trim_start_matches(is_blank);
    let length = word.find(|it| !is_part(it)).unwrap_or(word.len());
    let ending = word[..length].trim_end_matches('.');
    let known = ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it));
    known.then_some(rest.len() - word.len() + ending.len())
}

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
        let domain_text = &text[domain_at..];
        let end = domain_text.find(|it| !is_part(it)).unwrap_or(domain_text.len());
        let domain = domain_text[..end].trim_end_matches(['.', '-', '_', '+', '%']);
        let ending = domain.rsplit_once('.').map(|it| it.1);
        let ended = ending.is_some_and(|it| {
            2 <= it.chars().count() && it.chars().all(|it| !matches!(fold(it), Sign::Digit(_)))
        });
        let lower = domain.to_ascii_lowercase();
        let provider = PROVIDERS.iter().any(|it| lower == *it);
        // `rendez-vous @ Lyon` is none: a blank on either side asks for a whole domain.
        let tail = if ended { None } else { spaced_ending(&domain_text[domain.len()..]) };
        let plausible = ended || tail.is_some() || provider && !spaced;
        if local.chars().any(|it| !matches!(fold(it), Sign::Nothing)) && plausible {
            let from = free + before.len() - local.len();
            free = domain_at + domain.len() + tail.unwrap_or_default();
            found(from..free);
        }
    }
}
