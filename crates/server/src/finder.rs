//! The site's search: its pages first, then what readers tell of themselves, then practitioners and
//! towns. What is found of people is what everybody may see at that moment.

use contract::{
    directory::{DirectoryQuery, MapView},
    list::Listing,
    route::Route,
    search::{Hit, HitKind},
};
use locale::{fill, practitioner::profession, text};
use search::{Found, escaped};

use crate::{
    config::Config,
    content::{Library, cut},
    people::People,
    register::Register,
};

/// Practitioners, and towns, that are shown at most: for more there is the directory's own search.
const MOST_PRACTITIONERS: u32 = 5;
const MOST_TOWNS: usize = 3;
/// Characters from which on names of practitioners are looked at: fewer are in every other name.
const LEAST: usize = 3;

/// Everything that is looked through.
pub struct Finder<'a> {
    pub config: &'a Config,
    pub library: &'a Library,
    pub people: &'a People,
    pub register: &'a Register,
}

/// A hit, made when it is shown.
enum Any<'a> {
    Found(Found<'a>),
    Made(Hit),
}

impl Finder<'_> {
    /// One page of hits. When the database cannot answer, that is logged and the pages of the site are
    /// found all the same.
    pub async fn search(
        &self,
        query: &str,
        kind: Option<HitKind>,
        page: u32,
        per_page: u32,
    ) -> Listing<Hit> {
        let wanted = |it: HitKind| kind.is_none_or(|kind| kind == it);
        let features = self.config.site.features;
        let stories = if features.testimonials && wanted(HitKind::Testimonial) {
            self.people.stories().await.unwrap_or_else(|error| {
                tracing::error!(?error, "testimonials cannot be searched");
                Default::default()
            })
        } else {
            Default::default()
        };
        let mut all: Vec<Any> =
            self.library.search(query, kind).into_iter().map(Any::Found).collect();
        all.extend(stories.search(query, kind).into_iter().map(Any::Found));
        if features.map && wanted(HitKind::Practitioner) {
            all.extend(self.practitioners(query).into_iter().map(Any::Made));
        }
        if features.map && wanted(HitKind::Town) {
            all.extend(self.towns(query).into_iter().map(Any::Made));
        }
        cut(&all, page, per_page, |it| match it {
            Any::Found(it) => it.hit(),
            Any::Made(it) => it.clone(),
        })
    }

    /// By name, as in the directory.
    fn practitioners(&self, query: &str) -> Vec<Hit> {
        let q = query.trim();
        if q.chars().count() < LEAST {
            return Vec::new();
        }
        let question = DirectoryQuery { q: q.to_owned(), ..DirectoryQuery::default() };
        let directory = self.register.get();
        let found = directory.find(self.register.gazetteer(), &question, MOST_PRACTITIONERS);
        let hit = |it: contract::practitioner::Practitioner| {
            let values = [("profession", profession(it.profession)), ("town", &it.address.town)];
            let words = fill(text().hit_practitioner_text(), &values);
            let sample = if it.sample { text().hit_sample() } else { "" };
            Hit {
                kind: HitKind::Practitioner,
                title: it.name,
                href: Route::Practitioner { id: it.id }.to_string(),
                excerpt_html: escaped(format!("{words} {sample}").trim_end()),
            }
        };
        found.items.into_iter().map(hit).collect()
    }

    /// Towns of exactly this name or postal code: most words are like some village's.
    fn towns(&self, query: &str) -> Vec<Hit> {
        let places = directory::places::named(self.register.gazetteer(), query, MOST_TOWNS);
        let hit = |it: contract::practitioner::Place| {
            let query = DirectoryQuery { town: it.label.clone(), ..DirectoryQuery::default() };
            let values = [("town", it.name.as_str())];
            Hit {
                kind: HitKind::Town,
                excerpt_html: escaped(&fill(text().hit_town_text(), &values)),
                title: it.label,
                href: Route::Map(Box::new(MapView { query, ..MapView::default() })).to_string(),
            }
        };
        places.into_iter().map(hit).collect()
    }
}
