//! The rule of the sample, counted.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use contract::practitioner::Category;
use sha2::{Digest, Sha256};

use super::*;
use crate::{export::csv, import::import};

static PLACES: LazyLock<&Gazetteer> = LazyLock::new(|| Gazetteer::embedded().unwrap());

/// Enough for shares to show.
static MANY: LazyLock<Vec<Practitioner>> = LazyLock::new(|| made(20_000, 7));

fn made(count: u32, seed: u64) -> Vec<Practitioner> {
    sample(&PLACES, count, seed).into_iter().map(|it| it.practitioner).collect()
}

/// `percent` of `MANY`, of those that `among` chooses, fit: to four standard deviations.
#[track_caller]
fn share(
    percent: f64,
    among: impl Fn(&Practitioner) -> bool,
    fits: impl Fn(&Practitioner) -> bool,
) {
    let among: Vec<&Practitioner> = MANY.iter().filter(|it| among(it)).collect();
    let count = |it: usize| f64::from(u32::try_from(it).unwrap());
    let (all, share) = (count(among.len()), percent / 100.0);
    let found = count(among.iter().filter(|it| fits(it)).count()) / all;
    let deviation = (share * (1.0 - share) / all).sqrt();
    assert!((found - share).abs() < 4.0 * deviation, "{found} in place of {share}");
}

fn all(_: &Practitioner) -> bool {
    true
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let table = csv(&made(1_000, 1));
    let sum: String =
        Sha256::digest(table.as_bytes()).iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(sum, "aebbb8ab6d6edeb58b666564d25d9bbaf2961d1dde2a33218125cb869008e1ac");
    assert_ne!(made(10, 1), made(10, 2));
}

#[test]
fn the_sample_reads_back_as_it_was() {
    let all = made(1_000, 1);
    let found = import(csv(&all).as_bytes(), &PLACES, "", Date::new(2026, 10, 31).unwrap());
    let found = found.unwrap();
    assert_eq!(found.report.problems, 0, "{}", found.report);
    let read: Vec<Practitioner> = found.entries.into_iter().map(|it| it.practitioner).collect();
    assert_eq!(read, all);
}

#[test]
fn every_departement_has_one() {
    let areas: HashSet<&str> = PLACES.places().iter().map(places::departement).collect();
    let all = made(1_000, 1);
    let chosen = places::chosen(&PLACES, 1_000, 1);
    let served: HashSet<&str> = chosen.iter().map(|it| places::departement(it)).collect();
    let french: HashSet<&str> = areas.into_iter().filter(|it| !it.is_empty()).collect();
    assert_eq!((served, french.len()), (french, 107));
    assert!((1_000..1_107).contains(&all.len()), "{}", all.len());
    assert_eq!(made(0, 1).len(), 107);
}

#[test]
fn practices_are_where_people_are() {
    let towns = places::chosen(&PLACES, 20_000, 7);
    let divided = |it: &&&Place| ["75056", "69123", "13055"].contains(&it.key.as_str());
    assert_eq!(towns.iter().filter(divided).count(), 0);
    let people = |it: &[&Place]| it.iter().map(|it| u64::from(it.population)).sum::<u64>();
    let known: Vec<&Place> = PLACES
        .places()
        .iter()
        .filter(|it| it.country == gazetteer::Country::France)
        .filter(|it| it.precision == gazetteer::Precision::Town && !divided(&it))
        .collect();
    let each = people(&known) / 20_000;
    let toulouse = towns.iter().filter(|it| it.key == "31555").count() as u64;
    let expected = u64::from(PLACES.by_key("31555").unwrap().population) / each;
    assert!(toulouse.abs_diff(expected) <= 1, "{toulouse} {expected}");
}

#[test]
fn positions_are_near_their_town_and_never_exact() {
    for (number, place) in (1..).zip(places::chosen(&PLACES, 2_000, 3)) {
        let at = places::around(place, Draw::new(3, number)).unwrap();
        let town = contract::geo::LatLon::new(place.lat, place.lon).unwrap();
        let most = 3_000_f64.min(60.0 * (f64::from(place.population) / 100.0).sqrt());
        // Rounding moves by up to 8 m.
        assert!(town.distance_m(at) < most + 8.0, "{}", place.key);
        let decimals = (at.lat() * 1e4, at.lon() * 1e4);
        assert!((decimals.0 - decimals.0.round()).abs() < 1e-6);
        assert!((decimals.1 - decimals.1.round()).abs() < 1e-6);
    }
    assert!(MANY.iter().all(|it| it.position.precision == Precision::Town));
}

