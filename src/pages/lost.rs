//! When there is nothing to show: no such page, or loading failed.

#[cfg(not(target_arch = "wasm32"))]
use contract::error::Problem;
use locale::text;
use maud::{Markup, html};

#[cfg(not(target_arch = "wasm32"))]
use crate::page::Document;
use crate::{
    components::{
        icon::{icon, motif},
        search::search,
    },
    head::Head,
};

pub fn head_missing() -> Head {
    Head::new(text().missing_title(), text().missing_text(), None)
}

pub fn head_failed() -> Head {
    Head::new(text().failed_title(), text().failed_text(), None)
}

pub fn missing() -> Markup {
    let t = text();
    html! {
        div class="wrap" {
            section class="lost" id="tete" {
                (motif("rayon"))
                h1 { (t.missing_title()) }
                p { (t.missing_text()) }
                ul {
                    li { a href="/" { (t.home()) } }
                    li { a href="/comprendre" { (t.understand_title()) } }
                    li { a href="/articles" { (t.articles_title()) } }
                    li { a href="/glossaire" { (t.glossary_title()) } }
                }
                (search("", &[]))
            }
        }
    }
}

/// The retry link is an ordinary one to the same address: it asks again, with or without the app.
pub fn failed() -> Markup {
    let t = text();
    html! {
        div class="wrap" {
            section class="lost" id="tete" {
                (motif("rayon"))
                h1 { (t.failed_title()) }
                div class="failure" role="alert" {
                    (icon("warning"))
                    p { (t.failed_text()) }
                    a class="button" href="" { (t.retry()) }
                }
            }
        }
    }
}

/// What a field that people write in is called, and whether it holds many lines. None for choices and
/// for what a form carries unseen.
#[cfg(not(target_arch = "wasm32"))]
fn written(name: &str) -> Option<(&'static str, bool)> {
    let t = text();
    Some(match name {
        "subject" => (t.contact_subject(), false),
        "name" => (t.comment_name(), false),
        "email" => (t.comment_email(), false),
        "title" => (t.testimonial_title(), false),
        "body" | "message" => (t.refused_text(), true),
        "treatments" => (t.testimonial_treatments(), false),
        "ties" => (t.testimonial_ties(), false),
        _ => return None,
    })
}

/// What was sent is refused, and given back: to be sent to `address` again where that may help, to be
/// copied in any case.
#[cfg(not(target_arch = "wasm32"))]
pub fn refused(problem: &Problem, address: &str, typed: &[(String, String)]) -> Document {
    let t = text();
    let may_help = matches!(problem.status, 413 | 429 | 500 | 503);
    let shown = |it: &&(String, String)| written(&it.0).is_some() && !it.1.is_empty();
    let texts: Vec<_> = typed.iter().filter(shown).collect();
    let rest: Vec<_> = typed.iter().filter(|it| !shown(it) && it.0 != "website").collect();
    let html = html! {
        div class="wrap" {
            section class="lost" id="tete" {
                h1 { (problem.title) }
                p role="alert" { (problem.detail) }
                @if may_help && !rest.is_empty() || !texts.is_empty() {
                    form class="form" method="post" action=(address) {
                        p class="form__note" {
                            (if may_help { t.refused_again_note() } else { t.refused_copy_note() })
                        }
                        @for (at, (name, value)) in texts.iter().enumerate() {
                            (given_back(at, name, value))
                        }
                        @if may_help {
                            @for (name, value) in &rest {
                                input type="hidden" name=(name) value=(value);
                            }
                            p { button class="button" type="submit" { (t.refused_again()) } }
                        }
                    }
                }
            }
        }
    };
    let head = Head::new(&problem.title, &problem.detail, None);
    Document { status: problem.status, head, html: html.into_string() }
}

/// One field as it was filled in. `at` tells it from the page's others.
#[cfg(not(target_arch = "wasm32"))]
fn given_back(at: usize, name: &str, value: &str) -> Markup {
    let (label, long) = written(name).unwrap_or_default();
    html! {
        div class="field" {
            label class="field__label" for={ "r-" (at) } { (label) }
            @if long {
                textarea class="input input--area" id={ "r-" (at) } name=(name) rows="6" {
                    // The first line break after the tag is not part of the text.
                    "\n" (value)
                }
            } @else {
                input class="input" id={ "r-" (at) } name=(name) type="text" value=(value) autocomplete="off";
            }
        }
    }
}
