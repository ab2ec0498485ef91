//! `/contact` and `/practitioners/{id}/reports`: what only the site's own people read.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    contact::ContactDraft,
    error::{Problem, ProblemKind},
    practitioner::Practitioner,
    receipt::Created,
    report::ReportDraft,
    slug::Slug,
};

use crate::{
    endpoints::{articles::slug_of, comments::created},
    error::Refusal,
    forms::post::{envelope, json},
    snapshot::{Current, Snapshot},
};

/// Refused where the site takes no messages.
pub(crate) fn taken(snapshot: &Snapshot) -> Result<(), Refusal> {
    let on = snapshot.config.site.features.contact;
    if on { Ok(()) } else { Err(ProblemKind::NotFound.into()) }
}

/// The practitioner whose entry may be reported on.
pub(crate) fn reported(current: &Current, id: &Slug) -> Result<Practitioner, Refusal> {
    let snapshot = current.get();
    taken(&snapshot)?;
    let found = current.register().get().get(id).cloned();
    let found = found.filter(|_| snapshot.config.site.features.map);
    found.ok_or_else(|| ProblemKind::NotFound.into())
}

/// Sends a message to the site. It is never shown.
#[utoipa::path(post, path = "/contact", tag = "people",
    params(("idempotency-key" = Option<String>, Header, description = "The same again is the same message; 16 to 128 characters"), ("proof-of-work" = Option<String>, Header, description = "In a flood: the puzzle of the refusal, a colon and the count that solves it")),
    request_body = ContactDraft, responses(
    (status = 201, body = Created),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "This site takes none"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many from one sender; or, with a `challenge`, from everybody"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send_contact(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    taken(&snapshot)?;
    let envelope = envelope(&snapshot, &request)?;
    let contact = json::<ContactDraft>(request).await?.validate()?;
    Ok(created(&current.people().send_contact(&contact, &envelope).await?))
}

/// Says what is wrong with a practitioner's entry. It is never shown.
#[utoipa::path(post, path = "/practitioners/{id}/reports", tag = "people",
    params(("id" = Slug, Path), ("idempotency-key" = Option<String>, Header, description = "The same again is the same report; 16 to 128 characters"), ("proof-of-work" = Option<String>, Header, description = "In a flood: the puzzle of the refusal, a colon and the count that solves it")),
    request_body = ReportDraft, responses(
    (status = 201, body = Created),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "No such practitioner, or this site takes none"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many from one sender; or, with a `challenge`, from everybody"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send_report(
    State(current): State<Current>,
    id: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let id = slug_of(id)?;
    reported(&current, &id)?;
    let envelope = envelope(&current.get(), &request)?;
    let report = json::<ReportDraft>(request).await?.validate()?;
    Ok(created(&current.people().send_report(&id, &report, &envelope).await?))
}
