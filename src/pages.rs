//! One file for each kind of page: what it loads, its head, its view.

pub mod article;
pub mod articles;
pub mod comparison;
pub mod corrections;
pub mod glossary;
pub mod home;
pub mod lost;
pub mod map;
pub mod practitioner;
pub mod references;
pub mod search;
pub mod standing;
pub mod understand;

use contract::site::Site;
use maud::PreEscaped;

use crate::page::{IN_THE_DOM, Page};

/// The one table from pages to what never changes on them: all of it, but for articles with a
/// choice of depths, which [`article::view`] shows.
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
        Page::Standing(it) => standing::view(it, site),
        Page::Missing => lost::missing(),
        Page::Failed(_) => lost::failed(),
        Page::Rendered(_) => PreEscaped(IN_THE_DOM.to_owned()),
    };
    html.into_string()
}
