//! What a reader can do next: the three calls to action, each only while its feature is on.

use contract::site::Features;
use leptos::prelude::*;
use locale::text;

/// Shows nothing where no feature is on.
#[component]
pub fn Nexts(features: Features) -> impl IntoView {
    let t = text();
    let calls = [
        (features.map, "/carte", "next", t.next_map, t.next_map_text),
        (features.testimonials, "/temoignages", "next next--warm", t.next_story, t.next_story_text),
        (
            features.professionals,
            "/professionnels",
            "next",
            t.next_professionals,
            t.next_professionals_text,
        ),
    ];
    let calls: Vec<_> = calls.into_iter().filter(|it| it.0).collect();
    (!calls.is_empty()).then(|| {
        let cards = calls.into_iter().map(|(_, href, class, title, words)| {
            view! {
                <article class=class>
                    <h3 class="next__title"><a class="next__link" href=href>{title}</a></h3>
                    <p class="next__text">{words}</p>
                </article>
            }
        });
        view! {
            <section aria-labelledby="t-next">
                <h2 class="sr-only" id="t-next">{t.next_title}</h2>
                <div class="nexts">{cards.collect_view()}</div>
            </section>
        }
    })
}
