//! What should be public, and what is.

use std::collections::BTreeSet;

use contract::receipt::Kind;
use proptest::prelude::*;
use serde_json::json;

use super::world::{ARTICLES, Fate, Item, Kept, World, words};

impl World {
    fn is_shown(&self, it: &Item) -> bool {
        // An answer stands in its thread or nowhere; the place of an erased comment stays.
        let thread = it.parent.map(|at| self.items[at].fate);
        it.fate == Fate::Approved
            && !it.lapsed
            && thread.is_none_or(|it| matches!(it, Fate::Approved | Fate::Erased))
    }

    /// All words that everybody may read now.
    pub fn shown_words(&self) -> BTreeSet<u32> {
        let all = self.items.iter().filter(|it| self.is_shown(it));
        all.flat_map(|it| it.public.iter().copied()).collect()
    }

    fn comments_of(&self, article: usize) -> BTreeSet<u32> {
        let of =
            |it: &&Item| it.kind == Kind::Comment && it.article == article && self.is_shown(it);
        self.items.iter().filter(of).flat_map(|it| it.public.iter().copied()).collect()
    }

    fn testimonials(&self, fields: usize) -> BTreeSet<u32> {
        let of = |it: &&Item| it.kind == Kind::Testimonial && self.is_shown(it);
        let all = self.items.iter().filter(of);
        all.flat_map(|it| it.public.iter().take(fields).copied()).collect()
    }

    /// What the search says of testimonials: titles, and texts.
    fn found_words(&self) -> BTreeSet<u32> {
        let of = |it: &&Item| it.kind == Kind::Testimonial && self.is_shown(it);
        let all = self.items.iter().filter(of);
        all.flat_map(|it| it.public.iter().skip(1).take(2).copied()).collect()
    }

    /// What stands at an address, asked as a browser asks that knows an older answer.
    fn look(&mut self, address: &str) -> Result<BTreeSet<u32>, TestCaseError> {
        let known = self.kept.get(address).map(|it| it.tag.clone()).unwrap_or_default();
        let headers = [("if-none-match", known.as_str())];
        let answer = self.site.get_with(address, if known.is_empty() { &[] } else { &headers });
        if answer.status == 304 {
            return Ok(self.kept[address].found.clone());
        }
        prop_assert_eq!(answer.status, 200, "{}", address);
        let secrets = self.items.iter().filter_map(|it| it.secret.as_ref());
        for it in secrets {
            prop_assert!(!answer.text().contains(it), "{address} tells a receipt");
        }
        let found = words(answer.text());
        let kept = Kept { tag: answer.header("etag").to_owned(), found: found.clone() };
        self.kept.insert(address.to_owned(), kept);
        Ok(found)
    }

    /// Compares what should be public with what is, everywhere or where most of it stands.
    pub fn check(&mut self, when: &str, everywhere: bool) -> Result<(), TestCaseError> {
        let mut expected: Vec<(String, BTreeSet<u32>)> = Vec::new();
        for (at, slug) in ARTICLES.iter().enumerate() {
            let comments = self.comments_of(at);
            let all = format!("/articles/{slug}/commentaires");
            let mut places = vec![
                format!("/articles/{slug}"),
                format!("/articles/{slug}/comments.xml"),
                format!("/api/v1/articles/{slug}/comments"),
            ];
            places.extend(everywhere.then_some(all));
            expected.extend(places.into_iter().map(|it| (it, comments.clone())));
        }
        let name = 1;
        expected.push(("/temoignages.xml".to_owned(), self.testimonials(name)));
        let all = self.testimonials(usize::MAX);
        expected.push(("/api/v1/testimonials".to_owned(), all.clone()));
        if everywhere {
            expected.push(("/temoignages".to_owned(), all));
            let found = self.found_words();
            for address in ["/recherche?q=zqmarque", "/api/v1/search?q=zqmarque"] {
                expected.push((address.to_owned(), found.clone()));
            }
            let nothing = self.where_nothing_stands();
            expected.extend(nothing.into_iter().map(|it| (it, BTreeSet::new())));
            for it in self.items.iter().filter(|it| it.kind == Kind::Comment).take(3) {
                let (slug, id) = (ARTICLES[it.article], &it.id);
                let form = format!("/articles/{slug}/commentaires?repondre={id}");
                expected.push((form, self.comments_of(it.article)));
            }
        }
        for (address, wanted) in expected {
            let found = self.look(&address)?;
            prop_assert_eq!(found, wanted, "{} {}", address, when);
        }
        for (at, slug) in ARTICLES.iter().enumerate() {
            let list = self.site.get(&format!("/api/v1/articles/{slug}/comments")).json();
            let of = |it: &&Item| it.kind == Kind::Comment && it.article == at && self.is_shown(it);
            let count = self.items.iter().filter(of).count();
            prop_assert_eq!(&list["count"], &json!(count), "the count of {} {}", slug, when);
        }
        Ok(())
    }

    fn where_nothing_stands(&self) -> Vec<String> {
        let site = [
            "/",
            "/articles",
            "/feed.xml",
            "/atom.xml",
            "/feed.json",
            "/sitemap.xml",
            "/robots.txt",
            "/vie-privee",
            "/vie-privee.json",
            "/contact",
            "/temoignages/ecrire",
            "/carte",
            "/api/v1/home",
            "/api/v1/site",
            "/api/v1/articles",
            "/api/v1/practitioners",
            "/healthz",
        ];
        let mut all: Vec<String> = site.map(ToOwned::to_owned).to_vec();
        for slug in ARTICLES {
            all.push(format!("/articles/{slug}/avis"));
            all.push(format!("/api/v1/articles/{slug}"));
            all.push(format!("/api/v1/articles/{slug}/related"));
        }
        let id = &self.practitioner;
        for place in ["/praticiens/{}", "/praticiens/{}/signaler", "/api/v1/practitioners/{}"] {
            all.push(place.replace("{}", id));
        }
        all
    }
}
