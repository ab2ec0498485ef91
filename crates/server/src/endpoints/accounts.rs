//! `/moderation/accounts`, `/session/password`: who may sit at the desk, and everybody's own password.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contract::{
    desk::{
        Action,
        accounts::{Account, AccountChange, AccountDraft, AccountMade, PasswordChange},
    },
    error::{Problem, ProblemKind},
};

use crate::{
    endpoints::{comments::private, session::signed},
    error::Refusal,
    forms::post::{envelope, json},
    headers::add_common,
    snapshot::Current,
};

/// All accounts, by name.
#[utoipa::path(get, path = "/moderation/accounts", tag = "desk", responses(
    (status = 200, body = Vec<Account>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
))]
pub async fn list_accounts(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let all = current.people().desk()?.all_accounts(signed.who.role).await?;
    Ok(private(StatusCode::OK, &all))
}

/// Adds an account, with a password that this answer alone tells.
#[utoipa::path(post, path = "/moderation/accounts", tag = "desk", request_body = AccountDraft, responses(
    (status = 201, body = AccountMade),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn add_account(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    envelope(&current.get(), &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Accounts)?;
    let draft: AccountDraft = json(request).await?;
    Ok(private(StatusCode::CREATED, &desk.add_account(&signed.who, &draft).await?))
}

/// Changes a role, closes, opens or signs out an account, or makes it another password.
#[utoipa::path(patch, path = "/moderation/accounts/{name}", tag = "desk",
    params(("name" = String, Path)), request_body = AccountChange, responses(
    (status = 200, body = AccountMade),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "It is the last that keeps accounts"),
))]
pub async fn change_account(
    State(current): State<Current>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let Path(name) = name.map_err(|_| ProblemKind::NotFound)?;
    envelope(&current.get(), &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Accounts)?;
    let change: AccountChange = json(request).await?;
    Ok(private(StatusCode::OK, &desk.change_account(&signed.who, &name, &change).await?))
}

/// Changes the password of whoever is signed in, and ends their other sessions.
#[utoipa::path(post, path = "/session/password", tag = "desk", request_body = PasswordChange, responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "Sent by a page of another site"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too many tries"),
))]
pub async fn change_password(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    envelope(&current.get(), &request)?;
    let change: PasswordChange = json(request).await?;
    current.people().desk()?.change_password(&signed, &change).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_common(response.headers_mut());
    Ok(response)
}
