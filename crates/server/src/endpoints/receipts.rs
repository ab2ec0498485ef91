//! `/receipts/{secret}`: what an author sees, changes and erases without an account.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contract::{
    error::Problem,
    kept::Kept,
    receipt::{Kind, Receipt, ReceiptChange},
    slug::Slug,
};
use locale::text;

use crate::{
    endpoints::comments::{private, rules},
    error::Refusal,
    forms::post::{envelope, json},
    headers::add_common,
    snapshot::Current,
};

/// What was sent, and how far it is.
#[utoipa::path(get, path = "/receipts/{secret}", tag = "people",
    params(("secret" = String, Path)), responses(
    (status = 200, body = Receipt),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let first = current.get().config.site.comments.first_held;
    let receipt =
        current.people().receipt(&secret, first, |kind, it| title(&current, kind, it)).await?;
    Ok(private(StatusCode::OK, &receipt))
}

/// All that is kept of it, with what was decided.
#[utoipa::path(get, path = "/receipts/{secret}/copy", tag = "people",
    params(("secret" = String, Path)), responses(
    (status = 200, body = Kept),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_copy(
    State(current): State<Current>,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let kept = current.people().kept(&secret, |kind, it| title(&current, kind, it)).await?;
    Ok(private(StatusCode::OK, &kept))
}

/// Changes a comment or a testimonial that nobody has decided on yet.
#[utoipa::path(patch, path = "/receipts/{secret}", tag = "people",
    params(("secret" = String, Path)), request_body = ReceiptChange, responses(
    (status = 200, body = Receipt),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "A moderator has decided"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn change_receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    envelope(&snapshot, &request)?;
    let change: ReceiptChange = json(request).await?;
    let first = snapshot.config.site.comments.first_held;
    current.people().change(&secret, &change, rules(&snapshot)).await?;
    let receipt =
        current.people().receipt(&secret, first, |kind, it| title(&current, kind, it)).await?;
    Ok(private(StatusCode::OK, &receipt))
}

/// Erases it, at once and for everybody.
#[utoipa::path(delete, path = "/receipts/{secret}", tag = "people",
    params(("secret" = String, Path)), responses(
    (status = 204),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn erase_receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    envelope(&current.get(), &request)?;
    current.people().erase(&secret).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_common(response.headers_mut());
    Ok(response)
}

/// The title of what something of this kind is about.
pub(crate) fn title(current: &Current, kind: Kind, about: &Slug) -> Option<String> {
    match kind {
        Kind::Comment | Kind::Feedback => {
            current.get().library.article(about).map(|it| it.title.clone())
        }
        Kind::Testimonial => Some(text().testimonials().to_owned()),
        Kind::Message => Some(text().footer_contact().to_owned()),
        Kind::Report => current.register().get().get(about).map(|it| it.name.clone()),
    }
}
