//! `/practitioners` and what the map shows of them. Where somebody looks is about their health:
//! nothing of it is kept or logged.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use contract::{
    directory::{DirectoryQuery, PER_PAGE},
    error::{Problem, ProblemKind},
    list::MAX_PER_PAGE,
    map::{Features, MAX_ZOOM},
    practitioner::{Found, Place, Practitioner},
    route::query_value,
    slug::Slug,
};
use locale::text;

use crate::{
    compress::Effort,
    endpoints::{entity, links, once},
    entity::{Caching, Entity, Kind},
    error::Refusal,
    register::Register,
    snapshot::Current,
};

/// Most towns offered for what is being typed.
pub const MAX_PLACES: usize = 8;

/// The directory is a part that can be switched off; then there is nothing here.
fn switched_on(current: &Current) -> Result<(), Refusal> {
    if current.get().config.site.features.map { Ok(()) } else { Err(ProblemKind::NotFound.into()) }
}

/// The question of a request. Fields in `besides` are the handler's own.
fn question(request: &Request, besides: &[&str]) -> Result<DirectoryQuery, Refusal> {
    let (query, faults, unknown) = DirectoryQuery::read(request.uri().query().unwrap_or_default());
    let unknown = unknown.into_iter().find(|it| !besides.contains(&it.as_str()));
    match (faults.first(), unknown) {
        (Some(fault), _) => Err(bad(&fault.field)),
        (None, Some(field)) => Err(bad(&field)),
        (None, None) => Ok(query),
    }
}

fn bad(field: &str) -> Refusal {
    let detail = format!("{} ({field})", text().problem_bad_request_detail());
    Refusal::with_detail(ProblemKind::BadRequest, detail)
}

/// Practitioners, nearest first where a place is given, else by name.
#[utoipa::path(get, path = "/practitioners", tag = "directory", params(
    ("town" = Option<String>, Query, description = "Town or postal code to look around"),
    ("near" = Option<String>, Query, description = "`lat,lon` in degrees; goes before the town"),
    ("radius_m" = Option<u32>, Query, description = "Metres; 50,000 around a place unless a `bbox` is given"),
    ("bbox" = Option<String>, Query, description = "`west,south,east,north` in degrees"),
    ("q" = Option<String>, Query, description = "Words of the name"),
    ("profession" = Option<contract::practitioner::Profession>, Query),
    ("language" = Option<contract::practitioner::Language>, Query),
    ("remote" = Option<bool>, Query, description = "1: only with teleconsultation"),
    ("accessible" = Option<bool>, Query, description = "1: only where a wheelchair gets in"),
    ("new_patients" = Option<bool>, Query, description = "1: only who takes new patients"),
    ("page" = Option<u32>, Query, description = "From 1"),
    ("per_page" = Option<u32>, Query, description = "1 to 100, 20 by default"),
), responses(
    (status = 200, body = Found, headers(("link", description = "RFC 8288: first, prev, next, last"))),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_practitioners(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    switched_on(&current)?;
    let query = question(&request, &["per_page"])?;
    let per_page = match query_value(request.uri().query().unwrap_or_default(), "per_page") {
        None => PER_PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|it| (1..=MAX_PER_PAGE).contains(it))
            .ok_or_else(|| bad("per_page"))?,
    };
    let register = current.register();
    let found = register.get().find(register.gazetteer(), &query, per_page);
    let links = links(&request, found.page, found.last_page());
    Ok(once(&found, links, &request))
}

