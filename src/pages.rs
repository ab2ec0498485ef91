//! One file for each kind of page: what it loads, its head, its view.

#[cfg(feature = "site")]
pub mod article;
#[cfg(feature = "site")]
pub mod articles;
#[cfg(all(feature = "site", not(target_arch = "wasm32")))]
pub mod comments;
#[cfg(feature = "site")]
pub mod comparison;
#[cfg(feature = "site")]
pub mod corrections;
#[cfg(feature = "site")]
pub mod embedding;
#[cfg(all(feature = "site", not(target_arch = "wasm32")))]
pub mod feedback;
#[cfg(feature = "site")]
pub mod glossary;
#[cfg(feature = "site")]
pub mod home;
#[cfg(feature = "site")]
pub mod lost;
pub mod map;
#[cfg(feature = "site")]
pub mod practitioner;
#[cfg(all(feature = "site", not(target_arch = "wasm32")))]
pub mod receipt;
#[cfg(feature = "site")]
pub mod references;
#[cfg(feature = "site")]
pub mod search;
#[cfg(feature = "site")]
pub mod standing;
#[cfg(feature = "site")]
pub mod understand;

#[cfg(feature = "site")]
use contract::site::Site;
#[cfg(feature = "site")]
use maud::PreEscaped;

#[cfg(feature = "site")]
use crate::page::{IN_THE_DOM, Page};

/// The one table from pages to what never changes on them: all of it, but for articles with a
/// choice of depths, which [`article::view`] shows.
#[cfg(feature = "site")]
pub fn html(page: &Page, site: &Site) -> String {
    let html = match page {
        Page::Home(it) => home::view(it, site),
        Page::Understand(it) => understand::view(it),
        Page::Comparison(it) => comparison::view(it),
        Page::Articles(it) => articles::view(it),
        Page::Article(it) => article::sponsored(it, site),
        Page::Glossary(it) => glossary::view(it),
        Page::References(it) => references::view(it),
        Page::Corrections(it) => corrections::view(it, site),
        Page::Search(it) => search::view(it),
        Page::Map(it) => map::view(it, site),
        Page::Practitioner(it) => practitioner::view(it, site),
        #[cfg(not(target_arch = "wasm32"))]
        Page::Embedding(it) => embedding::view(it, site),
        #[cfg(target_arch = "wasm32")]
        Page::Embedding(_) => PreEscaped(String::new()),
        Page::Standing(it) => standing::view(it, site),
        #[cfg(not(target_arch = "wasm32"))]
        Page::Document(it) => PreEscaped(it.html.clone()),
        Page::Missing => lost::missing(),
        Page::Failed(_) => lost::failed(),
        Page::Rendered(_) => PreEscaped(IN_THE_DOM.to_owned()),
    };
    html.into_string()
}
