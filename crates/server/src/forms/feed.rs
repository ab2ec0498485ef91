//! `/articles/{slug}/comments.xml` and `/temoignages.xml`: what readers wrote as RSS 2.0, the newest
//! first.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use contract::{
    article::Article, comment::PublicComment, date::Date, error::ProblemKind, route::TESTIMONIALS,
    site::Site, testimonial::PublicTestimonial,
};
use locale::{fill, text};

use crate::{
    endpoints::{comments::open, testimonials::taken},
    entity::{Caching, Entity, Kind},
    error::Refusal,
    feeds::{Xml, document, element, rfc_5322},
    forms::SlugPath,
    render::pages::{comments as list, testimonials::permalink},
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
    let body = rss(&snapshot.config.site, article, &comments);
    Ok(feed(body, &request))
}

/// `GET /temoignages.xml`: that there are new ones, not what they say. What a reader of feeds has
/// copied, nobody could take back.
pub async fn testimonials_feed(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    taken(&snapshot)?;
    let newest = current.people().testimonials(1).await?;
    let site = &snapshot.config.site;
    let address = format!("{}/{TESTIMONIALS}", site.url);
    let item = |it: &PublicTestimonial| Item {
        title: it.name.clone(),
        link: format!("{}{}", site.url, permalink(&it.id)),
        date: it.written_on,
        description: text().testimonial_frame().to_owned(),
    };
    let channel = Channel {
        title: text().testimonials(),
        address: &address,
        description: text().testimonials_frame(),
        items: newest.items.iter().map(item).collect(),
    };
    Ok(feed(channel.rss(site), &request))
}

fn feed(body: String, request: &Request) -> Response {
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "application/rss+xml; charset=utf-8",
        caching: Caching::Checked,
        headers: Vec::new(),
    };
    let headers = request.headers();
    Entity::once(kind, body, headers).respond(request.method(), headers)
}

fn rss(site: &Site, article: &Article, comments: &[PublicComment]) -> String {
    let address = format!("{}{}", site.url, list::address(&article.slug));
    let item = |it: &PublicComment| Item {
        title: it.name.clone(),
        link: format!("{}{}", site.url, list::permalink(&article.slug, &it.id)),
        date: it.written_on,
        // HTML, as readers of feeds take it; the writer escapes it as text.
        description: list::body(&it.body),
    };
    let channel = Channel {
        title: &fill(text().comments_title(), &[("title", &article.short_title)]),
        address: &address,
        description: text().comments_opinion(),
        items: comments.iter().map(item).collect(),
    };
    channel.rss(site)
}

/// What a feed says of itself, and its items.
struct Channel<'a> {
    title: &'a str,
    address: &'a str,
    description: &'a str,
    items: Vec<Item>,
}

struct Item {
    title: String,
    link: String,
    date: Date,
    description: String,
}

impl Channel<'_> {
    fn rss(&self, site: &Site) -> String {
        document(|xml| {
            let root = xml.create_element("rss").with_attribute(("version", "2.0"));
            root.write_inner_content(|xml| {
                xml.create_element("channel").write_inner_content(|xml: &mut Xml| {
                    element(xml, "title", &format!("{} | {}", self.title, site.name))?;
                    element(xml, "link", self.address)?;
                    element(xml, "description", self.description)?;
                    element(xml, "language", text().tag())?;
                    for it in &self.items {
                        xml.create_element("item").write_inner_content(|xml| {
                            element(xml, "title", &it.title)?;
                            element(xml, "link", &it.link)?;
                            element(xml, "guid", &it.link)?;
                            element(xml, "pubDate", &rfc_5322(it.date))?;
                            element(xml, "description", &it.description)
                        })?;
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })
    }
}
