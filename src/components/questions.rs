//! Questions a reader asks next.

use contract::article::RelatedQuestion;
use leptos::prelude::*;

use crate::components::icon::Icon;

/// Shows nothing without questions.
#[component]
pub fn Questions(title: &'static str, items: Vec<RelatedQuestion>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let links = items.into_iter().map(|it| {
            view! {
                <li><a class="questions__link" href=it.href><span>{it.text}</span><Icon name="arrow"/></a></li>
            }
        });
        view! {
            <section aria-labelledby="t-questions">
                <h2 class="h-small" id="t-questions">{title}</h2>
                <ul class="questions">{links.collect_view()}</ul>
            </section>
        }
    })
}
