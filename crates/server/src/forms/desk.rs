//! `/moderation`: the moderators' desk as plain HTML, complete without scripts.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    response::Response,
};
use contract::{
    desk::{Credentials, MAX_AT_ONCE, Outcome, Question, QueueItem, Seen, Verdict, Who, reply},
    error::{Problem, ProblemKind},
    receipt::Kind,
    route::{DESK, Depth, Route, TESTIMONIALS, query_fields, query_value},
    slug::Slug,
};

use crate::{
    clock,
    desk::{Desk, accounts::Signed, cookie, wake},
    endpoints::{receipts::title, session::signed},
    entity::Caching,
    error::Refusal,
    forms::{
        post::{Fields, envelope},
        visit::see_other,
    },
    render::{
        self, Document,
        pages::desk::{self as pages, Notice, Open},
    },
    snapshot::{Current, Snapshot},
};

pub mod accounts;
pub mod directory;
pub mod import;

/// What an answer must know of its request, which is read meanwhile.
struct Visit {
    snapshot: std::sync::Arc<Snapshot>,
    method: Method,
    headers: HeaderMap,
}

impl Visit {
    fn new(current: &Current, request: &Request) -> Visit {
        let (method, headers) = (request.method().clone(), request.headers().clone());
        Visit { snapshot: current.get(), method, headers }
    }

    fn draw(&self, page: Document) -> Response {
        let (config, template) = (&self.snapshot.config, &self.snapshot.template);
        let rendered = render::desk_page(config, template, page);
        let entity = render::once(config, template, rendered, Caching::Never, &self.headers);
        private(entity.respond(&self.method, &self.headers))
    }

    /// The answer; the door for who is not signed in; a page that says what went wrong.
    fn answer(&self, done: Result<Response, Refusal>) -> Response {
        let problem = match done {
            Ok(response) => return private(response),
            Err(refusal) => Problem::from(refusal),
        };
        if problem.status == ProblemKind::Unauthorized.status() {
            return private(see_other(&format!("/{DESK}/connexion")));
        }
        let site = &self.snapshot.config.site;
        self.draw(pages::refused(site, &problem))
    }
}

/// No other page learns its address, which may hold what was looked for.
fn private(mut response: Response) -> Response {
    let referrer = HeaderName::from_static("referrer-policy");
    response.headers_mut().insert(referrer, HeaderValue::from_static("no-referrer"));
    response
}

/// `GET /moderation/connexion`.
pub async fn door(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let site = &visit.snapshot.config.site;
    visit.answer(match signed(&current, &visit.headers).await {
        Ok(_) => Ok(see_other(&format!("/{DESK}"))),
        Err(refusal) => {
            let problem = Problem::from(refusal);
            if problem.status == ProblemKind::Unauthorized.status() {
                Ok(visit.draw(pages::sign_in(site, "", None)))
            } else {
                Err(problem.into())
            }
        }
    })
}

/// `POST /moderation/connexion`.
pub async fn sign_in(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = enter(&current, &visit, request).await;
    visit.answer(done)
}

async fn enter(current: &Current, visit: &Visit, request: Request) -> Result<Response, Refusal> {
    let site = &visit.snapshot.config.site;
    let envelope = envelope(&visit.snapshot, &request)?;
    let old = cookie::read(&visit.headers, site);
    let fields = Fields::read(request).await?;
    let it = Credentials { name: fields.get("name"), password: fields.get("password") };
    let accounts = current.people().desk()?.accounts();
    match accounts.sign_in(&it, &envelope.sender, old.as_deref()).await {
        Ok((_, token)) => {
            wake(current.people());
            let mut response = see_other(&format!("/{DESK}"));
            cookie::set(response.headers_mut(), site, &token);
            Ok(response)
        }
        Err(refusal) => {
            let problem = Problem::from(refusal);
            let it = pages::Problem { status: problem.status, words: &problem.detail };
            Ok(visit.draw(pages::sign_in(site, &fields.get("name"), Some(&it))))
        }
    }
}

/// `POST /moderation/deconnexion`.
pub async fn sign_out(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let left = async {
        envelope(&visit.snapshot, &request)?;
        let signed = signed(&current, &visit.headers).await?;
        let fields = Fields::read(request).await?;
        let everywhere = fields.get("everywhere") == "true";
        current.people().desk()?.accounts().sign_out(&signed, everywhere).await?;
        let mut response = see_other(&format!("/{DESK}/connexion"));
        cookie::set(response.headers_mut(), &visit.snapshot.config.site, "");
        Ok(response)
    };
    visit.answer(left.await)
}

/// `GET /moderation?state=&kind=&q=&page=&item=`.
pub async fn queue(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        let question = Question::read(query);
        let notice = told(query);
        Ok(visit.draw(show(desk, &current, &who, question, notice.as_ref()).await?))
    };
    visit.answer(shown.await)
}

