//! `/temoignages` and `/temoignages/ecrire`: the list, and the form in two steps. The preview keeps
//! nothing: what was typed travels in its hidden fields.

use axum::{
    extract::{Request, State},
    response::Response,
};
use contract::{
    error::Problem,
    route::{Depth, Route, TESTIMONIALS, query_value},
    slug::Slug,
    testimonial::TestimonialDraft,
};

use crate::{
    endpoints::testimonials::taken,
    error::Refusal,
    forms::{
        post::{Fields, envelope},
        to_receipt,
        visit::{Visit, see_other},
    },
    render::pages::testimonials as page,
    snapshot::{Current, Snapshot},
};

/// The article on how such a text is read, where the site has it.
const READING: &str = "lire-un-temoignage";

/// `GET /temoignages?page=`.
pub async fn testimonials(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let number = query_value(query, "page").and_then(|it| it.parse().ok()).unwrap_or(1).max(1);
    let shown = async {
        taken(&visit.snapshot)?;
        let found = current.people().testimonials(number).await?;
        let reading = reading(&visit.snapshot);
        Ok(visit.draw(page::document(&found, reading.as_deref())))
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
        visit.draw(page::form(&TestimonialDraft::default(), &[], site))
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
    taken(snapshot)?;
    let mut envelope = envelope(snapshot, &request)?;
    let fields = Fields::read(request).await?;
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
    if step == "modifier" {
        return Ok(visit.draw(page::form(&draft, &[], site)));
    }
    let valid = match draft.validate() {
        Ok(valid) => valid,
        Err(broken) => {
            let problem = Problem::from(Refusal::from(broken));
            return Ok(visit.draw(page::form(&draft, &problem.errors, site)));
        }
    };
    let (people, days) = (current.people(), snapshot.config.testimonial_days);
    if step == "envoyer" {
        envelope.key = envelope.key.or(fields.key());
        return Ok(to_receipt(&people.send_testimonial(&valid, days, &envelope).await?));
    }
    let shown = people.preview(&valid, days)?;
    Ok(visit.draw(page::preview(&draft, &shown, &people.new_key())))
}
