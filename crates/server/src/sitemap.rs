//! `sitemap.xml` and `robots.txt`, and the list of all pages they and the export share.

use contract::{
    date::Date,
    route::{Depth, Route},
    site::Site,
    slug::Slug,
};
use quick_xml::{Writer, events::BytesText};

use crate::{content::Library, endpoints::DEFAULT_PER_PAGE, snapshot::Snapshot};

/// A page that can be reached, with the day it last changed where it has one.
pub struct Entry {
    pub route: Route,
    pub updated: Option<Date>,
    /// Worth a search engine's visit; the other depths of a page are not a page of their own.
    pub listed: bool,
}

/// Every page of the site, search results apart.
pub fn entries(library: &Library, site: &Site) -> Vec<Entry> {
    let features = site.features;
    let fixed =
        [Route::Home, Route::Understand, Route::Glossary, Route::References, Route::Corrections];
    let mut all: Vec<Entry> =
        fixed.into_iter().map(|route| Entry { route, updated: None, listed: true }).collect();
    all.push(Entry {
        route: Route::Comparison,
        updated: Some(library.comparison().updated),
        listed: true,
    });
    all.push(Entry { route: Route::Search { query: String::new() }, updated: None, listed: true });
    if features.map {
        all.push(Entry { route: Route::Map(Box::default()), updated: None, listed: true });
    }
    if site.embedding {
        all.push(Entry { route: Route::Embedding(Box::default()), updated: None, listed: true });
    }
    let pages = |topic: Option<&Slug>| library.list(None, topic, 1, DEFAULT_PER_PAGE).last_page();
    all.extend((1..=pages(None)).map(|page| Entry {
        route: Route::Articles { page },
        updated: None,
        listed: true,
    }));
    for topic in library.topics() {
        all.extend((1..=pages(Some(&topic.slug))).map(|page| Entry {
            route: Route::Topic { topic: topic.slug.clone(), page },
            updated: None,
            listed: true,
        }));
    }
    for article in library.articles() {
        all.extend(
            Depth::ALL
                .into_iter()
                .filter(|it| *it == Depth::Full || article.sponsor.is_none())
                .map(|depth| Entry {
                    route: Route::Article { slug: article.slug.clone(), depth },
                    updated: Some(article.updated),
                    listed: depth == Depth::Full,
                }),
        );
    }
    all.extend(library.pages().map(|it| Entry {
        route: Route::Page { slug: it.slug.clone() },
        updated: Some(it.updated),
        listed: true,
    }));
    all
}

/// Sitemaps protocol 0.9.
pub fn sitemap(snapshot: &Snapshot) -> String {
    let site = &snapshot.config.site;
    let mut writer = Writer::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|writer| {
            for it in
                entries(&snapshot.library, &snapshot.config.site).into_iter().filter(|it| it.listed)
            {
                writer.create_element("url").write_inner_content(|writer| {
                    let address = format!("{}{}", site.url, it.route);
                    writer.create_element("loc").write_text_content(BytesText::new(&address))?;
                    if let Some(date) = it.updated {
                        let date = date.to_string();
                        writer
                            .create_element("lastmod")
                            .write_text_content(BytesText::new(&date))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        });
    let body = String::from_utf8(writer.into_inner()).unwrap_or_default();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n")
}

/// RFC 9309.
pub fn robots(snapshot: &Snapshot) -> String {
    format!(
        "User-agent: *\nDisallow: /recherche?\nDisallow: /moderation\nSitemap: {}/sitemap.xml\n",
        snapshot.config.site.url
    )
}

/// Web application manifest.
pub fn manifest(site: &contract::site::Site) -> String {
    let icon = |size: u16| {
        serde_json::json!({
            "src": format!("/icons/icon-{size}.png"),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
        })
    };
    serde_json::json!({
        "name": site.name,
        "short_name": site.name,
        "description": site.description,
        "lang": site.languages.first(),
        "start_url": "/",
        "display": "browser",
        "background_color": "#f7f3ea",
        "theme_color": "#f7f3ea",
        "icons": [icon(192), icon(512)],
    })
    .to_string()
}
