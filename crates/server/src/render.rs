//! The app rendered into the built page. The only file of the server that knows the app's views;
//! their questions are answered from the library, without a network in between.

use std::sync::Arc;

use app::{
    api::{Api, ApiFuture, DirectoryApi, ListQuery, SiteApi},
    page::{self, Page},
    pages::map::MapPage,
};
/// Pages that only the server draws.
pub use app::{page::Document, pages};
use axum::http::{HeaderMap, StatusCode};
use contract::{
    article::{Article, ArticleKind, ArticleSummary, Topic},
    comment::{Comments, PER_PAGE as PER_COMMENTS},
    date::Date,
    directory::{DirectoryQuery, PER_PAGE},
    embed::{EmbedView, Theme},
    error::ProblemKind,
    geo::Bbox,
    glossary::GlossaryTerm,
    list::{Listing, MAX_PER_PAGE},
    map::Features,
    page::{Comparison, Home, PageCorrection, StandingPage},
    practitioner::{Found, Place, Practitioner},
    reference::Reference,
    route::Route,
    search::Hit,
    site::Site,
    slug::Slug,
};

use directory::Directory;

use crate::{
    compress::Effort,
    config::Config,
    content::Library,
    endpoints::{DEFAULT_PER_PAGE, articles::article, home, practitioners::MAX_PLACES},
    entity::{Caching, Entity, Kind},
    error::problem,
    finder::Finder,
    headers::PagePolicy,
    people::People,
    register::Register,
    still, structured_data,
    template::{FrameTemplate, LateStyles, Styles, Template},
};

/// [`SiteApi`] answered from memory.
struct LibraryApi {
    config: Arc<Config>,
    library: Arc<Library>,
    register: Register,
    people: People,
    today: Date,
}

impl LibraryApi {
    /// Nothing where the directory is switched off.
    fn directory(&self) -> Option<Arc<Directory>> {
        self.config.site.features.map.then(|| self.register.get())
    }
}

fn ready<T: Send + 'static>(answer: T) -> ApiFuture<T> {
    Box::pin(std::future::ready(Ok(answer)))
}

fn found<T: Send + 'static>(answer: Option<T>) -> ApiFuture<T> {
    let answer = answer.ok_or_else(|| problem(ProblemKind::NotFound));
    Box::pin(std::future::ready(answer))
}

impl DirectoryApi for LibraryApi {
    fn list_practitioners(&self, query: &DirectoryQuery) -> ApiFuture<Found> {
        let gazetteer = self.register.gazetteer();
        found(self.directory().map(|it| it.find(gazetteer, query, PER_PAGE)))
    }

    fn get_practitioner(&self, id: &Slug) -> ApiFuture<Practitioner> {
        found(self.directory().and_then(|it| it.get(id).cloned()))
    }

    fn list_clusters(&self, query: &DirectoryQuery, bbox: Bbox, zoom: u8) -> ApiFuture<Features> {
        found(self.directory().map(|it| it.features(query, bbox, zoom)))
    }

    fn list_places(&self, query: &str) -> ApiFuture<Vec<Place>> {
        ready(directory::places::search(self.register.gazetteer(), query, MAX_PLACES))
    }
}

impl SiteApi for LibraryApi {
    fn get_site(&self) -> ApiFuture<Site> {
        ready(self.config.site.clone())
    }

    fn get_home(&self) -> ApiFuture<Home> {
        ready(home(&self.config, &self.library, self.today))
    }

    fn list_articles(&self, query: &ListQuery) -> ApiFuture<Listing<ArticleSummary>> {
        let (kind, per_page) = if query.explainers {
            (Some(ArticleKind::Explainer), MAX_PER_PAGE)
        } else {
            (None, DEFAULT_PER_PAGE)
        };
        ready(self.library.list(kind, query.topic.as_ref(), query.page, per_page))
    }

    fn get_article(&self, slug: &Slug) -> ApiFuture<Article> {
        found(article(&self.config, &self.library, slug))
    }

    fn list_related(&self, slug: &Slug) -> ApiFuture<Vec<ArticleSummary>> {
        found(self.library.related(slug))
    }

    fn list_comments(&self, slug: &Slug, page: u32) -> ApiFuture<Comments> {
        let (people, slug) = (self.people.clone(), slug.clone());
        let open = self.library.article(&slug).map(|it| self.config.takes_comments(it, self.today));
        Box::pin(async move {
            let open = open.ok_or_else(|| problem(ProblemKind::NotFound))?;
            Ok(people.comments(&slug, page, PER_COMMENTS, open).await?)
        })
    }

    fn list_topics(&self) -> ApiFuture<Vec<Topic>> {
        ready(self.library.topics().to_vec())
    }

    fn list_glossary(&self) -> ApiFuture<Vec<GlossaryTerm>> {
        ready(self.library.glossary().to_vec())
    }

    fn list_references(&self) -> ApiFuture<Vec<Reference>> {
        ready(self.library.references().to_vec())
    }

    fn list_corrections(&self) -> ApiFuture<Vec<PageCorrection>> {
        ready(self.library.corrections().to_vec())
    }

    fn get_comparison(&self) -> ApiFuture<Comparison> {
        ready(self.library.comparison().clone())
    }

    fn get_page(&self, slug: &Slug) -> ApiFuture<StandingPage> {
        found(self.library.page(slug).cloned())
    }

    fn search(&self, query: &str) -> ApiFuture<Listing<Hit>> {
        let (config, library) = (self.config.clone(), self.library.clone());
        let (people, register, query) =
            (self.people.clone(), self.register.clone(), query.to_owned());
        Box::pin(async move {
            let (config, library) = (&config, &library);
            let finder = Finder { config, library, people: &people, register: &register };
            Ok(finder.search(&query, None, 1, MAX_PER_PAGE).await)
        })
    }

