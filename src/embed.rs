//! The map on other people's sites: one compact page in a frame, complete without scripts.
//!
//! The map is that of `/carte` with another page around it. What is pressed opens beside the frame:
//! no page of the site but this one may be framed.

use contract::{
    directory::{DirectoryQuery, MapView},
    embed::{self, EmbedView},
    practitioner::{Practitioner, Precision, Profession},
};
use locale::{practitioner as words, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    components::{
        icon::icon,
        place::{approximate, job},
    },
    pages::map::{MapPage, choice, count, ribbon, town_field, unknown_town},
};

#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod messages;

#[cfg(target_arch = "wasm32")]
pub use host::start;

/// Practitioners that are listed at once; the others unfold.
const FEW: usize = 3;

/// Everything inside the frame's `body`. `site` is the site's name.
pub fn view(it: &MapPage, shown: &EmbedView, site: &str) -> Markup {
    let t = text();
    html! {
        @if it.found.sample { (ribbon()) }
        main class="embed" data-map="beside" {
            h1 class="embed__title" { (t.map_title()) }
            (form(shown))
            div class="embed__split" {
                section class="embed__map" id="carte" aria-label=(t.map()) hidden {}
                p class="embed__hint" data-hint hidden {}
                section class="embed__list" id="liste" aria-labelledby="t-list" { (list(it, shown)) }
            }
            p class="embed__note" { (t.map_card_note()) }
        }
        footer class="embed__foot" {
            a class="embed__whole" href=(whole(shown)) target="_blank" rel="noopener" data-whole {
                (site) " : " (t.embed_whole()) (icon("external"))
                span class="sr-only" { (t.embed_new_tab()) }
            }
        }
        p class="sr-only" id="annonce" aria-live="polite" {}
    }
}

/// The same question on the site's own page.
pub fn whole(shown: &EmbedView) -> String {
    EmbedView { theme: None, ..shown.clone() }.address("/carte")
}

fn form(shown: &EmbedView) -> Markup {
    let (t, query) = (text(), &shown.view.query);
    html! {
        form class="embed__form" action=(embed::PATH) method="get" target="_self" role="search"
            aria-label=(t.map_form()) data-map-form {
            div class="filters__field" {
                (town_field(&query.town))
            }
            (choice("profession", t.map_profession(), t.map_profession_any(),
                Profession::ALL.iter().map(|it| {
                    (it.name().to_owned(), words::profession(*it).to_owned(),
                        query.profession == Some(*it))
                })))
            (kept(shown))
        }
    }
}

/// What the snippet asked for and the form does not show.
fn kept(shown: &EmbedView) -> Markup {
    let query = DirectoryQuery {
        town: String::new(),
        near: None,
        bbox: None,
        profession: None,
        page: 1,
        ..shown.view.query.clone()
    };
    let rest = EmbedView { view: MapView { query, ..MapView::default() }, theme: shown.theme };
    html! {
        @for (name, value) in contract::route::query_fields(&rest.to_string()) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// Heading, practitioners and pages: what changes with every question.
pub fn list(it: &MapPage, shown: &EmbedView) -> Markup {
    let (t, found) = (text(), &it.found);
    let first = found.first_number();
    let chosen = it.view.practitioner.as_ref();
    let entries = |from: usize, items: &[Practitioner]| {
        html! {
            ol class="places" start=(from) {
                @for (number, entry) in (from..).zip(items) {
                    (place(entry, number, chosen == Some(&entry.id)))
                }
            }
        }
    };
    let (few, more) = found.items.split_at(found.items.len().min(FEW));
    let page = |number: u32, name: &str| {
        let address = shown.with(it.view.at_page(number)).address(embed::PATH);
        html! { a class="embed__page" href=(address) target="_self" { (name) } }
    };
    html! {
        (unknown_town(it))
        h2 class="h-small" id="t-list" data-around=[found.around.as_ref().map(|it| it.at)] {
            (count(it))
        }
        @if few.is_empty() {
            p { strong { (t.map_none()) } }
            p {
                a href=(shown.with(MapView::default()).address(embed::PATH)) target="_self" {
                    (t.map_clear())
                }
            }
        } @else {
            (entries(first, few))
            @if !more.is_empty() {
                details class="embed__more" {
                    summary class="embed__summary" {
                        (t.embed_more().with(u32::try_from(more.len()).unwrap_or(u32::MAX)))
                    }
                    (entries(first + few.len(), more))
                }
            }
            @if 1 < found.last_page() {
                nav class="embed__pages" aria-label=(t.pagination()) {
                    @if 1 < found.page { (page(found.page - 1, t.page_previous())) }
                    @if found.page < found.last_page() {
                        (page(found.page + 1, t.page_next()))
                    }
                }
            }
        }
    }
}

fn place(it: &Practitioner, number: usize, chosen: bool) -> Markup {
    html! {
        li.place."place--chosen"[chosen] id={ "fiche-" (it.id) } data-practitioner=(it.id)
            data-at=(it.position.at) aria-current=[chosen.then_some("true")] {
            span class="place__num" aria-hidden="true" { (number) }
            h3 class="place__name" {
                a class="place__link" href={ "/praticiens/" (it.id) } target="_blank"
                    rel="noopener" {
                    (it.name) span class="sr-only" { " " (text().embed_new_tab()) }
                }
            }
            @if let Some(metres) = it.distance_m {
                span class="place__distance" { (words::distance(metres)) }
            }
            p class="place__job" { (job(it)) }
            p class="place__facts" {
                (it.address.postcode) " " (it.address.town)
                @if it.position.precision != Precision::Exact { " · " (approximate()) }
            }
        }
    }
}

/// The drawings that [`icon`] refers to in a frame, cut out of `sprite`: a frame of its own origin
/// may not refer to another file's.
pub fn symbols(sprite: &str) -> Markup {
    let symbol = |name: &str| {
        let start = sprite.find(&format!("<symbol id=\"i-{name}\""))?;
        let end = start + sprite[start..].find("</symbol>")? + "</symbol>".len();
        Some(&sprite[start..end])
    };
    let all: String =
        ["search", "warning", "info", "close", "external"].into_iter().filter_map(symbol).collect();
    html! { svg class="embed__symbols" aria-hidden="true" { (PreEscaped(all)) } }
}

/// The address that the page of the frame has for search engines, and its title.
pub fn title(site: &str) -> String {
    format!("{} | {site}", text().map_title())
}
