//! `/articles/{slug}/avis`: whether a page helped, and a word about it. Only the server draws it.

use contract::{
    article::Article,
    error::FieldError,
    feedback::FeedbackDraft,
    route::{Depth, Route},
};
use locale::text;
use maud::html;

use crate::{
    components::{
        crumbs::crumbs,
        feedback::{address, form},
        field::Carried,
    },
    head::Head,
    page::Document,
};

pub fn document(
    article: &Article,
    draft: &FeedbackDraft,
    errors: &[FieldError],
    more: &Carried,
) -> Document {
    let (t, slug) = (text(), &article.slug);
    let own = Route::Article { slug: slug.clone(), depth: Depth::Full }.to_string();
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[
                ("/articles", t.articles()),
                (&own, &article.short_title),
                (&address(slug), t.feedback_crumb()),
            ]))
            header class="title-block" id="tete" {
                h1 { (t.feedback_title()) }
                p { a href=(own) { (article.title) } }
            }
            (form(slug, draft, errors, more))
        }
    };
    let head = Head::new(t.feedback_title(), t.feedback_hint(), None);
    Document { status: 200, head, html: html.into_string() }
}
