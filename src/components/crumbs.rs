//! The way from the front page to here.

use locale::text;
use maud::{Markup, html};

/// Breadcrumbs after "Accueil": pairs of address and name, the page itself last.
pub fn crumbs(trail: &[(&str, &str)]) -> Markup {
    html! {
        nav class="crumbs" aria-label=(text().breadcrumb()) {
            ol class="crumbs__list" {
                (crumb("/", text().home(), false))
                @for (at, (href, name)) in trail.iter().enumerate() {
                    (crumb(href, name, at + 1 == trail.len()))
                }
            }
        }
    }
}

fn crumb(href: &str, name: &str, here: bool) -> Markup {
    html! {
        li class="crumbs__item" {
            a class="crumbs__link" href=(href) aria-current=[here.then_some("page")] { (name) }
        }
    }
}
