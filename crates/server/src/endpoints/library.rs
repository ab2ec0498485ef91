//! The site's own facts and its reference works: each a single read.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    article::Topic,
    error::{Problem, ProblemKind},
    glossary::GlossaryTerm,
    page::{Comparison, Home, PageCorrection, StandingPage},
    reference::Reference,
    site::Site,
    slug::Slug,
};

use crate::{
    endpoints::{articles::slug_of, home, kept},
    error::Refusal,
    snapshot::Current,
};

type Answer = Result<Response, Refusal>;

/// Name, languages, contact, networks, features, emergency numbers.
#[utoipa::path(get, path = "/site", tag = "site", responses((status = 200, body = Site)))]
pub async fn get_site(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.config.site.clone()))
}

/// What the front page shows.
#[utoipa::path(get, path = "/home", tag = "content", responses((status = 200, body = Home)))]
pub async fn get_home(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(home(&it.config, &it.library, it.today)))
}

/// Subjects that group articles.
#[utoipa::path(get, path = "/topics", tag = "content", responses((status = 200, body = Vec<Topic>)))]
pub async fn list_topics(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.library.topics().to_vec()))
}

/// Words explained in one sentence, in French order.
#[utoipa::path(get, path = "/glossary", tag = "content", responses((status = 200, body = Vec<GlossaryTerm>)))]
pub async fn list_glossary(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.library.glossary().to_vec()))
}

/// Every source of the site.
#[utoipa::path(get, path = "/references", tag = "content", responses((status = 200, body = Vec<Reference>)))]
pub async fn list_references(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.library.references().to_vec()))
}

/// Every mistake that was mended, newest first.
#[utoipa::path(get, path = "/corrections", tag = "content", responses((status = 200, body = Vec<PageCorrection>)))]
pub async fn list_corrections(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.library.corrections().to_vec()))
}

/// Immunotherapies and micro-immunotherapy side by side.
#[utoipa::path(get, path = "/comparison", tag = "content", responses((status = 200, body = Comparison)))]
pub async fn get_comparison(State(current): State<Current>, request: Request) -> Answer {
    kept(&current, &request, |it| Ok(it.library.comparison().clone()))
}

/// A standing page: about, charter, legal notice.
#[utoipa::path(get, path = "/pages/{slug}", params(("slug" = Slug, Path)), tag = "content", responses(
    (status = 200, body = StandingPage),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_page(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Answer {
    let slug = slug_of(slug)?;
    kept(&current, &request, |it| {
        it.library.page(&slug).cloned().ok_or_else(|| ProblemKind::NotFound.into())
    })
}
