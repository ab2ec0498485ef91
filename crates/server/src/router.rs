//! The whole server as one value: what answers which address.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use contract::{
    directory::MapView,
    embed::EmbedOptions,
    error::{Problem, ProblemKind},
    paths,
    route::{DESK_DIRECTORY, Route},
};
use futures_util::FutureExt;

use crate::{
    desk::imports::MAX_FILE,
    embed,
    entity::Caching,
    error::{Refusal, loggable},
    forms::{
        desk::import::MAX_DRAINED,
        post::{FORM, MAX_GIVEN_BACK, media_type},
    },
    render::{self, pages},
    routes,
    snapshot::{Current, Snapshot},
};

/// Longest address taken, in bytes: far above any the site has.
const MAX_URI: usize = 2_048;
/// All headers of a request together, in bytes.
const MAX_HEADERS: usize = 16 * 1_024;
/// Largest body taken, in bytes: a text of the longest kind, percent-encoded.
pub(crate) const MAX_BODY: u64 = 64 * 1_024;
/// An answer that takes longer is given up.
const MAX_TIME: Duration = Duration::from_secs(10);
/// A whole directory on a slow line, and written to a slow disk.
const MAX_IMPORT_TIME: Duration = Duration::from_secs(300);

/// Ready for a socket, or for a test without one.
pub fn build_router(current: Current) -> Router {
    routes::table()
        .fallback(page)
        .layer(axum::middleware::from_fn_with_state(current.clone(), guard))
        .with_state(current)
}

/// Stands before everything: limits, kept answers, other origins, time, panics.
async fn guard(
    State(current): State<Current>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let snapshot = current.get();
    let origin = allowed_origin(&snapshot, &request);
    let path = request.uri().path().to_owned();
    let open = !snapshot.config.allowed_origins.is_empty() && is_endpoint(request.uri().path());
    let mut response = if let Some(refusal) = refused(&request) {
        if is_form(&request) { lost(&snapshot, &path, refusal) } else { refusal.into_response() }
    } else if request.method() == Method::OPTIONS {
        preflight(&request)
    } else if let Some(kept) = kept(&snapshot, &request, current.people().version()) {
        kept
    } else {
        answer(&snapshot, request, next).await
    };
    if open {
        // Also without an origin: a cache in between must not serve one answer to all.
        let vary = HeaderValue::from_static("accept-encoding, origin");
        response.headers_mut().insert(header::VARY, vary);
    }
    if let Some(origin) = origin {
        allow(response.headers_mut(), origin);
    }
    if snapshot.config.site.embedding && embed::is_for_everybody(&path) {
        embed::open(&path, response.headers_mut());
    }
    if snapshot.config.site.url.starts_with("https://") {
        // RFC 6797, two years. Only where the public address is secure: elsewhere it would lie.
        response.headers_mut().insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000"),
        );
    }
    response
}

fn refused(request: &Request) -> Option<Refusal> {
    let uri = request.uri().path_and_query().map_or(0, |it| it.as_str().len());
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let body = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|it| it.to_str().ok()?.parse::<u64>().ok())
        .unwrap_or_default();
    let kind = if MAX_URI < uri {
        ProblemKind::UriTooLong
    } else if MAX_HEADERS < headers {
        ProblemKind::HeadersTooLarge
    } else if limits(request.uri().path()).0 < body {
        ProblemKind::TooLarge
    } else {
        return None;
    };
    Some(kind.into())
}

/// Most bytes of a body, and the time for an answer: files are sent to a few addresses, which look
/// first who sends them.
fn limits(path: &str) -> (u64, Duration) {
    let form = path.strip_prefix('/').and_then(|it| it.strip_prefix(DESK_DIRECTORY));
    let endpoint = path.strip_prefix(paths::BASE);
    match (form, endpoint) {
        // What is too large there is answered by a page.
        (Some("/import"), _) => (MAX_DRAINED, MAX_IMPORT_TIME),
        (_, Some(paths::IMPORT_REPORT)) => (MAX_FILE, MAX_IMPORT_TIME),
        (Some("/import/confirmer"), _) | (_, Some(paths::IMPORT)) => (MAX_BODY, MAX_IMPORT_TIME),
        // A little too much is read, and given back.
        _ if !is_endpoint(path) => (MAX_GIVEN_BACK, MAX_TIME),
        _ => (MAX_BODY, MAX_TIME),
    }
}

/// An embedded file, or an answer made before.
fn kept(snapshot: &Snapshot, request: &Request, version: i64) -> Option<Response> {
    let (method, uri) = (request.method(), request.uri());
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let key = uri.path_and_query()?.as_str();
    if let Some(entity) = snapshot.cache.get_at(key, version) {
        return Some(entity.respond(method, request.headers()));
    }
    snapshot.assets.get(uri.path()).map(|it| it.respond(method, request.headers()))
}

/// The handler's answer, whatever happens in it.
async fn answer(
    snapshot: &Arc<Snapshot>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(limits(&path).1, run).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!(path = loggable(&path), "a handler panicked");
            if is_endpoint(&path) {
                return Refusal::from(ProblemKind::Internal).into_response();
            }
            failed(snapshot, &path, ProblemKind::Internal)
        }
        Err(_) => {
            tracing::error!(path = loggable(&path), "a handler took too long");
            if is_endpoint(&path) {
                return Refusal::from(ProblemKind::Unavailable).into_response();
            }
            failed(snapshot, &path, ProblemKind::Unavailable)
        }
    }
}

/// The page for a fault of ours. Going back brings what was typed.
fn failed(snapshot: &Snapshot, path: &str, kind: ProblemKind) -> Response {
    let route = Route::parse(path, "").unwrap_or(Route::Home);
    let page = render::failed(&snapshot.config, &snapshot.template, &route, kind);
    page.respond(&Method::GET, &HeaderMap::new())
}

