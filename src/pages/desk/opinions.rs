//! `/moderation/avis`: what readers say of each page, taken together.

use contract::{
    desk::{PageOpinion, Question, Shelf, Who},
    receipt::Kind,
    route::{Depth, Route},
    site::Site,
};
use locale::text;
use maud::{Markup, html};

use crate::{
    page::Document,
    pages::desk::{Tab, address, frame, tabs, words},
};

/// Those that helped least often come first, as they are given.
pub fn opinions(site: &Site, who: &Who, found: &[PageOpinion], now_ms: i64) -> Document {
    let t = text();
    let main = html! {
        section class="queue queue--wide" aria-labelledby="t-avis" {
            div class="queue__head" {
                h1 class="queue__title" id="t-avis" { (t.desk_opinions()) }
                (tabs(who, Tab::Opinions))
                p class="muted small" { (t.desk_opinions_lead()) }
            }
            div class="queue__lines" {
                @if found.is_empty() {
                    p { (t.desk_opinions_none()) }
                } @else {
                    (table(found, now_ms))
                }
            }
        }
    };
    frame(site, Some(who), t.desk_opinions(), 200, &main)
}

fn table(found: &[PageOpinion], now_ms: i64) -> Markup {
    let t = text();
    html! {
        div class="opinions" role="group" tabindex="0" aria-labelledby="t-avis" {
            table class="opinions__table" {
                thead {
                    tr {
                        th scope="col" { (t.desk_fact_page()) }
                        th scope="col" class="opinions__count" { (t.desk_opinions_no()) }
                        th scope="col" class="opinions__count" { (t.desk_opinions_yes()) }
                        th scope="col" { (t.desk_opinions_words()) }
                        th scope="col" { (t.desk_opinions_latest()) }
                    }
                }
                tbody { @for it in found { (row(it, now_ms)) } }
            }
        }
    }
}

fn row(it: &PageOpinion, now_ms: i64) -> Markup {
    let t = text();
    let listed = |state: Shelf| {
        let (kind, about) = (Some(Kind::Feedback), Some(it.page.clone()));
        address(&Question { state, kind, about, ..Question::default() })
    };
    html! {
        tr {
            th scope="row" {
                @if it.title.is_empty() {
                    (it.page)
                } @else {
                    a href=(Route::Article { slug: it.page.clone(), depth: Depth::Full }) {
                        (it.title)
                    }
                }
            }
            td class="opinions__count" { (it.not_useful) }
            td class="opinions__count" { (it.useful) }
            td {
                @if 0 < it.unread {
                    a href=(listed(Shelf::Pending)) { (t.desk_opinions_unread().with(it.unread)) }
                }
                @if 0 < it.unread && 0 < it.read { ", " }
                @if 0 < it.read {
                    a href=(listed(Shelf::Approved)) { (t.desk_opinions_read().with(it.read)) }
                }
                @if it.unread + it.read == 0 { "–" }
            }
            td { (words::age(it.latest_ms, now_ms)) }
        }
    }
}
