//! Finds links that lead nowhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use contract::{route::Route, slug::Slug};

/// What the server makes for machines.
const MADE: [&str; 4] = ["/feed.xml", "/atom.xml", "/feed.json", contract::privacy::ADDRESS];

/// Everything that a link may lead to. Pages with faults are here too, so that one fault does not
/// bring a dozen others.
#[derive(Debug, Default)]
pub struct Targets<'a> {
    /// Anchors of each.
    pub articles: BTreeMap<Slug, &'a BTreeSet<String>>,
    pub pages: BTreeMap<Slug, &'a BTreeSet<String>>,
    pub topics: BTreeSet<&'a Slug>,
    pub terms: BTreeSet<&'a str>,
    /// Files that visitors fetch as `/…`.
    pub public: Option<&'a Path>,
}

impl Targets<'_> {
    /// What is wrong with `href` on a page with these anchors; None when it leads somewhere.
    pub fn fault(&self, href: &str, own: &BTreeSet<String>) -> Option<String> {
        let (address, anchor) = href.split_once('#').map_or((href, None), |(a, b)| (a, Some(b)));
        if address.is_empty() {
            let known = anchor.is_some_and(|it| own.contains(it));
            return (!known).then(|| format!("dead link {href}: no such anchor on this page"));
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let dead = || Some(format!("dead link {href}"));
        let none = BTreeSet::new();
        let anchors = match Route::parse(path, query) {
            Some(Route::Article { slug, .. }) => match self.articles.get(&slug) {
                Some(anchors) => *anchors,
                None => return dead(),
            },
            Some(Route::Page { slug }) => match self.pages.get(&slug) {
                Some(anchors) => *anchors,
                None => return dead(),
            },
            Some(Route::Topic { topic, page: 1 }) if self.topics.contains(&topic) => &none,
            // Which numbers a list has changes with every article.
            Some(Route::Topic { .. } | Route::Articles { page: 2.. }) => return dead(),
            Some(Route::Glossary) => {
                let known = anchor.is_none_or(|it| self.terms.contains(it));
                return if known { None } else { dead() };
            }
            Some(_) => &none,
            None if MADE.contains(&path) || self.is_file(path) => return None,
            None => return dead(),
        };
        let known = anchor.is_none_or(|it| anchors.contains(it));
        (!known).then(|| format!("dead link {href}: the page has no such anchor"))
    }

    fn is_file(&self, path: &str) -> bool {
        let inside = path
            .strip_prefix('/')
            .filter(|it| it.split('/').all(|it| !it.is_empty() && it != ".."));
        self.public.zip(inside).is_some_and(|(public, inside)| public.join(inside).is_file())
    }
}