/// Whether a browser sends this and shows what is answered.
fn is_form(request: &Request) -> bool {
    request.method() == Method::POST
        && !is_endpoint(request.uri().path())
        && media_type(request.headers()).eq_ignore_ascii_case(FORM)
}

/// The page for a form that is not even read.
fn lost(snapshot: &Snapshot, path: &str, refusal: Refusal) -> Response {
    let route = Route::Document { path: path.to_owned() };
    let mut problem = Problem::from(refusal);
    if problem.status == ProblemKind::TooLarge.status() {
        problem = Refusal::too_long().into();
    }
    let page = pages::lost::refused(&problem, path, &[]);
    let (config, template) = (&snapshot.config, &snapshot.template);
    let rendered = render::document_page(config, template, &route, page);
    let headers = HeaderMap::new();
    render::once(config, template, rendered, Caching::Never, &headers)
        .respond(&Method::GET, &headers)
}

/// Other origins may read the endpoints where the operator named them, and nothing else.
fn allowed_origin(snapshot: &Snapshot, request: &Request) -> Option<HeaderValue> {
    let origin = request.headers().get(header::ORIGIN)?;
    let known = snapshot.config.allowed_origins.iter().any(|it| it.as_bytes() == origin.as_bytes());
    (known && is_endpoint(request.uri().path())).then(|| origin.clone())
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, link"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

fn preflight(request: &Request) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    if request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("accept, if-none-match"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    crate::headers::add_common(headers);
    response
}

/// Below the endpoints' root, whatever the version: who asks there reads no pages.
fn is_endpoint(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Every address that is no file, feed or endpoint: a page, or the page that says there is none.
async fn page(State(current): State<Current>, request: Request) -> Response {
    let (Parts { method, uri, headers, .. }, _) = request.into_parts();
    if is_endpoint(uri.path()) {
        return Refusal::from(ProblemKind::NotFound).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return Refusal::from(ProblemKind::MethodNotAllowed).into_response();
    }
    let snapshot = current.get();
    let path = uri.path();
    if let Some(address) = without_trailing_slash(path, uri.query()) {
        return moved(&address);
    }
    let Some(route) = Route::parse(path, uri.query().unwrap_or_default()) else {
        return snapshot.missing.respond(&method, &headers);
    };
    // About the reader, and as many as there are questions: never kept.
    let searched = match &route {
        Route::Search { query } => !query.is_empty(),
        Route::Map(view) => **view != MapView::default(),
        Route::Embedding(options) => **options != EmbedOptions::default(),
        _ => false,
    };
    // The directory changes without the rest: its pages are made anew.
    let fresh = matches!(&route, Route::Map(_) | Route::Practitioner { .. });
    let directory = current.register().get();
    // Before the page is made: what readers send meanwhile shows with the next request.
    let version = current.people().version();
    // Fields a page does not know are no part of it: `?utm_source=x` is the page itself.
    let kept = match &route {
        _ if searched => None,
        Route::Map(_) => snapshot.map_page.get(&directory),
        _ => snapshot.cache.get_at(path, version).filter(|_| !fresh),
    };
    if let Some(entity) = kept {
        return entity.respond(&method, &headers);
    }
    let (config, library) = (&snapshot.config, &snapshot.library);
    let (template, sources) = (&snapshot.template, (current.register(), current.people()));
    let rendered =
        render::document(config, library, sources, template, snapshot.today, &route, None).await;
    if rendered.status == StatusCode::NOT_FOUND {
        return snapshot.missing.respond(&method, &headers);
    }
    let good = rendered.status == StatusCode::OK;
    let entity = match &route {
        _ if searched => render::once(config, template, rendered, Caching::Never, &headers),
        Route::Map(_) if good => {
            let entity = render::entity(config, template, rendered, Caching::Checked);
            return snapshot.map_page.keep(&directory, entity).respond(&method, &headers);
        }
        _ if fresh || rendered.partial => {
            render::once(config, template, rendered, Caching::Checked, &headers)
        }
        _ => {
            let entity = render::entity(config, template, rendered, Caching::Checked);
            let shows = matches!(&route, Route::Article { .. }).then_some(version);
            return snapshot.keep(path, shows, entity).respond(&method, &headers);
        }
    };
    entity.respond(&method, &headers)
}

/// `/articles/` is `/articles`. Never an address that a browser would take to another host.
fn without_trailing_slash(path: &str, query: Option<&str>) -> Option<String> {
    let trimmed = path.strip_suffix('/')?;
    let safe = trimmed.starts_with('/') && !trimmed.starts_with("//") && !trimmed.ends_with('/');
    let query = query.map_or(String::new(), |it| format!("?{it}"));
    (safe && !trimmed.contains('\\')).then(|| format!("{trimmed}{query}"))
}

fn moved(address: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(address) else {
        return Refusal::from(ProblemKind::NotFound).into_response();
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    response.headers_mut().insert(header::LOCATION, location);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    crate::headers::add_common(response.headers_mut());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, to: Option<&str>) {
        assert_eq!(without_trailing_slash(path, None).as_deref(), to, "{path}");
    }

    #[test]
    fn a_trailing_slash_leads_to_the_page_and_never_to_another_host() {
        check("/articles/", Some("/articles"));
        check("/articles", None);
        check("/", None);
        check("//evil.example/", None);
        check("/\\evil.example/", None);
        check("/a//", None);
        assert_eq!(without_trailing_slash("/a/", Some("q=1")).as_deref(), Some("/a?q=1"));
    }
}
