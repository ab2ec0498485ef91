//! The scale of proof: cups drawn, and always the word beside them.

use contract::evidence::{Evidence, EvidenceLevel};
use leptos::prelude::*;
use locale::{fill, text};

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
        EvidenceLevel::High => text().level_high,
        EvidenceLevel::Moderate => text().level_moderate,
        EvidenceLevel::Low => text().level_low,
        EvidenceLevel::VeryLow => text().level_very_low,
        EvidenceLevel::Opinion => text().level_opinion,
    }
}

/// What the level means, in a sentence.
pub fn meaning(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::High => text().level_high_meaning,
        EvidenceLevel::Moderate => text().level_moderate_meaning,
        EvidenceLevel::Low => text().level_low_meaning,
        EvidenceLevel::VeryLow => text().level_very_low_meaning,
        EvidenceLevel::Opinion => text().level_opinion_meaning,
    }
}

/// "modéré à élevé", or the one word.
pub fn range(evidence: &Evidence) -> String {
    match evidence.up_to {
        Some(high) if high != evidence.level => {
            fill(text().evidence_range, &[("low", name(evidence.level)), ("high", name(high))])
        }
        _ => name(evidence.level).to_owned(),
    }
}

fn cups_href(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::High => "/icons/cups.svg#cups-high",
        EvidenceLevel::Moderate => "/icons/cups.svg#cups-moderate",
        EvidenceLevel::Low => "/icons/cups.svg#cups-low",
        EvidenceLevel::VeryLow => "/icons/cups.svg#cups-very-low",
        EvidenceLevel::Opinion => "/icons/cups.svg#cups-opinion",
    }
}

/// The cups as HTML text, for what is set once.
pub fn cups_html(level: EvidenceLevel) -> String {
    format!(
        r#"<svg class="cups" viewBox="0 0 76 24" aria-hidden="true" focusable="false"><use href="{}"></use></svg>"#,
        cups_href(level)
    )
}

/// Four receptors, as many messengers docked as the proof deserves.
#[component]
pub fn Cups(level: EvidenceLevel) -> impl IntoView {
    view! {
        <svg class="cups" viewBox="0 0 76 24" aria-hidden="true" focusable="false">
            <use href=cups_href(level)></use>
        </svg>
    }
}

/// Cups and word, for cards and lists. Of several levels it shows the first, the page's main one.
#[component]
pub fn Level(evidence: Evidence) -> impl IntoView {
    view! {
        <span class="level">
            <Cups level=evidence.level/>
            <span><span class="sr-only">{text().evidence_label}" : "</span>{range(&evidence)}</span>
        </span>
    }
}
