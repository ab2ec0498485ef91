//! The JSON endpoints, one file for each resource. They read, check and answer; the library knows.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use contract::{date::Date, error::ProblemKind, list::Listing, page::Home, paths};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    compress::Effort,
    config::Config,
    content::Library,
    entity::{Caching, Entity, Kind},
    error::Refusal,
    snapshot::{Current, Snapshot},
};

pub mod accounts;
pub mod articles;
pub mod comments;
pub mod entries;
pub mod feedback;
pub mod letters;
pub mod library;
pub mod moderation;
pub mod practitioners;
pub mod receipts;
pub mod search;
pub mod session;
pub mod testimonials;

/// Items on one page of a list that does not say.
pub const DEFAULT_PER_PAGE: u32 = 8;

const JSON: &str = "application/json";

/// The front page, with the operator's suggestions where there are any.
pub fn home(config: &Config, library: &Library, today: Date) -> Home {
    let mut home = library.home(today);
    if !config.searches.is_empty() {
        home.searches.clone_from(&config.searches);
    }
    home
}

/// A query string read into `T`. Unknown fields and values out of range are refused with a problem
/// that names them.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Refusal> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|it| Query(it.0)).map_err(|error| {
            let detail =
                format!("{}: {}", locale::text().problem_bad_request_detail(), error.body_text());
            Refusal::with_detail(ProblemKind::BadRequest, detail)
        })
    }
}

/// An answer that stays until the content changes, of an endpoint that takes no fields.
fn kept<T: Serialize>(
    current: &Current,
    request: &Request,
    make: impl FnOnce(&Snapshot) -> Result<T, Refusal>,
) -> Result<Response, Refusal> {
    // An unknown field is refused everywhere; kept, each would take another answer's place.
    if request.uri().query().is_some_and(|it| !it.is_empty()) {
        return Err(ProblemKind::BadRequest.into());
    }
    let snapshot = current.get();
    let entity = snapshot.kept(request.uri().path(), || {
        Ok::<_, Refusal>(entity(&make(&snapshot)?, Caching::Checked, Vec::new()))
    })?;
    Ok(entity.respond(request.method(), request.headers()))
}

/// One page of a list, with the addresses of its neighbours in `Link` (RFC 8288). Kept under
/// `address`, which is the app's; every other spelling of the question is answered anew.
fn kept_list<T: Serialize>(
    current: &Current,
    request: &Request,
    address: &str,
    make: impl FnOnce(&Snapshot) -> Result<Listing<T>, Refusal>,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    let made = || {
        let listing = make(&snapshot)?;
        let beyond = listing.last_page() < listing.page;
        let links = links(request, listing.page, listing.last_page());
        Ok::<_, Refusal>((entity(&listing, Caching::Checked, links), beyond))
    };
    let asked = request.uri().path_and_query().map_or("", |it| it.as_str());
    if asked.strip_prefix(paths::BASE) != Some(address) {
        return Ok(made()?.0.respond(request.method(), request.headers()));
    }
    let entity = match snapshot.cache.get(asked) {
        Some(entity) => entity,
        None => match made()? {
            // There are as many of these as numbers.
            (entity, true) => entity.into(),
            (entity, false) => snapshot.keep(asked, None, entity),
        },
    };
    Ok(entity.respond(request.method(), request.headers()))
}

/// `value` as JSON for one request, never kept: what somebody looks for is nobody else's business.
fn once(
    value: &impl Serialize,
    headers: Vec<(HeaderName, HeaderValue)>,
    request: &Request,
) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let kind =
        Kind { status: StatusCode::OK, content_type: JSON, caching: Caching::Never, headers };
    Entity::once(kind, body, request.headers()).respond(request.method(), request.headers())
}

/// `value` as JSON. The contract's types are text, numbers and lists: they always serialise.
fn entity(
    value: &impl Serialize,
    caching: Caching,
    headers: Vec<(HeaderName, HeaderValue)>,
) -> Entity {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let kind = Kind { status: StatusCode::OK, content_type: JSON, caching, headers };
    Entity::new(kind, body, Effort::Kept)
}

/// The `Link` header of a list (RFC 8288) at `page` of `last`.
fn links(request: &Request, page: u32, last: u32) -> Vec<(HeaderName, HeaderValue)> {
    let current = page;
    let others: Vec<&str> = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        // Either names the page that is here.
        .filter(|it| !it.is_empty() && !it.starts_with("page=") && !it.starts_with("comment="))
        .collect();
    let address = |page: u32| {
        let mut query = others.clone();
        let page = format!("page={page}");
        query.push(&page);
        format!("{}?{}", request.uri().path(), query.join("&"))
    };
    let mut links = vec![("first", 1)];
    if 1 < current {
        links.push(("prev", (current - 1).min(last)));
    }
    if current < last {
        links.push(("next", current + 1));
    }
    links.push(("last", last));
    let text: Vec<String> = links
        .into_iter()
        .map(|(rel, page)| format!("<{}>; rel=\"{rel}\"", address(page)))
        .collect();
    HeaderValue::from_str(&text.join(", ")).map(|it| (header::LINK, it)).into_iter().collect()
}

/// The description of all endpoints.
pub async fn openapi(State(current): State<Current>, request: Request) -> Response {
    let answer =
        kept(&current, &request, |snapshot| Ok(crate::openapi::document(&snapshot.config.site)));
    answer.into_response()
}
