//! `/articles/{slug}` at its three depths.

use contract::{
    article::{Article, ArticleKind, Review},
    error::Problem,
    route::{Depth, Route},
    slug::Slug,
};
use leptos::prelude::*;
use locale::{date, fill, text};

use crate::{
    api::Api,
    app::use_site,
    components::{
        cards::Cards, crumbs::Crumbs, disclosure::Disclosure, emergency::Emergency, icon::Icon,
        icon::Motif, nexts::Nexts, questions::Questions, share::Share, stories::kind_name,
    },
    head::Head,
    page::ArticlePage,
    reader::{apparatus, blocks, contents, evidence, notes},
};

pub async fn load(api: &Api, slug: &Slug) -> Result<ArticlePage, Problem> {
    let article = api.get_article(slug).await?;
    let related = api.list_related(slug).await?;
    let overdue = article.review_due < api.today() && article.sponsor.is_none();
    Ok(ArticlePage { article, related, overdue })
}

pub fn head(article: &Article) -> Head {
    let route = Route::Article { slug: article.slug.clone(), depth: Depth::Full };
    Head::new(&article.title, &article.excerpt, Some(route))
}

/// Without what the view sets as inner HTML.
pub fn seed(page: &ArticlePage) -> ArticlePage {
    let mut page = page.clone();
    let article = &mut page.article;
    article.question.clear();
    article.lead_html.clear();
    article.editors_note_html.clear();
    article.minute.clear();
    article.blocks.clear();
    article.toc.clear();
    article.terms.clear();
    article.references.clear();
    article.corrections.clear();
    article.evidence.clear();
    page
}

/// The text and all that hangs on it, as HTML set once.
struct Body {
    lead: String,
    strip: String,
    aside: String,
    fold: String,
    text: String,
    apparatus: String,
}

fn body(article: &Article) -> Body {
    let site = use_site();
    site.with_value(|site| {
        let numbers = &site.emergency_numbers;
        let with_sources = !article.references.is_empty();
        let apparatus = [
            apparatus::sources(&article.references),
            apparatus::corrections(&article.corrections),
            apparatus::facts(article, site),
            notes::for_paper(&article.terms),
            notes::html(&article.terms, &article.references),
        ];
        Body {
            lead: article.lead_html.clone(),
            strip: evidence::strip(article),
            aside: contents::aside(&article.toc, with_sources),
            fold: contents::fold(&article.toc, with_sources),
            text: text_html(article, &blocks::html(&article.blocks, numbers)),
            apparatus: apparatus.concat(),
        }
    })
}

