//! [`SiteApi`] over HTTP. The only file of the app that touches the network.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use contract::{
    article::{Article, ArticleSummary, Topic},
    comment::Comments,
    date::Date,
    directory::DirectoryQuery,
    error::{Problem, ProblemKind},
    geo::Bbox,
    glossary::GlossaryTerm,
    list::{Listing, MAX_PER_PAGE},
    map::Features,
    page::{Comparison, Home, PageCorrection, StandingPage},
    paths,
    practitioner::{Found, Place, Practitioner},
    reference::Reference,
    search::Hit,
    site::Site,
    slug::Slug,
};
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::api::{ApiFuture, DirectoryApi, ListQuery, SiteApi};

/// Asks the endpoints below `base`.
pub struct HttpApi {
    /// Without a final slash: `/api/v1`, or an address on another origin.
    base: String,
    /// The answers are files of a static export ([`paths::static_file`]).
    files: bool,
}

impl HttpApi {
    /// `content` is that of `<meta name="api">`: the endpoints' address, and ` files` after it for
    /// a static export.
    pub fn new(content: &str) -> HttpApi {
        let (base, files) = match content.split_once(' ') {
            Some((base, _)) => (base, true),
            None => (content, false),
        };
        HttpApi { base: base.trim_end_matches('/').to_owned(), files }
    }

    fn get<T: DeserializeOwned + 'static>(&self, path: &str) -> ApiFuture<T> {
        // The browser has one thread, so nothing here is ever sent across another.
        let answer = Box::pin(SendWrapper::new(ask(self.url(path))));
        Box::pin(Read { answer, made: PhantomData })
    }

    fn url(&self, path: &str) -> String {
        if self.files {
            format!("{}{}", self.base, paths::static_file(path))
        } else {
            format!("{}{path}", self.base)
        }
    }
}

/// What [`ask`] promises, as the value that it tells of. Written out, since the compiler would make a
/// state machine for each type of an `async` block: there are some twenty.
struct Read<T> {
    answer: Pin<Box<dyn Future<Output = Result<JsValue, Problem>> + Send>>,
    made: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Future for Read<T> {
    type Output = Result<T, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Self::Output> {
        self.answer.as_mut().poll(context).map(|answer| {
            let value = answer?;
            serde_wasm_bindgen::from_value(value).map_err(|_| problem(ProblemKind::Internal))
        })
    }
}

impl DirectoryApi for HttpApi {
    fn list_practitioners(&self, query: &DirectoryQuery) -> ApiFuture<Found> {
        self.get(&paths::practitioners(query))
    }

    fn get_practitioner(&self, id: &Slug) -> ApiFuture<Practitioner> {
        self.get(&paths::practitioner(id))
    }

    fn list_clusters(&self, query: &DirectoryQuery, bbox: Bbox, zoom: u8) -> ApiFuture<Features> {
        self.get(&paths::clusters(query, bbox, zoom))
    }

    fn list_places(&self, query: &str) -> ApiFuture<Vec<Place>> {
        self.get(&paths::places(query))
    }
}

impl SiteApi for HttpApi {
    fn get_site(&self) -> ApiFuture<Site> {
        self.get(paths::SITE)
    }

    fn get_home(&self) -> ApiFuture<Home> {
        self.get(paths::HOME)
    }

    fn list_articles(&self, query: &ListQuery) -> ApiFuture<Listing<ArticleSummary>> {
        let (kind, per_page) =
            if query.explainers { (Some("explainer"), Some(MAX_PER_PAGE)) } else { (None, None) };
        self.get(&paths::articles(kind, query.topic.as_ref(), query.page, per_page))
    }

    fn get_article(&self, slug: &Slug) -> ApiFuture<Article> {
        self.get(&paths::article(slug))
    }

    fn list_related(&self, slug: &Slug) -> ApiFuture<Vec<ArticleSummary>> {
        self.get(&paths::related(slug))
    }

    fn list_comments(&self, slug: &Slug, page: u32) -> ApiFuture<Comments> {
        self.get(&paths::comments(slug, page))
    }

    fn list_topics(&self) -> ApiFuture<Vec<Topic>> {
        self.get(paths::TOPICS)
    }

    fn list_glossary(&self) -> ApiFuture<Vec<GlossaryTerm>> {
        self.get(paths::GLOSSARY)
    }

    fn list_references(&self) -> ApiFuture<Vec<Reference>> {
        self.get(paths::REFERENCES)
    }

    fn list_corrections(&self) -> ApiFuture<Vec<PageCorrection>> {
        self.get(paths::CORRECTIONS)
    }

    fn get_comparison(&self) -> ApiFuture<Comparison> {
        self.get(paths::COMPARISON)
    }

