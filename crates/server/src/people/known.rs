//! Whose comments are shown at once, where the site asks only the first to wait.
//!
//! There are no accounts: who has been approved before is who holds the receipt of an approved comment. Its
//! page gives a proof, sealed by the site, which the author's device, or a link, sends along with the next
//! one. Nothing is kept of it: not who wrote which, and not that two are of the same hand. It is worth
//! nothing once that comment is rejected, withdrawn or erased, and after [`WRITER_DAYS`]; a comment that was shown
//! this way gives none before a moderator has looked at it. It is good on every article.

use contract::{comment::ValidComment, receipt::WRITER_DAYS};
use store::contributions::Contribution;

use crate::people::DAY;

/// Comments that nobody has looked at, on the whole site. Beyond these the next ones wait: what is
/// published without a person's look is never more than one can look at in a sitting.
pub const MOST_UNREAD: u32 = 20;

/// When a comment that still speaks for its author was decided on, at the earliest.
pub fn since(now_ms: i64) -> i64 {
    now_ms - i64::from(WRITER_DAYS) * DAY
}

/// Whether a comment that is approved gives a proof to its author.
pub fn speaks(it: &Contribution, now_ms: i64) -> bool {
    !it.unread && !it.institute && since(now_ms) <= it.changed_ms
}

/// Whether there is nothing in it that a person must see first: the guard finds nothing in its text or
/// name, nothing leads elsewhere, and no sign passes for another.
pub fn is_plain(it: &ValidComment) -> bool {
    [it.body(), it.name()].iter().all(|text| {
        !text.chars().any(disguises) && guard::look(text).is_empty() && !leads_away(text)
    })
}

/// Whether a sign is drawn as nothing, or as a letter, digit or dot that it is not: numbers and addresses can
/// be written so that only people read them. What belongs to emoji does not count.
fn disguises(it: char) -> bool {
    matches!(
        it,
        // Signs of no width, marks of direction; one-dot leaders, hyphenation points, bullets like dots.
        '\u{ad}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}' | '\u{2024}'..='\u{2025}'
            | '\u{2027}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            // Small, raised, lowered, circled, full-width and mathematical forms.
            | '\u{b2}'..='\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{209c}' | '\u{2460}'..='\u{24ff}'
            | '\u{2776}'..='\u{2793}' | '\u{3002}' | '\u{fe50}'..='\u{fe6f}'
            | '\u{ff01}'..='\u{ff9f}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f190}'
            | '\u{1fbf0}'..='\u{1fbf9}'
    )
}

/// Whether something looks like an address of the web. What only looks so waits as well: better one too
/// many.
fn leads_away(text: &str) -> bool {
    let folded = text.to_lowercase();
    if folded.contains("://") || folded.contains("www") {
        return true;
    }
    // A dot between letters or digits, and two letters after it: "exemple.fr", "EXEMPLE.FR/x".
    folded.split(|it: char| it.is_whitespace()).any(|word| {
        let parts: Vec<&str> = word.split(['.', '。', '．']).collect();
        parts.windows(2).any(|it| {
            let before = it[0].chars().next_back().is_some_and(char::is_alphanumeric);
            before && it[1].chars().take_while(|it| it.is_alphabetic()).count() >= 2
        })
    })
}

#[cfg(test)]
mod tests {
    use contract::comment::{CommentDraft, CommentRules};

    use super::*;

    #[track_caller]
    fn check(name: &str, body: &str, plain: bool) {
        let draft = CommentDraft {
            name: name.to_owned(),
            body: body.to_owned(),
            consent: true,
            ..CommentDraft::default()
        };
        let valid = draft.validate(CommentRules::default()).unwrap();
        assert_eq!(is_plain(&valid), plain, "{name}: {body}");
    }

    #[test]
    fn what_the_guard_finds_or_leads_away_waits() {
        check("Zoé", "Merci beaucoup, c’est très clair. À bientôt !", true);
        check("Zoé", "J’ai eu 38.5 de fièvre… puis plus rien.", true);
        check("Zoé", "Mon numéro : 06 39 98 00 17", false);
        check("Zoé", "J’arrête mon traitement.", false);
        check("Zoé", "Je veux mourir.", false);
        check("06 39 98 00 17", "Merci.", false);
        check("Zoé", "Courage à tous 👩\u{200d}🔬❤\u{fe0f} 1️⃣", true);
        for link in [
            "https://exemple.fr",
            "HTTP://X",
            "exemple.fr",
            "(Exemple.FR/page)",
            "www exemple",
            "a.example.",
            "un.mot-collé",
            "exemple\u{2024}com",
            "exemple\u{2027}fr",
            "exemple.c\u{200b}om",
            "𝟢𝟨 𝟣𝟤 𝟥𝟦 𝟧𝟨 𝟩𝟪",
            "０６ １２",
            "⓪⑥ ①②",
        ] {
            check("Zoé", &format!("Voyez {link} pour la suite"), false);
            check(link, "Merci.", false);
        }
    }
}
