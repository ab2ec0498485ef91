//! What stands after the text: sources, facts about the page, corrections.

use contract::{
    article::{Article, Correction, Person, Review},
    reference::{Access, Reference, ReferenceKind},
    site::Site,
};
use locale::{date, fill, text};
use maud::{Markup, html};

use crate::{
    components::level::{marked, name},
    html::day,
};

pub fn kind_name(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Trial => text().kind_trial(),
        ReferenceKind::Study => text().kind_study(),
        ReferenceKind::Review => text().kind_review(),
        ReferenceKind::Guideline => text().kind_guideline(),
        ReferenceKind::Laboratory => text().kind_laboratory(),
        ReferenceKind::Information => text().kind_information(),
        ReferenceKind::Law => text().kind_law(),
        ReferenceKind::Registry => text().kind_registry(),
        ReferenceKind::Press => text().kind_press(),
        ReferenceKind::Promoter => text().kind_promoter(),
    }
}

/// ", en anglais, lue en partie": what a reader should know before opening it.
fn remarks(it: &Reference) -> Markup {
    let t = text();
    let language = match it.language.as_str() {
        "en" => t.language_en(),
        "de" => t.language_de(),
        "it" => t.language_it(),
        _ => "",
    };
    html! {
        @if !language.is_empty() { ", " (fill(t.in_language(), &[("language", language)])) }
        @match it.access {
            Access::Direct => {}
            Access::Relay => { ", " (t.access_relay()) }
            Access::Partial => { ", " (t.access_partial()) }
        }
    }
}

/// One source: title, authors, what it is, how far it proves, how it was read.
fn source_body(it: &Reference) -> Markup {
    html! {
        div class="refs__body" {
            p class="refs__title" {
                @if let Some(href) = it.href() {
                    a rel="external noopener" href=(href) { (it.title) }
                } @else {
                    (it.title)
                }
            }
            p class="refs__authors" {
                (it.authors)
                @if let Some(year) = it.year { ", " (year) }
            }
            p class="refs__meta" {
                span { (kind_name(it.kind)) (remarks(it)) }
                @if let Some(level) = it.level { " " (marked(level, name(level))) }
            }
            p class="refs__summary" { (it.summary) }
        }
    }
}

/// A source in a numbered list. `id` is its anchor.
pub fn source(id: &str, number: usize, it: &Reference) -> Markup {
    html! {
        li class="refs__item" id=(id) {
            span class="refs__num" { (number) }
            (source_body(it))
        }
    }
}

/// The numbered sources of a page. Empty without any.
pub fn sources(references: &[Reference]) -> Markup {
    html! {
        @if !references.is_empty() {
            section id="sources" class="sources-of late" aria-labelledby="t-sources" {
                h2 class="h-small" id="t-sources" { (text().sources_title()) }
                ol class="refs" {
                    @for (number, it) in (1..).zip(references) {
                        (source(&format!("source-{number}"), number, it))
                    }
                }
            }
        }
    }
}

/// One line of the facts.
fn fact(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// A line for each author, where one sentence would mix them up.
fn each(people: &[Person], of: fn(&Person) -> Markup) -> Markup {
    html! {
        @for (at, it) in people.iter().enumerate() {
            @if at != 0 { br; }
            (of(it))
        }
    }
}

fn reviewed(review: &Review) -> String {
    match review {
        Review::Pending => text().fact_review_pending().to_owned(),
        Review::By { reviewer, on } => {
            let values =
                [("name", &*reviewer.name), ("role", &reviewer.role), ("date", &date::long(*on))];
            fill(text().reviewed_by(), &values) + ". " + &reviewer.interests
        }
    }
}

/// "Cette page en clair": who wrote it, who read it, when, and what was mended.
pub fn facts(article: &Article, site: &Site) -> Markup {
    let t = text();
    let person = |it: &Person| html! { (it.name) @if !it.role.is_empty() { ", " (it.role) } };
    html! {
        section class="facts late" aria-labelledby="t-facts" {
            h2 id="t-facts" { (t.facts_title()) }
            dl class="facts__list" {
                (fact(t.fact_author(), each(&article.authors, person)))
                (fact(t.fact_interests(), each(&article.authors, |it| html! { (it.interests) })))
                (fact(t.fact_review(), html! { (reviewed(&article.review)) }))
                (fact(t.fact_published(), day(article.published)))
                (fact(t.fact_updated(), day(article.updated)))
                @if article.sponsor.is_none() {
                    (fact(t.fact_checked(), day(article.checked)))
                    (fact(t.fact_review_due(), day(article.review_due)))
                }
                @if article.corrections.is_empty() {
                    (fact(t.fact_corrections(), html! { (t.fact_no_correction()) }))
                }
                @if let Some(email) = &site.contact_email {
                    (fact(t.fact_error(), html! {
                        a href={ "mailto:" (email) "?subject=" (contract::route::encode(&article.title)) } {
                            (t.report_error())
                        }
                    }))
                }
            }
            p class="small" { (t.disclaimer()) }
        }
    }
}

/// What was mended on this page. Empty where nothing was.
pub fn corrections(items: &[Correction]) -> Markup {
    html! {
        @if !items.is_empty() {
            section class="corrections late" aria-labelledby="t-corrections" {
                h2 id="t-corrections" { (text().corrections_title()) }
                ol {
                    @for it in items { li { (day(it.date)) " " span { (thanks(it)) (it.text) } } }
                }
            }
        }
    }
}

/// The line that says to readers that their word led to it.
pub fn thanks(it: &Correction) -> Markup {
    html! {
        @if it.thanks { strong { (text().corrections_thanks()) } " " }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_has_no_section() {
        assert_eq!(sources(&[]).into_string(), "");
        assert_eq!(corrections(&[]).into_string(), "");
    }

    #[test]
    fn people_stand_on_lines_of_their_own() {
        let person = |name: &str| Person {
            name: name.into(),
            role: String::new(),
            interests: "<aucun>".into(),
        };
        let html = each(&[person("A"), person("B")], |it| html! { (it.name) (it.interests) });
        assert_eq!(html.into_string(), "A&lt;aucun&gt;<br>B&lt;aucun&gt;");
    }
}
