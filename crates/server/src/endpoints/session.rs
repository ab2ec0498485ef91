//! `/session`: who is at the moderators' desk.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use contract::{
    desk::{Credentials, Who},
    error::Problem,
};
use serde::Deserialize;

use crate::{
    desk::{accounts::Signed, cookie, wake},
    endpoints::{Query, comments::private},
    error::Refusal,
    forms::post::{envelope, json},
    headers::add_common,
    snapshot::Current,
};

/// Which sessions end.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EndParams {
    /// All of this account, on whatever device.
    #[serde(default)]
    everywhere: bool,
}

/// Whoever a request's cookie names.
///
/// # Errors
///
/// Nobody is signed in; the database.
pub(crate) async fn signed(current: &Current, headers: &HeaderMap) -> Result<Signed, Refusal> {
    let token = cookie::read(headers, &current.get().config.site);
    current.people().desk()?.accounts().who(token).await
}

/// Signs in: the answer sets a cookie, of which scripts know nothing.
#[utoipa::path(post, path = "/session", tag = "desk", request_body = Credentials, responses(
    (status = 201, body = Who, headers(("set-cookie", description = "HttpOnly, SameSite=Strict; Secure where the site is"))),
    (status = 401, body = Problem, content_type = "application/problem+json", description = "Wrong name or password"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many tries"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub async fn sign_in(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    let site = &snapshot.config.site;
    let envelope = envelope(&snapshot, &request)?;
    let old = cookie::read(request.headers(), site);
    let credentials: Credentials = json(request).await?;
    let accounts = current.people().desk()?.accounts();
    let (who, token) = accounts.sign_in(&credentials, &envelope.sender, old.as_deref()).await?;
    wake(current.people());
    let mut response = private(StatusCode::CREATED, &who);
    cookie::set(response.headers_mut(), site, &token);
    Ok(response)
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "desk", responses(
    (status = 200, body = Who),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_session(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    Ok(private(StatusCode::OK, &signed.who))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "desk", params(EndParams), responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
))]
pub async fn sign_out(
    State(current): State<Current>,
    Query(params): Query<EndParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = current.get();
    envelope(&snapshot, &request)?;
    let signed = signed(&current, request.headers()).await?;
    current.people().desk()?.accounts().sign_out(&signed, params.everywhere).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_common(response.headers_mut());
    cookie::set(response.headers_mut(), &snapshot.config.site, "");
    Ok(response)
}
