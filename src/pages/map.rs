//! `/carte`: practitioners as a list, complete by itself, and on a map beside it.
//!
//! The form is plain HTML and the list's pages are links; where scripts run, `map` keeps list, map
//! and address in step without loading the page again.

use contract::{
    directory::{MapView, RADII_M},
    error::Problem,
    practitioner::{Found, Language, Profession},
    route::Route,
    site::{Site, TileSource},
};
use locale::{fill, practitioner as words, text};
use maud::{Markup, html};

use crate::{
    api::Api,
    components::{icon::icon, pagination::pagination, place::place},
    head::Head,
    map::marks,
};

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPage {
    pub view: MapView,
    pub found: Found,
    /// The map as the server draws it, HTML for the inside of the ground: shown until the app has
    /// drawn its own. Empty where nobody knows what that will show, and in the app.
    pub still: String,
}

pub async fn load(api: &Api, view: &MapView) -> Result<MapPage, Problem> {
    let found = api.list_practitioners(&view.query).await?;
    Ok(MapPage { view: view.clone(), found, still: String::new() })
}

pub fn head(_: &MapPage) -> Head {
    // Whatever was asked: one address for search engines.
    Head::new(text().map_title(), text().map_description(), Some(Route::Map(Box::default())))
}

pub fn view(it: &MapPage, site: &Site) -> Markup {
    html! {
        @if it.found.sample { (ribbon()) }
        div class="wrap atlas" {
            header class="atlas__head" id="tete" {
                h1 class="atlas__title" { (text().map_title()) }
                p class="atlas__lead" { (text().map_lead()) }
            }
            (form(it))
            div class="split" data-map {
                section class="split__list" id="liste" aria-labelledby="t-list" { (list(it)) }
                (map_section(it, site.tiles.as_ref()))
            }
            p class="atlas__note" {
                (text().map_card_note())
                @if site.embedding {
                    " " a href=(Route::Embedding(Box::default())) { (text().embedding_link()) }
                }
            }
        }
    }
}

/// Where the map is drawn, with what it must know of the operator's detailed one.
fn map_section(it: &MapPage, tiles: Option<&TileSource>) -> Markup {
    let still = &it.still;
    html! {
        section class="split__map" id="carte" aria-label=(text().map()) hidden[still.is_empty()]
            data-tiles=[tiles.map(|it| &it.url)]
            data-tiles-zoom=[tiles.map(|it| it.max_zoom)]
            data-tiles-credit=[tiles.map(|it| &it.attribution)]
            data-tiles-link=[tiles.and_then(|it| it.attribution_url.as_ref())] {
            @if !still.is_empty() {
                (marks::frame(it.found.sample, tiles.map(marks::Tiles::of).as_ref(), still))
            }
        }
    }
}

/// "Données fictives", before anything that could be taken for real.
pub fn ribbon() -> Markup {
    html! {
        div class="ribbon" role="note" {
            div class="wrap" {
                p class="ribbon__text" {
                    (icon("warning"))
                    span { strong { (text().map_sample()) } " " (text().map_sample_text()) }
                }
            }
        }
    }
}

/// Heading, practitioners and pages: what changes with every question.
pub fn list(it: &MapPage) -> Markup {
    let (view, found) = (&it.view, &it.found);
    let first = found.first_number();
    let order =
        if found.around.is_some() { text().map_by_distance() } else { text().map_by_name() };
    html! {
        (unknown_town(it))
        h2 class="h-small" id="t-list" data-around=[found.around.as_ref().map(|it| it.at)] {
            (count(it))
        }
        @if found.items.is_empty() {
            div class="empty" {
                p { strong { (text().map_none()) } }
                p { (text().map_none_text()) }
                p { a href="/carte" { (text().map_clear()) } }
            }
        } @else {
            p class="split__count" { (order) }
            ol class="places" start=(first) {
                @for (number, entry) in (first..).zip(&found.items) {
                    (place(entry, number, view.practitioner.as_ref() == Some(&entry.id)))
                }
            }
            (pagination(found.page, found.last_page(), &|page| {
                Route::Map(Box::new(view.at_page(page)))
            }))
        }
    }
}

/// Says that nobody knows the town that was typed.
pub fn unknown_town(it: &MapPage) -> Markup {
    html! {
        @if it.found.unknown_town {
            p class="split__unknown" role="alert" {
                (icon("warning"))
                (fill(text().map_unknown_town(), &[("town", &it.view.query.town)]))
            }
        }
    }
}

