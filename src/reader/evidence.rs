//! The evidence strip: how solid, resting on what, checked when.

use contract::{
    article::{Article, Review},
    reference::{Reference, ReferenceKind},
};
use locale::{Plural, date, fill, text};
use maud::{Markup, html};

use crate::components::level::{cups, range};

/// Kinds of source in the order a reader should see them: the strongest first.
pub const KINDS: [ReferenceKind; 10] = [
    ReferenceKind::Trial,
    ReferenceKind::Review,
    ReferenceKind::Guideline,
    ReferenceKind::Study,
    ReferenceKind::Laboratory,
    ReferenceKind::Information,
    ReferenceKind::Law,
    ReferenceKind::Registry,
    ReferenceKind::Press,
    ReferenceKind::Promoter,
];

fn counted(kind: ReferenceKind) -> Plural {
    match kind {
        ReferenceKind::Trial => text().count_trial(),
        ReferenceKind::Study => text().count_study(),
        ReferenceKind::Review => text().count_review(),
        ReferenceKind::Guideline => text().count_guideline(),
        ReferenceKind::Laboratory => text().count_laboratory(),
        ReferenceKind::Information => text().count_information(),
        ReferenceKind::Law => text().count_law(),
        ReferenceKind::Registry => text().count_registry(),
        ReferenceKind::Press => text().count_press(),
        ReferenceKind::Promoter => text().count_promoter(),
    }
}

/// "9 sources : 4 essais comparatifs, 2 synthèses".
pub fn count_sources(references: &[Reference]) -> String {
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let kinds: Vec<String> = KINDS
        .into_iter()
        .filter_map(|kind| {
            let number = references.iter().filter(|it| it.kind == kind).count();
            (number != 0).then(|| counted(kind).with(count(number)))
        })
        .collect();
    format!("{}\u{a0}: {}", text().sources().with(count(references.len())), kinds.join(", "))
}

/// The strip under the title. Empty where a page wears no evidence: a sponsored one.
pub fn strip(article: &Article) -> Markup {
    let t = text();
    html! {
        @if !article.evidence.is_empty() {
            section class="evidence" aria-labelledby="t-evidence" {
                h2 class="evidence__title" id="t-evidence" { (t.evidence_title()) }
                ul class="evidence__list" {
                    @for it in &article.evidence {
                        li class="evidence__item" {
                            (cups(it.level))
                            span {
                                span class="evidence__level" { (capitalised(&range(it))) }
                                " "
                                (it.scope)
                            }
                        }
                    }
                }
                p class="evidence__facts" {
                    @if !article.references.is_empty() {
                        a href="#sources" { (count_sources(&article.references)) }
                        ", "
                        (fill(t.sources_checked(), &[("date", &date::long(article.checked))]))
                        ". "
                    }
                    @if article.review == Review::Pending { (t.review_pending()) ". " }
                    a href="/charte-editoriale#echelle" { (t.evidence_scale()) }
                }
            }
        }
    }
}

/// First letter as a capital, accents kept.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_keeps_its_accent() {
        assert_eq!(capitalised("élevé"), "Élevé");
        assert_eq!(capitalised(""), "");
    }
}