async fn show(
    desk: &Desk,
    current: &Current,
    who: &Who,
    question: Question,
    notice: Option<&Notice>,
) -> Result<Document, Refusal> {
    let title = |kind: Kind, it: &Slug| title(current, kind, it);
    let queue = desk.queue(who.role, &question, title).await?;
    let id = question.item.clone().or_else(|| queue.items.first().map(|it| it.id.clone()));
    let item = match &id {
        // Erased meanwhile, or never there: the list is shown all the same.
        Some(id) => desk.item(who.role, id, title).await.ok(),
        None => None,
    };
    let open = match item {
        Some(item) => {
            let near = desk.neighbours(who.role, &question, &item.id, &[]).await?;
            Some(Open {
                about: address(current, &item),
                edits: (item.kind == Kind::Report)
                    .then(|| directory::edits(who.role, &item.page))
                    .flatten(),
                history: desk.history(who.role, &item.id).await?,
                previous: near.previous,
                next: near.next,
                item,
            })
        }
        None => None,
    };
    Ok(pages::queue(&pages::Desk {
        site: &current.get().config.site,
        who,
        question: &Question { page: queue.page, ..question },
        queue: &queue,
        open: open.as_ref(),
        notice,
        now_ms: clock::now_ms(),
    }))
}

/// Where what an item is about can be seen.
fn address(current: &Current, item: &QueueItem) -> Option<String> {
    title(current, item.kind, &item.page)?;
    match item.kind {
        Kind::Comment | Kind::Feedback => {
            Some(Route::Article { slug: item.page.clone(), depth: Depth::Full }.to_string())
        }
        Kind::Testimonial => Some(format!("/{TESTIMONIALS}")),
        Kind::Message => None,
        Kind::Report => Some(Route::Practitioner { id: item.page.clone() }.to_string()),
    }
}

/// What the decision before said, in the address that it led to. Whoever makes one up says something
/// untrue to themselves: taking back is checked like any decision.
fn told(query: &str) -> Option<Notice> {
    let verdict = Verdict::from_name(&query_value(query, "done")?)?;
    let undo = query_value(query, "undo").unwrap_or_default();
    let done: Vec<Seen> = undo.split('~').filter_map(Seen::parse).take(MAX_AT_ONCE).collect();
    let missed = query_value(query, "missed").and_then(|it| it.parse().ok()).unwrap_or_default();
    Some(Notice { verdict, done, missed })
}

/// `POST /moderation`: one decision, on the open item or on those that are chosen.
pub async fn decide(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let done = carry_out(&current, &visit, request).await;
    visit.answer(done)
}

async fn carry_out(
    current: &Current,
    visit: &Visit,
    request: Request,
) -> Result<Response, Refusal> {
    envelope(&visit.snapshot, &request)?;
    let Signed { who, .. } = signed(current, &visit.headers).await?;
    let fields = Fields::read(request).await?;
    let verdict = Verdict::from_name(&fields.get("verdict")).ok_or(ProblemKind::BadRequest)?;
    let items: Vec<Seen> = fields.all("items").filter_map(Seen::parse).collect();
    let back = Question::read(&fields.get("back"));
    if items.is_empty() {
        // Nothing was chosen.
        return Ok(see_other(&pages::address(&back)));
    }
    if MAX_AT_ONCE < items.len() {
        return Err(ProblemKind::BadRequest.into());
    }
    let own = reply(&fields.get("reply"))?;
    let proposed = fields.get("proposed").parse::<usize>().ok().and_then(|it| it.checked_sub(1));
    let proposed = proposed.and_then(|it| pages::proposed().get(it).map(|it| it.1.to_owned()));
    let people = current.people();
    let desk = people.desk()?;
    // Before the list changes: what is next is next to what was decided on.
    let next = match (verdict, &items[..]) {
        (Verdict::Undo, [first, ..]) => Some(first.id.clone()),
        (_, [.., last]) => {
            let near = desk.neighbours(who.role, &back, &last.id, &items).await?;
            near.next.or(near.previous)
        }
        _ => None,
    };
    let reply = own.or(proposed);
    let outcome = desk.decide(&who, verdict, reply.as_deref(), &items).await?;
    people.hear().await;
    Ok(see_other(&led_to(&back.at(next.as_ref()), verdict, &outcome)))
}

fn led_to(question: &Question, verdict: Verdict, outcome: &Outcome) -> String {
    let done: Vec<String> = outcome.done.iter().map(ToString::to_string).collect();
    let missed = outcome.changed.len() + outcome.gone.len();
    let missed = if missed == 0 { String::new() } else { format!("&missed={missed}") };
    let question = question.to_string();
    let question = if question.is_empty() { question } else { format!("{question}&") };
    format!("/{DESK}?{question}done={}&undo={}{missed}#cas", verdict.name(), done.join("~"))
}

/// `GET /moderation/journal?page=`.
pub async fn journal(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let query = request.uri().query().unwrap_or_default();
    let page = query_fields(query).find(|it| it.0 == "page").and_then(|it| it.1.parse().ok());
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let found = current.people().desk()?.journal(who.role, page.unwrap_or(1)).await?;
        Ok(visit.draw(pages::journal(&visit.snapshot.config.site, &who, &found)))
    };
    visit.answer(shown.await)
}

/// `GET /moderation/avis`.
pub async fn opinions(State(current): State<Current>, request: Request) -> Response {
    let visit = Visit::new(&current, &request);
    let shown = async {
        let Signed { who, .. } = signed(&current, &visit.headers).await?;
        let desk = current.people().desk()?;
        let found = desk.opinions(who.role, |kind, it| title(&current, kind, it)).await?;
        let site = &visit.snapshot.config.site;
        Ok(visit.draw(pages::opinions(site, &who, &found, clock::now_ms())))
    };
    visit.answer(shown.await)
}
