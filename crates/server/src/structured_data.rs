//! What machines read of a page: title, canonical address, Open Graph, schema.org, the app's seed.

mod practice;

use app::page::Page;
use contract::{
    article::{Article, ArticleKind, Person, Review},
    embed::OEMBED,
    page::Comparison,
    paths::{BASE, clusters},
    route::{Depth, Route, encode},
    site::Site,
};
use locale::text;
use serde_json::{Value, json};

use crate::config::Config;

/// Everything between the marks of the page's head.
pub fn head(site: &Site, page: &Page) -> String {
    let head = page.head(site);
    let title = app::html::escape(&head.full_title(site));
    let description = app::html::escape(&head.description);
    // A page that is not worth an address must not claim another's.
    let address = head.canonical.as_ref().map_or_else(String::new, |route| {
        let address = app::html::escape(&format!("{}{route}", site.url));
        format!(
            "<link rel=\"canonical\" href=\"{address}\">\n\
             <meta property=\"og:url\" content=\"{address}\">\n"
        )
    });
    let robots = if head.canonical.is_some() { "index,follow" } else { "noindex" };
    let kind = if matches!(page, Page::Article(_)) { "article" } else { "website" };
    let picture = format!("{}{}", site.url, picture_path(page));
    let mut out = format!(
        "<title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n\
         <meta name=\"robots\" content=\"{robots}\">\n\
         {address}\
         <meta property=\"og:type\" content=\"{kind}\">\n\
         <meta property=\"og:site_name\" content=\"{name}\">\n\
         <meta property=\"og:locale\" content=\"fr_FR\">\n\
         <meta property=\"og:title\" content=\"{short}\">\n\
         <meta property=\"og:description\" content=\"{description}\">\n\
         <meta property=\"og:image\" content=\"{picture}\">\n\
         <meta property=\"og:image:width\" content=\"1200\">\n\
         <meta property=\"og:image:height\" content=\"630\">\n\
         <meta property=\"og:image:alt\" content=\"{short}\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n",
        name = app::html::escape(&site.name),
        short = app::html::escape(&head.title),
    );
    if let Page::Map(it) = page {
        // Where the map stands beside the list it is drawn at once; on a phone it waits for a press.
        out.push_str(
            "<link rel=\"preload\" as=\"script\" href=\"/leaflet/leaflet.js\" \
             media=\"(min-width: 60rem)\" data-leaflet>\n",
        );
        if let Some((bbox, sight)) = app::map::sight::foreseen(&it.view) {
            // In narrower windows the map shows more of the world, farther away.
            let address = format!("{BASE}{}", clusters(&it.view.query, bbox, sight.zoom));
            out.push_str(&format!(
                "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{}\" \
                 media=\"(min-width: 72rem)\" data-ahead>\n",
                app::html::escape(&address)
            ));
        }
    }
    if let Page::Map(it) = page
        && site.embedding
    {
        let own = format!("{}{}", site.url, Route::Map(Box::new(it.view.clone())));
        let address = format!("{}{}?url={}&format=json", site.url, OEMBED, encode(&own));
        out.push_str(&format!(
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{}\">\n",
            app::html::escape(&address),
            app::html::escape(&head.title)
        ));
    }
    for (kind, path, name) in [
        ("application/rss+xml", "/feed.xml", text().footer_rss()),
        ("application/atom+xml", "/atom.xml", text().footer_atom()),
        ("application/feed+json", "/feed.json", text().footer_json_feed()),
    ] {
        out.push_str(&format!(
            "<link rel=\"alternate\" type=\"{kind}\" href=\"{path}\" title=\"{name}\">\n"
        ));
    }
    out
}

/// What machines read and nobody sees: schema.org, and the app's seed. It stands at the end of the
/// page, where it does not keep readers from the text.
pub fn data(config: &Config, route: &Route, page: &Page) -> String {
    let site = &config.site;
    let mut out = String::new();
    let mut script = |attributes: &str, json: &str| {
        out.push_str(&format!("<script {attributes}>{}</script>", script_safe(json)));
    };
    for value in linked_data(config, route, page) {
        script("type=\"application/ld+json\"", &value.to_string());
    }
    // The seed is the contract's own types: it always serialises. The app waits for it, so it is last.
    let seed = serde_json::to_string(&page.seed(site)).unwrap_or_default();
    script("type=\"application/json\" id=\"seed\"", &seed);
    out
}

