//! Questions to the directory of practitioners, as addresses write them: the same fields at the
//! JSON endpoints, on the page of the map, in the embedded map and in a plain form.

use std::fmt;

use crate::{
    geo::{Bbox, LatLon},
    map::MAX_ZOOM,
    practitioner::{Language, Profession},
    route::{encode, query_fields},
    slug::Slug,
};

/// Radii that are offered, in metres.
pub const RADII_M: [u32; 5] = [5_000, 10_000, 25_000, 50_000, 100_000];
/// The largest radius taken, in metres.
pub const MAX_RADIUS_M: u32 = 500_000;
/// Characters of a town or name that are taken.
pub const MAX_TEXT_CHARS: usize = 100;
/// Practitioners on one page of a list.
pub const PER_PAGE: u32 = 20;

/// Whom somebody looks for. The default asks for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirectoryQuery {
    /// A town or postal code as typed: the list is sorted around it.
    pub town: String,
    /// A position to sort around; goes before the town.
    pub near: Option<LatLon>,
    /// Nobody farther than this from the town or position, in metres.
    pub radius_m: Option<u32>,
    /// Nobody outside of this part of the map.
    pub bbox: Option<Bbox>,
    /// Words of a practice's name.
    pub q: String,
    pub profession: Option<Profession>,
    pub language: Option<Language>,
    /// Only with teleconsultation.
    pub remote: bool,
    /// Only where a wheelchair gets in, wholly or in part.
    pub accessible: bool,
    /// Only who takes new patients.
    pub new_patients: bool,
    /// From 1.
    pub page: u32,
}

impl Default for DirectoryQuery {
    fn default() -> DirectoryQuery {
        DirectoryQuery {
            town: String::new(),
            near: None,
            radius_m: None,
            bbox: None,
            q: String::new(),
            profession: None,
            language: None,
            remote: false,
            accessible: false,
            new_patients: false,
            page: 1,
        }
    }
}

/// What the page of the practitioners shows: a question, the part of the map, and who is chosen.
/// All of it lives in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MapView {
    pub query: DirectoryQuery,
    /// Of the map, 0 to [`MAX_ZOOM`].
    pub zoom: Option<u8>,
    pub practitioner: Option<Slug>,
}

impl MapView {
    /// What cannot be read is left out: an address that was cut short still shows a map.
    pub fn read(query: &str) -> MapView {
        let value = |field: &str| query_fields(query).find(|it| it.0 == field).map(|it| it.1);
        MapView {
            query: DirectoryQuery::read(query).0,
            zoom: value("zoom").and_then(|it| it.parse().ok()).filter(|it| *it <= MAX_ZOOM),
            practitioner: value("practitioner").and_then(|it| Slug::try_from(it).ok()),
        }
    }

    /// The same view, another page of its list.
    #[must_use]
    pub fn at_page(&self, page: u32) -> MapView {
        MapView { query: self.query.at_page(page), ..self.clone() }
    }
}

impl fmt::Display for MapView {
    /// The query of an address, without `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self.query.to_string();
        let zoom = self.zoom.map(|it| format!("zoom={it}"));
        let practitioner = self.practitioner.as_ref().map(|it| format!("practitioner={it}"));
        let parts: Vec<String> = [Some(query).filter(|it| !it.is_empty()), zoom, practitioner]
            .into_iter()
            .flatten()
            .collect();
        f.write_str(&parts.join("&"))
    }
}

/// A field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` cannot be {value:?}")]
pub struct FieldFault {
    pub field: String,
    pub value: String,
}

