//! `/recherche?q=`.

use contract::{error::Problem, route::Route, search::Hit, search::HitKind};
use locale::{fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    api::Api,
    components::{crumbs::crumbs, icon::motif, search::search},
    head::Head,
    page::SearchPage,
};

pub async fn load(api: &Api, query: &str) -> Result<SearchPage, Problem> {
    let asked = query.trim();
    let hits = if asked.is_empty() { None } else { Some(api.search(asked).await?) };
    Ok(SearchPage { query: asked.to_owned(), hits })
}

pub fn head(it: &SearchPage) -> Head {
    let title = if it.query.is_empty() {
        text().search_title().to_owned()
    } else {
        fill(text().search_title_for(), &[("query", &it.query)])
    };
    // Results are no page of their own for search engines.
    let canonical = it.query.is_empty().then_some(Route::Search { query: String::new() });
    Head::new(&title, text().search_lead(), canonical)
}

fn kind_name(kind: HitKind) -> &'static str {
    match kind {
        HitKind::Article => text().hit_article(),
        HitKind::Glossary => text().hit_glossary(),
        HitKind::Page => text().hit_page(),
        HitKind::Testimonial => text().hit_testimonial(),
        HitKind::Practitioner => text().hit_practitioner(),
        HitKind::Town => text().hit_town(),
    }
}

fn list(query: &str, hits: &[Hit]) -> Markup {
    let t = text();
    html! {
        @if hits.is_empty() {
            div class="empty" {
                (motif("rayon"))
                h2 { (fill(t.search_none(), &[("query", query)])) }
                p { (t.search_none_text()) }
                ul {
                    li { a href="/comprendre" { (t.understand_title()) } }
                    li { a href="/glossaire" { (t.glossary_title()) } }
                    li { a href="/articles" { (t.articles_title()) } }
                }
            }
        } @else {
            ol class="hits" {
                @for it in hits {
                    li class="hits__item" {
                        p class="hits__kind" { (kind_name(it.kind)) }
                        h2 class="hits__title" { a href=(it.href) { (it.title) } }
                        p class="hits__excerpt" { (PreEscaped(&it.excerpt_html)) }
                    }
                }
            }
        }
    }
}

pub fn view(it: &SearchPage) -> Markup {
    let t = text();
    html! {
        div class="wrap" {
            (crumbs(&[("/recherche", t.search_title())]))
            header class="title-block" id="tete" { h1 { (t.search_title()) } }
            (search(&it.query, &[]))
            @if let Some(hits) = &it.hits {
                p class="muted" role="status" { (t.search_count().with(hits.total)) }
                (list(&it.query, &hits.items))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_text_wherever_it_is_shown() {
        let query = r#"<script>"x""#.to_owned();
        let html = view(&SearchPage { query: query.clone(), hits: None }).into_string();
        assert!(
            !html.contains("<script>") && html.contains("&lt;script&gt;&quot;x&quot;"),
            "{html}"
        );
        assert!(!list(&query, &[]).into_string().contains("<script>"));
    }

    #[test]
    fn an_excerpt_keeps_its_marks() {
        let hit = Hit {
            kind: HitKind::Glossary,
            title: "A & B".into(),
            href: "/glossaire#a".into(),
            excerpt_html: "<mark>a</mark>".into(),
        };
        let html = list("a", &[hit]).into_string();
        assert!(html.contains("<mark>a</mark>") && html.contains("A &amp; B"), "{html}");
    }
}
