//! `/articles/{slug}/comments`.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    comment::{CommentDraft, CommentRules, Comments, PER_PAGE},
    error::{Problem, ProblemKind},
    list::MAX_PER_PAGE,
    receipt::Created,
    slug::Slug,
};
use serde::{Deserialize, Serialize};

use crate::{
    endpoints::{Query, articles::slug_of, links, once},
    error::Refusal,
    forms::post::{envelope, json},
    headers::add_common,
    snapshot::{Current, Snapshot},
};

/// Which part of the list.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// From 1.
    #[param(minimum = 1)]
    page: Option<u32>,
    /// A comment or an answer: the page that it stands on, in place of a number.
    comment: Option<Slug>,
    /// Comments, each with its answers: 1 to 100.
    #[serde(default = "default_per_page")]
    #[param(minimum = 1, maximum = 100)]
    per_page: u32,
}

fn default_per_page() -> u32 {
    PER_PAGE
}

/// Whether readers may write below `slug` today. None where there are no comments.
pub(crate) fn open(snapshot: &Snapshot, slug: &Slug) -> Option<bool> {
    let site = &snapshot.config.site;
    let article =
        snapshot.library.article(slug).filter(|it| it.comments && site.features.comments)?;
    Some(snapshot.config.takes_comments(article, snapshot.today))
}

/// Approved comments, oldest first, with their answers.
#[utoipa::path(get, path = "/articles/{slug}/comments", tag = "people",
    params(("slug" = Slug, Path), ListParams), responses(
    (status = 200, body = Comments, headers(("link", description = "RFC 8288: first, prev, next, last"))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "No such article, or it takes none; no such comment is shown"),
))]
pub async fn list_comments(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    Query(params): Query<ListParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let slug = slug_of(slug)?;
    let open = open(&current.get(), &slug).ok_or(ProblemKind::NotFound)?;
    let ListParams { page, comment, per_page } = params;
    let twice = page.is_some() && comment.is_some();
    if page == Some(0) || twice || !(1..=MAX_PER_PAGE).contains(&per_page) {
        return Err(ProblemKind::BadRequest.into());
    }
    let people = current.people();
    let comments = match comment {
        Some(id) => people.comments_with(&slug, &id, per_page, open).await?,
        None => Some(people.comments(&slug, page.unwrap_or(1), per_page, open).await?),
    };
    let comments = comments.ok_or(ProblemKind::NotFound)?;
    let links = links(&request, comments.page, comments.last_page());
    Ok(once(&comments, links, &request))
}

/// Sends a comment. It is shown once a moderator has approved it.
#[utoipa::path(post, path = "/articles/{slug}/comments", tag = "people",
    params(("slug" = Slug, Path), ("idempotency-key" = Option<String>, Header, description = "The same again is the same comment; 16 to 128 characters"), ("proof-of-work" = Option<String>, Header, description = "In a flood: the puzzle of the refusal, a colon and the count that solves it")),
    request_body = CommentDraft, responses(
    (status = 201, body = Created),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "Comments are closed"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many from one sender; or, with a `challenge`, from everybody"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send_comment(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let slug = slug_of(slug)?;
    let snapshot = current.get();
    let open = open(&snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let envelope = envelope(&snapshot, &request)?;
    let draft: CommentDraft = json(request).await?;
    if !open {
        return Err(Refusal::comments_closed());
    }
    let comment = draft.validate(rules(&snapshot))?;
    let writer = writer(&snapshot, &draft);
    Ok(created(&current.people().send_comment(&slug, &comment, writer, &envelope).await?))
}

pub(crate) fn rules(snapshot: &Snapshot) -> CommentRules {
    CommentRules { email_required: snapshot.config.site.comments.email_required }
}

/// What proves that its author is known, if anything does; None where every comment waits.
pub(crate) fn writer<'a>(snapshot: &Snapshot, draft: &'a CommentDraft) -> Option<&'a str> {
    let first_held = snapshot.config.site.comments.first_held;
    Some(draft.writer.as_str()).filter(|_| first_held)
}

/// 201, for nobody else's eyes.
pub(super) fn created(it: &Created) -> Response {
    private(StatusCode::CREATED, it)
}

/// JSON that nothing in between keeps.
pub(super) fn private(status: StatusCode, it: &impl Serialize) -> Response {
    // The contract's types are text, numbers and lists: they always serialise.
    let body = serde_json::to_vec(it).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, body).into_response();
    add_common(response.headers_mut());
    response
}