/// Where a page's generated picture is.
fn picture_path(page: &Page) -> String {
    match page {
        Page::Article(it) => format!("/pictures/{}.png", it.article.slug),
        _ => "/pictures/site.png".to_owned(),
    }
}

/// JSON that cannot end the `script` element it stands in (HTML, section 4.12.1.3).
fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn linked_data(config: &Config, route: &Route, page: &Page) -> Vec<Value> {
    let site = &config.site;
    let mut all = Vec::new();
    match page {
        Page::Home(_) => {
            all.push(organization(site));
            all.push(json!({
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": site.name,
                "url": format!("{}/", site.url),
                "inLanguage": site.languages,
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": format!("{}/recherche?q={{q}}", site.url),
                    "query-input": "required name=q",
                },
            }));
        }
        Page::Article(it) => {
            all.push(article(site, &it.article, &config.facts.default_author));
            all.push(breadcrumbs(site, &section_trail(&it.article)));
        }
        Page::Standing(it) => all.push(breadcrumbs(site, &[(route.clone(), it.title.clone())])),
        Page::Comparison(it) => {
            let url = format!("{}{}", site.url, Route::Comparison);
            all.push(json!({
                "@context": "https://schema.org",
                "@type": "MedicalWebPage",
                "headline": it.title,
                "description": it.excerpt,
                "url": url,
                "inLanguage": "fr",
                "datePublished": it.published,
                "dateModified": it.updated,
                "publisher": organization_node(site),
            }));
            all.push(json!({
                "@context": "https://schema.org",
                "@type": "FAQPage",
                "url": url,
                "inLanguage": "fr",
                "mainEntity": questions(it),
            }));
            let trail = [
                (Route::Understand, text().understand().to_owned()),
                (Route::Comparison, it.short_title.clone()),
            ];
            all.push(breadcrumbs(site, &trail));
        }
        // Search engines take whatever is marked as a practice for one that exists.
        Page::Practitioner(it) if !it.practitioner.sample => {
            all.push(practice::node(site, &it.practitioner));
            let own = (route.clone(), it.practitioner.name.clone());
            let map = (Route::Map(Box::default()), text().map().to_owned());
            all.push(breadcrumbs(site, &[map, own]));
        }
        Page::Map(_) => all.push(breadcrumbs(
            site,
            &[(Route::Map(Box::default()), text().map_title().to_owned())],
        )),
        Page::Glossary(terms) => {
            let terms: Vec<Value> = terms
                .iter()
                .map(|it| {
                    json!({
                        "@type": "DefinedTerm",
                        "name": it.term,
                        "description": it.definition,
                        "url": format!("{}/glossaire#{}", site.url, it.slug),
                    })
                })
                .collect();
            all.push(json!({
                "@context": "https://schema.org",
                "@type": "DefinedTermSet",
                "name": text().glossary_title(),
                "url": format!("{}/glossaire", site.url),
                "inLanguage": "fr",
                "hasDefinedTerm": terms,
            }));
        }
        _ => {}
    }
    all
}

/// The comparison answers each question twice: that is what a reader sees, so both are the answer.
fn questions(comparison: &Comparison) -> Vec<Value> {
    let side = |name: &str, html: &str| format!("<p>{name}\u{a0}: {html}</p>");
    comparison
        .rows
        .iter()
        .map(|row| {
            let answer = [
                side(&comparison.left.name, &without_buttons(&row.left_html)),
                side(&comparison.right.name, &without_buttons(&row.right_html)),
            ];
            json!({
                "@type": "Question",
                "name": row.question,
                "acceptedAnswer": { "@type": "Answer", "text": answer.concat() },
            })
        })
        .collect()
}

/// Without evidence marks, and with terms as plain words: buttons mean nothing outside the page.
fn without_buttons(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<button") {
        out.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or(("", ""));
        let (words, after) = after.split_once("</button>").unwrap_or(("", after));
        if !tag.contains("class=\"proof\"") {
            out.push_str(words);
        }
        rest = after;
    }
    out.push_str(rest);
    // What held a mark to its word.
    out.replace("<span class=\"nowrap\">", "").replace("</span>", "").replace('\u{2060}', "")
}

