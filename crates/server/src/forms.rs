//! Pages that people send something with: plain HTML, complete without scripts.
//!
//! A form that breaks rules comes back with what was typed (422); one that is kept leads to its
//! receipt (303), so that a reload sends nothing twice.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    comment::CommentDraft,
    error::{Problem, ProblemKind},
    feedback::FeedbackDraft,
    receipt::Created,
    route::{Depth, RECEIPTS, Route, query_value},
    slug::Slug,
};

use crate::{
    endpoints::{articles::slug_of, comments as rules, feedback as asked},
    error::Refusal,
    render::{
        Document,
        pages::{
            comments::{self as thread, Written},
            feedback as opinion,
        },
    },
    snapshot::{Current, Snapshot},
};

mod feed;
pub mod post;
mod receipt;
mod visit;

pub use feed::comments_feed;
pub use receipt::{change_receipt, receipt};

use post::{Fields, envelope};
use visit::{Visit, see_other};

type SlugPath = Result<Path<Slug>, PathRejection>;

/// To the page of what was just kept. The secret stands in no other address.
fn to_receipt(created: &Created) -> Response {
    see_other(&format!("/{RECEIPTS}/{}?merci", created.receipt))
}

/// `GET /articles/{slug}/commentaires?page=&repondre=`: all comments of an article, and the form.
pub async fn comments(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let page = query_value(query, "page").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let parent = query_value(query, "repondre").and_then(|it| Slug::try_from(it).ok());
    let draft = CommentDraft { parent, ..Default::default() };
    let shown = async {
        let written = Written { draft, ..Default::default() };
        let page = thread_page(&current, &visit.snapshot, &slug_of(slug)?, page, written).await?;
        Ok(visit.draw(page))
    };
    visit.answer(shown.await)
}

/// `POST /articles/{slug}/commentaires`.
pub async fn send_comment(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    visit.answer(keep_comment(&current, &visit, slug, request).await)
}

async fn keep_comment(
    current: &Current,
    visit: &Visit,
    slug: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let (slug, snapshot) = (slug_of(slug)?, &visit.snapshot);
    let open = rules::open(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let envelope = envelope(snapshot, &request)?;
    let fields = Fields::read(request).await?;
    if !open {
        return Err(ProblemKind::Conflict.into());
    }
    let draft = CommentDraft {
        name: fields.get("name"),
        email: fields.get("email"),
        body: fields.get("body"),
        parent: Slug::try_from(fields.get("parent")).ok(),
        consent: fields.get("consent") == "true",
    };
    if fields.is_trapped() {
        // A program learns nothing from the answer.
        return Ok(see_other(&format!("{}#commentaires", thread::address(&slug))));
    }
    let sent = match draft.validate(rules::rules(snapshot)) {
        Ok(comment) => current.people().send_comment(&slug, &comment, &envelope).await,
        Err(broken) => Err(broken.into()),
    };
    let problem = match sent {
        Ok(created) => return Ok(to_receipt(&created)),
        Err(refusal) => Problem::from(refusal),
    };
    if problem.errors.is_empty() {
        return Err(problem.into());
    }
    // What is gone is answered no more: sent again, it is a comment of its own.
    let gone = problem.errors.iter().any(|it| it.field == "parent");
    let draft = CommentDraft { parent: draft.parent.clone().filter(|_| !gone), ..draft };
    let written = Written { draft, errors: problem.errors, answers: None };
    let page = thread_page(current, snapshot, &slug, 1, written).await?;
    Ok(visit.draw(Document { status: problem.status, ..page }))
}

async fn thread_page(
    current: &Current,
    snapshot: &Snapshot,
    slug: &Slug,
    page: u32,
    mut written: Written,
) -> Result<Document, Refusal> {
    let open = rules::open(snapshot, slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(slug).ok_or(ProblemKind::NotFound)?;
    let it = current.people().comments(slug, page, open).await?;
    if let Some(parent) = &written.draft.parent {
        // It may stand on another page than the one that is shown.
        written.answers = current.people().name_of(slug, parent).await?;
    }
    Ok(thread::document(article, &it, &written, &snapshot.config.site))
}

/// `GET /articles/{slug}/avis?utile=`: whether the page helped, and a word about it.
pub async fn feedback(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    let useful = match query_value(request.uri().query().unwrap_or_default(), "utile").as_deref() {
        Some("oui") => Some(true),
        Some("non") => Some(false),
        _ => None,
    };
    let draft = FeedbackDraft { useful, message: String::new() };
    let page = slug_of(slug).and_then(|slug| feedback_page(&visit.snapshot, &slug, &draft, None));
    visit.answer(page.map(|page| visit.draw(page)))
}

/// `POST /articles/{slug}/avis`.
pub async fn send_feedback(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    visit.answer(keep_feedback(&current, &visit, slug, request).await)
}

async fn keep_feedback(
    current: &Current,
    visit: &Visit,
    slug: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let (slug, snapshot) = (slug_of(slug)?, &visit.snapshot);
    asked::asked(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let envelope = envelope(snapshot, &request)?;
    let fields = Fields::read(request).await?;
    let useful = match fields.get("useful").as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let draft = FeedbackDraft { useful, message: fields.get("message") };
    if fields.is_trapped() {
        return Ok(see_other(&Route::Article { slug, depth: Depth::Full }.to_string()));
    }
    match draft.validate() {
        Ok(feedback) => {
            let created = current.people().send_feedback(&slug, &feedback, &envelope).await?;
            Ok(to_receipt(&created))
        }
        Err(broken) => {
            let problem = Problem::from(Refusal::from(broken));
            Ok(visit.draw(feedback_page(snapshot, &slug, &draft, Some(&problem))?))
        }
    }
}

fn feedback_page(
    snapshot: &Snapshot,
    slug: &Slug,
    draft: &FeedbackDraft,
    problem: Option<&Problem>,
) -> Result<Document, Refusal> {
    asked::asked(snapshot, slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(slug).ok_or(ProblemKind::NotFound)?;
    let errors = problem.map_or(&[][..], |it| &it.errors);
    let page = opinion::document(article, draft, errors);
    Ok(Document { status: problem.map_or(200, |it| it.status), ..page })
}
