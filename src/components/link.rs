//! A link in a list that knows whether the reader is there.

use contract::route::Route;
use leptos::prelude::*;

/// The `aria-current` of the link to an address, as seen from a route.
pub type Current = fn(&Route, &str) -> Option<&'static str>;

/// What a [`link`] shows.
pub struct Entry {
    /// Class of the list item.
    pub item: Option<&'static str>,
    pub class: &'static str,
    pub href: String,
    /// HTML.
    pub name: String,
}

/// One kind of view for all such links: each further kind would cost the bundle kilobytes.
pub fn link(it: Entry, route: RwSignal<Route>, current: Current) -> impl IntoView {
    let Entry { item, class, href, name } = it;
    let address = href.clone();
    let current = move || route.with(|route| current(route, &address));
    view! {
        <li class=item>
            <a class=class href=href aria-current=current inner_html=name></a>
        </li>
    }
}
