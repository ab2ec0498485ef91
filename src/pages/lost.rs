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

/// What was sent is refused. Going back brings the form, as it was filled in.
#[cfg(not(target_arch = "wasm32"))]
pub fn refused(problem: &Problem) -> Document {
    let html = html! {
        div class="wrap" {
            section class="lost" id="tete" {
                h1 { (problem.title) }
                p role="alert" { (problem.detail) }
            }
        }
    };
    let head = Head::new(&problem.title, &problem.detail, None);
    Document { status: problem.status, head, html: html.into_string() }
}
