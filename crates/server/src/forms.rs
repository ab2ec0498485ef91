//! Pages that people send something with: plain HTML, complete without scripts.
//!
//! A form that breaks rules comes back with what was typed (422); one that is kept leads to its
//! receipt (303), so that a reload sends nothing twice.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use contract::{
    comment::{CommentDraft, PER_PAGE},
    error::{FieldError, ProblemKind},
    feedback::FeedbackDraft,
    receipt::Created,
    route::{COMMENT, Depth, RECEIPTS, Route, query_value},
    slug::Slug,
};

use crate::{
    endpoints::{articles::slug_of, comments as rules, feedback as asked},
    error::Refusal,
    people::People,
    render::{
        Document,
        pages::{
            comments::{self as thread, Carried, Written},
            feedback as opinion,
        },
    },
    snapshot::{Current, Snapshot},
};

mod again;
pub mod desk;
mod feed;
mod letters;
pub mod post;
mod receipt;
mod testimonials;
mod visit;

pub use feed::{comments_feed, testimonials_feed};
pub use letters::{contact, report, send_contact, send_report};
pub use receipt::{change_receipt, receipt};
pub use testimonials::{send_testimonial, testimonials, write_testimonial};

use again::hurried;
use post::envelope;
use visit::{Visit, see_other};

type SlugPath = Result<Path<Slug>, PathRejection>;

/// To the page of what was just kept. The secret stands in no other address.
fn to_receipt(created: &Created) -> Response {
    see_other(&format!("/{RECEIPTS}/{}?merci", created.receipt))
}

/// `GET /articles/{slug}/commentaires?page=&commentaire=&repondre=`: all comments of an article, and the
/// form.
pub async fn comments(
    State(current): State<Current>,
    slug: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let page = query_value(query, "page").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let wanted = query_value(query, COMMENT);
    let parent = query_value(query, "repondre").and_then(|it| Slug::try_from(it).ok());
    // Where somebody's receipt has led to.
    let writer = query_value(query, "auteur").unwrap_or_default();
    let people = current.people();
    let shown = async {
        let mut carried = again::fresh(people);
        if writer_of(&visit.snapshot, people, &writer) {
            carried.hidden.push(("writer", writer.clone()));
        }
        let draft = CommentDraft { parent, ..Default::default() };
        let written = Written { draft, carried, ..Default::default() };
        let place = wanted.as_deref().map_or(Place::Page(page), Place::Of);
        let page = thread_page(&current, &visit.snapshot, &slug_of(slug)?, place, written).await?;
        Ok(visit.draw(page))
    };
    let answer = visit.answer(shown.await);
    // No other page learns its address then.
    if writer.is_empty() { answer } else { receipt::private(answer) }
}

/// Whether to carry on what a receipt has given.
fn writer_of(snapshot: &Snapshot, people: &People, writer: &str) -> bool {
    snapshot.config.site.comments.first_held && people.is_writer(writer)
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
    let snapshot = &visit.snapshot;
    let mut envelope = envelope(snapshot, &request)?;
    let fields = visit.read(request).await?;
    fields.seal(&mut envelope);
    let slug = slug_of(slug)?;
    if !rules::open(snapshot, &slug).ok_or(ProblemKind::NotFound)? {
        return Err(Refusal::comments_closed());
    }
    let draft = CommentDraft {
        name: fields.get("name"),
        email: fields.get("email"),
        body: fields.get("body"),
        parent: Slug::try_from(fields.get("parent")).ok(),
        consent: fields.get("consent") == "true",
        writer: fields.get("writer"),
    };
    if fields.is_trapped() {
        // A program learns nothing from the answer.
        return Ok(see_other(&format!("{}#commentaires", thread::address(&slug))));
    }
    let people = current.people();
    let writer = rules::writer(snapshot, &draft);
    let (problem, mut carried) =
        match (draft.validate(rules::rules(snapshot)), hurried(people, &fields)) {
            (Ok(_), Some(carried)) => (None, carried),
            (Ok(comment), None) => {
                match people.send_comment(&slug, &comment, writer, &envelope).await {
                    Ok(created) => return Ok(to_receipt(&created)),
                    Err(refusal) => again::refused(people, refusal).map(|it| (Some(it.0), it.1))?,
                }
            }
            (Err(broken), _) => {
                again::refused(people, broken.into()).map(|it| (Some(it.0), it.1))?
            }
        };
    if writer_of(snapshot, people, &draft.writer) {
        carried.hidden.push(("writer", draft.writer.clone()));
    }
    let errors = problem.as_ref().map_or(Vec::new(), |it| it.errors.clone());
    // What is gone is answered no more: sent again, it is a comment of its own.
    let gone = errors.iter().any(|it| it.field == "parent");
    let draft = CommentDraft { parent: draft.parent.clone().filter(|_| !gone), ..draft };
    let written = Written { draft, errors, answers: None, carried };
    let page = thread_page(current, snapshot, &slug, Place::Page(1), written).await?;
    Ok(again::draw(visit, page, problem.as_ref()))
}

