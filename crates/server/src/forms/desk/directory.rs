//! `/moderation/annuaire`: the directory, its entries, a form for each.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    desk::{
        Action, Role, Who,
        entries::{DeskEntry, EntryDraft},
    },
    error::{FieldError, Problem, ProblemKind},
    form::line,
    route::{DESK_DIRECTORY, query_value},
    slug::Slug,
};

use crate::{
    clock,
    desk::{
        Desk,
        accounts::Signed,
        entries::{Asked, check, typed},
    },
    endpoints::{articles::slug_of, entries::rules, session::signed},
    error::Refusal,
    forms::{
        SlugPath,
        desk::Visit,
        post::{Fields, envelope},
        visit::see_other,
    },
    render::{
        Document,
        pages::desk::{self as pages, Conflict, EntryPage},
    },
    snapshot::Current,
};

/// `GET /moderation/annuaire?q=&archives=oui&page=`.
pub async fn list(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let value = |name: &str| query_value(query, name).unwrap_or_default();
    let asked = Asked {
        q: line(&value("q")).chars().take(contract::desk::MAX_QUERY).collect(),
        archived: value("archives") == "oui",
        page: value("page").parse().unwrap_or(1),
    };
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let found = current.people().desk()?.entries(who.role, &asked).await?;
        let site = &visit.snapshot.config.site;
        let imported = query_value(query, "fait").is_some_and(|it| it == "import");
        let list =
            pages::Entries { site, who: &who, q: &asked.q, archived: asked.archived, imported };
        Ok(visit.draw(pages::entries(&list, &found)))
    };
    visit.answer(shown.await)
}

/// `GET /moderation/annuaire/nouveau`.
pub async fn new(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        current.people().desk()?.permit(who.role, Action::Directory)?;
        Ok(visit.draw(blank(&visit, &who, &EntryDraft::default(), &[])))
    };
    visit.answer(shown.await)
}

fn blank(visit: &Visit, who: &Who, draft: &EntryDraft, errors: &[FieldError]) -> Document {
    pages::entry(&EntryPage {
        site: &visit.snapshot.config.site,
        who,
        kept: None,
        draft,
        seen: 0,
        errors,
        doubts: &[],
        conflict: None,
        history: &[],
        reports: &[],
        notice: None,
        status: if errors.is_empty() { 200 } else { ProblemKind::Invalid.status() },
        now_ms: clock::now_ms(),
    })
}

/// `POST /moderation/annuaire/nouveau`.
pub async fn add(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = async {
        envelope(&visit.snapshot, &request)?;
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        desk.permit(who.role, Action::Directory)?;
        let draft = draft(&Fields::read(request).await?);
        match desk.add_entry(&who, &draft, rules(&current, &visit.snapshot)).await {
            Ok(written) => Ok(to(&written.entry.practitioner.id, "ajout")),
            Err(refusal) => {
                let problem = Problem::from(refusal);
                if problem.errors.is_empty() {
                    return Err(problem.into());
                }
                Ok(visit.draw(blank(&visit, &who, &draft, &problem.errors)))
            }
        }
    };
    let done: Result<Response, Refusal> = done.await;
    visit.answer(done)
}

/// `GET /moderation/annuaire/{id}?fait=`.
pub async fn entry(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = query_value(request.uri().query().unwrap_or_default(), "fait");
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        let kept = desk.entry(who.role, &slug_of(id)?).await?;
        let draft = typed(&kept, rules(&current, &visit.snapshot));
        let notice = done.as_deref().and_then(pages::entry_notice);
        let shown = Shown { notice, ..Shown::of(&kept, &draft) };
        Ok(visit.draw(page(&current, desk, &visit, &who, shown).await?))
    };
    visit.answer(shown.await)
}

/// What a page of an entry shows, beside what is read for it.
struct Shown<'a> {
    kept: &'a DeskEntry,
    draft: &'a EntryDraft,
    errors: &'a [FieldError],
    conflict: Option<&'a Conflict>,
    notice: Option<&'static str>,
    status: u16,
}

impl<'a> Shown<'a> {
    fn of(kept: &'a DeskEntry, draft: &'a EntryDraft) -> Shown<'a> {
        Shown { kept, draft, errors: &[], conflict: None, notice: None, status: 200 }
    }
}

