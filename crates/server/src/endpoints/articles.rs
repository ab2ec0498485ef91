//! `/articles` and what hangs on one of them.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    article::{Article, ArticleKind, ArticleSummary},
    error::{Problem, ProblemKind},
    list::{Listing, MAX_PER_PAGE},
    paths,
    slug::Slug,
};
use serde::Deserialize;

use crate::{
    config::Config,
    content::Library,
    endpoints::{DEFAULT_PER_PAGE, Query, kept, kept_list},
    error::Refusal,
    snapshot::Current,
};

/// Which part of the list.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    kind: Option<ArticleKind>,
    topic: Option<Slug>,
    /// From 1.
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
    /// 1 to 100.
    #[serde(default = "default_per_page")]
    #[param(minimum = 1, maximum = 100)]
    per_page: u32,
}

fn first() -> u32 {
    1
}

fn default_per_page() -> u32 {
    DEFAULT_PER_PAGE
}

/// Summaries of articles and explainers, newest first; explainers alone in their hub's order.
#[utoipa::path(get, path = "/articles", params(ListParams), tag = "content", responses(
    (status = 200, body = Listing<ArticleSummary>, headers(("link", description = "RFC 8288: first, prev, next, last"))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "No such topic"),
))]
pub async fn list_articles(
    State(current): State<Current>,
    Query(params): Query<ListParams>,
    request: Request,
) -> Result<Response, Refusal> {
    if params.page == 0 || !(1..=MAX_PER_PAGE).contains(&params.per_page) {
        return Err(ProblemKind::BadRequest.into());
    }
    let kind = params.kind.map(kind_name);
    let per_page = Some(params.per_page).filter(|it| *it != DEFAULT_PER_PAGE);
    let address = paths::articles(kind, params.topic.as_ref(), params.page, per_page);
    kept_list(&current, &request, &address, |snapshot| {
        let library = &snapshot.library;
        if let Some(topic) = &params.topic
            && !library.topics().iter().any(|it| it.slug == *topic)
        {
            return Err(ProblemKind::NotFound.into());
        }
        Ok(library.list(params.kind, params.topic.as_ref(), params.page, params.per_page))
    })
}

/// As it is written in a query.
fn kind_name(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "article",
        ArticleKind::Explainer => "explainer",
        ArticleKind::Interview => "interview",
        ArticleKind::Sponsored => "sponsored",
    }
}

/// One whole article.
#[utoipa::path(get, path = "/articles/{slug}", params(("slug" = Slug, Path)), tag = "content", responses(
    (status = 200, body = Article),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_article(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let slug = slug_of(slug)?;
    kept(&current, &request, |snapshot| {
        let found = article(&snapshot.config, &snapshot.library, &slug);
        found.ok_or_else(|| ProblemKind::NotFound.into())
    })
}

/// An article as this site shows it: an export has no comments, whatever its content says.
pub fn article(config: &Config, library: &Library, slug: &Slug) -> Option<Article> {
    let article = library.article(slug)?.clone();
    Some(Article { comments: article.comments && config.site.features.comments, ..article })
}

/// Up to three articles to read after this one.
#[utoipa::path(get, path = "/articles/{slug}/related", params(("slug" = Slug, Path)), tag = "content", responses(
    (status = 200, body = Vec<ArticleSummary>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_related(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let slug = slug_of(slug)?;
    kept(&current, &request, |snapshot| {
        snapshot.library.related(&slug).ok_or_else(|| ProblemKind::NotFound.into())
    })
}

/// An address that cannot name anything finds nothing.
pub(crate) fn slug_of(slug: Result<Path<Slug>, PathRejection>) -> Result<Slug, Refusal> {
    slug.map(|Path(slug)| slug).map_err(|_| ProblemKind::NotFound.into())
}
