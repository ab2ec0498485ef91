//! Topics as links that narrow the list.

use contract::{article::Topic, route::Route};
use locale::text;
use maud::{Markup, html};

/// `current` is the topic the list is narrowed to; None is the whole list.
pub fn topics(topics: &[Topic], current: Option<&Topic>) -> Markup {
    html! {
        nav class="topics" aria-label=(text().topics_nav()) {
            ul {
                (chip(&Route::Articles { page: 1 }, text().topics_all(), current.is_none()))
                @for it in topics {
                    (chip(
                        &Route::Topic { topic: it.slug.clone(), page: 1 },
                        &it.name,
                        current.is_some_and(|current| current.slug == it.slug),
                    ))
                }
            }
        }
    }
}

fn chip(route: &Route, name: &str, here: bool) -> Markup {
    html! {
        li { a class="topics__link" href=(route) aria-current=[here.then_some("page")] { (name) } }
    }
}
