//! What one address shows, loaded: the app's whole state between two navigations.

use contract::{
    article::{Article, ArticleSummary, Topic},
    comment::Comments,
    embed::EmbedOptions,
    error::{Problem, ProblemKind},
    glossary::GlossaryTerm,
    list::Listing,
    page::{Comparison, Home, PageCorrection, StandingPage},
    reference::Reference,
    route::Route,
    search::Hit,
    site::Site,
    slug::Slug,
};
use serde::{Deserialize, Serialize};

use crate::{
    api::{Api, ListQuery},
    head::Head,
    pages::{self, map::MapPage, practitioner::PractitionerPage},
};

/// A page with all it needs to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    Home(Home),
    Understand(Understand),
    Comparison(Box<Comparison>),
    Articles(ArticleList),
    Article(Box<ArticlePage>),
    Glossary(Vec<GlossaryTerm>),
    References(Vec<Reference>),
    Corrections(Vec<PageCorrection>),
    Search(SearchPage),
    Map(Box<MapPage>),
    Practitioner(Box<PractitionerPage>),
    Embedding(Box<EmbedOptions>),
    Standing(Box<StandingPage>),
    /// Drawn by the server alone.
    #[cfg(not(target_arch = "wasm32"))]
    Document(Box<Document>),
    /// Nothing is at this address.
    Missing,
    /// Loading failed; the problem says how.
    Failed(Problem),
    /// The server has drawn it and the DOM holds it; at hand is only what follows the reader.
    Rendered(Option<Shelf>),
}

/// Stands in for inner HTML that hydration leaves alone. No part of a page is this, not even an
/// empty one, so whatever comes next replaces it.
pub const IN_THE_DOM: &str = "<!---->";

#[derive(Clone, Debug, PartialEq)]
pub struct Understand {
    pub explainers: Vec<ArticleSummary>,
    pub topics: Vec<Topic>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ArticleList {
    pub listing: Listing<ArticleSummary>,
    pub topics: Vec<Topic>,
    /// The topic the list is narrowed to.
    pub topic: Option<Topic>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ArticlePage {
    pub article: Article,
    pub related: Vec<ArticleSummary>,
    /// None where the page takes none, or where they cannot be had now.
    pub comments: Option<Comments>,
    /// The day of the next review has passed.
    pub overdue: bool,
}

/// A page that only the server draws: what it says depends on what somebody has sent.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub status: u16,
    pub head: Head,
    pub html: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    pub query: String,
    /// None while nothing was asked.
    pub hits: Option<Listing<Hit>>,
}

/// What the server hands to the browser beside the HTML, so that hydration asks nothing: only what
/// cannot be read from the DOM. Hydration does not touch inner HTML (tachys,
/// `InnerHtmlValue::hydrate`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed {
    pub site: Site,
    /// On an article with a choice of depths.
    pub article: Option<Shelf>,
}

/// What the part of an article that follows the reader needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    pub slug: Slug,
    /// Whole minutes at each depth, in the order of [`Depth::ALL`](contract::route::Depth::ALL).
    pub minutes: [u16; 3],
}

