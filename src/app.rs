//! The frame around every page, and how the app starts.

use contract::{route::Route, site::Site};
use leptos::prelude::*;
use locale::text;

use crate::{
    components::{footer::Footer, masthead::Masthead},
    page::Page,
    pages,
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
    let site = StoredValue::new(site);
    provide_context(site);

    view! {
        <a class="skip" href="#contenu">{text().skip}</a>
        <Masthead site route=place.route/>
        <main id="contenu">{move || show(place)}</main>
        <Footer site/>
        <p class="sr-only" id="annonce" aria-live="polite"></p>
    }
}

/// The one table from pages to views.
fn show(place: Place) -> AnyView {
    let route = place.route;
    match place.page.get() {
        Page::Home(it) => view! { <pages::home::HomePage home=it/> }.into_any(),
        Page::Understand(it) => view! { <pages::understand::UnderstandPage it/> }.into_any(),
        Page::Comparison(it) => view! { <pages::comparison::ComparisonPage it=*it/> }.into_any(),
        Page::Articles(it) => view! { <pages::articles::ArticlesPage it/> }.into_any(),
        Page::Article(it) => view! { <pages::article::ArticlePageView it=*it route/> }.into_any(),
        Page::Glossary(it) => view! { <pages::glossary::GlossaryPage terms=it/> }.into_any(),
        Page::References(it) => view! { <pages::references::ReferencesPage it/> }.into_any(),
        Page::Corrections(it) => view! { <pages::corrections::CorrectionsPage it/> }.into_any(),
        Page::Search(it) => view! { <pages::search::SearchResults it/> }.into_any(),
        Page::Standing(it) => view! { <pages::standing::StandingView it=*it/> }.into_any(),
        Page::Missing => view! { <pages::lost::MissingPage/> }.into_any(),
        Page::Failed(_) => view! { <pages::lost::FailedPage/> }.into_any(),
    }
}

/// The site's name, links and switches.
///
/// # Panics
///
/// Outside of [`App`], which provides them: a mistake of the program, not of the visitor.
pub fn use_site() -> StoredValue<Site> {
    expect_context()
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
    use leptos::mount::{hydrate_from, mount_to};
    use wasm_bindgen::{JsCast, UnwrapThrowExt};

    use crate::{
        api::{Api, http::HttpApi},
        navigation,
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
        .and_then(|it| serde_json::from_str::<Seed>(&it).ok());
    if let (Some(seed), true) = (seed, root.has_child_nodes()) {
        hydrate_from(root, move || {
            let place = Place { route: RwSignal::new(route), page: RwSignal::new(seed.page) };
            navigation::start(api, place, seed.site.clone());
            view! { <App site=seed.site place/> }
        })
        .forget();
        navigation::mark_ready();
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
        emergency_numbers: Vec::new(),
        side_effects_url: String::new(),
        tiles: None,
    }
}