async fn page(
    current: &Current,
    desk: &Desk,
    visit: &Visit,
    who: &Who,
    it: Shown<'_>,
) -> Result<Document, Refusal> {
    let id = &it.kept.practitioner.id;
    // What is typed now is told of by its errors.
    let doubts = match check(it.draft, rules(current, &visit.snapshot)) {
        Ok(read) => read.doubts,
        Err(_) => Vec::new(),
    };
    let reports = desk.reports(who.role, id).await?;
    let history = desk.entry_history(who.role, id).await?;
    Ok(pages::entry(&EntryPage {
        site: &visit.snapshot.config.site,
        who,
        kept: Some(it.kept),
        draft: it.draft,
        seen: it.kept.seen,
        errors: it.errors,
        doubts: &doubts,
        conflict: it.conflict,
        history: &history,
        reports: &reports,
        notice: it.notice,
        status: it.status,
        now_ms: clock::now_ms(),
    }))
}

/// `POST /moderation/annuaire/{id}`.
pub async fn change(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = save(&current, &visit, id, request).await;
    visit.answer(done)
}

async fn save(
    current: &Current,
    visit: &Visit,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let id = slug_of(id)?;
    envelope(&visit.snapshot, &request)?;
    let Signed { who, .. } = signed(current, &visit.headers).await?;
    let desk = current.people().desk()?;
    desk.permit(who.role, Action::Directory)?;
    let fields = Fields::read(request).await?;
    let seen = seen(&fields)?;
    let draft = draft(&fields);
    let rules = rules(current, &visit.snapshot);
    let problem = match desk.change_entry(&who, &id, seen, &draft, rules).await {
        Ok(_) => return Ok(to(&id, "modification")),
        Err(refusal) => Problem::from(refusal),
    };
    let conflicts = problem.status == ProblemKind::Conflict.status();
    if problem.errors.is_empty() && !conflicts {
        return Err(problem.into());
    }
    let kept = desk.entry(who.role, &id).await?;
    let draft = EntryDraft { external_id: kept.external_id.clone(), ..draft };
    let conflict = conflicts.then(|| {
        // Both as they would be kept: what is only written otherwise is no difference.
        let now = EntryDraft::of(&kept.external_id, &kept.practitioner);
        let wanted = check(&draft, rules).map(|it| it.draft());
        Conflict { changes: now.changes(&wanted.unwrap_or_else(|_| draft.clone())) }
    });
    let shown = Shown {
        errors: &problem.errors,
        conflict: conflict.as_ref(),
        status: problem.status,
        ..Shown::of(&kept, &draft)
    };
    // Errors of what somebody else has changed meanwhile: that one is told when this is mended.
    let kept_seen = if conflicts { kept.seen } else { seen };
    let seen_before = DeskEntry { seen: kept_seen, ..kept.clone() };
    let shown = Shown { kept: &seen_before, ..shown };
    Ok(visit.draw(page(current, desk, visit, &who, shown).await?))
}

/// `POST /moderation/annuaire/{id}/archiver`.
pub async fn archive(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    put_away(&current, id, request, true).await
}

/// `POST /moderation/annuaire/{id}/remettre`.
pub async fn restore(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    put_away(&current, id, request, false).await
}

async fn put_away(current: &Current, id: SlugPath, request: Request, archive: bool) -> Response {
    let visit = Visit::new(current, &request);
    let done = async {
        let id = slug_of(id)?;
        envelope(&visit.snapshot, &request)?;
        let Signed { who, .. } = signed(current, &visit.headers).await?;
        let desk = current.people().desk()?;
        desk.permit(who.role, Action::Directory)?;
        let seen = seen(&Fields::read(request).await?)?;
        desk.archive_entry(&who, &id, seen, archive).await?;
        Ok(to(&id, if archive { "archive" } else { "retour" }))
    };
    let done: Result<Response, Refusal> = done.await;
    visit.answer(done)
}

fn to(id: &Slug, done: &str) -> Response {
    see_other(&format!("/{DESK_DIRECTORY}/{id}?fait={done}"))
}

fn seen(fields: &Fields) -> Result<i64, Refusal> {
    fields.get("seen").parse().map_err(|_| ProblemKind::BadRequest.into())
}

/// The fields of the form as those of a row: boxes are one list, lines of hours one line.
fn draft(fields: &Fields) -> EntryDraft {
    EntryDraft::of_fields(|name| match name {
        "languages" => fields.all(name).collect::<Vec<_>>().join(","),
        "opening" => {
            let text = fields.get(name);
            let lines: Vec<&str> =
                text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
            lines.join("; ")
        }
        _ => fields.get(name),
    })
}

/// Where what is reported of an entry is mended, for those who may.
pub(super) fn edits(role: Role, id: &Slug) -> Option<String> {
    role.may(Action::Directory).then(|| format!("/{DESK_DIRECTORY}/{id}"))
}
