//! What one address shows, loaded: the app's whole state between two navigations.

use contract::{
    article::{Article, ArticleSummary, Topic},
    error::{Problem, ProblemKind},
    glossary::GlossaryTerm,
    list::Listing,
    page::{Comparison, Home, PageCorrection, StandingPage},
    reference::Reference,
    route::Route,
    search::Hit,
    site::Site,
};
use serde::{Deserialize, Serialize};

use crate::{
    api::{Api, ListQuery},
    head::Head,
    pages,
};

/// A page with all it needs to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    Standing(Box<StandingPage>),
    /// Nothing is at this address.
    Missing,
    /// Loading failed; the problem says how.
    Failed(Problem),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Understand {
    pub explainers: Vec<ArticleSummary>,
    pub topics: Vec<Topic>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleList {
    pub listing: Listing<ArticleSummary>,
    pub topics: Vec<Topic>,
    /// The topic the list is narrowed to.
    pub topic: Option<Topic>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticlePage {
    pub article: Article,
    pub related: Vec<ArticleSummary>,
    /// The day of the next review has passed.
    pub overdue: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchPage {
    pub query: String,
    /// None while nothing was asked.
    pub hits: Option<Listing<Hit>>,
}

/// What the server hands to the browser beside the HTML, so that hydration asks nothing.
///
/// Whatever the app sets as inner HTML is left out of the page: the DOM has it already, and
/// hydration does not touch it (tachys, `InnerHtmlValue::hydrate`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seed {
    pub site: Site,
    pub page: Page,
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
            Page::Standing(it) => pages::standing::head(it),
            Page::Missing => pages::lost::head_missing(),
            Page::Failed(_) => pages::lost::head_failed(),
        }
    }

    /// A copy without what the DOM already holds, for [`Seed`].
    #[must_use]
    pub fn seed(&self) -> Page {
        match self {
            Page::Article(it) => Page::Article(Box::new(pages::article::seed(it))),
            Page::Comparison(it) => Page::Comparison(Box::new(pages::comparison::seed(it))),
            Page::Glossary(_) => Page::Glossary(Vec::new()),
            Page::References(_) => Page::References(Vec::new()),
            Page::Corrections(_) => Page::Corrections(Vec::new()),
            Page::Standing(it) => Page::Standing(Box::new(pages::standing::seed(it))),
            Page::Search(it) => Page::Search(pages::search::seed(it)),
            other => other.clone(),
        }
    }
}
