//! The tables of `data/`, read and checked line by line.

use std::collections::{BTreeMap, BTreeSet};

use search::fold;
use thiserror::Error;

use crate::{Country, Place, Precision, area::Area};

/// A table that is not what `data/README.md` says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {problem}")]
pub struct ParseError {
    /// Name of the file in `data/`.
    pub file: &'static str,
    /// Counted from 1, the line of titles.
    pub line: usize,
    pub problem: Problem,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    #[error("the columns are not `{}`", expected.replace('\t', " "))]
    Titles { expected: &'static str },
    #[error("{found} columns in place of {expected}")]
    Columns { expected: usize, found: usize },
    #[error("`{value}` is no {column}")]
    Value { column: &'static str, value: String },
    #[error("`{value}` stands on an earlier line")]
    Repeated { value: String },
}

const COMMUNES: &str =
    "insee\tname\tpostcodes\tdepartement\tregion\tlat\tlon\tpopulation\tprecision";
const DEPARTEMENTS: &str =
    "code\tname\tregion\tregion_name\twest\tsouth\teast\tnorth\tlat\tlon\tseat";
const FOREIGN: &str = "name\tcountry\tadmin\tlat\tlon\tpopulation";

/// Places, each with the number of its area, and the areas.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) places: Vec<(Place, u16)>,
    pub(crate) areas: Vec<Area>,
}

impl Tables {
    pub(crate) fn read(
        communes: &str,
        departements: &str,
        foreign: &str,
    ) -> Result<Tables, ParseError> {
        let mut tables = Tables::default();
        let mut areas = BTreeMap::new();
        each_line("departements.tsv", DEPARTEMENTS, departements, |[code, name, ..]: [_; 11]| {
            if areas.insert(code.to_owned(), tables.areas.len()).is_some() {
                return Err(Problem::Repeated { value: code.to_owned() });
            }
            tables.areas.push(Area::departement(code, name));
            Ok(())
        })?;
        tables.read_communes(communes, &areas)?;
        tables.read_foreign(foreign)?;
        Ok(tables)
    }

    fn read_communes(
        &mut self,
        communes: &str,
        areas: &BTreeMap<String, usize>,
    ) -> Result<(), ParseError> {
        let mut keys = BTreeSet::new();
        each_line("communes.tsv", COMMUNES, communes, |columns| {
            let [insee, name, codes, code, _region, lat, lon, population, precision] = columns;
            if !keys.insert(insee.to_owned()) {
                return Err(Problem::Repeated { value: insee.to_owned() });
            }
            let area = areas.get(code).copied();
            let area = area.ok_or_else(|| bad("département", code))?;
            let precision = match precision {
                "town" => Precision::Town,
                "postcode" => Precision::Postcode,
                "area" => Precision::Area,
                other => return Err(bad("precision", other)),
            };
            let place = Place {
                key: filled("INSEE code", insee)?,
                name: filled("name", name)?,
                postcodes: postcodes(codes)?,
                area: self.areas.get(area).map(Area::label).unwrap_or_default(),
                country: Country::France,
                lat: degrees("latitude", lat, 90.0)?,
                lon: degrees("longitude", lon, 180.0)?,
                population: population.parse().map_err(|_| bad("population", population))?,
                precision,
            };
            self.places.push((place, area_number(area)));
            Ok(())
        })
    }

