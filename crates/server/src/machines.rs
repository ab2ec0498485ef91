//! What only machines ask for: feeds, the map of the site, whether the server is alive.

use std::convert::Infallible;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    compress::Effort,
    entity::{Caching, Entity, Kind},
    error::Refusal,
    feeds, privacy, sitemap,
    snapshot::{Current, Snapshot},
};

/// A text made from the snapshot and kept with it.
fn made(
    current: &Current,
    request: &Request,
    content_type: &'static str,
    make: impl FnOnce(&Snapshot) -> String,
) -> Response {
    let snapshot = current.get();
    let made = snapshot.kept(request.uri().path(), || {
        let kind = Kind {
            status: StatusCode::OK,
            content_type,
            caching: Caching::Checked,
            headers: Vec::new(),
        };
        Ok::<_, Infallible>(Entity::new(kind, make(&snapshot), Effort::Kept))
    });
    let Ok(entity) = made;
    entity.respond(request.method(), request.headers())
}

/// For supervisors: nothing of it is kept.
pub async fn alive() -> Response {
    let mut response = "ok\n".into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    crate::headers::add_common(headers);
    response
}

/// For supervisors: whether what readers send can be kept now. A server without content does not start.
///
/// # Errors
///
/// The database cannot be asked, or takes no more.
pub async fn ready(State(current): State<Current>) -> Result<Response, Refusal> {
    current.people().ready().await?;
    Ok(alive().await)
}

pub async fn rss(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/rss+xml; charset=utf-8", feeds::rss)
}

pub async fn atom(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/atom+xml; charset=utf-8", feeds::atom)
}

pub async fn json_feed(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/feed+json", feeds::json_feed)
}

pub async fn sitemap_xml(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/xml; charset=utf-8", sitemap::sitemap)
}

pub async fn robots(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "text/plain; charset=utf-8", sitemap::robots)
}

pub async fn manifest(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/manifest+json", |it| sitemap::manifest(&it.config.site))
}

/// What the site keeps of people, why and for how long.
pub async fn privacy(State(current): State<Current>, request: Request) -> Response {
    made(&current, &request, "application/json", |it| {
        // The contract's types are text, numbers and lists: they always serialise.
        serde_json::to_string(&privacy::declaration(&it.config)).unwrap_or_default()
    })
}
