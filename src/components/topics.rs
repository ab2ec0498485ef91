//! Topics as links that narrow the list.

use contract::{article::Topic, route::Route};
use leptos::prelude::*;
use locale::text;

/// `current` is the topic the list is narrowed to; None is the whole list.
#[component]
pub fn Topics(topics: Vec<Topic>, current: Option<Topic>) -> impl IntoView {
    let all = current.is_none().then_some("page");
    let links = topics.into_iter().map(|it| {
        let here = current.as_ref().is_some_and(|current| current.slug == it.slug);
        let href = Route::Topic { topic: it.slug, page: 1 }.to_string();
        view! {
            <li><a class="topics__link" href=href aria-current=here.then_some("page")>{it.name}</a></li>
        }
    });
    view! {
        <nav class="topics" aria-label=text().topics_nav>
            <ul class="topics__list">
                <li><a class="topics__link" href="/articles" aria-current=all>{text().topics_all}</a></li>
                {links.collect_view()}
            </ul>
        </nav>
    }
}
