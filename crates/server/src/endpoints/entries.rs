//! `/moderation/practitioners`, `/moderation/directory`: the directory at the desk.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::Response,
};
use contract::{
    desk::{
        Action, Recorded,
        entries::{
            DeskEntry, EntryDraft, EntryEdit, EntrySeen, ImportOrder, ImportOutcome, ImportReport,
        },
    },
    error::{Problem, ProblemKind},
    list::Listing,
    slug::Slug,
};
use serde::Deserialize;

use crate::{
    desk::{
        entries::{Asked, Rules},
        imports::MAX_FILE,
    },
    endpoints::{Query, articles::slug_of, comments::private, session::signed},
    error::Refusal,
    forms::post::{bytes, envelope, json},
    snapshot::{Current, Snapshot},
};

/// Which entries.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntriesParams {
    /// Words of the name, the town, the postal code or the id; each of them must be there.
    #[serde(default)]
    q: String,
    /// Those that are archived, in place of the others.
    #[serde(default)]
    archived: bool,
    /// From 1.
    #[serde(default = "first")]
    #[param(minimum = 1)]
    page: u32,
}

/// Where the entries of a file come from.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// As readers see it, of rows that do not say so themselves.
    #[serde(default)]
    source: String,
}

fn first() -> u32 {
    1
}

type SlugPath = Result<Path<Slug>, PathRejection>;

/// What is typed is read by the same rules whether it comes from a form or as JSON.
pub(crate) fn rules<'a>(current: &Current, snapshot: &'a Snapshot) -> Rules<'a> {
    Rules {
        gazetteer: current.register().gazetteer(),
        source: &snapshot.config.site.name,
        // The day of the pages: at midnight both change together.
        today: snapshot.today,
    }
}

/// Entries by name; those that are archived are asked for apart.
#[utoipa::path(get, path = "/moderation/practitioners", tag = "desk", params(EntriesParams), responses(
    (status = 200, body = Listing<DeskEntry>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
))]
pub async fn list_entries(
    State(current): State<Current>,
    Query(params): Query<EntriesParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let EntriesParams { q, archived, page } = params;
    if page == 0 {
        return Err(ProblemKind::BadRequest.into());
    }
    let asked = Asked { q, archived, page };
    let found = current.people().desk()?.entries(signed.who.role, &asked).await?;
    Ok(private(StatusCode::OK, &found))
}

/// Adds an entry.
#[utoipa::path(post, path = "/moderation/practitioners", tag = "desk", request_body = EntryDraft, responses(
    (status = 201, body = DeskEntry),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn add_entry(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let snapshot = current.get();
    envelope(&snapshot, &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Directory)?;
    let draft: EntryDraft = json(request).await?;
    let written = desk.add_entry(&signed.who, &draft, rules(&current, &snapshot)).await?;
    Ok(private(StatusCode::CREATED, &written.entry))
}

/// One entry, archived or not.
#[utoipa::path(get, path = "/moderation/practitioners/{id}", tag = "desk", params(("id" = Slug, Path)), responses(
    (status = 200, body = DeskEntry),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_entry(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let entry = current.people().desk()?.entry(signed.who.role, &slug_of(id)?).await?;
    Ok(private(StatusCode::OK, &entry))
}

/// Changes an entry that is as it was seen. All fields are sent; what is missing is emptied.
#[utoipa::path(put, path = "/moderation/practitioners/{id}", tag = "desk",
    params(("id" = Slug, Path)), request_body = EntryEdit, responses(
    (status = 200, body = DeskEntry),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "It has changed since it was looked at"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Rules are broken: see `errors`"),
))]
pub async fn change_entry(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let (id, snapshot) = (slug_of(id)?, current.get());
    envelope(&snapshot, &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Directory)?;
    let EntryEdit { seen, entry } = json(request).await?;
    let rules = rules(&current, &snapshot);
    let written = desk.change_entry(&signed.who, &id, seen, &entry, rules).await?;
    Ok(private(StatusCode::OK, &written.entry))
}

/// Takes an entry out of sight.
#[utoipa::path(post, path = "/moderation/practitioners/{id}/archive", tag = "desk",
    params(("id" = Slug, Path)), request_body = EntrySeen, responses(
    (status = 200, body = DeskEntry),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "It has changed since it was looked at, or is archived already"),
))]
pub async fn archive_entry(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    put_away(&current, id, request, true).await
}

/// Brings an archived entry back.
#[utoipa::path(post, path = "/moderation/practitioners/{id}/restore", tag = "desk",
    params(("id" = Slug, Path)), request_body = EntrySeen, responses(
    (status = 200, body = DeskEntry),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "It has changed since it was looked at, or is not archived"),
))]
pub async fn restore_entry(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    put_away(&current, id, request, false).await
}

async fn put_away(
    current: &Current,
    id: SlugPath,
    request: Request,
    archive: bool,
) -> Result<Response, Refusal> {
    let signed = signed(current, request.headers()).await?;
    let id = slug_of(id)?;
    envelope(&current.get(), &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Directory)?;
    let EntrySeen { seen } = json(request).await?;
    let entry = desk.archive_entry(&signed.who, &id, seen, archive).await?;
    Ok(private(StatusCode::OK, &entry))
}

/// What was done to one entry, oldest first.
#[utoipa::path(get, path = "/moderation/practitioners/{id}/history", tag = "desk", params(("id" = Slug, Path)), responses(
    (status = 200, body = Vec<Recorded>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_entry_history(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let desk = current.people().desk()?;
    let history = desk.entry_history(signed.who.role, &slug_of(id)?).await?;
    Ok(private(StatusCode::OK, &history))
}

/// Looks at a file, 32 MiB at most, and tells what importing it would do. Nothing is written.
#[utoipa::path(post, path = "/moderation/directory/report", tag = "desk", params(ReportParams),
    request_body(content = String, content_type = "text/csv"), responses(
    (status = 200, body = ImportReport),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "Nothing of it can be read"),
))]
pub async fn look_at_import(
    State(current): State<Current>,
    Query(params): Query<ReportParams>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    let snapshot = current.get();
    envelope(&snapshot, &request)?;
    let desk = current.people().desk()?;
    // Before anything of it is taken in.
    desk.permit(signed.who.role, Action::Directory)?;
    let file = bytes(request, "text/csv", MAX_FILE).await?;
    let rules = Rules { source: &params.source, ..rules(&current, &snapshot) };
    let report = desk.look_at(&signed.who, file, rules).await?;
    Ok(private(StatusCode::OK, &report))
}

/// Carries a report out: what it told, or nothing.
#[utoipa::path(post, path = "/moderation/directory/import", tag = "desk", request_body = ImportOrder, responses(
    (status = 200, body = ImportOutcome),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json", description = "The role may not, or sent by a page of another site"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "The report is over, the directory has changed since, or rows were rejected and `partial` is not true"),
))]
pub async fn import_file(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    let signed = signed(&current, request.headers()).await?;
    envelope(&current.get(), &request)?;
    let desk = current.people().desk()?;
    desk.permit(signed.who.role, Action::Directory)?;
    let order: ImportOrder = json(request).await?;
    let done = desk.import(&signed.who, &order, current.register().gazetteer()).await?;
    Ok(private(StatusCode::OK, &done))
}
