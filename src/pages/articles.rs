//! `/articles` and `/themes/{topic}`: every page, newest first.

use contract::{error::Problem, error::ProblemKind, route::Route, slug::Slug};
use leptos::prelude::*;
use locale::{fill, text};

use crate::{
    api::{Api, ListQuery},
    components::{crumbs::Crumbs, pagination::Pagination, stories::Stories, topics::Topics},
    head::Head,
    page::ArticleList,
};

pub async fn load(api: &Api, query: ListQuery) -> Result<ArticleList, Problem> {
    let listing = api.list_articles(&query).await?;
    let topics = api.list_topics().await?;
    let not_found = || ProblemKind::NotFound.problem("", "");
    let topic = match query.topic {
        Some(slug) => {
            Some(topics.iter().find(|it| it.slug == slug).cloned().ok_or_else(not_found)?)
        }
        None => None,
    };
    if listing.last_page() < query.page {
        return Err(not_found());
    }
    Ok(ArticleList { listing, topics, topic })
}

fn route(it: &ArticleList) -> Route {
    let page = it.listing.page;
    match &it.topic {
        Some(topic) => Route::Topic { topic: topic.slug.clone(), page },
        None => Route::Articles { page },
    }
}

fn title(it: &ArticleList) -> String {
    match &it.topic {
        Some(topic) => fill(text().topic_title, &[("topic", &topic.name)]),
        None => text().articles_title.to_owned(),
    }
}

fn lead(it: &ArticleList) -> String {
    match &it.topic {
        Some(_) => text().topic_lead.with(it.listing.total),
        None => text().articles_lead.to_owned(),
    }
}

fn page_of(it: &ArticleList) -> Option<String> {
    let last = it.listing.last_page();
    let values = [("page", &*it.listing.page.to_string()), ("last", &last.to_string())];
    (1 < last).then(|| fill(text().page_of, &values))
}

pub fn head(it: &ArticleList) -> Head {
    let page = if it.listing.page == 1 { None } else { page_of(it) };
    let title = [Some(title(it)), page].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Head::new(&title, &lead(it), Some(route(it)))
}

/// Address of one page of a list; `base` is the topic's slug, or empty for all articles.
fn address(base: &str, page: u32) -> String {
    match Slug::try_from(base) {
        Ok(topic) => Route::Topic { topic, page }.to_string(),
        Err(_) => Route::Articles { page }.to_string(),
    }
}

#[component]
pub fn ArticlesPage(it: ArticleList) -> impl IntoView {
    let own = route(&it).to_string();
    let mut trail = vec![("/articles".to_owned(), text().articles.to_owned())];
    if let Some(topic) = &it.topic {
        trail.push((own, topic.name.clone()));
    }
    let base = it.topic.as_ref().map_or(String::new(), |it| it.slug.to_string());
    let (page, last) = (it.listing.page, it.listing.last_page());
    let page_of = page_of(&it);
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{title(&it)}</h1>
                <p class="headline__lead">{lead(&it)}</p>
                {page_of.map(|words| view! { <p class="muted small">{words}</p> })}
            </header>
            <Topics topics=it.topics current=it.topic/>
            <Stories items=it.listing.items level=2/>
            <Pagination page last address base/>
        </div>
    }
}
