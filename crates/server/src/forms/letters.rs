//! `/contact` and `/praticiens/{id}/signaler`: what is written to the site's own people.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    contact::ContactDraft,
    error::Problem,
    report::ReportDraft,
    route::{CONTACT, Route},
};

use crate::{
    endpoints::{
        articles::slug_of,
        letters::{reported, taken},
    },
    error::Refusal,
    forms::{
        SlugPath,
        post::{Fields, envelope},
        to_receipt,
        visit::{Visit, see_other},
    },
    render::pages::letters as page,
    snapshot::Current,
};

/// `GET /contact`.
pub async fn contact(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let form = taken(&visit.snapshot).map(|()| {
        let site = &visit.snapshot.config.site;
        visit.draw(page::contact(&ContactDraft::default(), &[], site))
    });
    visit.answer(form)
}

/// `POST /contact`.
pub async fn send_contact(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    visit.answer(keep_contact(&current, &visit, request).await)
}

async fn keep_contact(
    current: &Current,
    visit: &Visit,
    request: Request,
) -> Result<Response, Refusal> {
    taken(&visit.snapshot)?;
    let envelope = envelope(&visit.snapshot, &request)?;
    let fields = Fields::read(request).await?;
    if fields.is_trapped() {
        return Ok(see_other(&format!("/{CONTACT}")));
    }
    let draft = ContactDraft {
        subject: fields.get("subject"),
        email: fields.get("email"),
        message: fields.get("message"),
    };
    match draft.validate() {
        Ok(contact) => Ok(to_receipt(&current.people().send_contact(&contact, &envelope).await?)),
        Err(broken) => {
            let problem = Problem::from(Refusal::from(broken));
            let site = &visit.snapshot.config.site;
            Ok(visit.draw(page::contact(&draft, &problem.errors, site)))
        }
    }
}

/// `GET /praticiens/{id}/signaler`.
pub async fn report(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let found = slug_of(id).and_then(|id| reported(&current, &id));
    visit.answer(found.map(|it| visit.draw(page::report(&it, &ReportDraft::default(), &[]))))
}

/// `POST /praticiens/{id}/signaler`.
pub async fn send_report(
    State(current): State<Current>,
    id: SlugPath,
    request: Request,
) -> Response {
    let visit = Visit::new(&current, &request);
    visit.answer(keep_report(&current, &visit, id, request).await)
}

async fn keep_report(
    current: &Current,
    visit: &Visit,
    id: SlugPath,
    request: Request,
) -> Result<Response, Refusal> {
    let it = reported(current, &slug_of(id)?)?;
    let envelope = envelope(&visit.snapshot, &request)?;
    let fields = Fields::read(request).await?;
    if fields.is_trapped() {
        return Ok(see_other(&Route::Practitioner { id: it.id }.to_string()));
    }
    let draft = ReportDraft { body: fields.get("body"), email: fields.get("email") };
    match draft.validate() {
        Ok(report) => {
            Ok(to_receipt(&current.people().send_report(&it.id, &report, &envelope).await?))
        }
        Err(broken) => {
            let problem = Problem::from(Refusal::from(broken));
            Ok(visit.draw(page::report(&it, &draft, &problem.errors)))
        }
    }
}