/// One practitioner.
#[utoipa::path(get, path = "/practitioners/{id}", tag = "directory",
    params(("id" = String, Path)), responses(
    (status = 200, body = Practitioner),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_practitioner(
    State(current): State<Current>,
    id: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let practitioner = one(&current, id)?;
    Ok(entity(&practitioner, Caching::Checked, Vec::new())
        .respond(request.method(), request.headers()))
}

fn one(current: &Current, id: Result<Path<Slug>, PathRejection>) -> Result<Practitioner, Refusal> {
    switched_on(current)?;
    let Ok(Path(id)) = id else { return Err(ProblemKind::NotFound.into()) };
    let directory = current.register().get();
    directory.get(&id).cloned().ok_or_else(|| ProblemKind::NotFound.into())
}

/// A practitioner as a contact to keep (vCard 4.0, RFC 6350).
#[utoipa::path(get, path = "/practitioners/{id}/vcard", tag = "directory",
    params(("id" = String, Path)), responses(
    (status = 200, body = String, content_type = "text/vcard"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn get_vcard(
    State(current): State<Current>,
    id: Result<Path<Slug>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let practitioner = one(&current, id)?;
    let url = format!("{}/praticiens/{}", current.get().config.site.url, practitioner.id);
    let card = directory::export::vcard(&practitioner, &url);
    let name = format!("attachment; filename=\"{}.vcf\"", practitioner.id);
    Ok(file(&request, "text/vcard; charset=utf-8", &name, card))
}

fn file(request: &Request, content_type: &'static str, name: &str, body: String) -> Response {
    let disposition = HeaderValue::from_str(name).ok();
    let headers = disposition.map(|it| (header::CONTENT_DISPOSITION, it)).into_iter().collect();
    let kind = Kind { status: StatusCode::OK, content_type, caching: Caching::Checked, headers };
    Entity::new(kind, body, Effort::Once).respond(request.method(), request.headers())
}

/// Clusters and single practitioners in a part of the map, as GeoJSON (RFC 7946).
#[utoipa::path(get, path = "/practitioners/clusters", tag = "directory", params(
    ("bbox" = String, Query, description = "`west,south,east,north` in degrees"),
    ("zoom" = u8, Query, description = "0 to 18, Web Mercator with 256-pixel tiles"),
    ("q" = Option<String>, Query, description = "Words of the name"),
    ("profession" = Option<contract::practitioner::Profession>, Query),
    ("language" = Option<contract::practitioner::Language>, Query),
    ("remote" = Option<bool>, Query), ("accessible" = Option<bool>, Query),
    ("new_patients" = Option<bool>, Query),
), responses(
    (status = 200, body = Features, content_type = "application/geo+json"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_clusters(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    switched_on(&current)?;
    let query = question(&request, &["zoom"])?;
    let zoom = query_value(request.uri().query().unwrap_or_default(), "zoom")
        .and_then(|it| it.parse().ok())
        .filter(|it| *it <= MAX_ZOOM)
        .ok_or_else(|| bad("zoom"))?;
    let bbox = query.bbox.ok_or_else(|| bad("bbox"))?;
    let features = current.register().get().features(&query, bbox, zoom);
    let body = serde_json::to_vec(&features).unwrap_or_default();
    let kind = Kind {
        status: StatusCode::OK,
        content_type: "application/geo+json",
        caching: Caching::Never,
        headers: Vec::new(),
    };
    let headers = request.headers();
    Ok(Entity::once(kind, body, headers).respond(request.method(), headers))
}

/// The whole directory as GeoJSON, for partners.
#[utoipa::path(get, path = "/practitioners.geojson", tag = "directory", responses(
    (status = 200, body = Object, content_type = "application/geo+json"),
))]
pub async fn geojson(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    switched_on(&current)?;
    export(&current, request, |register| register.geojson()).await
}

/// The whole directory takes a moment to write: other requests do not wait for it.
async fn export(
    current: &Current,
    request: Request,
    make: impl FnOnce(&Register) -> Arc<Entity> + Send + 'static,
) -> Result<Response, Refusal> {
    let register = current.register().clone();
    let made = tokio::task::spawn_blocking(move || make(&register)).await;
    let entity = made.map_err(|error| {
        tracing::error!(%error, "the directory cannot be written out");
        ProblemKind::Internal
    })?;
    Ok(entity.respond(request.method(), request.headers()))
}

/// The whole directory as CSV (RFC 4180), for partners.
#[utoipa::path(get, path = "/practitioners.csv", tag = "directory", responses(
    (status = 200, body = String, content_type = "text/csv"),
))]
pub async fn csv(State(current): State<Current>, request: Request) -> Result<Response, Refusal> {
    switched_on(&current)?;
    export(&current, request, |register| register.csv()).await
}

/// Towns and postal codes for what is being typed, the likeliest first.
#[utoipa::path(get, path = "/places", tag = "directory",
    params(("q" = String, Query, description = "Read up to 100 characters")), responses(
    (status = 200, body = Vec<Place>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list_places(
    State(current): State<Current>,
    request: Request,
) -> Result<Response, Refusal> {
    switched_on(&current)?;
    let query = request.uri().query().unwrap_or_default();
    let known = contract::route::query_fields(query).all(|(name, _)| name == "q");
    let typed = query_value(query, "q").filter(|_| known).ok_or_else(|| bad("q"))?;
    let register = current.register();
    let places = directory::places::search(register.gazetteer(), &typed, MAX_PLACES);
    Ok(once(&places, Vec::new(), &request))
}
