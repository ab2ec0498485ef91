//! `/recus/{secret}`: what somebody sent, for them alone.

use axum::{
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, Method},
    response::Response,
};
use contract::{
    error::{Problem, ProblemKind},
    receipt::{Receipt, ReceiptChange},
    route::{RECEIPTS, Route},
};

use crate::{
    endpoints::{
        comments::rules,
        receipts::{title, validate},
    },
    error::Refusal,
    forms::{
        draw,
        post::{Fields, envelope},
        refuse, route_of, see_other,
    },
    render::pages::receipt::{Notice, document, erased, gone},
    snapshot::{Current, Snapshot},
};

/// `GET /recus/{secret}`.
pub async fn receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    let drawn = (request.method(), &route);
    let notice = match request.uri().query() {
        Some("merci") => Notice::Sent,
        Some("modifie") => Notice::Saved,
        Some("efface") => return private(draw(&snapshot, drawn, erased())),
        _ => Notice::None,
    };
    let found = current.people().receipt(&secret, |it| title(&snapshot, it)).await;
    private(match found {
        Ok(it) => {
            draw(&snapshot, drawn, document(&secret, &it, notice, &[], &snapshot.config.site))
        }
        Err(refusal) => lost(&snapshot, &route, refusal),
    })
}

/// `POST /recus/{secret}`: changes it, or erases it.
pub async fn change_receipt(
    State(current): State<Current>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    let (snapshot, route) = (current.get(), route_of(&request));
    let done = change(&current, &snapshot, &secret, &route, request).await;
    private(done.unwrap_or_else(|refusal| lost(&snapshot, &route, refusal)))
}

async fn change(
    current: &Current,
    snapshot: &Snapshot,
    secret: &str,
    route: &Route,
    request: Request,
) -> Result<Response, Refusal> {
    envelope(snapshot, &request)?;
    let fields = Fields::read(request).await?;
    if fields.get("action") == "effacer" {
        current.people().erase(secret).await?;
        return Ok(see_other(&format!("/{RECEIPTS}/{secret}?efface")));
    }
    let change = ReceiptChange {
        name: fields.get("name"),
        email: fields.get("email"),
        body: fields.get("body"),
    };
    let people = current.people();
    match people.change(secret, &change, |it| validate(it, rules(snapshot))).await {
        Ok(()) => Ok(see_other(&format!("/{RECEIPTS}/{secret}?modifie"))),
        Err(refusal) => {
            let problem = Problem::from(refusal);
            if problem.errors.is_empty() {
                return Err(problem.into());
            }
            let it = people.receipt(secret, |it| title(snapshot, it)).await?;
            // What was typed, not what is kept.
            let it = Receipt {
                name: change.name,
                email: Some(change.email).filter(|it| !it.is_empty()),
                body: change.body,
                ..it
            };
            let site = &snapshot.config.site;
            let mut page = document(secret, &it, Notice::None, &problem.errors, site);
            page.status = problem.status;
            Ok(draw(snapshot, (&Method::POST, route), page))
        }
    }
}

/// Nobody learns its address from another page's request.
fn private(mut response: Response) -> Response {
    let referrer = HeaderName::from_static("referrer-policy");
    response.headers_mut().insert(referrer, HeaderValue::from_static("no-referrer"));
    response
}

/// What an address shows that no message has.
fn lost(snapshot: &Snapshot, route: &Route, refusal: Refusal) -> Response {
    let problem = Problem::from(refusal);
    if problem.status == ProblemKind::NotFound.status() {
        return draw(snapshot, (&Method::GET, route), gone());
    }
    refuse(snapshot, route, problem.into())
}
