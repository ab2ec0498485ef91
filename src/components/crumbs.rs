//! The way from the front page to here.

use leptos::prelude::*;
use locale::text;

/// Breadcrumbs after "Accueil": pairs of address and name, the page itself last.
#[component]
pub fn Crumbs(trail: Vec<(String, String)>) -> impl IntoView {
    let last = trail.len().saturating_sub(1);
    let items = trail.into_iter().enumerate().map(|(at, (href, name))| {
        let current = (at == last).then_some("page");
        view! {
            <li class="crumbs__item"><a class="crumbs__link" href=href aria-current=current>{name}</a></li>
        }
    });
    view! {
        <nav class="crumbs" aria-label=text().breadcrumb>
            <ol class="crumbs__list">
                <li class="crumbs__item"><a class="crumbs__link" href="/">{text().home}</a></li>
                {items.collect_view()}
            </ol>
        </nav>
    }
}