#[test]
fn telephone_numbers_are_those_of_fiction() {
    let reserved = ["019900", "026191", "035301", "046571", "053649", "063998"];
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for it in MANY.iter().filter_map(|it| it.phone.as_deref()) {
        let digits: String = it.chars().filter(|it| *it != ' ').collect();
        let spaced =
            it.split(' ').all(|it| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit()));
        assert!(digits.len() == 10 && spaced, "{it}");
        let range = reserved.iter().find(|it| digits.starts_with(**it));
        *seen.entry(range.unwrap_or_else(|| panic!("{it}"))).or_default() += 1;
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    let pacific = |it: &Practitioner| it.address.postcode.starts_with("98");
    share(70.0, |it| !pacific(it), |it| it.phone.is_some());
    share(10.0, |it| it.phone.is_some(), |it| it.phone.as_deref().unwrap().starts_with("06"));
    let paris = |it: &Practitioner| it.address.postcode.starts_with("75");
    let zone = |it: &Practitioner| it.phone.as_deref().is_none_or(|it| !it.starts_with("02"));
    assert!(MANY.iter().filter(|it| paris(it)).all(zone));
}

#[test]
fn professions_have_their_shares() {
    for (percent, profession) in PROFESSIONS {
        let percent = f64::from(u32::try_from(percent).unwrap());
        share(percent, all, |it| it.profession == profession);
    }
    share(42.0, all, |it| it.profession.category() == Category::Doctor);
    for it in SPECIALITIES {
        share(18.0 / 7.0, all, |found| found.profession == it);
    }
}

#[test]
fn what_is_known_has_its_shares() {
    for (percent, language, _) in LANGUAGES {
        let percent = f64::from(u32::try_from(percent).unwrap());
        share(percent, all, |it| it.languages.contains(&language));
    }
    assert!(MANY.iter().all(|it| it.languages.first() == Some(&Language::French)));
    let never =
        |it: &Practitioner| matches!(it.profession, Profession::Pharmacist | Profession::Osteopath);
    assert!(MANY.iter().filter(|it| never(it)).all(|it| it.remote != Some(true)));
    share(35.0, |it| !never(it), |it| it.remote == Some(true));
    share(55.0, |it| !never(it), |it| it.remote == Some(false));
    share(55.0, all, |it| it.accessible == Some(Access::Yes));
    share(15.0, all, |it| it.accessible == Some(Access::Partial));
    share(10.0, all, |it| it.accessible == Some(Access::No));
    share(50.0, all, |it| it.new_patients == Some(true));
    share(30.0, all, |it| it.new_patients == Some(false));
    share(5.0, all, |it| it.verified_on.is_none());
    let days: Vec<Date> = MANY.iter().filter_map(|it| it.verified_on).collect();
    assert_eq!(days.iter().min().unwrap().to_string(), "2025-11-01");
    assert_eq!(days.iter().max().unwrap().to_string(), "2026-10-31");
}

#[test]
fn every_entry_says_that_it_is_made_up() {
    let pharmacist = |it: &Practitioner| it.profession == Profession::Pharmacist;
    let named = |start: &'static str| move |it: &Practitioner| it.name.starts_with(start);
    share(100.0 / 12.0, |it| !pharmacist(it), named("Centre de santé fictif n° "));
    for (it, number) in MANY.iter().zip(1_u32..) {
        assert!(it.sample && it.source == "Données fictives");
        assert_eq!(it.id.as_str(), format!("demo-{number}"));
        assert_eq!(it.address.street, format!("n° {number}, rue de la Démonstration"));
        assert!(it.name.ends_with(&format!(" n° {number}")));
        assert_eq!(pharmacist(it), it.name.starts_with("Pharmacie de démonstration"));
        let email = format!("cabinet-{number}@example.org");
        let web = format!("https://example.org/cabinet-{number}");
        assert_eq!((it.email.as_ref(), it.web.as_ref()), (Some(&email), Some(&web)));
    }
}
