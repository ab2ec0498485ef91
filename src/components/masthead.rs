//! The site's name and its sections, with a small-screen version that needs no script.

use contract::{route::Route, site::Site};
use leptos::prelude::*;
use locale::text;

use crate::components::{comfort::Comfort, icon::Icon};

/// One entry of the menu.
struct Entry {
    href: &'static str,
    name: &'static str,
    urgent: bool,
}

fn entries(site: &Site) -> Vec<Entry> {
    let entry = |href, name| Entry { href, name, urgent: false };
    let mut entries = vec![
        entry("/comprendre", text().understand),
        entry("/articles", text().articles),
        entry("/comprendre/comparer", text().compare),
        entry("/glossaire", text().glossary),
    ];
    if site.features.map {
        entries.push(entry("/carte", text().map));
    }
    entries.push(Entry { href: "#urgences", name: text().emergency, urgent: true });
    entries
}

/// `page` where the entry is the page itself, `true` where it is the section around it.
fn current(route: &Route, href: &str) -> Option<&'static str> {
    let path = route.path();
    if path == href {
        return Some("page");
    }
    let inside = match route {
        Route::Articles { .. } | Route::Topic { .. } | Route::Article { .. } => href == "/articles",
        _ => false,
    };
    inside.then_some("true")
}

#[component]
pub fn Masthead(site: StoredValue<Site>, route: RwSignal<Route>) -> impl IntoView {
    let links = move || {
        let entries = site.with_value(entries);
        let items = entries.into_iter().map(move |Entry { href, name, urgent }| {
            let class = if urgent { "masthead__link masthead__urgent" } else { "masthead__link" };
            let current = move || route.with(|route| current(route, href));
            view! { <li><a class=class href=href aria-current=current>{name}</a></li> }
        });
        items.collect_view()
    };
    let mark = match site.with_value(|it| it.logo.clone()) {
        Some(src) => {
            view! { <img class="masthead__mark" src=src alt="" width="48" height="48"/> }.into_any()
        }
        None => view! {
            <svg class="masthead__mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
                <use href="/icons/sprite.svg#mark"></use>
            </svg>
        }
        .into_any(),
    };
    view! {
        <header class="masthead">
            <div class="wrap">
                <div class="masthead__row">
                    <a class="masthead__brand" href="/">
                        {mark}
                        {site.with_value(|it| it.name.clone())}
                    </a>
                    <nav class="masthead__nav" aria-label=text().nav_sections>
                        <ul class="masthead__list">{links()}</ul>
                    </nav>
                    <Comfort/>
                    <details class="masthead__menu">
                        <summary class="masthead__toggle"><Icon name="menu"/>{text().menu}</summary>
                        <nav class="masthead__panel" aria-label=text().menu><ul>{links()}</ul></nav>
                    </details>
                </div>
                <svg class="shelf" viewBox="0 0 1200 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <use href="/icons/sprite.svg#shelf"></use>
                </svg>
            </div>
        </header>
        <div class="progress" aria-hidden="true"></div>
    }
}
