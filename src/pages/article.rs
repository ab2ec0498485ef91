//! `/articles/{slug}` at its three depths.
//!
//! The article is HTML set once, in a few parts around the two things that follow the reader: the
//! attribute that hides what the chosen depth leaves out, and the links between the depths.

use contract::{
    article::{Article, ArticleKind, Review},
    error::Problem,
    route::{Depth, Route},
    site::Site,
    slug::Slug,
};
use leptos::prelude::*;
use locale::{date, fill, text};
use maud::{Markup, PreEscaped, html};

use crate::{
    api::Api,
    components::{
        cards::{cards, minutes},
        comment_form::{Written, comment_form},
        comments,
        crumbs::crumbs,
        disclosure::disclosure,
        emergency::emergency,
        feedback::feedback,
        icon::{icon, motif, shelf, spine},
        link::{Entry, link},
        nexts::nexts,
        questions::questions,
        share::share,
        stories::kind_name,
    },
    head::Head,
    html::day,
    page::{ArticlePage, IN_THE_DOM, Shelf},
    reader::{apparatus, blocks::blocks, contents, evidence, notes},
};

pub async fn load(api: &Api, slug: &Slug) -> Result<ArticlePage, Problem> {
    let article = api.get_article(slug).await?;
    let related = api.list_related(slug).await?;
    // The text matters more than what is written below it.
    let comments = match article.comments {
        true => api.list_comments(slug, 1).await.ok(),
        false => None,
    };
    let overdue = article.review_due < api.today() && article.sponsor.is_none();
    Ok(ArticlePage { article, related, comments, overdue })
}

pub fn head(article: &Article) -> Head {
    Head::new(&article.title, &article.excerpt, Some(own_route(article)))
}

fn own_route(article: &Article) -> Route {
    Route::Article { slug: article.slug.clone(), depth: Depth::Full }
}

/// What never changes, as HTML, in the order of the page.
pub struct Parts {
    opening: String,
    contents: String,
    strip: String,
    text: String,
    related: String,
}

impl Parts {
    pub fn of(it: &ArticlePage, site: &Site) -> Parts {
        Parts {
            opening: opening(it, site).into_string(),
            contents: margin(&it.article).into_string(),
            strip: evidence::strip(&it.article).into_string(),
            text: body(it, site).into_string(),
            related: related(it).into_string(),
        }
    }

    /// For hydration, which leaves inner HTML alone.
    pub fn in_the_dom() -> Parts {
        let part = || IN_THE_DOM.to_owned();
        Parts { opening: part(), contents: part(), strip: part(), text: part(), related: part() }
    }
}

/// An article with its choice of depths. Server and browser walk the same elements here whatever
/// the article holds: what may be absent is inside of a part.
pub fn view(parts: Parts, shelf: Shelf, route: RwSignal<Route>) -> impl IntoView {
    let depth = move || {
        route.with(|route| match route {
            Route::Article { depth, .. } => depth.name(),
            _ => Depth::Full.name(),
        })
    };
    view! {
        <article class="wrap">
            <div class="page" inner_html=parts.opening></div>
            <div class="reading" data-depth=depth>
                <aside
                    class="reading__aside"
                    aria-label=text().contents_page()
                    inner_html=parts.contents
                ></aside>
                <div class="reading__main stack stack--loose">
                    <div class="page" inner_html=parts.strip></div>
                    <nav class="depths" aria-labelledby="t-depths">
                        <p class="depths__label" id="t-depths">{text().depths()}</p>
                        <ul class="depths__list">{depths(&shelf, route)}</ul>
                    </nav>
                    <div class="page" inner_html=parts.text></div>
                </div>
            </div>
            <div class="page" inner_html=parts.related></div>
        </article>
    }
}

/// Links to the three depths: one address each, the same document.
fn depths(shelf: &Shelf, route: RwSignal<Route>) -> impl IntoView + use<> {
    let names = [text().depth_minute(), text().depth_full(), text().depth_further()];
    let links = Depth::ALL.into_iter().zip(names).zip(shelf.minutes).map(|((it, name), count)| {
        let time = html! { (name) span class="depths__time" { (minutes(count)) } };
        let entry = Entry {
            item: Some("depths__item"),
            class: "depths__link",
            href: Route::Article { slug: shelf.slug.clone(), depth: it }.to_string(),
            name: time.into_string(),
        };
        link(entry, route, |route, href| (route.path() == href).then_some("true"))
    });
    links.collect_view()
}

/// A sponsored article: without depths to choose, so at the deepest, where nothing is left out.
pub fn sponsored(it: &ArticlePage, site: &Site) -> Markup {
    html! {
        article class="wrap" {
            (opening(it, site))
            div class="reading" data-depth="further" {
                aside class="reading__aside" aria-label=(text().contents_page()) {
                    (margin(&it.article))
                }
                div class="reading__main stack stack--loose" { (body(it, site)) }
            }
            (related(it))
        }
    }
}

