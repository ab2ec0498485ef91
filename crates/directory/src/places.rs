//! Towns as the contract speaks of them.

use contract::{
    directory::DirectoryQuery,
    geo::LatLon,
    practitioner::{Around, Place, Precision},
};
use gazetteer::{Country, Gazetteer};

/// The place that `query` asks to look around: its position, else its town.
pub fn around(gazetteer: &Gazetteer, query: &DirectoryQuery) -> Option<Around> {
    if let Some(at) = query.near {
        return Some(Around { name: query.town.clone(), at });
    }
    if query.town.is_empty() {
        return None;
    }
    search(gazetteer, &query.town, 1).pop().map(|it| Around { name: it.label, at: it.at })
}

/// At most `limit` towns for what is being typed, the likeliest first.
pub fn search(gazetteer: &Gazetteer, query: &str, limit: usize) -> Vec<Place> {
    gazetteer.search(&plain(query), limit).into_iter().filter_map(place).collect()
}

/// At most `limit` towns of exactly this name or postal code, the largest first.
pub fn named(gazetteer: &Gazetteer, query: &str, limit: usize) -> Vec<Place> {
    gazetteer.named(&plain(query), limit).into_iter().filter_map(place).collect()
}

/// A label typed back: the brackets around the number are no part of any name.
fn plain(query: &str) -> String {
    query.replace(['(', ')'], " ")
}

fn place(it: &gazetteer::Place) -> Option<Place> {
    let country = match it.country {
        Country::France => "FR",
        Country::Belgium => "BE",
        Country::Switzerland => "CH",
        Country::Luxembourg => "LU",
    };
    // "Rhône (69)" tells by its number, a province by its name.
    let short = it.area.split_once('(').map_or(it.area.as_str(), |(_, code)| code);
    Some(Place {
        label: format!("{} ({})", it.name, short.trim_end_matches(')')),
        name: it.name.clone(),
        area: it.area.clone(),
        country: country.to_owned(),
        postcodes: it.postcodes.clone(),
        at: LatLon::new(it.lat, it.lon).ok()?,
        precision: match it.precision {
            gazetteer::Precision::Town => Precision::Town,
            gazetteer::Precision::Postcode => Precision::Postcode,
            gazetteer::Precision::Area => Precision::Area,
        },
        population: it.population,
    })
}
