//! Départements, provinces and cantons, as a further word of a query names them.

use crate::{Country, name};

#[derive(Debug)]
pub(crate) struct Area {
    /// INSEE code of a département: `69`, `2A`, `974`; empty abroad.
    code: String,
    name: String,
    /// What it is called as a whole, its country included.
    whole: Vec<Vec<u8>>,
    /// Its name from each of its words on: the Loire of Indre-et-Loire.
    parts: Vec<Vec<u8>>,
}

/// How well a further word fits an area, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Its number or its whole name.
    Whole,
    /// The beginning of one of its words.
    Part,
}

impl Area {
    pub(crate) fn departement(code: &str, name: &str) -> Area {
        Area::new(code, name, &["france"])
    }

    pub(crate) fn abroad(country: Country, name: &str) -> Area {
        let countries: &[&str] = match country {
            Country::France => &["france"],
            Country::Belgium => &["belgique", "be"],
            Country::Switzerland => &["suisse", "ch"],
            Country::Luxembourg => &["luxembourg", "lu"],
        };
        Area::new("", name, countries)
    }

    fn new(code: &str, name: &str, countries: &[&str]) -> Area {
        let words = name::words(name);
        let parts: Vec<Vec<u8>> = (0..words.len()).map(|at| name::compact(&words[at..])).collect();
        let mut whole: Vec<Vec<u8>> = countries.iter().map(|it| it.as_bytes().to_vec()).collect();
        whole.extend(parts.first().cloned());
        if !code.is_empty() {
            whole.push(code.to_ascii_lowercase().into_bytes());
            // People write `1` for the Ain's `01`.
            whole.push(code.trim_start_matches('0').to_ascii_lowercase().into_bytes());
        }
        Area { code: code.to_owned(), name: name.to_owned(), whole, parts }
    }

    /// `Rhône (69)`; abroad the name alone.
    pub(crate) fn label(&self) -> String {
        if self.code.is_empty() {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, self.code)
        }
    }

    /// Whether it is one of the départements where postal codes begin with `digits`.
    pub(crate) fn has_postcode(&self, postcode: &str) -> bool {
        match self.code.as_str() {
            "" => false,
            "2A" | "2B" => postcode.starts_with("20"),
            code => postcode.starts_with(code),
        }
    }

    /// `typed` is compact.
    pub(crate) fn fit(&self, typed: &[u8]) -> Option<Fit> {
        // A single letter begins too many names to choose by.
        let part = || 2 <= typed.len() && self.parts.iter().any(|it| it.starts_with(typed));
        if self.whole.iter().any(|it| it == typed) {
            Some(Fit::Whole)
        } else {
            part().then_some(Fit::Part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(area: &Area, typed: &str, expected: Option<Fit>) {
        let typed = name::compact_as_typed(&name::words(typed));
        assert_eq!(area.fit(&typed), expected, "{typed:?}");
    }

    #[test]
    fn a_departement_is_named_by_number_or_name_or_a_part_of_it() {
        let area = Area::departement("37", "Indre-et-Loire");
        for typed in ["37", "indre et loire", "Indre-et-Loire", "France"] {
            check(&area, typed, Some(Fit::Whole));
        }
        for typed in ["indre", "loire", "Loir", "in"] {
            check(&area, typed, Some(Fit::Part));
        }
        for typed in ["i", "3", "371", "loiret", ""] {
            check(&area, typed, None);
        }
        check(&Area::departement("2A", "Corse-du-Sud"), "2a", Some(Fit::Whole));
        check(&Area::departement("01", "Ain"), "1", Some(Fit::Whole));
    }

    #[test]
    fn a_country_names_all_its_areas() {
        check(&Area::abroad(Country::Belgium, "Namur"), "Belgique", Some(Fit::Whole));
        check(&Area::abroad(Country::Belgium, "Luxembourg"), "luxembourg", Some(Fit::Whole));
        check(&Area::abroad(Country::Luxembourg, "Mersch"), "luxembourg", Some(Fit::Whole));
        assert_eq!(Area::abroad(Country::Belgium, "Namur").label(), "Namur");
        assert_eq!(Area::departement("69", "Rhône").label(), "Rhône (69)");
    }

    #[test]
    fn corsica_has_one_beginning_of_postal_codes_for_two_departements() {
        assert!(Area::departement("2B", "Haute-Corse").has_postcode("20200"));
        assert!(Area::departement("974", "La Réunion").has_postcode("97400"));
        assert!(!Area::abroad(Country::Belgium, "Namur").has_postcode("50000"));
    }
}
