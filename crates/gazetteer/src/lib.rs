//! Towns and postal codes, found as they are typed: all French communes and arrondissements,
//! places of Belgium, Switzerland and Luxembourg (sources and limits: `data/README.md`).
//!
//! Nothing here reads a file or the clock, so the same code can run on the server and on the
//! reader's device.

mod address;
mod area;
mod index;
mod name;
mod query;
mod slip;
mod table;

use std::{cmp::Reverse, collections::BTreeMap, ops::RangeInclusive, sync::LazyLock};

use area::Area;
use index::Index;
use table::Tables;
pub use table::{ParseError, Problem};

/// Characters of a query that count; the longest name has 45.
pub const MAX_QUERY_CHARS: usize = 100;

/// A place farther away than this many kilometres is not near.
pub const NEAREST_KM: f64 = 100.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Country {
    France,
    Belgium,
    Switzerland,
    Luxembourg,
}

/// What a place's point stands for. None is ever an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The town itself: half of the points within 0.2 km of the town hall, 99 % within 2.3 km.
    Town,
    /// The middle of the towns that share its postal code: half within 6 km, 99 % within 16 km.
    Postcode,
    /// The middle of its part of the département: half within 14 km, overseas 100 km and more.
    Area,
}

/// A commune or an arrondissement in France, abroad a place of some 500 people or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// INSEE code in France (`69123`, `2A004`); elsewhere country, area and name
    /// (`be-namur-dinant`, a second of that name `…-2`). Unique.
    pub key: String,
    /// The official French name; abroad the French one if there is one in use.
    pub name: String,
    /// In France one or more of five digits, without those of CEDEX; none abroad.
    pub postcodes: Vec<String>,
    /// Département with its code (`Rhône (69)`), province or canton. Names are shared by up to
    /// twelve communes: to be shown with each.
    pub area: String,
    pub country: Country,
    /// Degrees north, WGS 84, -90 to 90.
    pub lat: f64,
    /// Degrees east, WGS 84, -180 to 180.
    pub lon: f64,
    /// Inhabitants. Arrondissements are counted in their city's too.
    pub population: u32,
    pub precision: Precision,
}

/// All places. Made once; a search reads it and allocates little more than its answer.
#[derive(Debug)]
pub struct Gazetteer {
    /// The most populous first: a place's number is its rank.
    places: Vec<Place>,
    /// For each place, how many people live in all those of its name.
    namesakes: Vec<u32>,
    areas: Vec<Area>,
    /// Number of each place's area.
    area_of: Vec<u16>,
    /// Numbers of places, sorted by key.
    by_key: Vec<u32>,
    /// Postal codes with numbers of places, sorted.
    by_postcode: Vec<(u32, u32)>,
    /// Cities told apart in arrondissements, with the arrondissements.
    arrondissements: BTreeMap<u32, Vec<u32>>,
    names: Index,
}

static EMBEDDED: LazyLock<Result<Gazetteer, ParseError>> = LazyLock::new(|| {
    Gazetteer::parse(
        include_str!("../../../data/communes.tsv"),
        include_str!("../../../data/departements.tsv"),
        include_str!("../../../data/places-be-ch-lu.tsv"),
    )
});

impl Gazetteer {
    /// The places that are part of the program, so that it works alone. The first call reads
    /// them (a fraction of a second), so it is best made at start-up.
    ///
    /// # Errors
    /// Never with the tables of this repository: a test reads them.
    pub fn embedded() -> Result<&'static Gazetteer, &'static ParseError> {
        EMBEDDED.as_ref()
    }

    /// Reads `communes.tsv`, `departements.tsv` and `places-be-ch-lu.tsv`.
    ///
    /// # Errors
    /// The first line that is not as `data/README.md` describes it.
    pub fn parse(
        communes: &str,
        departements: &str,
        foreign: &str,
    ) -> Result<Gazetteer, ParseError> {
        let Tables { mut places, areas } = Tables::read(communes, departements, foreign)?;
        places.sort_by(|(a, _), (b, _)| {
            (Reverse(a.population), &a.key).cmp(&(Reverse(b.population), &b.key))
        });
        let (places, area_of): (Vec<Place>, Vec<u16>) = places.into_iter().unzip();

        let mut people: BTreeMap<&str, u32> = BTreeMap::new();
        for place in &places {
            let sum = people.entry(&place.name).or_default();
            *sum = sum.saturating_add(place.population);
        }
        let of_name = |it: &Place| people.get(it.name.as_str()).copied().unwrap_or_default();
        let namesakes = places.iter().map(of_name).collect();

        let mut by_key: Vec<u32> = (0..).take(places.len()).collect();
        by_key.sort_by_key(|it| places.get(*it as usize).map(|it| &it.key));
        let mut names = Vec::new();
        let mut by_postcode = Vec::new();
        for (place, number) in places.iter().zip(0..) {
            let forms = name::forms(&place.name).into_iter().zip(0..);
            names.extend(forms.map(|(it, at)| (it, at == 0, number)));
            let codes = place.postcodes.iter().filter_map(|it| it.parse().ok());
            by_postcode.extend(codes.map(|code: u32| (code, number)));
        }
        by_postcode.sort_unstable();
        let names = Index::new(names);
        let arrondissements = arrondissements(&places, &area_of, &names);
        Ok(Gazetteer {
            places,
            namesakes,
            areas,
            area_of,
            by_key,
            by_postcode,
            arrondissements,
            names,
        })
    }

