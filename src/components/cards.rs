//! Pages as cards with their drawing.

use contract::article::ArticleSummary;
use contract::route::{Depth, Route};
use leptos::prelude::*;
use locale::{fill, text};

use crate::components::{icon::Motif, level::Level};

/// Address of a page at full depth.
pub fn href(it: &ArticleSummary) -> String {
    Route::Article { slug: it.slug.clone(), depth: Depth::Full }.to_string()
}

/// Cards in a grid. Headings are `h3`: the grid stands in a section that has its own title.
#[component]
pub fn Cards(
    items: Vec<ArticleSummary>,
    /// Shows "Lire la suite" under each.
    #[prop(optional)]
    read_on: bool,
) -> impl IntoView {
    let cards = items.into_iter().map(|it| {
        let minutes = fill(text().minutes_short, &[("count", &it.reading_minutes.to_string())]);
        let href = href(&it);
        let title = it.title;
        let more = read_on.then(|| {
            let words = format!("{} : {title}", text().read_on);
            view! { <p class="card__more"><a href=href.clone() aria-label=words>{text().read_on}</a></p> }
        });
        let sponsored = it.sponsor.map(|it| {
            view! { <p class="kind kind--sponsored">{fill(text().sponsored_by, &[("name", &it.name)])}</p> }
        });
        let level = it.evidence.into_iter().next().map(|evidence| view! { <Level evidence/> });
        view! {
            <article class="card">
                <Motif name=it.image/>
                {sponsored}
                <h3 class="card__title"><a class="card__link" href=href>{title}</a></h3>
                <p class="card__text">{it.excerpt}</p>
                {more}
                <p class="card__foot">{level}<span>{minutes}</span></p>
            </article>
        }
    });
    view! { <div class="cards">{cards.collect_view()}</div> }
}
