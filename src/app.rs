//! The frame around every page, and how the app starts.

#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
use std::time::Duration;

use contract::{route::Route, site::Site};
use leptos::{either::Either, prelude::*};
use locale::text;

use crate::{
    components::{footer::footer, masthead::masthead},
    page::Page,
    pages::{self, article},
};

/// Where the reader is and what is shown there. Both change together, once the page is loaded.
#[derive(Clone, Copy)]
pub struct Place {
    pub route: RwSignal<Route>,
    pub page: RwSignal<Page>,
}

/// The site: masthead, page, footer.
#[component]
pub fn App(site: Site, place: Place) -> impl IntoView {
    view! {
        <a class="skip" href="#contenu">{text().skip()}</a>
        {masthead(&site, place.route)}
        <main id="contenu" tabindex="-1">
            {
                let site = site.clone();
                move || place.page.with(|page| show(page, &site, place.route))
            }
        </main>
        <footer class="footer deep late" inner_html=footer(&site).into_string()></footer>
        <p class="sr-only" id="annonce" aria-live="polite"></p>
    }
}

/// An article follows the depth its reader chooses; every other page is HTML set once.
fn show(page: &Page, site: &Site, route: RwSignal<Route>) -> impl IntoView + use<> {
    match page.shelf() {
        Some(shelf) => {
            let parts = match page {
                Page::Article(it) => article::Parts::of(it, site),
                _ => article::Parts::in_the_dom(),
            };
            Either::Left(article::view(parts, shelf, route))
        }
        None => {
            let html = pages::html(page, site);
            Either::Right(view! { <div class="page" inner_html=html></div> })
        }
    }
}

/// Renders the app as the browser will find it.
#[cfg(feature = "ssr")]
pub fn render(site: Site, route: Route, page: Page) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let place = Place { route: RwSignal::new(route), page: RwSignal::new(page) };
        view! { <App site place/> }.to_html()
    });
    owner.cleanup();
    html
}

/// Takes over what the server rendered, or draws the page where it finds nothing.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
pub fn start() {
    // What the reader waits for on a map's page is the map.
    if matches!(crate::navigation::current_route(), Route::Map(_)) {
        begin();
    } else {
        in_a_task_of_its_own(begin);
    }
}

#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
fn begin() {
    use leptos::mount::{hydrate_from, mount_to};
    use wasm_bindgen::{JsCast, UnwrapThrowExt};

    use crate::{
        api::{
            Api,
            http::{HttpApi, read_json},
        },
        map, navigation,
        page::{Seed, load},
    };

    let document = document();
    let root: web_sys::HtmlElement =
        document.get_element_by_id("app").unwrap_throw().unchecked_into();
    let base = document
        .query_selector("meta[name=api]")
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("content"))
        .unwrap_or_else(|| contract::paths::BASE.to_owned());
    let api = Api::new(HttpApi::new(&base));
    let route = navigation::current_route();

    let seed = document
        .get_element_by_id("seed")
        .and_then(|it| it.text_content())
        .and_then(|it| read_json::<Seed>(&it));
    // A static host sends the same search page whatever was asked: its results are drawn here.
    let stale =
        base.ends_with(" files") && matches!(&route, Route::Search { query } if !query.is_empty());
    if let (Some(seed), true) = (seed, root.has_child_nodes() && !stale) {
        let directory = api.directory();
        let map_view = if let Route::Map(view) = &route { Some(view.clone()) } else { None };
        let hydrate = move || {
            hydrate_from(root, move || {
                let page = Page::Rendered(seed.article);
                let place = Place { route: RwSignal::new(route), page: RwSignal::new(page) };
                let (owner, site) = (Owner::current().unwrap_or_default(), seed.site.clone());
                in_a_task_of_its_own(move || {
                    owner.with(|| navigation::start(api, place, site));
                    navigation::mark_ready();
                });
                view! { <App site=seed.site place/> }
            })
            .forget();
        };
        match map_view {
            Some(view) => map::begin(directory, &view, hydrate),
            None => in_a_task_of_its_own(hydrate),
        }
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let site = api.get_site().await.unwrap_or_else(|_| unnamed_site());
        let page = load(&api, &route).await;
        root.set_inner_html("");
        mount_to(root, move || {
            page.head(&site).apply(&site);
            let place = Place { route: RwSignal::new(route), page: RwSignal::new(page) };
            navigation::start(api, place, site.clone());
            view! { <App site place/> }
        })
        .forget();
        navigation::mark_ready();
    });
}

/// The browser may answer a finger before: a slow phone takes tens of milliseconds for each step.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
fn in_a_task_of_its_own(step: impl FnOnce() + 'static) {
    set_timeout(step, Duration::ZERO);
}

/// Stands in while the site's own answer cannot be had, so that the failure can be shown.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
fn unnamed_site() -> Site {
    Site {
        name: document().title(),
        description: String::new(),
        url: String::new(),
        languages: vec!["fr".to_owned()],
        logo: None,
        contact_email: None,
        social: Vec::new(),
        features: Default::default(),
        comments: Default::default(),
        embedding: false,
        emergency_numbers: Vec::new(),
        side_effects_url: String::new(),
        tiles: None,
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
