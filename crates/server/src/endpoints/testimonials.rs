//! `/testimonials`.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    error::{Problem, ProblemKind},
    list::Listing,
    receipt::Created,
    testimonial::{PublicTestimonial, TestimonialDraft},
};

use serde::Deserialize;

use crate::{
    endpoints::{Query, comments::created, links, once},
    error::Refusal,
    forms::post::{envelope, json},
    snapshot::{Current, Snapshot},
};

/// Which part of the list.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// From 1.
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
}

fn first() -> u32 {
    1
}

impl ListParams {
    /// # Errors
    ///
    /// There is no page 0.
    fn page(&self) -> Result<u32, Refusal> {
        if self.page == 0 { Err(ProblemKind::BadRequest.into()) } else { Ok(self.page) }
    }
}

/// None where there are no testimonials.
pub(crate) fn taken(snapshot: &Snapshot) -> Result<(), Refusal> {
    let on = snapshot.config.site.features.testimonials;
    if on { Ok(()) } else { Err(ProblemKind::NotFound.into()) }
}

/// Approved testimonials that have not expired, newest first. Each is one person's experience, and
/// proves nothing: whoever shows one says so.
#[utoipa::path(get, path = "/testimonials", tag = "people",
    params(ListParams), responses(
    (status = 200, body = Listing<PublicTestimonial>, headers(("link", description = "RFC 8288: first, prev, next, last"))),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "This site has none"),
))]
pub async fn list_testimonials(
    State(current): State<Current>,
    Query(params): Query<ListParams>,
    request: Request,
) -> Result<Response, Refusal> {
    taken(&current.get())?;
    let page = params.page()?;
    let found = current.people().testimonials(page).await?;
    let links = links(&request, found.page, found.last_page());
    Ok(once(&found, links, &request))
}

/// Sends a testimonial, with two consents. It is shown once a moderator has approved it.
#[utoipa::path(post, path = "/testimonials", tag = "people",
    params(("idempotency-key" = Option<String>, Header, description = "The same again is the same testimonial; 16 to 128 characters"), ("proof-of-work" = Option<String>, Header, description = "In a flood: the puzzle of the refusal, a colon and the count that solves it")),
    request_body = TestimonialDraft, responses(
    (status = 201, body = Created),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json", description = "This site takes none"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many from one sender; or, with a `challenge`, from everybody"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn send_testimonial(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    taken(&snapshot)?;
    let envelope = envelope(&snapshot, &request)?;
    let testimonial = json::<TestimonialDraft>(request).await?.validate()?;
    let days = snapshot.config.testimonial_days;
    Ok(created(&current.people().send_testimonial(&testimonial, days, &envelope).await?))
}
