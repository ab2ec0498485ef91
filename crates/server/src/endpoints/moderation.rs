//! `/moderation`: what waits, what is decided, what was. Only for those who are signed in.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::Response,
};
use contract::{
    desk::{
        BulkDraft, DecisionDraft, MAX_AT_ONCE, Outcome, PageOpinion, Question, Queue, Recorded,
        Seen, Shelf, reply,
    },
    error::{Problem, ProblemKind},
    list::Listing,
    receipt::Kind,
    slug::Slug,
};
use serde::Deserialize;

use crate::{
    endpoints::{Query, articles::slug_of, comments::private, receipts::title, session::signed},
    error::Refusal,
    forms::post::{envelope, json},
    snapshot::Current,
};

/// Which part of the queue.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueParams {
    #[serde(default)]
    state: Shelf,
    kind: Option<Kind>,
    /// About one page, or one practitioner.
    about: Option<Slug>,
    /// Words of the name, the text or the page; each of them must be there.
    #[serde(default)]
    q: String,
    /// From 1.
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
}

/// Which part of the journal.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalParams {
    /// From 1.
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
}

fn first() -> u32 {
    1
}

type SlugPath = Result<Path<Slug>, PathRejection>;

/// What was sent: those that wait the oldest first, those that were decided on the latest first.
#[utoipa::path(get, path = "/moderation", tag = "desk", params(QueueParams), responses(
    (status = 200, body = Queue),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not see this kind"),
))]
pub async fn list_queue(
    State(current): State<Current>,
    Query(params): Query<QueueParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let QueueParams { state, kind, about, q, page } = params;
    if page == 0 {
        return Err(ProblemKind::BadRequest.into());
    }
    // As a page's address is read: what is looked for has an end.
    let q = Question::read(&format!("q={}", contract::route::encode(&q))).q;
    let question = Question { state, kind, about, q, page, item: None };
    let desk = current.people().desk()?;
    let queue =
        desk.queue(signed.who.role, &question, |kind, it| title(&current, kind, it)).await?;
    Ok(private(StatusCode::OK, &queue))
}

/// Decides on one item, or takes a decision back.
#[utoipa::path(post, path = "/moderation/{id}/decision", tag = "desk",
    params(("id" = Slug, Path)), request_body = DecisionDraft, responses(
    (status = 200, body = Seen, description = "As it stands now"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "It has changed since it was looked at"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn decide(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let id = slug_of(id)?;
    envelope(&current.get(), &request)?;
    let draft: DecisionDraft = json(request).await?;
    let (reply, seen) = (reply(&draft.reply)?, [Seen { id, seen: draft.seen }]);
    let people = current.people();
    let desk = people.desk()?;
    let outcome = desk.decide(&signed.who, draft.verdict, reply.as_deref(), &seen).await?;
    people.hear().await;
    match outcome {
        Outcome { done, .. } if !done.is_empty() => Ok(private(StatusCode::OK, &done[0])),
        Outcome { changed, .. } if !changed.is_empty() => {
            let detail = locale::text().desk_changed().to_owned();
            Err(Refusal::with_detail(ProblemKind::Conflict, detail))
        }
        _ => Err(ProblemKind::NotFound.into()),
    }
}

/// The same decision on several items. What has changed since it was looked at is left as it is.
#[utoipa::path(post, path = "/moderation/decisions", tag = "desk", request_body = BulkDraft, responses(
    (status = 200, body = Outcome),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "None, or more than 100"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not decide this on one of them: nothing is decided"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn decide_all(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    envelope(&current.get(), &request)?;
    let draft: BulkDraft = json(request).await?;
    if draft.items.is_empty() || MAX_AT_ONCE < draft.items.len() {
        return Err(ProblemKind::BadRequest.into());
    }
    let reply = reply(&draft.reply)?;
    let people = current.people();
    let desk = people.desk()?;
    let outcome = desk.decide(&signed.who, draft.verdict, reply.as_deref(), &draft.items).await?;
    people.hear().await;
    Ok(private(StatusCode::OK, &outcome))
}

/// What was decided on one item, oldest first.
#[utoipa::path(get, path = "/moderation/{id}/history", tag = "desk", params(("id" = Slug, Path)), responses(
    (status = 200, body = Vec<Recorded>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not see this kind"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_history(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let history = current.people().desk()?.history(signed.who.role, &slug_of(id)?).await?;
    Ok(private(StatusCode::OK, &history))
}

/// What readers say of each page, those that helped least often first.
#[utoipa::path(get, path = "/moderation/feedback", tag = "desk", responses(
    (status = 200, body = Vec<PageOpinion>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
))]
pub async fn list_opinions(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let role = signed(&current, request.headers()).await?.who.role;
    let desk = current.people().desk()?;
    let found = desk.opinions(role, |kind, it| title(&current, kind, it)).await?;
    Ok(private(StatusCode::OK, &found))
}

/// All that was decided, the latest first.
#[utoipa::path(get, path = "/moderation/journal", tag = "desk", params(JournalParams), responses(
    (status = 200, body = Listing<Recorded>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
))]
pub async fn list_journal(
    State(current): State<Current>,
    Query(params): Query<JournalParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    if params.page == 0 {
        return Err(ProblemKind::BadRequest.into());
    }
    let journal = current.people().desk()?.journal(signed.who.role, params.page).await?;
    Ok(private(StatusCode::OK, &journal))
}
