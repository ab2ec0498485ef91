//! The notes that marks and terms open in place: native popovers, named by the word or the source.

use contract::{glossary::GlossaryTerm, reference::Reference};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::level::{cups, name},
    reader::{apparatus::kind_name, evidence::capitalised},
};

/// One note. `id` is what the button's `popovertarget` names.
fn note(id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        div class="note" popover id=(id) role="dialog" aria-labelledby={ (id) "-t" } {
            div class="note__head" {
                p class="note__title" id={ (id) "-t" } { (title) }
                button class="note__close" type="button" popovertarget=(id)
                    popovertargetaction="hide" aria-label=(text().close()) { "×" }
            }
            (body)
        }
    }
}

fn about_term(term: &GlossaryTerm) -> Markup {
    html! {
        p { (term.definition) }
        p { a href={ "/glossaire#" (term.slug) } { (text().see_glossary()) } }
    }
}

fn about_source(number: usize, it: &Reference) -> Markup {
    let t = text();
    html! {
        @if let Some(level) = it.level {
            p class="level" {
                (cups(level))
                span class="level__name" {
                    span class="sr-only" { (t.evidence_label()) "\u{a0}: " }
                    (capitalised(name(level)))
                }
            }
        }
        p { (kind_name(it.kind)) }
        p { (it.summary) }
        p class="note__source" { (it.title) }
        p {
            @if let Some(href) = it.href() {
                a rel="external noopener" href=(href) { (t.open_source()) }
                " · "
            }
            a href={ "#source-" (number) } { (t.see_source()) }
        }
    }
}

/// Notes for every term and source of a page, in one piece at its end.
pub fn notes(terms: &[GlossaryTerm], references: &[Reference]) -> Markup {
    html! {
        @for term in terms {
            (note(&format!("g-{}", term.slug), &term.term, &about_term(term)))
        }
        @for (number, it) in (1..).zip(references) {
            (note(&format!("r-{number}"), &source_title(number, it), &about_source(number, it)))
        }
    }
}

fn source_title(number: usize, it: &Reference) -> String {
    match it.year {
        Some(year) => format!("Source {number}, {year}"),
        None => format!("Source {number}"),
    }
}

/// What only paper needs: the same definitions, since nothing opens there, and where the page came
/// from.
pub fn for_paper(terms: &[GlossaryTerm], origin: &str) -> Markup {
    html! {
        section class="print-notes" aria-hidden="true" {
            @if !terms.is_empty() {
                h2 { (text().print_terms()) }
                dl {
                    @for it in terms {
                        dt { (it.term) }
                        dd { (it.definition) }
                    }
                }
            }
            @if !origin.is_empty() { p { (origin) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::slug::Slug;

    use super::*;

    #[test]
    fn a_note_has_the_name_that_its_button_calls() {
        let term = GlossaryTerm {
            slug: Slug::try_from("cytokine").unwrap(),
            term: "Cytokine".into(),
            definition: "<Messager>".into(),
        };
        let html = notes(&[term], &[]).into_string();
        assert!(html.contains(r#"popover id="g-cytokine""#), "{html}");
        assert!(html.contains(r#"aria-labelledby="g-cytokine-t""#), "{html}");
        assert!(html.contains("&lt;Messager&gt;"), "{html}");
    }
}
