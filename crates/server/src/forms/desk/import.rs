//! `/moderation/annuaire/import`: a file is looked at, its report is read, then it is imported.

use axum::{
    body::Body,
    extract::{Request, State},
    http::header,
    response::Response,
};
use contract::{
    desk::{Action, Who, entries::ImportOrder},
    error::{Problem, ProblemKind},
    route::DESK_DIRECTORY,
};
use futures_util::StreamExt;
use locale::text;
use multer::{Constraints, Multipart, SizeLimit};

use crate::{
    desk::{
        accounts::Signed,
        entries::Rules,
        imports::{MAX_FILE, MAX_SOURCE},
    },
    endpoints::{entries::rules, session::signed},
    error::Refusal,
    forms::{
        desk::Visit,
        post::{Fields, envelope},
        visit::see_other,
    },
    render::{Document, pages::desk as pages},
    snapshot::Current,
};

/// Bytes of a field that is not the file, and of all that is sent.
const MAX_FIELD: u64 = 4 * 1_024;
const MAX_FORM: u64 = MAX_FILE + 16 * MAX_FIELD;
/// Of what is too large, as much is read as somebody may send by mistake: the next answer is a page that
/// says so.
pub const MAX_DRAINED: u64 = 256 * 1_024 * 1_024;

/// `GET /moderation/annuaire/import`.
pub async fn choose(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        current.people().desk()?.permit(who.role, Action::Directory)?;
        Ok(visit.draw(form(&visit, &who, "", None)))
    };
    visit.answer(shown.await)
}

/// `POST /moderation/annuaire/import`: nothing is written.
pub async fn look_at(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = report(&current, &visit, request).await;
    visit.answer(done)
}

async fn report(current: &Current, visit: &Visit, request: Request) -> Result<Response, Refusal> {
    envelope(&visit.snapshot, &request)?;
    let Signed { who, .. } = signed(current, &visit.headers).await?;
    let desk = current.people().desk()?;
    // Before anything of the file is taken in.
    desk.permit(who.role, Action::Directory)?;
    if MAX_FORM < announced(&request) {
        // A browser shows no answer to what it is still sending.
        drain(request).await;
        return Err(too_large());
    }
    let sent = Sent::read(request).await?;
    let source = if sent.source.trim().is_empty() { &sent.name } else { &sent.source };
    let rules = Rules { source, ..rules(current, &visit.snapshot) };
    let refused = if sent.file.is_empty() && sent.name.is_empty() {
        Refusal::with_detail(ProblemKind::Invalid, text().import_no_file().to_owned())
    } else {
        match desk.look_at(&who, sent.file, rules).await {
            Ok(report) => {
                let site = &visit.snapshot.config.site;
                return Ok(visit.draw(pages::import_report(site, &who, &report, None)));
            }
            Err(refusal) => refusal,
        }
    };
    let problem = Problem::from(refused);
    if problem.status != ProblemKind::Invalid.status() {
        return Err(problem.into());
    }
    Ok(visit.draw(form(visit, &who, &sent.source, Some(&problem))))
}

fn form(visit: &Visit, who: &Who, source: &str, problem: Option<&Problem>) -> Document {
    pages::import_form(&visit.snapshot.config.site, who, source, problem)
}

/// `POST /moderation/annuaire/import/confirmer`: what the report told, or nothing.
pub async fn carry_out(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = async {
        envelope(&visit.snapshot, &request)?;
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        desk.permit(who.role, Action::Directory)?;
        let fields = Fields::read(request).await?;
        let order =
            ImportOrder { token: fields.get("token"), partial: fields.get("partial") == "true" };
        match desk.import(&who, &order, current.register().gazetteer()).await {
            Ok(_) => Ok(see_other(&format!("/{DESK_DIRECTORY}?fait=import"))),
            Err(refusal) => {
                let problem = Problem::from(refusal);
                if problem.status != ProblemKind::Conflict.status() {
                    return Err(problem.into());
                }
                Ok(visit.draw(form(&visit, &who, "", Some(&problem))))
            }
        }
    };
    let done: Result<Response, Refusal> = done.await;
    visit.answer(done)
}

/// What the form sends (RFC 7578).
#[derive(Default)]
struct Sent {
    source: String,
    /// The file's, as the browser says it.
    name: String,
    file: Vec<u8>,
}

impl Sent {
    async fn read(request: Request<Body>) -> Result<Sent, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let boundary = kind.and_then(|it| multer::parse_boundary(it).ok());
        let boundary = boundary.ok_or(ProblemKind::UnsupportedMediaType)?;
        let sizes = SizeLimit::new()
            .whole_stream(MAX_FORM)
            .per_field(MAX_FIELD)
            .for_field("file", MAX_FILE);
        let constraints = Constraints::new().size_limit(sizes);
        let stream = request.into_body().into_data_stream();
        let mut parts = Multipart::with_constraints(stream, boundary, constraints);
        let mut sent = Sent::default();
        while let Some(part) = parts.next_field().await.map_err(refused)? {
            match part.name().unwrap_or_default() {
                "file" => {
                    let name = part.file_name().unwrap_or_default();
                    sent.name = name.chars().take(MAX_SOURCE).collect();
                    sent.file = part.bytes().await.map_err(refused)?.to_vec();
                }
                "source" => sent.source = part.text().await.map_err(refused)?,
                _ => {}
            }
        }
        Ok(sent)
    }
}

fn announced(request: &Request) -> u64 {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    length.and_then(|it| it.parse().ok()).unwrap_or_default()
}

async fn drain(request: Request) {
    let mut stream = request.into_body().into_data_stream();
    while let Some(Ok(_)) = stream.next().await {}
}

fn too_large() -> Refusal {
    Refusal::with_detail(ProblemKind::TooLarge, text().import_too_large().to_owned())
}

fn refused(error: multer::Error) -> Refusal {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            too_large()
        }
        // Cut short on its way, or written by no browser.
        _ => ProblemKind::BadRequest.into(),
    }
}
