//! `/contact` and `/praticiens/{id}/signaler`: what is written to the site's own people.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    contact::ContactDraft,
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
        SlugPath, again,
        post::envelope,
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
        visit.draw(page::contact(
            &ContactDraft::default(),
            &[],
            &again::fresh(current.people()),
            site,
        ))
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
    let mut envelope = envelope(&visit.snapshot, &request)?;
    let fields = visit.read(request).await?;
    fields.seal(&mut envelope);
    taken(&visit.snapshot)?;
    if fields.is_trapped() {
        return Ok(see_other(&format!("/{CONTACT}")));
    }
    let draft = ContactDraft {
        subject: fields.get("subject"),
        email: fields.get("email"),
        message: fields.get("message"),
    };
    let (people, site) = (current.people(), &visit.snapshot.config.site);
    let sent = match (draft.validate(), again::hurried(people, &fields)) {
        (Ok(_), Some(more)) => {
            return Ok(again::draw(visit, page::contact(&draft, &[], &more, site), None));
        }
        (Ok(contact), None) => people.send_contact(&contact, &envelope).await,
        (Err(broken), _) => Err(broken.into()),
    };
    match sent {
        Ok(created) => Ok(to_receipt(&created)),
        Err(refusal) => {
            let (problem, more) = again::refused(people, refusal)?;
            let page = page::contact(&draft, &problem.errors, &more, site);
            Ok(again::draw(visit, page, Some(&problem)))
        }
    }
}

/// `GET /praticiens/{id}/signaler`.
pub async fn report(State(current): State<Current>, id: SlugPath, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let found = slug_of(id).and_then(|id| reported(&current, &id));
    let more = again::fresh(current.people());
    visit.answer(found.map(|it| visit.draw(page::report(&it, &ReportDraft::default(), &[], &more))))
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
    let mut envelope = envelope(&visit.snapshot, &request)?;
    let fields = visit.read(request).await?;
    fields.seal(&mut envelope);
    let it = reported(current, &slug_of(id)?)?;
    if fields.is_trapped() {
        return Ok(see_other(&Route::Practitioner { id: it.id }.to_string()));
    }
    let draft = ReportDraft { body: fields.get("body"), email: fields.get("email") };
    let people = current.people();
    let sent = match (draft.validate(), again::hurried(people, &fields)) {
        (Ok(_), Some(more)) => {
            return Ok(again::draw(visit, page::report(&it, &draft, &[], &more), None));
        }
        (Ok(report), None) => people.send_report(&it.id, &report, &envelope).await,
        (Err(broken), _) => Err(broken.into()),
    };
    match sent {
        Ok(created) => Ok(to_receipt(&created)),
        Err(refusal) => {
            let (problem, more) = again::refused(people, refusal)?;
            let page = page::report(&it, &draft, &problem.errors, &more);
            Ok(again::draw(visit, page, Some(&problem)))
        }
    }
}
