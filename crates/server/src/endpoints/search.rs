//! `/search`. What readers look for is about their health: nothing of it is kept or logged.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    error::{Problem, ProblemKind},
    list::{Listing, MAX_PER_PAGE},
    search::{Hit, HitKind},
};
use serde::Deserialize;

use crate::{
    endpoints::{Query, links, once},
    error::Refusal,
    finder::Finder,
    snapshot::Current,
};

/// What to look for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// Searched up to 200 characters.
    q: String,
    kind: Option<HitKind>,
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
    #[serde(default = "most")]
    #[param(minimum = 1, maximum = 100)]
    per_page: u32,
}

fn first() -> u32 {
    1
}

fn most() -> u32 {
    MAX_PER_PAGE
}

/// Hits over articles, glossary and pages, best first, each with a marked excerpt; then testimonials,
/// practitioners by name, towns.
#[utoipa::path(get, path = "/search", params(SearchParams), tag = "content", responses(
    (status = 200, body = Listing<Hit>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub async fn search(
    State(current): State<Current>,
    Query(params): Query<SearchParams>,
    request: Request,
) -> Result<Response, Refusal> {
    if params.page == 0 || !(1..=MAX_PER_PAGE).contains(&params.per_page) {
        return Err(ProblemKind::BadRequest.into());
    }
    let snapshot = current.get();
    let finder = Finder {
        config: &snapshot.config,
        library: &snapshot.library,
        people: current.people(),
        register: current.register(),
    };
    let hits = finder.search(&params.q, params.kind, params.page, params.per_page).await;
    let links = links(&request, hits.page, hits.last_page());
    Ok(once(&hits, links, &request))
}
