//! `/temoignages` and `/temoignages/ecrire`: the list, and the form in two steps. The preview keeps
//! nothing: what was typed travels in its hidden fields.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    route::{Depth, Route, TESTIMONIAL, TESTIMONIALS, query_value},
    slug::Slug,
    testimonial::TestimonialDraft,
};

use crate::{
    endpoints::testimonials::taken,
    error::Refusal,
    forms::{
        again,
        post::envelope,
        to_receipt,
        visit::{Visit, see_other},
    },
    render::pages::{comments::Carried, testimonials as page},
    snapshot::{Current, Snapshot},
};

/// The article on how such a text is read, where the site has it.
const READING: &str = "lire-un-temoignage";

/// `GET /temoignages?page=`, or `?temoignage=`, which finds its page.
pub async fn testimonials(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let number = query_value(query, "page").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let shown = async {
        taken(&visit.snapshot)?;
        let people = current.people();
        let wanted = query_value(query, TESTIMONIAL).map(Slug::try_from);
        let of = match &wanted {
            Some(Ok(id)) => people.testimonials_with(id).await?,
            _ => None,
        };
        let missed = wanted.is_some() && of.is_none();
        let found = match of {
            Some(found) => found,
            None => people.testimonials(number).await?,
        };
        let reading = reading(&visit.snapshot);
        Ok(visit.draw(page::document(&found, missed, reading.as_deref())))
    };
    visit.answer(shown.await)
}

fn reading(snapshot: &Snapshot) -> Option<String> {
    let slug = Slug::try_from(READING).ok()?;
    snapshot.library.article(&slug)?;
    Some(Route::Article { slug, depth: Depth::Full }.to_string())
}

/// `GET /temoignages/ecrire`.
pub async fn write_testimonial(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let form = taken(&visit.snapshot).map(|()| {
        let site = &visit.snapshot.config.site;
        visit.draw(page::form(
            &TestimonialDraft::default(),
            &[],
            &again::fresh(current.people()),
            site,
        ))
    });
    visit.answer(form)
}

/// `POST /temoignages/ecrire`: to the preview, back to the form, or on to the receipt.
pub async fn send_testimonial(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    visit.answer(keep(&current, &visit, request).await)
}

async fn keep(current: &Current, visit: &Visit, request: Request) -> Result<Response, Refusal> {
    let snapshot = &visit.snapshot;
    let mut envelope = envelope(snapshot, &request)?;
    let fields = visit.read(request).await?;
    fields.seal(&mut envelope);
    taken(snapshot)?;
    if fields.is_trapped() {
        return Ok(see_other(&format!("/{TESTIMONIALS}")));
    }
    let draft = TestimonialDraft {
        name: fields.get("name"),
        title: fields.get("title"),
        body: fields.get("body"),
        treatments: fields.get("treatments"),
        ties: fields.get("ties"),
        publication: fields.get("publication") == "true",
        processing: fields.get("processing") == "true",
    };
    let site = &snapshot.config.site;
    let step = fields.get("step");
    let (people, days) = (current.people(), snapshot.config.testimonial_days);
    if step == "modifier" {
        return Ok(visit.draw(page::form(&draft, &[], &again::back(people), site)));
    }
    let valid = match draft.validate() {
        Ok(valid) => valid,
        Err(broken) => {
            let (problem, more) = again::refused(people, broken.into())?;
            let page = page::form(&draft, &problem.errors, &more, site);
            return Ok(again::draw(visit, page, Some(&problem)));
        }
    };
    let shown = people.preview(&valid, days)?;
    if step == "envoyer" {
        // One testimonial, from whichever of its previews, by who sends it. Else by the preview's own
        // key: its words cannot change.
        if !envelope.sender.is_known() {
            envelope.key = envelope.key.take().or(fields.key());
        }
        let refusal = match people.send_testimonial(&valid, days, &envelope).await {
            Ok(created) => return Ok(to_receipt(&created)),
            Err(refusal) => refusal,
        };
        let (problem, mut more) = again::refused(people, refusal)?;
        // The preview writes it itself.
        let key = more.hidden.extract_if(.., |it| it.0 == "key").map(|it| it.1).next();
        let key = key.unwrap_or_else(|| people.new_key());
        let page = page::preview(&draft, &shown, &key, &more);
        return Ok(again::draw(visit, page, Some(&problem)));
    }
    if let Some(more) = again::hurried(people, &fields) {
        return Ok(again::draw(visit, page::form(&draft, &[], &more, site), None));
    }
    Ok(visit.draw(page::preview(&draft, &shown, &people.new_key(), &Carried::default())))
}
