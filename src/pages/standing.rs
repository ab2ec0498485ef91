//! `/{slug}`: about, charter, legal notice, and whatever else the content folder holds.

use contract::{page::StandingPage, route::Route};
use leptos::prelude::*;
use locale::{date, text};

use crate::{
    app::use_site,
    components::crumbs::Crumbs,
    head::Head,
    reader::{apparatus, blocks, contents, notes},
};

pub fn head(it: &StandingPage) -> Head {
    Head::new(&it.title, &it.excerpt, Some(Route::Page { slug: it.slug.clone() }))
}

pub fn seed(it: &StandingPage) -> StandingPage {
    let mut it = it.clone();
    it.lead_html.clear();
    it.blocks.clear();
    it.toc.clear();
    it.terms.clear();
    it.references.clear();
    it
}

#[component]
pub fn StandingView(it: StandingPage) -> impl IntoView {
    let numbers = use_site().with_value(|site| site.emergency_numbers.clone());
    let with_sources = !it.references.is_empty();
    let aside = contents::aside(&it.toc, with_sources);
    let body = format!(
        r#"<div class="prose">{}</div>{}{}{}"#,
        blocks::html(&it.blocks, &numbers),
        apparatus::sources(&it.references),
        notes::for_paper(&it.terms),
        notes::html(&it.terms, &it.references)
    );
    let trail = vec![(Route::Page { slug: it.slug.clone() }.to_string(), it.title.clone())];
    view! {
        <article class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{it.title}</h1>
                <p class="headline__lead" inner_html=it.lead_html></p>
                <p class="meta">
                    <span class="meta__item">
                        {text().updated_on}" "
                        <time datetime=it.updated.to_string()>{date::long(it.updated)}</time>
                    </span>
                </p>
            </header>
            <div class="reading" data-depth="further">
                <aside class="reading__aside" aria-label=text().contents_page inner_html=aside></aside>
                <div class="reading__main stack stack--loose" inner_html=body></div>
            </div>
        </article>
    }
}