    fn get_page(&self, slug: &Slug) -> ApiFuture<StandingPage> {
        self.get(&paths::page(slug))
    }

    fn search(&self, query: &str) -> ApiFuture<Listing<Hit>> {
        if self.files {
            // No server answers a query here: the whole index is one file, searched on the device.
            let documents = ask(self.url(paths::SEARCH_INDEX));
            let query = query.to_owned();
            return Box::pin(SendWrapper::new(async move {
                let found = search_on_device(&documents.await?, &query).await;
                let found = found.map_err(|_| problem(ProblemKind::Unreachable))?;
                let items: Vec<Hit> = serde_wasm_bindgen::from_value(found)
                    .map_err(|_| problem(ProblemKind::Internal))?;
                let total = u32::try_from(items.len()).unwrap_or(u32::MAX);
                Ok(Listing { items, page: 1, per_page: total.max(1), total })
            }));
        }
        self.get(&paths::search(query))
    }

    fn today(&self) -> Date {
        let now = js_sys::Date::new_0();
        let small = |it: u32| u8::try_from(it).unwrap_or(1);
        let year = u16::try_from(now.get_full_year()).unwrap_or(1);
        Date::new(year, small(now.get_month() + 1), small(now.get_date())).unwrap_or(Date::EPOCH)
    }
}

#[wasm_bindgen]
extern "C" {
    /// `public/boot.mjs`: fetches the search of static exports, and runs it.
    #[wasm_bindgen(catch, js_name = searchOnDevice)]
    async fn search_on_device(documents: &JsValue, query: &str) -> Result<JsValue, JsValue>;
}

/// The JSON of a good answer; else what is wrong, as the server says it.
async fn ask(url: String) -> Result<JsValue, Problem> {
    let (status, body) = fetch(&url).await.map_err(|_| problem(ProblemKind::Unreachable))?;
    if (200..300).contains(&status) {
        return js_sys::JSON::parse(&body).map_err(|_| problem(ProblemKind::Internal));
    }
    // A static host answers with a page of its own, so only the status is sure.
    let kind = if status == 404 { ProblemKind::NotFound } else { ProblemKind::Internal };
    // The embedded map shows sentences of its own.
    let told = if cfg!(feature = "embed") { None } else { read_json(&body) };
    Err(told.unwrap_or_else(|| problem(kind)))
}

#[cfg(not(feature = "embed"))]
#[wasm_bindgen]
extern "C" {
    /// `public/boot.mjs`: the text of a good answer that was asked for before the app ran, once.
    #[wasm_bindgen(catch, js_name = takeAhead)]
    async fn take_ahead(url: &str) -> Result<JsValue, JsValue>;
}

/// Status and text of the answer, as the browser gives them.
#[cfg(not(feature = "embed"))]
async fn fetch(url: &str) -> Result<(u16, String), gloo_net::Error> {
    if let Some(body) = take_ahead(url).await.ok().and_then(|it| it.as_string()) {
        return Ok((200, body));
    }
    let request = gloo_net::http::Request::get(url).header("accept", "application/json");
    let response = request.send().await?;
    Ok((response.status(), response.text().await?))
}

/// The same by the browser's own function: the embedded map has three kilobytes for all it asks.
#[cfg(feature = "embed")]
async fn fetch(url: &str) -> Result<(u16, String), JsValue> {
    use js_sys::{Object, Reflect};
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = fetch)]
        fn ask_browser(url: &str, options: &JsValue) -> js_sys::Promise;
    }

    let (options, headers) = (Object::new(), Object::new());
    Reflect::set(&headers, &"accept".into(), &"application/json".into())?;
    Reflect::set(&options, &"headers".into(), &headers)?;
    let response = JsFuture::from(ask_browser(url, &options)).await?;
    let response: web_sys::Response = response.unchecked_into();
    let body = JsFuture::from(response.text()?).await?;
    Ok((response.status(), body.as_string().unwrap_or_default()))
}

/// The text of a file of the app itself, such as the outlines of the map. `path` is that from the
/// site's root; None when it cannot be had.
pub async fn read_file(path: &str) -> Option<String> {
    let (status, body) = fetch(path).await.ok()?;
    (status == 200).then_some(body)
}

/// Reads JSON with the browser's own parser: one more in the app, made anew for every type, would
/// be a third of its bytes.
///
/// None for what is no JSON, or no `T`.
pub fn read_json<T: DeserializeOwned>(json: &str) -> Option<T> {
    let value = js_sys::JSON::parse(json).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

#[inline(never)]
fn problem(kind: ProblemKind) -> Problem {
    kind.problem("", "")
}
