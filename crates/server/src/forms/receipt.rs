//! `/recus/{secret}`: what somebody sent, for them alone.

use axum::{
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use contract::{
    error::{Problem, ProblemKind},
    receipt::{Receipt, ReceiptChange},
    route::RECEIPTS,
};

use crate::{
    endpoints::{comments::rules, receipts::title},
    error::Refusal,
    forms::{
        post::envelope,
        visit::{Visit, see_other},
    },
    render::{
        Document,
        pages::receipt::{Notice, document, erased, gone},
    },
    snapshot::Current,
};

/// `GET /recus/{secret}`.
pub async fn receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    let notice = match request.uri().query() {
        Some("merci") => Notice::Sent,
        Some("modifie") => Notice::Saved,
        Some("efface") => return private(visit.draw(erased())),
        _ => Notice::None,
    };
    let first = visit.snapshot.config.site.comments.first_held;
    let found =
        current.people().receipt(&secret, first, |kind, it| title(&current, kind, it)).await;
    let site = &visit.snapshot.config.site;
    private(answer(&visit, found.map(|it| visit.draw(document(&secret, &it, notice, &[], site)))))
}

/// `POST /recus/{secret}`: changes it, or erases it.
pub async fn change_receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    let done = change(&current, &visit, &secret, request).await;
    private(answer(&visit, done))
}

async fn change(
    current: &Current,
    visit: &Visit,
    secret: &str,
    request: Request,
) -> Result<Response, Refusal> {
    let snapshot = &visit.snapshot;
    envelope(snapshot, &request)?;
    let fields = visit.read(request).await?;
    if fields.get("action") == "effacer" {
        current.people().erase(secret).await?;
        return Ok(see_other(&format!("/{RECEIPTS}/{secret}?efface")));
    }
    let change = ReceiptChange {
        name: fields.get("name"),
        email: fields.get("email"),
        body: fields.get("body"),
        title: fields.get("title"),
        treatments: fields.get("treatments"),
        ties: fields.get("ties"),
    };
    let people = current.people();
    let problem = match people.change(secret, &change, rules(snapshot)).await {
        Ok(()) => return Ok(see_other(&format!("/{RECEIPTS}/{secret}?modifie"))),
        Err(refusal) => Problem::from(refusal),
    };
    if problem.errors.is_empty() {
        return Err(problem.into());
    }
    let first = snapshot.config.site.comments.first_held;
    let it = people.receipt(secret, first, |kind, it| title(current, kind, it)).await?;
    // What was typed, not what is kept.
    let given = |it: String| Some(it).filter(|it| !it.is_empty());
    let it = Receipt {
        name: change.name,
        email: given(change.email),
        body: change.body,
        subject: given(change.title),
        treatments: given(change.treatments),
        ties: given(change.ties),
        ..it
    };
    let page = document(secret, &it, Notice::None, &problem.errors, &snapshot.config.site);
    Ok(visit.draw(Document { status: problem.status, ..page }))
}

/// Nobody learns its address from another page's request.
pub(super) fn private(mut response: Response) -> Response {
    let referrer = HeaderName::from_static("referrer-policy");
    response.headers_mut().insert(referrer, HeaderValue::from_static("no-referrer"));
    response
}

/// An address that no message has says so in words of its own.
fn answer(visit: &Visit, done: Result<Response, Refusal>) -> Response {
    match done.map_err(Problem::from) {
        Err(problem) if problem.status == ProblemKind::NotFound.status() && !visit.is_typed() => {
            visit.draw(gone())
        }
        done => visit.answer(done.map_err(Refusal::from)),
    }
}
