//! A directory of made-up practices for demonstration: no real practitioner, no number of any
//! register, no person's name, and telephone numbers that are reserved for fiction.
//!
//! The same seed gives the same entries on every machine and at any time. All draws are whole
//! numbers ([`draw`]); positions need fractions, and are reckoned by additions, multiplications,
//! divisions and square roots alone, which IEEE 754 defines to the last bit. Sines and cosines,
//! which it leaves to each system's library, are summed here ([`places`]).

mod draw;
mod phone;
mod places;

use contract::{
    date::Date,
    practitioner::{Access, Address, Language, Position, Practitioner, Precision, Profession},
    slug::Slug,
};
use draw::{Draw, Field};
use gazetteer::{Gazetteer, Place};

use crate::import::Entry;

/// Entries at most.
pub const MAX_COUNT: u32 = 200_000;

const SOURCE: &str = "Données fictives";

/// Specialities among doctors, of equal shares.
const SPECIALITIES: [Profession; 7] = [
    Profession::Cardiologist,
    Profession::Dermatologist,
    Profession::Gynaecologist,
    Profession::Ophthalmologist,
    Profession::Paediatrician,
    Profession::Psychiatrist,
    Profession::Rheumatologist,
];

/// Shares in percent; the rest are specialists.
const PROFESSIONS: [(u64, Profession); 9] = [
    (24, Profession::GeneralPractitioner),
    (15, Profession::Nurse),
    (13, Profession::Physiotherapist),
    (8, Profession::Pharmacist),
    (5, Profession::Midwife),
    (5, Profession::Dentist),
    (4, Profession::SpeechTherapist),
    (5, Profession::Psychologist),
    (3, Profession::Osteopath),
];

/// Shares in percent, beside French, each drawn for itself.
const LANGUAGES: [(u64, Language, Field); 6] = [
    (30, Language::English, Field::English),
    (8, Language::Spanish, Field::Spanish),
    (8, Language::Arabic, Field::Arabic),
    (4, Language::German, Field::German),
    (4, Language::Portuguese, Field::Portuguese),
    (3, Language::SignedFrench, Field::SignedFrench),
];

/// The first day of a year in which entries were last verified; one in twenty never was.
const FIRST_DAY: (u16, u8, u8) = (2025, 11, 1);
const DAYS: u64 = 365;

/// `count` practices spread over France as its people are, the first `MAX_COUNT` at most; then one
/// for each département that has none yet. Those are numbered from 1 (`demo-1`), and the number
/// with the seed decides everything about an entry but its place.
pub fn sample(gazetteer: &Gazetteer, count: u32, seed: u64) -> Vec<Entry> {
    let places = places::chosen(gazetteer, count.min(MAX_COUNT), seed);
    places.into_iter().zip(1..).filter_map(|(place, number)| entry(place, number, seed)).collect()
}

/// None for a place without a position, of which there is none.
fn entry(place: &Place, number: u32, seed: u64) -> Option<Entry> {
    let draw = Draw::new(seed, number);
    let external_id = format!("demo-{number}");
    let profession = profession(draw);
    let practitioner = Practitioner {
        id: Slug::try_from(external_id.as_str()).ok()?,
        name: name(draw, number, profession),
        profession,
        address: Address {
            street: format!("n° {number}, rue de la Démonstration"),
            postcode: place.postcodes.first().cloned().unwrap_or_default(),
            town: place.name.clone(),
            country: "FR".to_owned(),
        },
        // Drawn around the town's point: nobody may take it for a door.
        position: Position { at: places::around(place, draw)?, precision: Precision::Town },
        phone: phone::phone(place, draw),
        email: Some(format!("cabinet-{number}@example.org")),
        web: Some(format!("https://example.org/cabinet-{number}")),
        languages: languages(draw),
        fees: None,
        remote: remote(draw, profession),
        accessible: match draw.below(Field::Access, 100) {
            0..55 => Some(Access::Yes),
            55..70 => Some(Access::Partial),
            70..80 => Some(Access::No),
            _ => None,
        },
        new_patients: match draw.below(Field::NewPatients, 100) {
            0..50 => Some(true),
            50..80 => Some(false),
            _ => None,
        },
        opening: Vec::new(),
        verified_on: verified_on(draw),
        source: SOURCE.to_owned(),
        sample: true,
        distance_m: None,
    };
    Some(Entry { external_id, practitioner })
}

fn profession(draw: Draw) -> Profession {
    let mut at = draw.below(Field::Profession, 100);
    for (share, profession) in PROFESSIONS {
        if at < share {
            return profession;
        }
        at -= share;
    }
    let [first, ..] = SPECIALITIES;
    let which = draw.index(Field::Speciality, SPECIALITIES.len());
    SPECIALITIES.get(which).copied().unwrap_or(first)
}

fn name(draw: Draw, number: u32, profession: Profession) -> String {
    let kind = match (profession, draw.below(Field::Name, 12)) {
        (Profession::Pharmacist, _) => "Pharmacie de démonstration",
        (_, 0) => "Centre de santé fictif",
        _ => "Cabinet de démonstration",
    };
    format!("{kind} n° {number}")
}

fn languages(draw: Draw) -> Vec<Language> {
    let spoken = LANGUAGES.iter().filter(|(share, _, field)| draw.below(*field, 100) < *share);
    [Language::French].into_iter().chain(spoken.map(|it| it.1)).collect()
}

fn remote(draw: Draw, profession: Profession) -> Option<bool> {
    let never = matches!(profession, Profession::Pharmacist | Profession::Osteopath);
    match draw.below(Field::Remote, 100) {
        0..35 => Some(!never),
        35..90 => Some(false),
        _ => None,
    }
}

fn verified_on(draw: Draw) -> Option<Date> {
    if draw.below(Field::Verified, 100) < 5 {
        return None;
    }
    let (year, month, day) = FIRST_DAY;
    let first = Date::new(year, month, day).ok()?.days_since_epoch();
    let later = i32::try_from(draw.below(Field::Day, DAYS)).ok()?;
    Date::from_days_since_epoch(first + later).ok()
}

#[cfg(test)]
mod tests;