    /// All places, the most populous first.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// At most `limit` places for what somebody is typing, each once: names that are `query`,
    /// then names that begin with it, the most populous first; then names that would but for one
    /// typo, the likeliest first, where accents tell names apart that are alike without. Where
    /// beginnings would take the first three answers, the second and third are kept for whole
    /// names but for a typo (of three letters typed only the third, of fewer none); of three
    /// or four letters typed, a city among these comes before villages. Case, accents, hyphens and
    /// leading articles do not count otherwise, `st` is `saint`. A département, its number or a
    /// postal code may follow the name. Digits alone are the beginning of a postal code. Only the
    /// first [`MAX_QUERY_CHARS`] characters count.
    pub fn search(&self, query: &str, limit: usize) -> Vec<&Place> {
        self.all(query::search(self, query, limit))
    }

    /// At most `limit` places of exactly this name or postal code, the largest first: `st etienne` is
    /// Saint-Étienne, `lyo` is nothing.
    pub fn named(&self, query: &str, limit: usize) -> Vec<&Place> {
        let typed = name::compact(&name::words(query));
        let is = |it: &&Place| {
            it.postcodes.iter().any(|it| it.as_bytes() == typed)
                || name::forms(&it.name).contains(&typed)
        };
        self.search(query, limit).into_iter().filter(is).collect()
    }

    /// The place an address names. `postcode` may have lost its leading zero or carry a country
    /// (`F-69003`); `town` may be in capitals, abbreviated, followed by CEDEX and its number, or
    /// an arrondissement, and have one typo if the postal code leaves no doubt. A CEDEX postal
    /// code counts for its département.
    ///
    /// `None` when the two contradict each other, or leave the choice between several places.
    pub fn locate(&self, postcode: &str, town: &str) -> Option<&Place> {
        self.place(address::locate(self, postcode, town)?)
    }

    /// By INSEE code, or a key given by an earlier answer.
    pub fn by_key(&self, key: &str) -> Option<&Place> {
        let name = |it: &u32| self.place(*it).map(|it| it.key.as_str());
        let at = self.by_key.binary_search_by(|it| name(it).cmp(&Some(key))).ok()?;
        self.place(*self.by_key.get(at)?)
    }

    /// Every place with this postal code of five digits, the most populous first, but a city
    /// after its arrondissement.
    pub fn by_postcode(&self, postcode: &str) -> Vec<&Place> {
        let wanted = query::postcodes(postcode).filter(|it| it.start() == it.end());
        wanted.map(|it| self.all(self.with_postcode(it))).unwrap_or_default()
    }

    /// The town nearest to a point in degrees, at most [`NEAREST_KM`] away. Only those whose
    /// place is known ([`Precision::Town`]) count.
    pub fn nearest(&self, lat: f64, lon: f64) -> Option<&Place> {
        let known = self.places.iter().filter(|it| it.precision == Precision::Town);
        known
            .map(|it| (kilometres((lat, lon), (it.lat, it.lon)), it))
            .filter(|(distance, _)| *distance <= NEAREST_KM)
            .min_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, place)| place)
    }

    fn place(&self, number: u32) -> Option<&Place> {
        self.places.get(number as usize)
    }

    fn all(&self, numbers: Vec<u32>) -> Vec<&Place> {
        numbers.into_iter().filter_map(|it| self.place(it)).collect()
    }

    /// Places with a postal code in `codes`, each once, the most populous first. For one code
    /// alone a city comes after its arrondissement, which says more.
    fn with_postcode(&self, codes: RangeInclusive<u32>) -> Vec<u32> {
        let from = self.by_postcode.partition_point(|it| it.0 < *codes.start());
        let found = self.by_postcode.get(from..).unwrap_or_default();
        let found = found.iter().take_while(|it| codes.contains(&it.0));
        let mut places: Vec<u32> = found.map(|it| it.1).collect();
        let one = codes.start() == codes.end();
        places.sort_unstable_by_key(|it| (one && self.arrondissements.contains_key(it), *it));
        places.dedup();
        places
    }
}

/// Each city that is told apart in arrondissements, with their numbers.
fn arrondissements(places: &[Place], areas: &[u16], names: &Index) -> BTreeMap<u32, Vec<u32>> {
    let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (place, number) in places.iter().zip(0_u32..) {
        let words = name::words(&place.name);
        let Some((city, _)) = name::arrondissement(&words) else { continue };
        let same_area = |it: &u32| areas.get(*it as usize) == areas.get(number as usize);
        if let Some(city) = names.named(city.as_bytes()).find(same_area) {
            found.entry(city).or_default().push(number);
        }
    }
    found
}

/// Distance on a sphere; points in degrees, north and east.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (north, south) = (one.0.to_radians(), other.0.to_radians());
    let across = ((other.1 - one.1).to_radians() / 2.0).sin().powi(2);
    let along = ((south - north) / 2.0).sin().powi(2);
    let chord = along + north.cos() * south.cos() * across;
    12_742.0 * chord.min(1.0).sqrt().asin()
}
