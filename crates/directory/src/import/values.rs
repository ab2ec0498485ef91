//! Values as people write them in a table, in French or by their code.

use std::{collections::HashMap, sync::LazyLock};

use contract::{
    date::Date,
    geo::LatLon,
    practitioner::{Access, Fees, Language, Profession},
};
use gazetteer::Country;
use search::fold;

/// Codes, French labels, and each half of "Infirmier ou infirmière".
static PROFESSIONS: LazyLock<HashMap<String, Profession>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for it in Profession::ALL {
        let label = locale::practitioner::profession(*it);
        for name in [it.name(), label].into_iter().chain(label.split(" ou ")) {
            found.insert(key(name), *it);
        }
    }
    for (name, it) in REGISTERED {
        found.insert(key(name), it);
    }
    found
});

/// What registers of health professionals call those whose label here is another: the professions of
/// the French "Annuaire Santé" and its specialities of doctors.
const REGISTERED: [(&str, Profession); 22] = [
    ("médecine générale", Profession::GeneralPractitioner),
    ("généraliste", Profession::GeneralPractitioner),
    ("allergologie", Profession::Allergist),
    ("cardiologie et maladies vasculaires", Profession::Cardiologist),
    ("dermatologie et vénéréologie", Profession::Dermatologist),
    ("endocrinologie", Profession::Endocrinologist),
    ("gastro-entérologie et hépatologie", Profession::Gastroenterologist),
    ("gynécologie médicale", Profession::Gynaecologist),
    ("hématologie", Profession::Haematologist),
    ("médecine interne", Profession::Internist),
    ("néphrologie", Profession::Nephrologist),
    ("neurologie", Profession::Neurologist),
    ("oncologie", Profession::Oncologist),
    ("ophtalmologie", Profession::Ophthalmologist),
    ("pédiatrie", Profession::Paediatrician),
    ("pneumologie", Profession::Pneumologist),
    ("psychiatrie", Profession::Psychiatrist),
    ("rhumatologie", Profession::Rheumatologist),
    ("masseur-kinésithérapeute", Profession::Physiotherapist),
    ("dentiste", Profession::Dentist),
    ("chirurgien-dentiste", Profession::Dentist),
    ("pédicure-podologue", Profession::Podiatrist),
];

static LANGUAGES: LazyLock<HashMap<String, Language>> = LazyLock::new(|| {
    let mut found = HashMap::from([("lsf".to_owned(), Language::SignedFrench)]);
    for it in Language::ALL {
        found.insert(key(it.name()), *it);
        found.insert(key(locale::practitioner::language(*it)), *it);
    }
    found
});

/// Words without case and accents: hyphens, underscores and apostrophes are spaces.
pub(super) fn key(text: &str) -> String {
    let words: Vec<String> = fold::words(text).into_iter().map(|it| it.1).collect();
    words.join(" ")
}

/// Only recognised ones: what is not must never be shown as a speciality.
pub(super) fn profession(text: &str) -> Option<Profession> {
    PROFESSIONS.get(&key(text)).copied()
}

/// Each language of a list as it was written, with what it means.
pub(super) fn languages(text: &str) -> impl Iterator<Item = (&str, Option<Language>)> {
    let parts = text.split([',', ';', '/', '|', '+']).flat_map(|it| it.split(" et "));
    let parts = parts.map(str::trim).filter(|it| !it.is_empty());
    parts.map(|it| (it, LANGUAGES.get(&key(it)).copied()))
}

pub(super) fn country(text: &str) -> Option<Country> {
    match key(text).as_str() {
        "fr" | "france" => Some(Country::France),
        "be" | "belgique" | "belgium" => Some(Country::Belgium),
        "ch" | "suisse" | "switzerland" => Some(Country::Switzerland),
        "lu" | "luxembourg" => Some(Country::Luxembourg),
        _ => None,
    }
}

pub(super) fn fees(text: &str) -> Option<Fees> {
    let key = key(text);
    if let Some(known) = Fees::ALL.iter().find(|it| {
        key == self::key(it.name()) || key == self::key(locale::practitioner::fees(**it))
    }) {
        return Some(*known);
    }
    let key = key.strip_prefix("conventionne ").unwrap_or(&key);
    match key.strip_prefix("secteur ").unwrap_or(key) {
        "1" => Some(Fees::Sector1),
        "2" => Some(Fees::Sector2),
        "2 optam" | "2 optam co" | "optam" | "optam co" => Some(Fees::Sector2Limited),
        "3" | "non conventionne" | "hors convention" => Some(Fees::Sector3),
        _ => None,
    }
}

/// `Ok(None)` where the table says that it is not known.
pub(super) fn yes_or_no(text: &str) -> Result<Option<bool>, ()> {
    match key(text).as_str() {
        "oui" | "o" | "yes" | "y" | "vrai" | "true" | "1" => Ok(Some(true)),
        "non" | "n" | "no" | "faux" | "false" | "0" => Ok(Some(false)),
        "non renseigne" | "non renseignee" | "inconnu" | "unknown" => Ok(None),
        _ => Err(()),
    }
}

