//! The place an address names: unlike a search, one answer or none.

use std::collections::BTreeSet;

use crate::{Country, Gazetteer, MAX_QUERY_CHARS, name, query};

/// With fewer letters, one typo makes a name about any other.
const MIN_TYPO_LETTERS: usize = 4;

pub(crate) fn locate(gazetteer: &Gazetteer, postcode: &str, town: &str) -> Option<u32> {
    let town = town_name(town)?;
    let postcode: String = postcode.chars().filter(|it| !it.is_whitespace()).collect();
    let (country, digits) = country_and_digits(&postcode)?;
    let french = |digits: &str| french(gazetteer, digits, &town);
    match (country, digits.len()) {
        (None | Some(Country::France), 5) => french(digits),
        // Spreadsheets take `01000` for a number.
        (Some(Country::France), 4) => french(&format!("0{digits}")),
        (None, 4) => french(&format!("0{digits}")).or_else(|| abroad(gazetteer, None, &town)),
        (Some(_), 4) => abroad(gazetteer, country, &town),
        _ => None,
    }
}

/// `L-1234`, `CH 1200`, `69003`.
fn country_and_digits(postcode: &str) -> Option<(Option<Country>, &str)> {
    let at = postcode.find(|it: char| it.is_ascii_digit())?;
    let (letters, digits) = postcode.split_at(at);
    let country = match letters.trim_end_matches('-').to_ascii_uppercase().as_str() {
        "" => None,
        "F" | "FR" => Some(Country::France),
        "B" | "BE" => Some(Country::Belgium),
        "CH" => Some(Country::Switzerland),
        "L" | "LU" => Some(Country::Luxembourg),
        _ => return None,
    };
    digits.bytes().all(|it| it.is_ascii_digit()).then_some((country, digits))
}

/// The name as it is compared, without what only the post reads.
fn town_name(town: &str) -> Option<Vec<u8>> {
    let cut: String = town.chars().take(MAX_QUERY_CHARS).collect();
    let mut words = name::words(&cut);
    // `LYON CEDEX 03`: the number is the sorting office's.
    if let Some(at) = words.iter().position(|it| it == "cedex") {
        words.truncate(at);
    }
    for word in &mut words {
        match word.as_str() {
            "s" => "sur".clone_into(word),
            "ss" => "sous".clone_into(word),
            _ => {}
        }
    }
    let suffix = |it: &String| {
        // `HAVRE (LE)`
        name::is_article(it) || matches!(it.as_str(), "arrondissement" | "arrdt" | "arr" | "ardt")
    };
    if 1 < words.len() && words.last().is_some_and(suffix) {
        words.pop();
    }
    let name = name::compact(&words);
    (!name.is_empty()).then_some(name)
}

/// `digits` are five.
fn french(gazetteer: &Gazetteer, digits: &str, town: &[u8]) -> Option<u32> {
    let places = gazetteer.with_postcode(query::postcodes(digits)?);
    if places.is_empty() {
        return of_departement(gazetteer, digits, town);
    }
    // A postal code of a city told apart in arrondissements names one of them.
    let divided = |it: &u32| gazetteer.arrondissements.contains_key(it);
    let mut candidates: Vec<(u32, Vec<Vec<u8>>)> = Vec::new();
    for place in places.iter().filter(|it| !divided(it)) {
        let mut forms = forms(gazetteer, *place);
        let city = |(_, parts): &(&u32, &Vec<u32>)| parts.contains(place);
        if let Some((city, _)) = gazetteer.arrondissements.iter().find(city) {
            forms.extend(self::forms(gazetteer, *city));
        }
        candidates.push((*place, forms));
    }
    let named = |forms: &[Vec<u8>]| forms.iter().any(|it| it == town);
    if let Some((place, _)) = candidates.iter().find(|(_, forms)| named(forms)) {
        return Some(*place);
    }
    if town.len() < MIN_TYPO_LETTERS {
        return None;
    }
    // `PARIS 11` is one typo from `Paris 12` and names another place.
    let letters = |it: &[u8]| !it.iter().any(u8::is_ascii_digit);
    let near = |form: &Vec<u8>| letters(form) && name::within_one_typo(form, town);
    let mut near = candidates.iter().filter(|(_, forms)| letters(town) && forms.iter().any(near));
    let (place, _) = near.next()?;
    near.next().is_none().then_some(*place)
}

/// A postal code that belongs to no place, such as one of CEDEX, still tells the département.
fn of_departement(gazetteer: &Gazetteer, digits: &str, town: &[u8]) -> Option<u32> {
    let fits = |place: &u32| {
        let area = gazetteer.area_of.get(*place as usize);
        let area = area.and_then(|it| gazetteer.areas.get(usize::from(*it)));
        area.is_some_and(|it| it.has_postcode(digits))
    };
    only(gazetteer.names.named(town).filter(fits))
}

/// Without postal codes, only a name that one place alone bears will do.
fn abroad(gazetteer: &Gazetteer, country: Option<Country>, town: &[u8]) -> Option<u32> {
    let fits = |place: &u32| {
        let found = gazetteer.place(*place).map(|it| it.country);
        found.is_some_and(|it| country.map_or(it != Country::France, |wanted| it == wanted))
    };
    only(gazetteer.names.named(town).filter(fits))
}

fn forms(gazetteer: &Gazetteer, place: u32) -> Vec<Vec<u8>> {
    gazetteer.place(place).map(|it| name::forms(&it.name)).unwrap_or_default()
}

fn only(places: impl Iterator<Item = u32>) -> Option<u32> {
    let places: BTreeSet<u32> = places.collect();
    places.first().copied().filter(|_| places.len() == 1)
}
