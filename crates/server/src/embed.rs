//! The map on other people's sites: the page in the frame, the picture that stands for it, and
//! what an address looks like embedded (oEmbed). Nothing of it is kept or logged.

mod oembed;
mod preview;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use contract::{
    embed::{self, EmbedView},
    error::ProblemKind,
    paths,
};

pub use oembed::oembed;

use crate::{
    entity::{Caching, Entity, Kind},
    error::Refusal,
    headers::frame_headers,
    render,
    snapshot::{Current, Snapshot},
};

/// Files that only the embedded map needs.
pub fn is_own_file(path: &str) -> bool {
    path == embed::SCRIPT || path.starts_with("/embed/")
}

/// What a page of another origin loads. A sandboxed frame is one too, wherever it came from: its
/// scripts, its map and the directory it asks must be readable by everybody.
pub fn is_for_everybody(path: &str) -> bool {
    let endpoint = |it: &str| {
        it.strip_prefix(paths::PRACTITIONERS)
            .is_some_and(|it| matches!(it.bytes().next(), None | Some(b'/')))
            || it == paths::PLACES
    };
    is_own_file(path)
        || path == embed::OEMBED
        || path.starts_with("/leaflet/")
        || path.starts_with("/map/")
        || path.strip_prefix(paths::BASE).is_some_and(endpoint)
}

/// Lets everybody read an answer, and frame it if it is the map: its own policy says who may.
pub fn open(path: &str, headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if path == embed::PATH && headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.remove(header::X_FRAME_OPTIONS);
    }
}

/// Nothing is there where nobody may embed.
fn switched_on(snapshot: &Snapshot) -> Result<(), Refusal> {
    if snapshot.config.site.embedding { Ok(()) } else { Err(ProblemKind::NotFound.into()) }
}

fn shown(request: &Request) -> EmbedView {
    EmbedView::read(request.uri().query().unwrap_or_default())
}

/// The page in the frame.
pub async fn frame(State(current): State<Current>, request: Request) -> Result<Response, Refusal> {
    let snapshot = current.get();
    switched_on(&snapshot)?;
    let (config, template) = (&snapshot.config, &snapshot.frame);
    let shown = shown(&request);
    let html = render::frame(config, template, current.register(), &shown);
    // A place somebody looked for is about them.
    let caching = if shown.view == Default::default() { Caching::Checked } else { Caching::Never };
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "text/html; charset=utf-8",
        caching,
        headers: frame_headers(&config.site.url, &config.embed_parents, template.style_hashes()),
    };
    Ok(Entity::once(kind, html, request.headers()).respond(request.method(), request.headers()))
}

/// The picture that stands for the map until it is wanted.
pub async fn preview(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    switched_on(&snapshot)?;
    let svg = preview::draw(current.register(), &shown(&request));
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "image/svg+xml",
        caching: Caching::Checked,
        headers: Vec::new(),
    };
    Ok(Entity::once(kind, svg, request.headers()).respond(request.method(), request.headers()))
}