fn section_trail(article: &Article) -> [(Route, String); 2] {
    let section = match article.kind {
        ArticleKind::Explainer => (Route::Understand, text().understand().to_owned()),
        _ => (Route::Articles { page: 1 }, text().articles().to_owned()),
    };
    let own = Route::Article { slug: article.slug.clone(), depth: Depth::Full };
    [section, (own, article.short_title.clone())]
}

fn organization_node(site: &Site) -> Value {
    json!({
        "@type": "Organization",
        "name": site.name,
        "url": format!("{}/", site.url),
        "logo": format!("{}/icons/icon-512.png", site.url),
    })
}

fn organization(site: &Site) -> Value {
    let mut node = organization_node(site);
    node["@context"] = json!("https://schema.org");
    node["description"] = json!(site.description);
    if !site.social.is_empty() {
        node["sameAs"] = site.social.iter().map(|it| json!(it.url)).collect();
    }
    if let Some(email) = &site.contact_email {
        node["email"] = json!(email);
    }
    node
}

fn breadcrumbs(site: &Site, trail: &[(Route, String)]) -> Value {
    let home = (Route::Home, text().home().to_owned());
    let items: Vec<Value> = std::iter::once(&home)
        .chain(trail)
        .enumerate()
        .map(|(at, (route, name))| {
            json!({
                "@type": "ListItem",
                "position": at + 1,
                "name": name,
                "item": format!("{}{route}", site.url),
            })
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    })
}

/// `MedicalWebPage` for what explains medicine; a paid text is an `AdvertiserContentArticle`.
fn article(site: &Site, article: &Article, editors: &Person) -> Value {
    let url = format!("{}/articles/{}", site.url, article.slug);
    let kind = match article.kind {
        ArticleKind::Explainer => "MedicalWebPage",
        ArticleKind::Article | ArticleKind::Interview => "Article",
        ArticleKind::Sponsored => "AdvertiserContentArticle",
    };
    // The byline of pages that name nobody is the editors', who are a team.
    let author = |it: &Person| match it == editors {
        true => json!({ "@type": "Organization", "name": it.name }),
        false => json!({ "@type": "Person", "name": it.name, "jobTitle": it.role }),
    };
    let authors: Vec<Value> = article.authors.iter().map(author).collect();
    let citations: Vec<Value> = article
        .references
        .iter()
        .map(|it| {
            let mut work = json!({ "@type": "CreativeWork", "name": it.title });
            if let Some(href) = it.href() {
                work["url"] = json!(href);
            }
            work
        })
        .collect();
    let mut node = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "headline": article.title,
        "name": article.title,
        "description": article.excerpt,
        "url": url,
        "mainEntityOfPage": url,
        "image": format!("{}/pictures/{}.png", site.url, article.slug),
        "inLanguage": "fr",
        "datePublished": article.published,
        "dateModified": article.updated,
        "timeRequired": format!("PT{}M", article.reading_minutes),
        "author": authors,
        "publisher": organization_node(site),
        "about": article.topics.iter().map(|it| json!(it.name)).collect::<Vec<_>>(),
        "citation": citations,
        "isAccessibleForFree": true,
    });
    if let (Review::By { reviewer, on }, true) = (&article.review, kind == "MedicalWebPage") {
        node["reviewedBy"] =
            json!({ "@type": "Person", "name": reviewer.name, "jobTitle": reviewer.role });
        node["lastReviewed"] = json!(on);
    }
    if let Some(sponsor) = &article.sponsor {
        node["sponsor"] = json!({ "@type": "Organization", "name": sponsor.name });
        node["creativeWorkStatus"] = json!(text().kind_sponsored());
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_its_words_and_loses_its_marks() {
        let html = "Des <button class=\"term\" type=\"button\">mots</button><span class=\"nowrap\">\u{2060}\
                    <button class=\"proof\" type=\"button\">1</button>.</span>";
        assert_eq!(without_buttons(html), "Des mots.");
        assert_eq!(without_buttons("<button"), "");
    }

    #[test]
    fn json_in_a_script_cannot_end_it() {
        let json = script_safe(&json!("</script><script>alert(1)</script>").to_string());
        assert!(!json.contains('<'), "{json}");
        assert_eq!(
            serde_json::from_str::<String>(&json).unwrap(),
            "</script><script>alert(1)</script>"
        );
    }
}