fn text_html(article: &Article, blocks: &str) -> String {
    let mut out = String::new();
    if !article.minute.is_empty() {
        out.push_str(&format!(
            r#"<section class="minute" aria-labelledby="t-minute"><h2 class="minute__title" id="t-minute">{}</h2><ul class="bullets">"#,
            text().minute_title
        ));
        for it in &article.minute {
            out.push_str(&format!(r#"<li class="bullets__item"><div>{it}</div></li>"#));
        }
        out.push_str("</ul></section>");
    }
    out.push_str(&format!(r#"<div class="prose depth-full">{blocks}</div>"#));
    if !article.editors_note_html.is_empty() {
        out.push_str(&format!(
            r#"<section class="evidence" aria-labelledby="t-note"><h2 class="h-small" id="t-note">{}</h2><p>{}</p><p><a href="/comprendre/comparer">{}</a></p></section><p class="muted small">{}</p>"#,
            text().editors_note,
            article.editors_note_html,
            text().understand_compare,
            text().comments_closed_sponsored
        ));
    }
    out
}

fn section(kind: ArticleKind) -> (String, String) {
    match kind {
        ArticleKind::Explainer => ("/comprendre".to_owned(), text().understand.to_owned()),
        _ => ("/articles".to_owned(), text().articles.to_owned()),
    }
}

/// Links to the three depths: one address each, the same document.
#[component]
fn Depths(slug: Slug, minutes: [u16; 3], depth: Memo<Depth>) -> impl IntoView {
    let names = [text().depth_minute, text().depth_full, text().depth_further];
    let links = Depth::ALL.into_iter().zip(names).zip(minutes).map(|((it, name), minutes)| {
        let href = Route::Article { slug: slug.clone(), depth: it }.to_string();
        let minutes = fill(text().minutes_short, &[("count", &minutes.to_string())]);
        view! {
            <li class="depths__item">
                <a class="depths__link" href=href aria-current=move || (depth.get() == it).then_some("true")>
                    {name}<span class="depths__time">{minutes}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="depths" aria-labelledby="t-depths">
            <p class="depths__label" id="t-depths">{text().depths}</p>
            <ul class="depths__list">{links.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Meta(article: Article) -> impl IntoView {
    let authors: Vec<_> = article.authors.iter().map(|it| it.name.clone()).collect();
    let minutes = text().reading_time.with(article.reading_minutes.into());
    let pending = match &article.review {
        _ if article.sponsor.is_some() => None,
        Review::Pending => Some(text().review_pending.to_owned()),
        Review::By { reviewer, on } => Some(fill(
            text().reviewed_by,
            &[("name", &reviewer.name), ("role", &reviewer.role), ("date", &date::long(*on))],
        )),
    };
    view! {
        <p class="meta">
            <span class="meta__item">{authors.join(", ")}</span>
            <span class="meta__item">
                {text().published_on}" "
                <time datetime=article.published.to_string()>{date::long(article.published)}</time>
            </span>
            <span class="meta__item">
                {text().updated_on}" "
                <time datetime=article.updated.to_string()>{date::long(article.updated)}</time>
            </span>
            <span class="meta__item">{minutes}</span>
        </p>
        {pending.map(|words| view! { <p class="pending"><Icon name="clock"/>{words}</p> })}
    }
}

#[component]
pub fn ArticlePageView(it: ArticlePage, route: RwSignal<Route>) -> impl IntoView {
    let ArticlePage { article, related, overdue } = it;
    let depth = Memo::new(move |_| {
        route.with(|route| match route {
            Route::Article { depth, .. } => *depth,
            _ => Depth::Full,
        })
    });
    let Body { lead, strip, aside, fold, text: body, apparatus } = body(&article);
    let site = use_site();
    let (features, numbers, address) = site.with_value(|site| {
        let route = Route::Article { slug: article.slug.clone(), depth: Depth::Full };
        (site.features, site.emergency_numbers.clone(), format!("{}{route}", site.url))
    });
    let address_on_paper = fill(text().print_from, &[("url", &address)]);

    let kind = article.kind;
    let sponsor = article.sponsor.clone();
    let sponsored = sponsor.is_some();
    let (section_href, section_name) = section(kind);
    let own_href = Route::Article { slug: article.slug.clone(), depth: Depth::Full }.to_string();
    let trail = vec![(section_href, section_name), (own_href, article.short_title.clone())];
    let minutes = [article.minute_minutes, article.reading_minutes, article.further_minutes];
    let questions = article.questions.clone();
    let due = date::long(article.review_due);

    view! {
        <article class="wrap">
            <Crumbs trail/>
            {sponsor.map(|sponsor| view! { <Disclosure sponsor/> })}
            <header class="headline">
                <div class="headline__body">
                    <p class=if sponsored { "kind kind--sponsored" } else { "kind" }>{kind_name(kind)}</p>
                    <h1 class="headline__title">{article.title.clone()}</h1>
                    <p class="headline__lead" inner_html=lead></p>
                    <Meta article=article.clone()/>
                </div>
                <div class="headline__art"><Motif name=article.image.clone()/></div>
            </header>
            {overdue.then(|| view! {
                <p class="overdue" role="note"><Icon name="warning"/><span>{fill(text().overdue, &[("date", &due)])}</span></p>
            })}
            {article.emergency.then(|| view! { <Emergency numbers/> })}
            <div class="reading" data-depth=move || depth.get().name()>
                <aside class="reading__aside" aria-label=text().contents_page inner_html=aside></aside>
                <div class="reading__main stack stack--loose">
                    <div class="reading__strip" inner_html=strip></div>
                    {(!sponsored).then(|| view! { <Depths slug=article.slug.clone() minutes depth/> })}
                    <details class="toc-fold reading__phone depth-full" inner_html=fold></details>
                    <div class="reading__text stack stack--loose" inner_html=body></div>
                    <Nexts features/>
                    <Questions title=text().questions_title items=questions/>
                    <div class="reading__apparatus stack stack--loose" inner_html=apparatus></div>
                    <Share address title=article.title.clone()/>
                    <p class="print-from" aria-hidden="true">{address_on_paper}</p>
                </div>
            </div>
            {(!related.is_empty()).then(|| view! {
                <section class="section" aria-labelledby="t-related">
                    <h2 id="t-related">{text().related_title}</h2>
                    <Cards items=related read_on=true/>
                </section>
            })}
        </article>
    }
}