/// As [`yes_or_no`], or in part.
pub(super) fn access(text: &str) -> Result<Option<Access>, ()> {
    if let Ok(it) = yes_or_no(text) {
        return Ok(it.map(|it| if it { Access::Yes } else { Access::No }));
    }
    let key = key(text);
    if matches!(key.as_str(), "partial" | "partiel" | "partielle" | "partiellement") {
        return Ok(Some(Access::Partial));
    }
    let named = |it: &&Access| key == self::key(locale::practitioner::access(**it));
    Access::ALL.iter().find(named).map(|it| Some(*it)).ok_or(())
}

/// `2026-01-31`, `31/01/2026`, `1/2/2026`.
pub(super) fn date(text: &str) -> Option<Date> {
    if let Ok(it) = text.parse() {
        return Some(it);
    }
    let mut parts = text.split('/');
    let mut number = |digits: std::ops::RangeInclusive<usize>| -> Option<u16> {
        let part = parts.next()?;
        let fits = digits.contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        part.parse().ok().filter(|_| fits)
    };
    let (day, month, year) = (number(1..=2)?, number(1..=2)?, number(4..=4)?);
    let small = |it: u16| u8::try_from(it).ok();
    let date = Date::new(year, small(month)?, small(day)?).ok()?;
    parts.next().is_none().then_some(date)
}

/// Degrees with a dot or a comma. Not 0,0: what programs write where they know nothing, and it lies
/// in the sea.
pub(super) fn position(lat: &str, lon: &str) -> Option<LatLon> {
    let at = LatLon::new(number(lat)?, number(lon)?).ok()?;
    ((at.lat(), at.lon()) != (0.0, 0.0)).then_some(at)
}

/// Digits with at most one dot or comma and a sign.
pub(super) fn number(text: &str) -> Option<f64> {
    let known = |it: u8| it.is_ascii_digit() || matches!(it, b'.' | b',' | b'-' | b'+');
    let number = text.replace(',', ".").parse().ok();
    number.filter(|_| text.bytes().all(known))
}

/// Whether a spreadsheet would take a text for a formula, or for its beginning. A number is none.
pub(crate) fn is_formula(text: &str) -> bool {
    let value = text.trim();
    text.starts_with(['\t', '\r'])
        || (value.starts_with(['=', '+', '-', '@']) && number(value).is_none())
}

/// Luhn's check over all digits. False for what is no number.
pub(super) fn luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (byte, at) in digits.bytes().rev().zip(0_usize..) {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0') * if at % 2 == 0 { 1 } else { 2 };
        sum += digit / 10 + digit % 10;
    }
    !digits.is_empty() && sum % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn professions_are_told_by_code_label_and_half_a_label() {
        for it in Profession::ALL {
            assert_eq!(profession(it.name()), Some(*it));
            assert_eq!(
                profession(&locale::practitioner::profession(*it).to_uppercase()),
                Some(*it)
            );
        }
        assert_eq!(profession("INFIRMIERE"), Some(Profession::Nurse));
        assert_eq!(profession("infirmier"), Some(Profession::Nurse));
        assert_eq!(profession("gastro entérologue"), Some(Profession::Gastroenterologist));
        assert_eq!(profession("micro-immunothérapeute"), None);
        assert_eq!(profession("naturopathe"), None);
    }

    #[test]
    fn small_words_are_understood() {
        let spoken: Vec<_> = languages("français, EN / LSF et klingon").map(|it| it.1).collect();
        let expected =
            [Some(Language::French), Some(Language::English), Some(Language::SignedFrench), None];
        assert_eq!(spoken, expected);
        assert_eq!(fees("Secteur 1, sans dépassement"), Some(Fees::Sector1));
        assert_eq!(fees("sector_2_limited"), Some(Fees::Sector2Limited));
        assert_eq!(fees("secteur 2 (OPTAM)"), Some(Fees::Sector2Limited));
        assert_eq!(fees("Non conventionné"), Some(Fees::Sector3));
        assert_eq!(fees("cher"), None);
        assert_eq!(yes_or_no("Oui"), Ok(Some(true)));
        assert_eq!(yes_or_no("non renseigné"), Ok(None));
        assert_eq!(yes_or_no("peut-être"), Err(()));
        assert_eq!(access("Accès partiel"), Ok(Some(Access::Partial)));
        assert_eq!(access("Non accessible"), Ok(Some(Access::No)));
    }

    #[test]
    fn days_and_places_are_read_as_french_tables_write_them() {
        let day = Date::new(2026, 2, 1).unwrap();
        assert_eq!([date("2026-02-01"), date("01/02/2026"), date("1/2/2026")], [Some(day); 3]);
        for text in ["31/02/2026", "2026/02/01", "1/2/26", "1/2/2026/3", "+1/2/2026", "hier"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(position("45,76", "4.84"), LatLon::new(45.76, 4.84).ok());
        for (lat, lon) in [("0", "0"), ("95", "0"), ("nan", "1"), ("1e1", "1"), ("", "4")] {
            assert_eq!(position(lat, lon), None, "{lat} {lon}");
        }
    }

    #[test]
    fn the_check_digit_is_luhns() {
        assert!(luhn("79927398713") && !luhn("79927398714"));
        assert!(!luhn("") && !luhn("7992739871x"));
    }
}
