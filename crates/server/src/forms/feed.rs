//! `/articles/{slug}/comments.xml`: an article's comments as RSS 2.0, the newest first.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use contract::{article::Article, comment::PublicComment, error::ProblemKind, site::Site};
use locale::{fill, text};

use crate::{
    endpoints::comments::open,
    entity::{Caching, Entity, Kind},
    error::Refusal,
    feeds::{Xml, document, element, rfc_5322},
    forms::SlugPath,
    render::pages::comments as list,
    snapshot::Current,
};

/// Comments in a feed.
const LENGTH: u32 = 30;

/// Approved ones alone.
pub async fn comments_feed(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let Ok(Path(slug)) = slug else { return Err(ProblemKind::NotFound.into()) };
    let snapshot = current.get();
    open(&snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(&slug).ok_or(ProblemKind::NotFound)?;
    let comments = current.people().latest_comments(&slug, LENGTH).await?;
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "application/rss+xml; charset=utf-8",
        caching: Caching::Checked,
        headers: Vec::new(),
    };
    let body = rss(&snapshot.config.site, article, &comments);
    let headers = request.headers();
    Ok(Entity::once(kind, body, headers).respond(request.method(), headers))
}

fn rss(site: &Site, article: &Article, comments: &[PublicComment]) -> String {
    let title = fill(text().comments_title, &[("title", &article.short_title)]);
    let address = format!("{}{}", site.url, list::address(&article.slug));
    document(|xml| {
        let root = xml.create_element("rss").with_attribute(("version", "2.0"));
        root.write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml: &mut Xml| {
                element(xml, "title", &format!("{title} | {}", site.name))?;
                element(xml, "link", &address)?;
                element(xml, "description", text().comments_opinion)?;
                element(xml, "language", text().tag)?;
                for it in comments {
                    let link = format!("{address}#c-{}", it.id);
                    xml.create_element("item").write_inner_content(|xml| {
                        element(xml, "title", &it.name)?;
                        element(xml, "link", &link)?;
                        element(xml, "guid", &link)?;
                        element(xml, "pubDate", &rfc_5322(it.written_on))?;
                        // HTML, as readers of feeds take it; the writer escapes it as text.
                        element(xml, "description", &list::body(&it.body))
                    })?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })
}
