//! The directory of practitioners, in memory: whom a question finds and what the map shows.
//!
//! Neutral by rule: the order is distance or name, and nothing else.

use std::collections::HashMap;

use clusters::Index;
use contract::{
    directory::DirectoryQuery,
    geo::LatLon,
    practitioner::{Around, Found, Practitioner},
    slug::Slug,
};
use gazetteer::Gazetteer;
use search::fold::fold;

use crate::traits::Traits;

pub mod export;
mod features;
pub mod import;
pub mod places;
pub mod sample;
mod traits;

/// Nobody farther away than this is "near", unless the question says otherwise. Metres.
pub const DEFAULT_RADIUS_M: u32 = 50_000;

/// Everybody, ready to be asked for. Never changes.
pub struct Directory {
    /// By name, then id.
    practitioners: Vec<Practitioner>,
    /// Where each of them is: a small table, like that of the traits.
    points: Vec<LatLon>,
    traits: Traits,
    /// Names and towns without case and accents, one for each practitioner.
    folded: Vec<String>,
    by_id: HashMap<Slug, u32>,
    index: Index,
    sample: bool,
}

impl Directory {
    pub fn new(mut practitioners: Vec<Practitioner>) -> Directory {
        // As readers expect names in a list: accents and case aside, numbers by size.
        practitioners.sort_by_cached_key(|it| (sort_key(&it.name), it.id.clone()));
        let points: Vec<clusters::Point> = practitioners
            .iter()
            .map(|it| clusters::Point { lat: it.position.at.lat(), lon: it.position.at.lon() })
            .collect();
        Directory {
            points: practitioners.iter().map(|it| it.position.at).collect(),
            traits: Traits::new(&practitioners),
            folded: practitioners
                .iter()
                .map(|it| fold(&format!("{} {}", it.name, it.address.town)))
                .collect(),
            by_id: practitioners.iter().zip(0..).map(|(it, at)| (it.id.clone(), at)).collect(),
            index: Index::new(&points),
            sample: practitioners.iter().any(|it| it.sample),
            practitioners,
        }
    }

    /// By name.
    pub fn practitioners(&self) -> &[Practitioner] {
        &self.practitioners
    }

    pub fn get(&self, id: &Slug) -> Option<&Practitioner> {
        self.practitioners.get(*self.by_id.get(id)? as usize)
    }

    /// Whether anybody in it is made up.
    pub fn sample(&self) -> bool {
        self.sample
    }

    /// Whom `query` asks for: one page of `per_page`, nearest first around a place, else by name.
    pub fn find(&self, gazetteer: &Gazetteer, query: &DirectoryQuery, per_page: u32) -> Found {
        let around = places::around(gazetteer, query);
        let unknown_town = around.is_none() && !query.town.is_empty();
        let keep = self.filter(query);
        let within = Self::within(query, around.as_ref());
        let mut found: Vec<(u32, u32)> = Vec::new();
        // The place first: it is read from a table that a processor's cache holds.
        for (at, it) in self.points.iter().zip(0..) {
            if let Some(distance) = within(*at).filter(|_| keep(it)) {
                found.push((distance, it));
            }
        }
        if around.is_some() {
            // Names decide between the equally near: the numbers are in their order.
            found.sort_unstable();
        }
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let skip = (query.page.max(1) - 1) as usize * per_page as usize;
        let items = found
            .iter()
            .skip(skip)
            .take(per_page as usize)
            .filter_map(|(distance, it)| {
                let practitioner = self.practitioners.get(*it as usize)?.clone();
                let distance_m = around.as_ref().map(|_| *distance);
                Some(Practitioner { distance_m, ..practitioner })
            })
            .collect();
        Found {
            items,
            page: query.page.max(1),
            per_page,
            total,
            around,
            unknown_town,
            sample: self.sample,
        }
    }

    /// Whether the practitioner of a number is asked for, place aside.
    fn filter<'a>(&'a self, query: &'a DirectoryQuery) -> impl Fn(u32) -> bool + 'a {
        let words: Vec<String> = fold(&query.q).split_whitespace().map(ToOwned::to_owned).collect();
        let kept = self.traits.kept(query);
        move |at| {
            let named = || {
                let text = self.folded.get(at as usize).map_or("", String::as_str);
                words.iter().all(|word| text.contains(word.as_str()))
            };
            kept.holds(at) && (words.is_empty() || named())
        }
    }

    /// Metres from the place asked for, 0 without one; None outside of the part asked for.
    fn within(
        query: &DirectoryQuery,
        around: Option<&Around>,
    ) -> impl Fn(LatLon) -> Option<u32> + use<> {
        let (bbox, around) = (query.bbox, around.map(|it| it.at));
        // A part of the map says itself how far to look.
        let implied = query.bbox.is_none().then_some(DEFAULT_RADIUS_M);
        let radius = f64::from(query.radius_m.or(implied).unwrap_or(u32::MAX));
        // No way is shorter than that along the meridian; a degree of it is 111.195 km.
        let degrees = radius / 111_000.0;
        move |at| {
            if bbox.is_some_and(|bbox| !bbox.contains(at)) {
                return None;
            }
            let Some(around) = around else { return Some(0) };
            if degrees < (at.lat() - around.lat()).abs() {
                return None;
            }
            let distance = around.distance_m(at).round();
            // Half of the earth's girth at most: fits.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a distance on the globe is 0 to 20,040,000 m"
            )]
            (distance <= radius).then_some(distance as u32)
        }
    }
}

/// "Cabinet n° 9" before "Cabinet n° 10".
fn sort_key(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for it in fold(name).chars().chain([' ']) {
        if it.is_ascii_digit() {
            digits.push(it);
        } else {
            if !digits.is_empty() {
                key.push_str(&format!("{digits:0>12}"));
                digits.clear();
            }
            key.push(it);
        }
    }
    key
}

#[cfg(test)]
mod tests;
