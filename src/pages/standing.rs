//! `/{slug}`: about, charter, legal notice, and whatever else the content folder holds.

use contract::{page::StandingPage, route::Route, site::Site};
use locale::text;
use maud::{Markup, PreEscaped, html};

use crate::{
    components::crumbs::crumbs,
    head::Head,
    html::day,
    reader::{apparatus, blocks::blocks, contents, notes},
};

pub fn head(it: &StandingPage) -> Head {
    Head::new(&it.title, &it.excerpt, Some(Route::Page { slug: it.slug.clone() }))
}

/// The deepest depth: nothing is left out of a page that offers no choice.
pub fn view(it: &StandingPage, site: &Site) -> Markup {
    let own = Route::Page { slug: it.slug.clone() }.to_string();
    html! {
        article class="wrap" {
            (crumbs(&[(&own, &it.title)]))
            header class="title-block" id="tete" {
                h1 { (it.title) }
                p class="headline__lead" { (PreEscaped(&it.lead_html)) }
                p class="meta" {
                    span class="meta__item" { (text().updated_on()) " " (day(it.updated)) }
                }
            }
            div class="reading" data-depth="further" {
                aside class="reading__aside" aria-label=(text().contents_page()) {
                    (contents::aside(&it.toc, !it.references.is_empty()))
                }
                div class="reading__main stack stack--loose" {
                    div class="prose" { (blocks(&it.blocks, &site.emergency_numbers)) }
                    (apparatus::sources(&it.references))
                    (notes::for_paper(&it.terms, ""))
                    (notes::notes(&it.terms, &it.references))
                }
            }
        }
    }
}
