//! One request for a page that only the server draws, and how it is answered.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    error::{Problem, ProblemKind},
    route::Route,
};
use locale::text;

use crate::{
    entity::Caching,
    error::Refusal,
    forms::post::Fields,
    headers::add_common,
    people::limits::WINDOW,
    render::{self, Document, pages::lost},
    snapshot::{Current, Snapshot},
};

/// What an answer must know of its request, which is read meanwhile.
pub struct Visit {
    pub snapshot: Arc<Snapshot>,
    route: Route,
    method: Method,
    headers: HeaderMap,
    /// What was typed, once it is read: whatever happens, it is given back.
    typed: OnceLock<Fields>,
}

impl Visit {
    pub fn new(current: &Current, request: &Request) -> Visit {
        Visit {
            snapshot: current.get(),
            route: Route::Document { path: request.uri().path().to_owned() },
            method: request.method().clone(),
            headers: request.headers().clone(),
            typed: OnceLock::new(),
        }
    }

    /// The fields of the form that was sent. Read before anything else is asked, so that whatever
    /// is refused can be given back.
    ///
    /// # Errors
    ///
    /// Another media type, or too much. What is not far too much is given back too.
    pub async fn read(&self, request: Request) -> Result<Fields, Refusal> {
        let (fields, fits) = Fields::read_even_long(request).await?;
        let fields = self.typed.get_or_init(|| fields).clone();
        if fits { Ok(fields) } else { Err(Refusal::too_long()) }
    }

    /// Whether something was typed that must not be lost.
    pub fn is_typed(&self) -> bool {
        self.typed.get().is_some_and(Fields::is_typed)
    }

    /// It is nobody else's, and never kept.
    pub fn draw(&self, page: Document) -> Response {
        let (config, template) = (&self.snapshot.config, &self.snapshot.template);
        let rendered = render::document_page(config, template, &self.route, page);
        let entity = render::once(config, template, rendered, Caching::Never, &self.headers);
        entity.respond(&self.method, &self.headers)
    }

    /// The answer, or a page that says what went wrong and holds what was typed.
    pub fn answer(&self, done: Result<Response, Refusal>) -> Response {
        let mut problem = match done {
            Ok(response) => return response,
            Err(refusal) => Problem::from(refusal),
        };
        if problem.status == ProblemKind::NotFound.status() {
            if !self.is_typed() {
                return self.snapshot.missing.respond(&self.method, &self.headers);
            }
            text().refused_gone().clone_into(&mut problem.detail);
        }
        let typed = self.typed.get().map_or(&[][..], Fields::typed);
        let mut response = self.draw(lost::refused(&problem, &self.route.to_string(), typed));
        if problem.status == ProblemKind::TooMany.status() {
            response.headers_mut().insert(header::RETRY_AFTER, WINDOW.as_secs().into());
        }
        response
    }
}

/// To another page, after something was sent: a reload sends nothing twice.
pub fn see_other(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    add_common(response.headers_mut());
    response
}