    fn today(&self) -> Date {
        self.today
    }
}

/// A rendered page and its status.
pub struct Rendered {
    pub status: StatusCode,
    pub html: String,
    /// Something is left out that the next reader may see: not to be kept.
    pub partial: bool,
    /// It shows a page of this site in a frame.
    frames_itself: bool,
}

/// What `route` shows, as a whole document. `in_document_policy` writes the content security policy
/// into the page, for hosts that send no headers of ours.
pub async fn document(
    config: &Arc<Config>,
    library: &Arc<Library>,
    (register, people): (&Register, &People),
    template: &Template,
    today: Date,
    route: &Route,
    in_document_policy: Option<&str>,
) -> Rendered {
    let (config_of, library) = (config.clone(), library.clone());
    let directory = register.get();
    let register = register.clone();
    let people = people.clone();
    let api = Api::new(LibraryApi { config: config_of, library, register, people, today });
    let mut page = page::load(&api, route).await;
    if let Page::Map(it) = &mut page
        && in_document_policy.is_none()
    {
        it.still = still::draw(&directory, &it.view).unwrap_or_default();
    }
    if let Page::Failed(problem) = &page {
        tracing::error!(path = %route.path(), detail = %problem.detail, "a page failed to load");
    }
    compose(config, template, route, page, in_document_policy)
}

/// A page that the server alone draws.
pub fn document_page(
    config: &Config,
    template: &Template,
    route: &Route,
    page: Document,
) -> Rendered {
    compose(config, template, route, Page::Document(Box::new(page)), None)
}

/// A page of the moderators' desk, in a frame of its own.
pub fn desk_page(config: &Config, template: &Template, page: Document) -> Rendered {
    let title = app::html::escape(&page.head.full_title(&config.site));
    let head = format!("<title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">");
    Rendered {
        status: StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        html: template.desk(locale::text().tag(), &head, &page.html),
        partial: false,
        frames_itself: false,
    }
}

fn compose(
    config: &Config,
    template: &Template,
    route: &Route,
    page: Page,
    in_document_policy: Option<&str>,
) -> Rendered {
    let status = StatusCode::from_u16(page.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut head = structured_data::head(&config.site, &page);
    if let Some(policy) = in_document_policy {
        // Before anything it could forbid.
        head.insert_str(
            0,
            &format!(
                "<meta http-equiv=\"content-security-policy\" content=\"{}\">",
                app::html::escape(policy)
            ),
        );
    }
    let data = structured_data::data(config, route, &page);
    let (map, partial) = (page.has_map_styles(), page.is_partial());
    let late = match page {
        Page::Home(_) | Page::Understand(_) | Page::Articles(_) | Page::Article(_) => {
            LateStyles::End
        }
        _ => LateStyles::Head,
    };
    let body = app::app::render(config.site.clone(), route.clone(), page);
    let frames_itself = matches!(route, Route::Embedding(_));
    Rendered {
        status,
        html: template.page(&head, &body, &data, Styles { late, map }),
        partial,
        frames_itself,
    }
}

/// A page as an answer for many.
pub fn entity(
    config: &Config,
    template: &Template,
    rendered: Rendered,
    caching: Caching,
) -> Entity {
    let effort = if caching == Caching::Never { Effort::Once } else { Effort::Kept };
    Entity::new(kind(config, template, &rendered, caching), rendered.html, effort)
}

/// A page as the answer to one request.
pub fn once(
    config: &Config,
    template: &Template,
    rendered: Rendered,
    caching: Caching,
    request: &HeaderMap,
) -> Entity {
    Entity::once(kind(config, template, &rendered, caching), rendered.html, request)
}

fn kind(config: &Config, template: &Template, rendered: &Rendered, caching: Caching) -> Kind {
    let policy = PagePolicy {
        style_hashes: template.style_hashes(),
        api_origin: None,
        video_hosts: &config.video_hosts,
        frames_itself: rendered.frames_itself,
        tile_origin: config.site.tiles.as_ref().and_then(|it| it.origin()),
    };
    Kind {
        status: rendered.status,
        content_type: "text/html; charset=utf-8",
        caching,
        headers: policy.headers(),
    }
}

/// The page of the embedded map.
pub fn frame(
    config: &Config,
    template: &FrameTemplate,
    register: &Register,
    shown: &EmbedView,
) -> String {
    let view = shown.view.clone();
    let found = register.get().find(register.gazetteer(), &view.query, PER_PAGE);
    let (site, escape) = (&config.site, app::html::escape);
    let still = String::new();
    let body = app::embed::view(&MapPage { view, found, still }, shown, &site.name);
    let canonical = Route::Map(Box::default());
    let head = format!(
        "<title>{}</title>\n<link rel=\"canonical\" href=\"{}{canonical}\">",
        escape(&app::embed::title(&site.name)),
        escape(&site.url)
    );
    template.page(shown.theme.map(Theme::name), &head, &body.into_string())
}

/// The page for addresses that name nothing.
pub fn missing(config: &Config, template: &Template) -> Entity {
    let rendered = compose(config, template, &Route::Home, Page::Missing, None);
    entity(config, template, rendered, Caching::Checked)
}

/// The page for a fault of ours.
pub fn failed(config: &Config, template: &Template, route: &Route, kind: ProblemKind) -> Entity {
    let page = Page::Failed(problem(kind));
    let rendered = compose(config, template, route, page, None);
    entity(config, template, rendered, Caching::Never)
}
