//! Pages that people send something with: plain HTML, complete without scripts.
//!
//! A form that breaks rules comes back with what was typed (422); one that is kept leads to its
//! receipt (303), so that a reload sends nothing twice.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
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
    endpoints::{comments as rules, feedback as asked},
    entity::Caching,
    error::Refusal,
    headers::add_common,
    render::{
        self, Document,
        pages::{
            comments::{self as thread, Written},
            feedback as opinion, lost,
        },
    },
    snapshot::{Current, Snapshot},
};

mod feed;
pub mod post;
mod receipt;

pub use feed::comments_feed;
pub use receipt::{change_receipt, receipt};

use post::{Fields, envelope};

type SlugPath = Result<Path<Slug>, PathRejection>;

/// Draws a page that the server alone draws: it is nobody else's, and never kept.
fn draw(snapshot: &Snapshot, request: (&Method, &Route), page: Document) -> Response {
    let (method, route) = request;
    let (config, template) = (&snapshot.config, &snapshot.template);
    let rendered = render::document_page(config, template, route, page);
    let entity = render::entity(config, template, rendered, Caching::Never);
    entity.respond(method, &HeaderMap::new())
}

/// The refusal as a page: what went wrong, and that nothing typed is lost by going back.
fn refuse(snapshot: &Snapshot, route: &Route, refusal: Refusal) -> Response {
    let problem = Problem::from(refusal);
    if problem.status == ProblemKind::NotFound.status() {
        return snapshot.missing.respond(&Method::GET, &HeaderMap::new());
    }
    let mut response = draw(snapshot, (&Method::POST, route), lost::refused(&problem));
    if problem.status == ProblemKind::TooMany.status() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("600"));
    }
    response
}

/// To the page of what was just kept. The secret stands in no other address.
fn to_receipt(created: &Created, what: &str) -> Response {
    see_other(&format!("/{RECEIPTS}/{}?{what}", created.receipt))
}

fn see_other(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    add_common(response.headers_mut());
    response
}

fn route_of(request: &Request) -> Route {
    Route::Document { path: request.uri().path().to_owned() }
}

/// `GET /articles/{slug}/commentaires?page=&repondre=`: all comments of an article, and the form.
pub async fn comments(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    let query = request.uri().query().unwrap_or_default();
    let page = query_value(query, "page").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let parent = query_value(query, "repondre").and_then(|it| Slug::try_from(it).ok());
    let written =
        Written { draft: CommentDraft { parent, ..Default::default() }, ..Default::default() };
    match thread_page(&current, &snapshot, slug, page, written).await {
        Ok(page) => draw(&snapshot, (request.method(), &route), page),
        Err(refusal) => refuse(&snapshot, &route, refusal),
    }
}

/// `POST /articles/{slug}/commentaires`.
pub async fn send_comment(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    match keep_comment(&current, &snapshot, slug, &route, request).await {
        Ok(response) => response,
        Err(refusal) => refuse(&snapshot, &route, refusal),
    }
}

async fn keep_comment(
    current: &Current,
    snapshot: &Snapshot,
    slug: SlugPath,
    route: &Route,
    request: Request,
) -> Result<Response, Refusal> {
    let Ok(Path(slug)) = slug else { return Err(ProblemKind::NotFound.into()) };
    let open = rules::open(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let envelope = envelope(snapshot, &request)?;
    let fields = Fields::read(request).await?;
    if !open {
        return Err(ProblemKind::Conflict.into());
    }
    let parent = fields.get("parent");
    let draft = CommentDraft {
        name: fields.get("name"),
        email: fields.get("email"),
        body: fields.get("body"),
        parent: Slug::try_from(parent).ok(),
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
    match sent {
        Ok(created) => Ok(to_receipt(&created, "merci")),
        Err(refusal) => {
            let problem = Problem::from(refusal);
            if problem.errors.is_empty() {
                return Err(problem.into());
            }
            let gone = problem.errors.iter().any(|it| it.field == "parent");
            let draft = CommentDraft { parent: draft.parent.clone().filter(|_| !gone), ..draft };
            let written = Written { draft, errors: problem.errors, answers: None };
            let slug = Ok(Path(slug));
            let page = thread_page(current, snapshot, slug, 1, written).await?;
            let page = Document { status: problem.status, ..page };
            Ok(draw(snapshot, (&Method::POST, route), page))
        }
    }
}

async fn thread_page(
    current: &Current,
    snapshot: &Snapshot,
    slug: SlugPath,
    page: u32,
    mut written: Written,
) -> Result<Document, Refusal> {
    let Ok(Path(slug)) = slug else { return Err(ProblemKind::NotFound.into()) };
    let open = rules::open(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(&slug).ok_or(ProblemKind::NotFound)?;
    let it = current.people().comments(&slug, page, open).await?;
    if let Some(parent) = &written.draft.parent {
        let thread = it.items.iter().find(|it| it.id == *parent && !it.name.is_empty());
        written.answers = thread.map(|it| it.name.clone());
    }
    Ok(thread::document(article, &it, &written, &snapshot.config.site))
}

/// `GET /articles/{slug}/avis?utile=`: whether the page helped, and a word about it.
pub async fn feedback(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    let useful = match query_value(request.uri().query().unwrap_or_default(), "utile").as_deref() {
        Some("oui") => Some(true),
        Some("non") => Some(false),
        _ => None,
    };
    let draft = FeedbackDraft { useful, message: String::new() };
    match feedback_page(&snapshot, slug, &draft, None) {
        Ok(page) => draw(&snapshot, (request.method(), &route), page),
        Err(refusal) => refuse(&snapshot, &route, refusal),
    }
}

/// `POST /articles/{slug}/avis`.
pub async fn send_feedback(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    match keep_feedback(&current, &snapshot, slug, &route, request).await {
        Ok(response) => response,
        Err(refusal) => refuse(&snapshot, &route, refusal),
    }
}

async fn keep_feedback(
    current: &Current,
    snapshot: &Snapshot,
    slug: SlugPath,
    route: &Route,
    request: Request,
) -> Result<Response, Refusal> {
    let Ok(Path(slug)) = slug else { return Err(ProblemKind::NotFound.into()) };
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
            Ok(to_receipt(&created, "merci"))
        }
        Err(broken) => {
            let problem = Problem::from(Refusal::from(broken));
            let page = feedback_page(snapshot, Ok(Path(slug)), &draft, Some(&problem))?;
            Ok(draw(snapshot, (&Method::POST, route), page))
        }
    }
}

fn feedback_page(
    snapshot: &Snapshot,
    slug: SlugPath,
    draft: &FeedbackDraft,
    problem: Option<&Problem>,
) -> Result<Document, Refusal> {
    let Ok(Path(slug)) = slug else { return Err(ProblemKind::NotFound.into()) };
    asked::asked(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(&slug).ok_or(ProblemKind::NotFound)?;
    let errors = problem.map_or(&[][..], |it| &it.errors);
    let page = opinion::document(article, draft, errors);
    Ok(Document { status: problem.map_or(200, |it| it.status), ..page })
}
