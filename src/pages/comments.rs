//! `/articles/{slug}/commentaires`: all comments of an article, and the form. Only the server draws
//! it.

use contract::{
    article::Article,
    comment::Comments,
    route::{Depth, Route},
    site::Site,
};
use locale::{fill, text};
use maud::html;

pub use crate::components::{
    comment_form::Written,
    comments::{address, body, permalink},
    field::Carried,
};
use crate::{
    components::{
        comment_form::comment_form, comments::threads, crumbs::crumbs, pagination::numbered,
    },
    head::Head,
    page::Document,
};

/// `missed`: a comment was asked for that is not shown, or not any more.
pub fn document(
    article: &Article,
    it: &Comments,
    missed: bool,
    written: &Written,
    site: &Site,
) -> Document {
    let (t, slug) = (text(), &article.slug);
    let title = fill(t.comments_title(), &[("title", &article.short_title)]);
    let own = Route::Article { slug: slug.clone(), depth: Depth::Full }.to_string();
    let (here, last) = (address(slug), it.last_page());
    let writer = written.carried.hidden.iter().find(|it| it.0 == "writer");
    let writer = writer.map_or("", |it| it.1.as_str());
    let page = |page: u32| {
        let number = (page != 1).then(|| format!("page={page}"));
        let writer = Some(writer).filter(|it| !it.is_empty()).map(|it| format!("auteur={it}"));
        let parts: Vec<String> = [number, writer].into_iter().flatten().collect();
        let mark = if parts.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", address(slug), parts.join("&"))
    };
    let html = html! {
        div class="wrap stack stack--loose" {
            (crumbs(&[("/articles", t.articles()), (&own, &article.short_title), (&here, t.comments())]))
            header class="title-block" id="tete" {
                h1 { (title) }
                @if missed { p class="comments__missed" role="status" { (t.comment_missed()) } }
                p class="muted" { (t.comments_opinion()) }
                p { a href=(own) { (t.comments_back()) } }
            }
            section class="comments" id="commentaires" aria-labelledby="t-commentaires" {
                h2 id="t-commentaires" { (t.comments_count().with(it.count)) }
                (threads(slug, it, writer))
                (numbered(it.page, last, &page))
                @if it.open {
                    (comment_form(slug, written, site))
                } @else {
                    p class="muted" { (t.comments_closed()) }
                }
            }
        }
    };
    let description = fill(t.comments_description(), &[("title", &article.short_title)]);
    // Search engines find them below the article already.
    let head = Head::new(&title, &description, None);
    Document { status: if missed { 404 } else { 200 }, head, html: html.into_string() }
}
