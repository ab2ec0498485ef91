//! `/comprendre`: the explainers' hub.

use contract::{error::Problem, route::Route};
use leptos::prelude::*;
use locale::text;

use crate::{
    api::{Api, ListQuery},
    components::{cards::Cards, crumbs::Crumbs, topics::Topics},
    head::Head,
    page::Understand,
};

pub async fn load(api: &Api) -> Result<Understand, Problem> {
    let query = ListQuery { explainers: true, topic: None, page: 1 };
    let explainers = api.list_articles(&query).await?.items;
    let topics = api.list_topics().await?;
    Ok(Understand { explainers, topics })
}

pub fn head() -> Head {
    Head::new(text().understand_title, text().understand_lead, Some(Route::Understand))
}

#[component]
pub fn UnderstandPage(it: Understand) -> impl IntoView {
    let trail = vec![("/comprendre".to_owned(), text().understand.to_owned())];
    view! {
        <div class="wrap">
            <Crumbs trail/>
            <header class="title-block">
                <h1>{text().understand_title}</h1>
                <p class="headline__lead">{text().understand_lead}</p>
            </header>
            <section class="section" aria-labelledby="t-explainers">
                <h2 class="sr-only" id="t-explainers">{text().explainers_list}</h2>
                <Cards items=it.explainers/>
            </section>
            <section class="nexts" aria-label=text().compare>
                <article class="next next--warm">
                    <h2 class="next__title">
                        <a class="next__link" href="/comprendre/comparer">{text().understand_compare}</a>
                    </h2>
                    <p class="next__text">{text().understand_compare_text}</p>
                </article>
            </section>
            <section class="section" aria-labelledby="t-topics">
                <h2 class="h-small" id="t-topics">{text().topics_nav}</h2>
                <Topics topics=it.topics current=None/>
            </section>
        </div>
    }
}