/// Which page of the comments.
#[derive(Clone, Copy)]
enum Place<'a> {
    Page(u32),
    /// The one with this comment, or what somebody took for the name of one.
    Of(&'a str),
}

async fn thread_page(
    current: &Current,
    snapshot: &Snapshot,
    slug: &Slug,
    place: Place<'_>,
    mut written: Written,
) -> Result<Document, Refusal> {
    let open = rules::open(snapshot, slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(slug).ok_or(ProblemKind::NotFound)?;
    let people = current.people();
    let (it, missed) = match place {
        Place::Page(page) => (people.comments(slug, page, PER_PAGE, open).await?, false),
        Place::Of(name) => {
            let found = match Slug::try_from(name) {
                Ok(id) => people.comments_with(slug, &id, PER_PAGE, open).await?,
                Err(_) => None,
            };
            match found {
                Some(it) => (it, false),
                None => (people.comments(slug, 1, PER_PAGE, open).await?, true),
            }
        }
    };
    if let Some(parent) = &written.draft.parent {
        // It may stand on another page than the one that is shown.
        written.answers = people.name_of(slug, parent).await?;
    }
    Ok(thread::document(article, &it, missed, &written, &snapshot.config.site))
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
    // One press may say all there is to say: nobody is too fast here.
    let more = Carried::default();
    let page =
        slug_of(slug).and_then(|slug| feedback_page(&visit.snapshot, &slug, &draft, &[], &more));
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
    let snapshot = &visit.snapshot;
    let mut envelope = envelope(snapshot, &request)?;
    let fields = visit.read(request).await?;
    fields.seal(&mut envelope);
    let slug = slug_of(slug)?;
    asked::asked(snapshot, &slug).ok_or(ProblemKind::NotFound)?;
    let useful = match fields.get("useful").as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let draft = FeedbackDraft { useful, message: fields.get("message") };
    if fields.is_trapped() {
        return Ok(see_other(&Route::Article { slug, depth: Depth::Full }.to_string()));
    }
    let people = current.people();
    let sent = match draft.validate() {
        Ok(feedback) => people.send_feedback(&slug, &feedback, &envelope).await,
        Err(broken) => Err(broken.into()),
    };
    match sent {
        Ok(created) => Ok(to_receipt(&created)),
        Err(refusal) => {
            let (problem, more) = again::refused(people, refusal)?;
            let page = feedback_page(snapshot, &slug, &draft, &problem.errors, &more)?;
            Ok(again::draw(visit, page, Some(&problem)))
        }
    }
}

fn feedback_page(
    snapshot: &Snapshot,
    slug: &Slug,
    draft: &FeedbackDraft,
    errors: &[FieldError],
    more: &Carried,
) -> Result<Document, Refusal> {
    asked::asked(snapshot, slug).ok_or(ProblemKind::NotFound)?;
    let article = snapshot.library.article(slug).ok_or(ProblemKind::NotFound)?;
    Ok(opinion::document(article, draft, errors, more))
}