/// Loads what `route` shows. The one table from addresses to questions.
pub async fn load(api: &Api, route: &Route) -> Page {
    let page = match route {
        Route::Home => api.get_home().await.map(Page::Home),
        Route::Understand => pages::understand::load(api).await.map(Page::Understand),
        Route::Comparison => api.get_comparison().await.map(|it| Page::Comparison(Box::new(it))),
        Route::Articles { page } => {
            let query = ListQuery { explainers: false, topic: None, page: *page };
            pages::articles::load(api, query).await.map(Page::Articles)
        }
        Route::Topic { topic, page } => {
            let query = ListQuery { explainers: false, topic: Some(topic.clone()), page: *page };
            pages::articles::load(api, query).await.map(Page::Articles)
        }
        Route::Article { slug, .. } => {
            pages::article::load(api, slug).await.map(|it| Page::Article(Box::new(it)))
        }
        Route::Glossary => api.list_glossary().await.map(Page::Glossary),
        Route::References => api.list_references().await.map(Page::References),
        Route::Corrections => api.list_corrections().await.map(Page::Corrections),
        Route::Search { query } => pages::search::load(api, query).await.map(Page::Search),
        Route::Map(view) => pages::map::load(api, view).await.map(|it| Page::Map(Box::new(it))),
        Route::Practitioner { id } => {
            pages::practitioner::load(api, id).await.map(|it| Page::Practitioner(Box::new(it)))
        }
        #[cfg(not(target_arch = "wasm32"))]
        Route::Embedding(options) => {
            pages::embedding::load(api, options).await.map(|it| Page::Embedding(Box::new(it)))
        }
        // Its policy comes with its document: the browser loads it as one, and keeps no words for it.
        #[cfg(target_arch = "wasm32")]
        Route::Embedding(_) => Ok(Page::Missing),
        // The browser loads it as a document; the server answers before it asks here.
        Route::Document { .. } => Ok(Page::Missing),
        Route::Page { slug } => api.get_page(slug).await.map(|it| Page::Standing(Box::new(it))),
    };
    page.unwrap_or_else(|problem| {
        if problem.status == ProblemKind::NotFound.status() {
            Page::Missing
        } else {
            Page::Failed(problem)
        }
    })
}

impl Page {
    /// The HTTP status the server answers with.
    pub fn status(&self) -> u16 {
        match self {
            Page::Missing => 404,
            Page::Failed(problem) => problem.status.clamp(500, 599),
            #[cfg(not(target_arch = "wasm32"))]
            Page::Document(it) => it.status,
            _ => 200,
        }
    }

    /// Title, description and canonical address.
    pub fn head(&self, site: &Site) -> Head {
        match self {
            Page::Home(_) => pages::home::head(site),
            Page::Understand(_) => pages::understand::head(),
            Page::Comparison(it) => pages::comparison::head(it),
            Page::Articles(it) => pages::articles::head(it),
            Page::Article(it) => pages::article::head(&it.article),
            Page::Glossary(_) => pages::glossary::head(),
            Page::References(_) => pages::references::head(),
            Page::Corrections(_) => pages::corrections::head(),
            Page::Search(it) => pages::search::head(it),
            Page::Map(it) => pages::map::head(it),
            Page::Practitioner(it) => pages::practitioner::head(it),
            #[cfg(not(target_arch = "wasm32"))]
            Page::Embedding(_) => pages::embedding::head(),
            Page::Standing(it) => pages::standing::head(it),
            #[cfg(not(target_arch = "wasm32"))]
            Page::Document(it) => it.head.clone(),
            Page::Missing => pages::lost::head_missing(),
            Page::Failed(_) => pages::lost::head_failed(),
            // Written by the server already; nobody asks.
            #[cfg(target_arch = "wasm32")]
            Page::Embedding(_) => Head::new("", "", None),
            Page::Rendered(_) => Head::new("", "", None),
        }
    }

    /// Whether something is left out that the next reader may see.
    pub fn is_partial(&self) -> bool {
        matches!(self, Page::Article(it) if it.article.comments && it.comments.is_none())
    }

    /// Whether it is drawn with the style sheet of the map.
    pub fn has_map_styles(&self) -> bool {
        matches!(self, Page::Map(_) | Page::Practitioner(_) | Page::Embedding(_))
    }

    /// None where there is no choice of depths: not an article, or a sponsored one.
    pub fn shelf(&self) -> Option<Shelf> {
        match self {
            Page::Article(it) if it.article.sponsor.is_none() => {
                let it = &it.article;
                let minutes = [it.minute_minutes, it.reading_minutes, it.further_minutes];
                Some(Shelf { slug: it.slug.clone(), minutes })
            }
            Page::Rendered(shelf) => shelf.clone(),
            _ => None,
        }
    }

    /// What the browser needs to take over this page.
    pub fn seed(&self, site: &Site) -> Seed {
        Seed { site: site.clone(), article: self.shelf() }
    }
}