impl DirectoryQuery {
    /// Reads the query of an address. Empty fields are left out, as a form sends them; unknown ones
    /// are returned by name for the caller to judge; unreadable ones are faults and stay unset.
    pub fn read(query: &str) -> (DirectoryQuery, Vec<FieldFault>, Vec<String>) {
        let mut read = DirectoryQuery::default();
        let (mut faults, mut unknown) = (Vec::new(), Vec::new());
        for (field, value) in query_fields(query) {
            let text = value.trim();
            if text.is_empty() {
                continue;
            }
            let read_it = match field.as_str() {
                "town" => short(text).map(|it| read.town = it),
                "near" => text.parse().ok().map(|it| read.near = Some(it)),
                "radius_m" => text
                    .parse()
                    .ok()
                    .filter(|it| (1..=MAX_RADIUS_M).contains(it))
                    .map(|it| read.radius_m = Some(it)),
                "bbox" => text.parse().ok().map(|it| read.bbox = Some(it)),
                "q" => short(text).map(|it| read.q = it),
                "profession" => Profession::from_name(text).map(|it| read.profession = Some(it)),
                "language" => Language::from_name(text).map(|it| read.language = Some(it)),
                "remote" => yes(text).map(|it| read.remote = it),
                "accessible" => yes(text).map(|it| read.accessible = it),
                "new_patients" => yes(text).map(|it| read.new_patients = it),
                "page" => text.parse().ok().filter(|it| 0 < *it).map(|it| read.page = it),
                _ => {
                    unknown.push(field);
                    continue;
                }
            };
            if read_it.is_none() {
                faults.push(FieldFault { field, value });
            }
        }
        (read, faults, unknown)
    }

    /// How many filters narrow the list, apart from the place.
    pub fn filters(&self) -> usize {
        [
            self.profession.is_some(),
            self.language.is_some(),
            self.remote,
            self.accessible,
            self.new_patients,
        ]
        .into_iter()
        .filter(|it| *it)
        .count()
    }

    /// The same question, another page.
    #[must_use]
    pub fn at_page(&self, page: u32) -> DirectoryQuery {
        DirectoryQuery { page, ..self.clone() }
    }
}

fn short(text: &str) -> Option<String> {
    (text.chars().count() <= MAX_TEXT_CHARS).then(|| text.to_owned())
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

impl fmt::Display for DirectoryQuery {
    /// The query of an address, without `?`, in one order: equal questions have equal addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = |it: bool| if it { "1".to_owned() } else { String::new() };
        let fields = [
            ("town", encode(&self.town)),
            ("near", self.near.map(|it| it.to_string()).unwrap_or_default()),
            ("radius_m", self.radius_m.map(|it| it.to_string()).unwrap_or_default()),
            ("bbox", self.bbox.map(|it| it.to_string()).unwrap_or_default()),
            ("q", encode(&self.q)),
            ("profession", self.profession.map_or("", Profession::name).to_owned()),
            ("language", self.language.map_or("", Language::name).to_owned()),
            ("remote", flag(self.remote)),
            ("accessible", flag(self.accessible)),
            ("new_patients", flag(self.new_patients)),
            ("page", if 1 < self.page { self.page.to_string() } else { String::new() }),
        ];
        let mut first = true;
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            write!(f, "{}{name}={value}", if first { "" } else { "&" })?;
            first = false;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_reads_back_as_it_was_written() {
        let all = "town=Lyon%20%2869%29&near=45.76,4.84&radius_m=5000&bbox=4,45,5,46&q=vallon&profession=nurse&language=fsl&remote=1&accessible=1&new_patients=1&page=3";
        let (query, faults, unknown) = DirectoryQuery::read(all);
        assert_eq!((faults, unknown), (vec![], vec![]));
        assert_eq!(query.to_string(), all);
        assert_eq!(query.filters(), 5);
        assert_eq!(DirectoryQuery::read("").0.to_string(), "");
    }

    #[test]
    fn an_address_that_was_cut_short_still_shows_a_map() {
        let view = MapView::read("town=Lyon&zoom=99&practitioner=%2F&bbox=4,45,5");
        assert_eq!(view.to_string(), "town=Lyon");
        let whole = "town=Lyon&bbox=4,45,5,46&zoom=9&practitioner=cabinet-1";
        assert_eq!(MapView::read(whole).to_string(), whole);
    }

    #[test]
    fn a_form_sends_empty_fields() {
        let (query, faults, _) = DirectoryQuery::read("town=&profession=&remote=&page=");
        assert_eq!(faults, []);
        assert_eq!(query, DirectoryQuery::default());
    }

    #[test]
    fn what_cannot_be_read_is_named_and_left_out() {
        let long = "x".repeat(101);
        let query = format!(
            "profession=guru&near=95,0&radius_m=0&page=0&remote=maybe&bbox=1&town={long}&utm=x"
        );
        let (query, faults, unknown) = DirectoryQuery::read(&query);
        assert_eq!(query, DirectoryQuery::default());
        let names: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(names, ["profession", "near", "radius_m", "page", "remote", "bbox", "town"]);
        assert_eq!(unknown, ["utm"]);
    }
}
