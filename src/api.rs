//! What the app asks for, said once. Who answers is decided at start-up: `HttpApi` in the browser,
//! the server's own content while rendering.

use std::{pin::Pin, sync::Arc};

use contract::{
    article::{Article, ArticleSummary, Topic},
    comment::Comments,
    date::Date,
    directory::DirectoryQuery,
    error::Problem,
    geo::Bbox,
    glossary::GlossaryTerm,
    list::Listing,
    map::Features,
    page::{Comparison, Home, PageCorrection, StandingPage},
    practitioner::{Found, Place, Practitioner},
    reference::Reference,
    search::Hit,
    site::Site,
    slug::Slug,
};

#[cfg(target_arch = "wasm32")]
pub mod http;

/// An answer on its way. `Send`, because the server renders on several threads.
pub type ApiFuture<T> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send>>;

/// Which part of the list of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Only explainers, in the editors' order, all on one page.
    pub explainers: bool,
    pub topic: Option<Slug>,
    /// From 1.
    pub page: u32,
}

/// What the map asks for, on the site and embedded elsewhere.
pub trait DirectoryApi: Send + Sync + 'static {
    fn list_practitioners(&self, query: &DirectoryQuery) -> ApiFuture<Found>;
    fn get_practitioner(&self, id: &Slug) -> ApiFuture<Practitioner>;
    /// What the map shows of a part of it, of those whom the filters of `query` leave.
    fn list_clusters(&self, query: &DirectoryQuery, bbox: Bbox, zoom: u8) -> ApiFuture<Features>;
    /// Towns for what is being typed, the likeliest first.
    fn list_places(&self, query: &str) -> ApiFuture<Vec<Place>>;
}

/// Everything a page may read. One method for each endpoint, named like the endpoint.
pub trait SiteApi: DirectoryApi {
    fn get_site(&self) -> ApiFuture<Site>;
    fn get_home(&self) -> ApiFuture<Home>;
    fn list_articles(&self, query: &ListQuery) -> ApiFuture<Listing<ArticleSummary>>;
    fn get_article(&self, slug: &Slug) -> ApiFuture<Article>;
    fn list_related(&self, slug: &Slug) -> ApiFuture<Vec<ArticleSummary>>;
    fn list_comments(&self, slug: &Slug, page: u32) -> ApiFuture<Comments>;
    fn list_topics(&self) -> ApiFuture<Vec<Topic>>;
    fn list_glossary(&self) -> ApiFuture<Vec<GlossaryTerm>>;
    fn list_references(&self) -> ApiFuture<Vec<Reference>>;
    fn list_corrections(&self) -> ApiFuture<Vec<PageCorrection>>;
    fn get_comparison(&self) -> ApiFuture<Comparison>;
    fn get_page(&self, slug: &Slug) -> ApiFuture<StandingPage>;
    fn search(&self, query: &str) -> ApiFuture<Listing<Hit>>;
    /// The day it is for the reader.
    fn today(&self) -> Date;
}

/// A cheap handle to the [`SiteApi`] in use.
#[derive(Clone)]
pub struct Api(Arc<dyn SiteApi>);

impl Api {
    pub fn new(api: impl SiteApi) -> Api {
        Api(Arc::new(api))
    }

    /// The part of it that the map asks.
    pub fn directory(&self) -> Arc<dyn DirectoryApi> {
        self.0.clone()
    }
}

impl std::ops::Deref for Api {
    type Target = dyn SiteApi;

    fn deref(&self) -> &(dyn SiteApi + 'static) {
        &*self.0
    }
}
