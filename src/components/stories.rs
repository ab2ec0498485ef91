//! Pages as a list; the book spine tells the kind.

use contract::article::{ArticleKind, ArticleSummary};
use locale::text;
use maud::{Markup, html};

use crate::{
    components::{
        cards::{href, kind_words, minutes},
        icon::kind_id,
        level::mark,
    },
    html::day_in,
};

pub fn kind_name(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => text().kind_article(),
        ArticleKind::Explainer => text().kind_explainer(),
        ArticleKind::Interview => text().kind_interview(),
        ArticleKind::Sponsored => text().kind_sponsored(),
    }
}

/// Stories under a heading of their own list: `level` 2 on list pages, 3 inside a section.
pub fn stories(items: &[ArticleSummary], level: u8) -> Markup {
    html! {
        ul class="stories" {
            @for it in items { li { (story(it, level)) } }
        }
    }
}

fn story(it: &ArticleSummary, level: u8) -> Markup {
    let sponsored = it.kind == ArticleKind::Sponsored;
    let link = html! { a class="story__link" href=(href(it)) { (it.title) } };
    html! {
        article.story."story--sponsored"[sponsored] {
            span class={ "story__spine story__spine--" (kind_id(it.kind)) } aria-hidden="true" {}
            div class="story__body" {
                p class="story__meta meta" {
                    span.kind."kind--sponsored"[sponsored] { (kind_words(it, kind_name(it.kind))) }
                    " "
                    (day_in("meta__item", it.updated))
                    " "
                    span class="meta__item" { (minutes(it.reading_minutes)) }
                }
                @if level == 2 {
                    h2 class="story__title" { (link) }
                } @else {
                    h3 class="story__title" { (link) }
                }
                p class="story__text" { (it.excerpt) }
                @if let Some(evidence) = it.evidence.first() { (mark(evidence)) }
            }
        }
    }
}
