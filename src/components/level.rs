//! The scale of proof: cups drawn, and always the word beside them.

use contract::evidence::{Evidence, EvidenceLevel};
use locale::{fill, text};
use maud::{Markup, html};

/// Every level, strongest first.
pub const LEVELS: [EvidenceLevel; 5] = [
    EvidenceLevel::High,
    EvidenceLevel::Moderate,
    EvidenceLevel::Low,
    EvidenceLevel::VeryLow,
    EvidenceLevel::Opinion,
];

/// The level's word, in the masculine: it stands for "un niveau".
pub fn name(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::High => text().level_high(),
        EvidenceLevel::Moderate => text().level_moderate(),
        EvidenceLevel::Low => text().level_low(),
        EvidenceLevel::VeryLow => text().level_very_low(),
        EvidenceLevel::Opinion => text().level_opinion(),
    }
}

/// What the level means, in a sentence.
pub fn meaning(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::High => text().level_high_meaning(),
        EvidenceLevel::Moderate => text().level_moderate_meaning(),
        EvidenceLevel::Low => text().level_low_meaning(),
        EvidenceLevel::VeryLow => text().level_very_low_meaning(),
        EvidenceLevel::Opinion => text().level_opinion_meaning(),
    }
}

/// "modéré à élevé", or the one word.
pub fn range(evidence: &Evidence) -> String {
    match evidence.up_to {
        Some(high) if high != evidence.level => {
            fill(text().evidence_range(), &[("low", name(evidence.level)), ("high", name(high))])
        }
        _ => name(evidence.level).to_owned(),
    }
}

/// The level as a drawing names it.
fn id(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::High => "high",
        EvidenceLevel::Moderate => "moderate",
        EvidenceLevel::Low => "low",
        EvidenceLevel::VeryLow => "very-low",
        EvidenceLevel::Opinion => "opinion",
    }
}

/// Four receptors, as many messengers docked as the proof deserves.
pub fn cups(level: EvidenceLevel) -> Markup {
    html! {
        svg class="cups" viewBox="0 0 76 24" aria-hidden="true" focusable="false" {
            use href={ "/icons/cups.svg#cups-" (id(level)) } {}
        }
    }
}

/// Cups and word, for cards and lists.
pub fn mark(evidence: &Evidence) -> Markup {
    marked(evidence.level, &range(evidence))
}

/// Cups and `words`, which a screen reader is told to be a level of proof.
pub fn marked(level: EvidenceLevel, words: &str) -> Markup {
    html! {
        span class="level" {
            (cups(level))
            span {
                span class="sr-only" { (text().evidence_label()) "\u{a0}: " }
                (words)
            }
        }
    }
}
