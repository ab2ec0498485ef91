//! Pages as cards with their drawing.

use contract::article::{ArticleKind, ArticleSummary};
use contract::route::{Depth, Route};
use locale::{fill, text};
use maud::{Markup, html};

use crate::components::{icon::motif, level::mark};

/// Address of a page at full depth.
pub fn href(it: &ArticleSummary) -> Route {
    Route::Article { slug: it.slug.clone(), depth: Depth::Full }
}

/// "6 min", for lists.
pub fn minutes(count: u16) -> String {
    fill(text().minutes_short(), &[("count", &count.to_string())])
}

/// "Sponsorisé par …", or the kind of page.
pub fn kind_words(it: &ArticleSummary, otherwise: &str) -> String {
    match &it.sponsor {
        Some(sponsor) => fill(text().sponsored_by(), &[("name", &sponsor.name)]),
        None => otherwise.to_owned(),
    }
}

/// Cards in a grid. Headings are `h3`: the grid stands in a section that has its own title.
/// `read_on` shows "Lire la suite" under each.
pub fn cards(items: &[ArticleSummary], read_on: bool) -> Markup {
    html! {
        div class="cards cards--compact" {
            @for it in items { (card(it, read_on)) }
        }
    }
}

/// A sponsored card has no drawing and no mark of proof, and says why.
fn card(it: &ArticleSummary, read_on: bool) -> Markup {
    let t = text();
    let sponsored = it.kind == ArticleKind::Sponsored;
    html! {
        article.card."card--sponsored"[sponsored] {
            @if sponsored {
                p class="kind kind--sponsored" { (kind_words(it, t.kind_sponsored())) }
            } @else {
                div class="card__art" { (motif(&it.image)) }
            }
            h3 class="card__title" { a class="card__link" href=(href(it)) { (it.title) } }
            p class="card__text" { (it.excerpt) }
            @if read_on {
                p class="card__more" {
                    a href=(href(it)) aria-label={ (t.read_on()) "\u{a0}: " (it.title) } { (t.read_on()) }
                }
            }
            p class="card__foot" {
                @if let Some(evidence) = it.evidence.first() { (mark(evidence)) }
                @if sponsored { span { (t.sponsored_unmarked()) } }
                span { (minutes(it.reading_minutes)) }
            }
        }
    }
}