    fn read_foreign(&mut self, foreign: &str) -> Result<(), ParseError> {
        let mut areas = BTreeMap::new();
        let mut keys = BTreeSet::new();
        each_line("places-be-ch-lu.tsv", FOREIGN, foreign, |columns| {
            let [name, code, admin, lat, lon, population] = columns;
            let country = match code {
                "BE" => Country::Belgium,
                "CH" => Country::Switzerland,
                "LU" => Country::Luxembourg,
                other => return Err(bad("country", other)),
            };
            let area =
                *areas.entry((code.to_owned(), filled("area", admin)?)).or_insert_with(|| {
                    self.areas.push(Area::abroad(country, admin));
                    self.areas.len() - 1
                });
            let stem = fold::anchor(&format!("{code} {admin} {name}"));
            let numbered = (2..).map(|number| format!("{stem}-{number}"));
            let key = std::iter::once(stem.clone()).chain(numbered).find(|it| !keys.contains(it));
            let key = key.unwrap_or_default();
            keys.insert(key.clone());
            let place = Place {
                key,
                name: filled("name", name)?,
                postcodes: Vec::new(),
                area: admin.to_owned(),
                country,
                lat: degrees("latitude", lat, 90.0)?,
                lon: degrees("longitude", lon, 180.0)?,
                population: population.parse().map_err(|_| bad("population", population))?,
                precision: Precision::Town,
            };
            self.places.push((place, area_number(area)));
            Ok(())
        })
    }
}

/// Calls `read` with the columns of every line but the first, which must be `titles`.
fn each_line<const N: usize>(
    file: &'static str,
    titles: &'static str,
    text: &str,
    mut read: impl FnMut([&str; N]) -> Result<(), Problem>,
) -> Result<(), ParseError> {
    let mut lines = text.lines().zip(1..);
    if lines.next().is_none_or(|(line, _)| line != titles) {
        return Err(ParseError { file, line: 1, problem: Problem::Titles { expected: titles } });
    }
    for (text, line) in lines {
        let columns: Vec<&str> = text.split('\t').collect();
        let columns = <[&str; N]>::try_from(columns)
            .map_err(|it| Problem::Columns { expected: N, found: it.len() });
        columns.and_then(&mut read).map_err(|problem| ParseError { file, line, problem })?;
    }
    Ok(())
}

fn bad(column: &'static str, value: &str) -> Problem {
    Problem::Value { column, value: value.to_owned() }
}

fn filled(column: &'static str, value: &str) -> Result<String, Problem> {
    // A name without a letter could never be found.
    if fold::words(value).is_empty() { Err(bad(column, value)) } else { Ok(value.to_owned()) }
}

fn degrees(column: &'static str, value: &str, most: f64) -> Result<f64, Problem> {
    let number = value.parse().ok().filter(|it: &f64| it.abs() <= most);
    number.ok_or_else(|| bad(column, value))
}

fn postcodes(list: &str) -> Result<Vec<String>, Problem> {
    let is_code = |it: &str| it.len() == 5 && it.bytes().all(|it| it.is_ascii_digit());
    let read = |it: &str| is_code(it).then(|| it.to_owned()).ok_or_else(|| bad("postal code", it));
    list.split(',').filter(|_| !list.is_empty()).map(read).collect()
}

/// There are some 150 areas.
fn area_number(area: usize) -> u16 {
    u16::try_from(area).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;

    const AIN: &str = "01\tAin\t84\tAuvergne-Rhône-Alpes\t4.7\t45.6\t6.1\t46.5\t46.2\t5.2\t01053";
    const BOURG: &str = "01053\tBourg-en-Bresse\t01000\t01\t84\t46.2057\t5.2258\t41681\ttown";
    const NAMUR: &str = "Namur\tBE\tNamur\t50.4669\t4.8675\t106284";

    fn parse(communes: &str, departements: &str, foreign: &str) -> Result<Gazetteer, String> {
        let table = |titles: &str, lines: &str| format!("{titles}\n{lines}\n");
        let (communes, foreign) = (table(COMMUNES, communes), table(FOREIGN, foreign));
        Gazetteer::parse(&communes, &table(DEPARTEMENTS, departements), &foreign)
            .map_err(|it| it.to_string())
    }

    #[track_caller]
    fn check_commune(line: &str, expected: &str) {
        let found = parse(&format!("{BOURG}\n{line}"), AIN, NAMUR).unwrap_err();
        assert_eq!(found, format!("communes.tsv, line 3: {expected}"));
    }

    #[test]
    fn a_line_becomes_a_place() {
        let gazetteer = parse(BOURG, AIN, NAMUR).unwrap();
        let bourg = Place {
            key: "01053".into(),
            name: "Bourg-en-Bresse".into(),
            postcodes: vec!["01000".into()],
            area: "Ain (01)".into(),
            country: Country::France,
            lat: 46.2057,
            lon: 5.2258,
            population: 41681,
            precision: Precision::Town,
        };
        assert_eq!(gazetteer.by_key("01053"), Some(&bourg));
        let namur = gazetteer.by_key("be-namur-namur").unwrap();
        assert_eq!((namur.area.as_str(), namur.country), ("Namur", Country::Belgium));
    }

    #[test]
    fn places_of_one_name_have_keys_of_their_own() {
        let gazetteer = parse(BOURG, AIN, &format!("{NAMUR}\n{NAMUR}\n{NAMUR}")).unwrap();
        let keys: Vec<&str> = gazetteer.places().iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["be-namur-namur", "be-namur-namur-2", "be-namur-namur-3", "01053"]);
    }

    #[test]
    fn a_bad_line_is_named_with_what_is_wrong() {
        check_commune(BOURG, "`01053` stands on an earlier line");
        check_commune("01004\tAmbérieu", "2 columns in place of 9");
        let other = BOURG.replacen("01053", "01004", 1);
        check_commune(&other.replace("\t01\t", "\t99\t"), "`99` is no département");
        check_commune(&other.replace("46.2057", "nord"), "`nord` is no latitude");
        check_commune(&other.replace("46.2057", "NaN"), "`NaN` is no latitude");
        check_commune(&other.replace("5.2258", "180.1"), "`180.1` is no longitude");
        check_commune(&other.replace("41681", "-1"), "`-1` is no population");
        check_commune(&other.replace("01000", "1000"), "`1000` is no postal code");
        check_commune(&other.replace("town", "exact"), "`exact` is no precision");
        check_commune(&other.replace("Bourg-en-Bresse", "-"), "`-` is no name");
        check_commune("", "1 columns in place of 9");
    }

    #[test]
    fn each_file_is_named() {
        let found = parse(BOURG, "01\tAin", NAMUR).unwrap_err();
        assert_eq!(found, "departements.tsv, line 2: 2 columns in place of 11");
        let found = parse(BOURG, &format!("{AIN}\n{AIN}"), NAMUR).unwrap_err();
        assert_eq!(found, "departements.tsv, line 3: `01` stands on an earlier line");
        let found = parse(BOURG, AIN, &NAMUR.replace("BE", "DE")).unwrap_err();
        assert_eq!(found, "places-be-ch-lu.tsv, line 2: `DE` is no country");
        let found = Gazetteer::parse("", "", "").unwrap_err();
        assert_eq!((found.file, found.line), ("departements.tsv", 1));
        assert!(found.to_string().contains("the columns are not `code name region"), "{found}");
    }
}