/// All that stands before the text and its contents.
fn opening(it: &ArticlePage, site: &Site) -> Markup {
    let article = &it.article;
    let own = own_route(article).to_string();
    let section = match article.kind {
        ArticleKind::Explainer => ("/comprendre", text().understand()),
        _ => ("/articles", text().articles()),
    };
    let due = date::long(article.review_due);
    html! {
        (crumbs(&[section, (&own, &article.short_title)]))
        @if let Some(sponsor) = &article.sponsor { (disclosure(sponsor)) }
        (headline(article))
        @if it.overdue {
            p class="overdue" role="note" {
                (icon("warning"))
                span { (fill(text().overdue(), &[("date", &due)])) }
            }
        }
        @if article.emergency { (emergency(&site.emergency_numbers)) }
    }
}

fn headline(article: &Article) -> Markup {
    html! {
        header class="headline" id="tete" {
            div class="headline__body" {
                p.kind."kind--sponsored"[article.sponsor.is_some()] {
                    (spine(article.kind))
                    (kind_name(article.kind))
                }
                h1 class="headline__title" { (article.title) }
                p class="headline__lead" { (PreEscaped(&article.lead_html)) }
                (meta(article))
            }
            div class="headline__art" { (motif(&article.image)) }
        }
    }
}

/// Who wrote it and when, how long it takes, and whether a health professional has read it.
fn meta(article: &Article) -> Markup {
    let authors: Vec<&str> = article.authors.iter().map(|it| it.name.as_str()).collect();
    let pending = match &article.review {
        _ if article.sponsor.is_some() => None,
        Review::Pending => Some(text().review_pending().to_owned()),
        Review::By { reviewer, on } => Some(fill(
            text().reviewed_by(),
            &[("name", &reviewer.name), ("role", &reviewer.role), ("date", &date::long(*on))],
        )),
    };
    html! {
        p class="meta" {
            span class="meta__item" { (authors.join(", ")) }
            " "
            span class="meta__item" { (text().published_on()) " " (day(article.published)) }
            " "
            span class="meta__item" { (text().updated_on()) " " (day(article.updated)) }
            " "
            span class="meta__item" { (text().reading_time().with(article.reading_minutes.into())) }
        }
        @if let Some(words) = pending { p class="pending" { (icon("clock")) (words) } }
    }
}

fn margin(article: &Article) -> Markup {
    contents::aside(&article.toc, !article.references.is_empty())
}

/// The text and all that hangs on it.
fn body(it: &ArticlePage, site: &Site) -> Markup {
    let article = &it.article;
    let address = format!("{}{}", site.url, own_route(article));
    html! {
        (contents::fold(&article.toc, !article.references.is_empty()))
        @if !article.minute.is_empty() { (minute(&article.minute)) }
        div class="prose depth-full" { (blocks(&article.blocks, &site.emergency_numbers)) }
        @if !article.editors_note_html.is_empty() { (editors_note(&article.editors_note_html)) }
        (nexts(site.features))
        (questions(text().questions_title(), &article.questions))
        (apparatus::sources(&article.references))
        (apparatus::corrections(&article.corrections))
        (apparatus::facts(article, site))
        (share(&address, &article.title))
        @if site.features.feedback && article.sponsor.is_none() { (feedback(&article.slug)) }
        @match &it.comments {
            Some(comments) => (comments::comments(
                &article.slug,
                comments,
                &comment_form(&article.slug, &Written::default(), site),
            )),
            None if article.comments => p class="muted" role="note" { (text().comments_unavailable()) },
            None => {}
        }
        (notes::for_paper(&article.terms, &fill(text().print_from(), &[("url", &address)])))
        (notes::notes(&article.terms, &article.references))
    }
}

/// "En 1 minute": the answer in a few sentences.
fn minute(sentences: &[String]) -> Markup {
    html! {
        section class="minute" aria-labelledby="t-minute" {
            h2 class="minute__title" id="t-minute" { (text().minute_title()) }
            ul class="bullets" {
                @for it in sentences {
                    li class="bullets__item" { span { (PreEscaped(it)) } }
                }
            }
        }
    }
}

/// What the editors say beside a sponsored text.
fn editors_note(note_html: &str) -> Markup {
    html! {
        section class="evidence" aria-labelledby="t-note" {
            h2 class="h-small" id="t-note" { (text().editors_note()) }
            p { (PreEscaped(note_html)) }
            p { a href="/comprendre/comparer" { (text().understand_compare()) } }
        }
        p class="muted small" { (text().comments_closed_sponsored()) }
    }
}

fn related(it: &ArticlePage) -> Markup {
    html! {
        @if !it.related.is_empty() {
            section class="section late" aria-labelledby="t-related" {
                (shelf())
                div class="section__head section__head--shelf" {
                    h2 id="t-related" { (text().related_title()) }
                }
                (cards(&it.related, true))
            }
        }
    }
}
