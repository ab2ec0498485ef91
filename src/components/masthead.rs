//! The site's name and its sections, with a small-screen version that needs no script.

use contract::{route::Route, site::Site};
use leptos::prelude::*;
use locale::text;
use maud::{Markup, html};

use crate::components::{
    comfort::comfort,
    icon::icon,
    link::{Entry, link},
};

fn entries(site: &Site) -> Vec<Entry> {
    let t = text();
    let entry = |class, href: &str, name: &str| Entry {
        item: None,
        class,
        href: href.to_owned(),
        name: html! { (name) }.into_string(),
    };
    let mut entries = vec![
        entry("masthead__link", "/comprendre", t.understand()),
        entry("masthead__link", "/articles", t.articles()),
        entry("masthead__link", "/comprendre/comparer", t.compare()),
        entry("masthead__link", "/glossaire", t.glossary()),
    ];
    if site.features.map {
        entries.push(entry("masthead__link", "/carte", t.map()));
    }
    entries.push(entry("masthead__link masthead__urgent", "#urgences", t.emergency()));
    entries
}

/// `page` where the entry is the page itself, `true` where it is the section around it.
fn current(route: &Route, href: &str) -> Option<&'static str> {
    if route.path() == href {
        return Some("page");
    }
    let inside = match route {
        Route::Articles { .. } | Route::Topic { .. } => href == "/articles",
        _ => false,
    };
    inside.then_some("true")
}

/// The operator's picture, or the drawn mark; then the name.
fn brand(site: &Site) -> Markup {
    html! {
        @if let Some(logo) = &site.logo {
            img class="masthead__mark" src=(logo) alt="" width="48" height="48";
        } @else {
            svg class="masthead__mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false" {
                use href="/icons/sprite.svg#mark" {}
            }
        }
        (site.name)
    }
}

pub fn masthead(site: &Site, route: RwSignal<Route>) -> impl IntoView + use<> {
    let links = || entries(site).into_iter().map(|it| link(it, route, current)).collect_view();
    let menu = html! { (icon("menu")) (text().menu()) };
    view! {
        <header class="masthead">
            <div class="wrap">
                <div class="masthead__row">
                    <a class="masthead__brand" href="/" inner_html=brand(site).into_string()></a>
                    <nav class="masthead__nav" aria-label=text().nav_sections()>
                        <ul class="masthead__list">{links()}</ul>
                    </nav>
                    <details class="comfort" name="masthead" inner_html=comfort().into_string()></details>
                    <details class="masthead__menu" name="masthead">
                        <summary class="masthead__toggle" inner_html=menu.into_string()></summary>
                        <nav class="masthead__panel" aria-label=text().menu()><ul>{links()}</ul></nav>
                    </details>
                </div>
                <svg class="shelf" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <use href="/icons/sprite.svg#shelf"></use>
                </svg>
            </div>
            <div class="progress" aria-hidden="true"></div>
        </header>
    }
}
