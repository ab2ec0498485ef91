//! `/articles/{slug}/feedback`.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    error::{Problem, ProblemKind},
    feedback::FeedbackDraft,
    receipt::Created,
    slug::Slug,
};

use crate::{
    endpoints::{articles::slug_of, comments::created},
    error::Refusal,
    forms::post::{envelope, json},
    snapshot::{Current, Snapshot},
};

/// None where nobody is asked what they think of it.
pub(crate) fn asked(snapshot: &Snapshot, slug: &Slug) -> Option<()> {
    let article = snapshot.library.article(slug)?;
    (snapshot.config.site.features.feedback && article.sponsor.is_none()).then_some(())
}

/// Says whether a page helped, and what is missing. Only the editors read it.
#[utoipa::path(post, path = "/articles/{slug}/feedback", tag = "people",
    params(("slug" = Slug, Path), ("idempotency-key" = Option<String>, Header, description = "The same again is the same message; 16 to 128 characters"), ("proof-of-work" = Option<String>, Header, description = "In a flood: the puzzle of the refusal, a colon and the count that solves it")),
    request_body = FeedbackDraft, responses(
    (status = 201, body = Created),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many from one sender; or, with a `challenge`, from everybody"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send_feedback(
    State(current): State<Current>,
    slug: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let slug = slug_of(slug)?;
    let snapshot = current.get();
    asked(&snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let envelope = envelope(&snapshot, &request)?;
    let draft: FeedbackDraft = json(request).await?;
    let feedback = draft.validate()?;
    Ok(created(&current.people().send_feedback(&slug, &feedback, &envelope).await?))
}
