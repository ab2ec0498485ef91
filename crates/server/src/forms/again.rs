//! What a form carries beside its fields, and why it comes back though nothing is wrong with it. What was
//! typed stays, and the next press counts.

use axum::{http::header, response::Response};
use contract::error::{Problem, ProblemKind};
use locale::text;

use crate::{
    error::Refusal,
    forms::{post::Fields, visit::Visit},
    people::{People, gate::WAIT},
    render::{Document, pages::comments::Carried},
};

/// A form that is drawn for the first time.
pub fn fresh(people: &People) -> Carried {
    with(people, true, None)
}

/// A form that comes back: it may be sent as soon as it is mended.
pub fn back(people: &People) -> Carried {
    with(people, false, None)
}

/// A form that came faster than anybody writes. None where it did not.
pub fn hurried(people: &People, fields: &Fields) -> Option<Carried> {
    let hurried = people.is_hurried(&fields.get("drawn"), &fields.get("spent"));
    hurried.then(|| with(people, false, Some(text().form_hurried())))
}

fn with(people: &People, now: bool, notice: Option<&'static str>) -> Carried {
    let drawn = people.drawn(now);
    let hidden = if drawn.is_empty() { Vec::new() } else { vec![("drawn", drawn)] };
    Carried { notice, hidden }
}

/// What a refused form is drawn again with: what is wrong with it, and what it carries.
///
/// # Errors
///
/// A refusal that no other press would change.
pub fn refused(people: &People, refusal: Refusal) -> Result<(Problem, Carried), Refusal> {
    let mut carried = back(people);
    if let Some(challenge) = refusal.challenge() {
        carried.notice = Some(text().form_flood());
        carried.hidden.push(("key", challenge.key.clone()));
        // Unsolved, it says who has waited. Scripts find the puzzle here.
        carried.hidden.push(("proof", format!("{}:", challenge.puzzle)));
        return Ok((refusal.into(), carried));
    }
    let problem = Problem::from(refusal);
    if problem.errors.is_empty() { Err(problem.into()) } else { Ok((problem, carried)) }
}

/// Draws a page that holds such a form: 422 where something was typed wrong or too fast, 429 in a flood.
pub fn draw(visit: &Visit, page: Document, problem: Option<&Problem>) -> Response {
    let status = problem.map_or(ProblemKind::Invalid.status(), |it| it.status);
    let mut response = visit.draw(Document { status, ..page });
    if status == ProblemKind::Challenged.status() {
        response.headers_mut().insert(header::RETRY_AFTER, WAIT.into());
    }
    response
}
