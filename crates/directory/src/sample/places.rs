//! Where the practices of a sample are.

use std::{
    collections::{BTreeMap, HashSet},
    f64::consts::{FRAC_PI_2, PI},
};

use contract::geo::LatLon;
use gazetteer::{Country, Gazetteer, Place, Precision};

use super::draw::{Draw, Field};

/// Cities whose arrondissements stand for them: Paris, Lyon, Marseille.
const DIVIDED: [&str; 3] = ["75056", "69123", "13055"];
/// Metres from the town's point, at most.
const FARTHEST_M: f64 = 3_000.0;
/// Metres for a town of a hundred people; four times the people, twice as far.
const SPREAD_M: f64 = 60.0;
/// Metres in a degree of latitude, on a sphere of 6,371,009 m.
const DEGREE_M: f64 = 111_194.926_644_558_74;

/// The INSEE code of a French place's département: `69`, `2A`, `974`. Empty abroad.
pub(super) fn departement(place: &Place) -> &str {
    if place.country != Country::France {
        return "";
    }
    let overseas = place.key.starts_with("97") || place.key.starts_with("98");
    place.key.get(..if overseas { 3 } else { 2 }).unwrap_or_default()
}

/// Towns by systematic sampling in proportion to their people, in the order of their INSEE codes:
/// from a drawn start, every (people / `count`)-th inhabitant has a practice. Then the most
/// populous town of each département that has none.
pub(super) fn chosen(gazetteer: &Gazetteer, count: u32, seed: u64) -> Vec<&Place> {
    let mut towns: Vec<&Place> = gazetteer
        .places()
        .iter()
        .filter(|it| it.country == Country::France && it.precision == Precision::Town)
        .filter(|it| !DIVIDED.contains(&it.key.as_str()))
        .collect();
    towns.sort_unstable_by_key(|it| &it.key);
    let people: u64 = towns.iter().map(|it| u64::from(it.population)).sum();

    // In parts of an inhabitant, `count` to each: whole numbers all the way.
    let mut wanted = Draw::new(seed, 0).below(Field::Start, people);
    let mut found: Vec<&Place> = Vec::new();
    let mut passed = 0;
    for town in &towns {
        passed += u64::from(town.population) * u64::from(count);
        while wanted < passed {
            found.push(town);
            wanted += people;
        }
    }

    let served: HashSet<&str> = found.iter().map(|it| departement(it)).collect();
    let mut greatest: BTreeMap<&str, &Place> = BTreeMap::new();
    for town in towns {
        let departement = departement(town);
        let first = greatest.entry(departement).or_insert(town);
        if first.population < town.population {
            *first = town;
        }
    }
    found.extend(greatest.iter().filter(|it| !served.contains(it.0)).map(|it| it.1));
    found
}

/// The town's point moved by a drawn angle and radius, to four decimals of a degree (11 m).
pub(super) fn around(place: &Place, draw: Draw) -> Option<LatLon> {
    let spread = SPREAD_M * (f64::from(place.population) / 100.0).sqrt();
    let radius = FARTHEST_M.min(spread) * draw.fraction(Field::Radius);
    let angle = (draw.fraction(Field::Angle) - 0.5) * (2.0 * PI);
    let north = radius * cosine(angle) / DEGREE_M;
    let east = radius * cosine(angle - FRAC_PI_2) / (DEGREE_M * cosine(radians(place.lat)));
    let round = |it: f64| (it * 10_000.0).round() / 10_000.0;
    LatLon::new(round(place.lat + north), round(place.lon + east)).ok()
}

fn radians(degrees: f64) -> f64 {
    degrees * PI / 180.0
}

/// By its series, to within 1e-13 for angles of at most 3π/2. Not `f64::cos`: that is each
/// system's own, and may differ in the last bit.
fn cosine(angle: f64) -> f64 {
    let square = angle * angle;
    let (mut term, mut sum, mut at) = (1.0, 1.0, 0.0);
    for _ in 0..20 {
        at += 2.0;
        term *= -square / ((at - 1.0) * at);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_cosine() {
        for step in -150..=150 {
            let angle = f64::from(step) / 100.0 * PI;
            assert!((cosine(angle) - angle.cos()).abs() < 1e-12, "{angle}");
        }
    }
}
