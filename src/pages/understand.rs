//! `/comprendre`: the explainers' hub.

use contract::{error::Problem, route::Route};
use locale::text;
use maud::{Markup, html};

use crate::{
    api::{Api, ListQuery},
    components::{cards::cards, crumbs::crumbs, topics::topics},
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
    Head::new(text().understand_title(), text().understand_lead(), Some(Route::Understand))
}

pub fn view(it: &Understand) -> Markup {
    let t = text();
    html! {
        div class="wrap" {
            (crumbs(&[("/comprendre", t.understand())]))
            header class="title-block" id="tete" {
                h1 { (t.understand_title()) }
                p class="headline__lead" { (t.understand_lead()) }
            }
            section class="section late" aria-labelledby="t-explainers" {
                h2 class="sr-only" id="t-explainers" { (t.explainers_list()) }
                (cards(&it.explainers, false))
            }
            section class="nexts" aria-label=(t.compare()) {
                article class="next next--warm" {
                    h2 class="next__title" {
                        a class="next__link" href="/comprendre/comparer" { (t.understand_compare()) }
                    }
                    p class="next__text" { (t.understand_compare_text()) }
                }
            }
            section class="section late" aria-labelledby="t-topics" {
                h2 class="h-small" id="t-topics" { (t.topics_nav()) }
                (topics(&it.topics, None))
            }
        }
    }
}
