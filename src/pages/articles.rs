//! `/articles` and `/themes/{topic}`: every page, newest first.

use contract::{error::Problem, error::ProblemKind, route::Route};
use locale::{fill, text};
use maud::{Markup, html};

use crate::{
    api::{Api, ListQuery},
    components::{crumbs::crumbs, pagination::pagination, stories::stories, topics::topics},
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

/// Address of one page of this list.
fn route(it: &ArticleList, page: u32) -> Route {
    match &it.topic {
        Some(topic) => Route::Topic { topic: topic.slug.clone(), page },
        None => Route::Articles { page },
    }
}

fn title(it: &ArticleList) -> String {
    match &it.topic {
        Some(topic) => fill(text().topic_title(), &[("topic", &topic.name)]),
        None => text().articles_title().to_owned(),
    }
}

fn lead(it: &ArticleList) -> String {
    match &it.topic {
        Some(_) => text().topic_lead().with(it.listing.total),
        None => text().articles_lead().to_owned(),
    }
}

fn page_of(it: &ArticleList) -> Option<String> {
    let last = it.listing.last_page();
    let values = [("page", &*it.listing.page.to_string()), ("last", &last.to_string())];
    (1 < last).then(|| fill(text().page_of(), &values))
}

pub fn head(it: &ArticleList) -> Head {
    let page = if it.listing.page == 1 { None } else { page_of(it) };
    let title = [Some(title(it)), page].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Head::new(&title, &lead(it), Some(route(it, it.listing.page)))
}

pub fn view(it: &ArticleList) -> Markup {
    let own = route(it, 1).to_string();
    let mut trail = vec![("/articles", text().articles())];
    if let Some(topic) = &it.topic {
        trail.push((&own, &topic.name));
    }
    html! {
        div class="wrap" {
            (crumbs(&trail))
            header class="title-block" id="tete" {
                h1 { (title(it)) }
                p class="headline__lead" { (lead(it)) }
                @if let Some(words) = page_of(it) { p class="muted small" { (words) } }
            }
            (topics(&it.topics, it.topic.as_ref()))
            (stories(&it.listing.items, 2))
            (pagination(it.listing.page, it.listing.last_page(), &|page| route(it, page)))
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::{list::Listing, slug::Slug};

    use super::*;

    #[test]
    fn a_later_page_of_a_topic_says_where_it_is() {
        let topic = contract::article::Topic {
            slug: Slug::try_from("cancer").unwrap(),
            name: "Cancer & co".into(),
            count: 3,
        };
        let it = ArticleList {
            listing: Listing { items: Vec::new(), page: 2, per_page: 1, total: 3 },
            topics: vec![topic.clone()],
            topic: Some(topic),
        };
        let html = view(&it).into_string();
        assert!(html.contains("Cancer &amp; co"), "{html}");
        assert!(html.contains(r#"href="/themes/cancer/page/3""#), "{html}");
        assert!(html.contains(r#"<ul class="stories"></ul>"#), "{html}");
        assert_eq!(
            head(&it).canonical.map(|it| it.to_string()).as_deref(),
            Some("/themes/cancer/page/2")
        );
    }
}
