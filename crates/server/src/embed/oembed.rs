//! oEmbed 1.0 (oembed.com): an address of the map, as others embed it when it is pasted.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use contract::{
    embed::{self, DEFAULT_HEIGHT, EmbedView, MIN_HEIGHT, SANDBOX},
    error::ProblemKind,
    route::query_value,
};
use locale::text;
use serde_json::json;

use crate::{
    embed::switched_on,
    entity::{Caching, Entity, Kind},
    error::Refusal,
    snapshot::Current,
};

/// Widths, in CSS pixels, for who does not say.
const DEFAULT_WIDTH: u16 = 800;
const MIN_WIDTH: u16 = 280;
/// Seconds that others may keep the answer.
const CACHE_AGE: u32 = 86_400;

/// Whether others may embed an address, and how.
pub async fn oembed(State(current): State<Current>, request: Request) -> Result<Response, Refusal> {
    let snapshot = current.get();
    switched_on(&snapshot)?;
    let query = request.uri().query().unwrap_or_default();
    // The specification's own words for a format that is not given: 501.
    if query_value(query, "format").is_some_and(|it| it != "json") {
        return Err(ProblemKind::NotImplemented.into());
    }
    let url = query_value(query, "url").ok_or(ProblemKind::BadRequest)?;
    let shown = ours(&snapshot.config.site.url, &url).ok_or(ProblemKind::NotFound)?;
    let most = |field: &str| query_value(query, field).and_then(|it| it.parse::<u16>().ok());
    let width = most("maxwidth").map_or(DEFAULT_WIDTH, |it| it.clamp(MIN_WIDTH, DEFAULT_WIDTH));
    let height =
        most("maxheight").map_or(DEFAULT_HEIGHT, |it| it.clamp(MIN_HEIGHT, DEFAULT_HEIGHT));
    let site = &snapshot.config.site;
    let title = text().map_title();
    let html = maud::html! {
        iframe src={ (site.url) (shown.address(embed::PATH)) } title=(title) width=(width)
            height=(height) loading="lazy" referrerpolicy="no-referrer" sandbox=(SANDBOX) {}
    };
    let answer = json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site.name,
        "provider_url": site.url,
        "cache_age": CACHE_AGE,
        "html": html.into_string(),
        "width": width,
        "height": height,
    });
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "application/json",
        caching: Caching::Never,
        headers: Vec::new(),
    };
    let entity = Entity::once(kind, answer.to_string(), request.headers());
    Ok(entity.respond(request.method(), request.headers()))
}

/// What an address of this site's map shows; None for all others.
fn ours(site: &str, url: &str) -> Option<EmbedView> {
    let rest = url.strip_prefix(site)?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    (path == "/carte" || path == embed::PATH).then(|| EmbedView::read(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_map_of_this_site_can_be_embedded() {
        let site = "https://s.example";
        let read = |url: &str| ours(site, url).map(|it| it.to_string());
        assert_eq!(read("https://s.example/carte").as_deref(), Some(""));
        let town = "https://s.example/embed/carte?town=Lyon&theme=dark#x";
        assert_eq!(read(town).as_deref(), Some("town=Lyon&theme=dark"));
        for url in [
            "https://s.example.evil.example/carte",
            "https://evil.example/carte",
            "http://s.example/carte",
            "https://s.example/articles",
            "https://s.example/cartes",
            "/carte",
            "",
        ] {
            assert_eq!(ours(site, url), None, "{url}");
        }
    }
}
