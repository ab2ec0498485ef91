//! `/recherche?q=`.

use contract::{error::Problem, route::Route, search::Hit, search::HitKind};
use leptos::prelude::*;
use locale::{fill, text};

use crate::{
    api::Api,
    components::{crumbs::Crumbs, search::SearchForm},
    head::Head,
    html::{escape, push},
    page::SearchPage,
};

pub async fn load(api: &Api, query: &str) -> Result<SearchPage, Problem> {
    let asked = query.trim();
    let hits = if asked.is_empty() { None } else { Some(api.search(asked).await?) };
    Ok(SearchPage { query: asked.to_owned(), hits })
}

pub fn head(it: &SearchPage) -> Head {
    let title = if it.query.is_empty() {
        text().search_title.to_owned()
    } else {
        fill(text().search_title_for, &[("query", &it.query)])
    };
    // Results are no page of their own for search engines.
    let canonical = it.query.is_empty().then_some(Route::Search { query: String::new() });
    Head::new(&title, text().search_lead, canonical)
}

pub fn seed(it: &SearchPage) -> SearchPage {
    let mut it = it.clone();
    if let Some(hits) = &mut it.hits {
        hits.items.clear();
    }
    it
}

fn kind_name(kind: HitKind) -> &'static str {
    match kind {
        HitKind::Article => text().hit_article,
        HitKind::Glossary => text().hit_glossary,
        HitKind::Page => text().hit_page,
    }
}

fn list(query: &str, hits: &[Hit]) -> String {
    if hits.is_empty() {
        return format!(
            r#"<div class="empty"><h2 class="empty__title">{}</h2><p>{}</p><ul class="empty__links"><li><a href="/comprendre">{}</a></li><li><a href="/glossaire">{}</a></li><li><a href="/articles">{}</a></li></ul></div>"#,
            escape(&fill(text().search_none, &[("query", query)])),
            text().search_none_text,
            text().understand_title,
            text().glossary_title,
            text().articles_title
        );
    }
    let mut out = String::from(r#"<ol class="hits">"#);
    for it in hits {
        push(
            &mut out,
            &[
                r#"<li class="hits__item"><p class="hits__kind">"#,
                kind_name(it.kind),
                r#"</p><h2 class="hits__title"><a href=""#,
                &escape(&it.href),
                r#"">"#,
                &escape(&it.title),
                r#"</a></h2><p class="hits__excerpt">"#,
                &it.excerpt_html,
                "</p></li>",
            ],
        );
    }
    out.push_str("</ol>");
    out
}

#[component]
pub fn SearchResults(it: SearchPage) -> impl IntoView {
    let trail = vec![("/recherche".to_owned(), text().search_title.to_owned())];
    let total = it.hits.as_ref().map(|hits| text().search_count.with(hits.total));
    let results = it.hits.map(|hits| {
        view! { <div class="section" inner_html=list(&it.query, &hits.items)></div> }
    });
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{text().search_title}</h1>
                <SearchForm query=it.query.clone()/>
                {total.map(|words| view! { <p class="muted" role="status">{words}</p> })}
            </header>
            {results}
        </div>
    }
}