/// "33 fiches autour de Lyon (69)".
pub fn count(it: &MapPage) -> String {
    let (t, total) = (text(), it.found.total);
    match &it.found.around {
        _ if it.view.query.bbox.is_some() => t.map_count_shown().with(total),
        Some(around) if around.name.is_empty() => t.map_count_here().with(total),
        Some(around) => fill(&t.map_count_around().with(total), &[("place", &around.name)]),
        None => t.map_count().with(total),
    }
}

fn form(it: &MapPage) -> Markup {
    let (t, query) = (text(), &it.view.query);
    let filters = query.filters();
    let radius = query.radius_m.unwrap_or(50_000);
    html! {
        form class="filters" action="/carte" method="get" role="search" aria-label=(t.map_form())
            data-map-form {
            div class="filters__town" {
                (town_field(&query.town))
                // Shown where scripts run: nothing else can ask the device where it is.
                button class="button button--quiet button--small filters__near" type="button"
                    data-atlas="near" hidden { (t.map_near_me()) }
                p class="filters__note" role="status" data-near-note {}
            }
            details class="filters__more" open[0 < filters] {
                summary class="filters__summary" { (filter_words(filters)) }
                div class="filters__fields" {
                    (choice("profession", t.map_profession(), t.map_profession_any(),
                        Profession::ALL.iter().map(|it| {
                            (it.name().to_owned(), words::profession(*it).to_owned(),
                                query.profession == Some(*it))
                        })))
                    (choice("language", t.map_language(), t.map_language_any(),
                        Language::ALL.iter().map(|it| {
                            (it.name().to_owned(), words::language(*it).to_owned(),
                                query.language == Some(*it))
                        })))
                    (choice("radius_m", t.map_radius(), t.map_radius_any(),
                        RADII_M.iter().filter(|it| **it != 50_000).map(|it| {
                            let count = (it / 1_000).to_string();
                            (it.to_string(), fill(t.map_radius_km(), &[("count", &count)]),
                                radius == *it)
                        })))
                    div class="filters__chips" {
                        (chip("new_patients", t.map_new_patients(), query.new_patients))
                        (chip("remote", t.map_remote(), query.remote))
                        (chip("accessible", t.map_accessible(), query.accessible))
                    }
                    p class="filters__actions" {
                        button class="button button--quiet" type="submit" { (t.map_apply()) }
                        a class="filters__clear" href="/carte" hidden[filters == 0] { (t.map_clear()) }
                    }
                }
            }
        }
    }
}

/// Where to look, and the button that looks.
pub fn town_field(town: &str) -> Markup {
    let t = text();
    html! {
        label class="filters__label" for="town" { (t.map_town()) }
        div class="filters__row" {
            input class="input" id="town" name="town" type="text" value=(town)
                maxlength="100" autocomplete="off" enterkeyhint="search" data-places;
            button class="button" type="submit" {
                (icon("search"))
                span class="sr-only" { (t.search_button()) }
            }
        }
    }
}

/// "Filtrer, 2 filtres".
pub fn filter_words(filters: usize) -> String {
    match u32::try_from(filters) {
        Ok(0) => text().map_filter().to_owned(),
        count => text().map_filter_count().with(count.unwrap_or(u32::MAX)),
    }
}

/// In the list's place when it could not be loaded. The link asks again, at the page's `address`.
pub fn list_failed(address: &str) -> Markup {
    html! {
        div class="failure" role="alert" {
            (icon("warning"))
            p { (text().atlas_list_failed()) }
            a class="button" href=(address) { (text().retry()) }
        }
    }
}

/// A field with one of several values, or none of them.
pub fn choice(
    name: &str,
    label: &str,
    any: &str,
    options: impl Iterator<Item = (String, String, bool)>,
) -> Markup {
    html! {
        div class="filters__field" {
            label class="filters__label" for=(name) { (label) }
            select class="input" id=(name) name=(name) {
                option value="" { (any) }
                @for (value, words, chosen) in options {
                    option value=(value) selected[chosen] { (words) }
                }
            }
        }
    }
}

fn chip(name: &str, label: &str, checked: bool) -> Markup {
    html! {
        label class="chip" {
            input class="chip__box" type="checkbox" name=(name) value="1" checked[checked];
            (label)
        }
    }
}
