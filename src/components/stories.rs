//! Pages as a list; the book spine tells the kind.

use contract::article::{ArticleKind, ArticleSummary};
use leptos::prelude::*;
use locale::{date, fill, text};

use crate::components::{cards::href, level::Level};

pub fn kind_name(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => text().kind_article,
        ArticleKind::Explainer => text().kind_explainer,
        ArticleKind::Interview => text().kind_interview,
        ArticleKind::Sponsored => text().kind_sponsored,
    }
}

fn spine(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "/icons/cups.svg#spine-article",
        ArticleKind::Explainer => "/icons/cups.svg#spine-explainer",
        ArticleKind::Interview => "/icons/cups.svg#spine-interview",
        ArticleKind::Sponsored => "/icons/cups.svg#spine-sponsored",
    }
}

/// Stories under a heading of their own list: `level` 2 on list pages, 3 inside a section.
#[component]
pub fn Stories(items: Vec<ArticleSummary>, level: u8) -> impl IntoView {
    let stories = items.into_iter().map(|it| {
        let kind = it.kind;
        let sponsored = kind == ArticleKind::Sponsored;
        let class = if sponsored { "story story--sponsored" } else { "story" };
        let kind_class = if sponsored { "kind kind--sponsored" } else { "kind" };
        let kind_words = match &it.sponsor {
            Some(sponsor) => fill(text().sponsored_by, &[("name", &sponsor.name)]),
            None => kind_name(kind).to_owned(),
        };
        let minutes = fill(text().minutes_short, &[("count", &it.reading_minutes.to_string())]);
        let href = href(&it);
        let link = view! { <a class="story__link" href=href>{it.title}</a> };
        let title = if level == 2 {
            view! { <h2 class="story__title">{link}</h2> }.into_any()
        } else {
            view! { <h3 class="story__title">{link}</h3> }.into_any()
        };
        let evidence = it.evidence.into_iter().next().map(|evidence| view! { <Level evidence/> });
        view! {
            <article class=class>
                <svg class="spine" viewBox="0 0 12 60" aria-hidden="true" focusable="false"><use href=spine(kind)></use></svg>
                <div class="story__body">
                    <p class="meta">
                        <span class=kind_class>{kind_words}</span>
                        <time class="meta__item" datetime=it.updated.to_string()>{date::long(it.updated)}</time>
                        <span class="meta__item">{minutes}</span>
                    </p>
                    {title}
                    <p class="story__text">{it.excerpt}</p>
                    {evidence}
                </div>
            </article>
        }
    });
    view! { <div class="stories">{stories.collect_view()}</div> }
}
