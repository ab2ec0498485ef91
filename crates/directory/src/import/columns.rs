//! The columns of a file, known by the names of its header line in any order.

use std::{collections::HashMap, sync::LazyLock};

use search::fold::fold;

use super::{
    Fault,
    rows::{Fields, Row, Rows},
};

/// Unknown columns that are reported; more than that is no directory.
const MAX_UNKNOWN: usize = 50;
/// Characters of an unknown column's name that are reported.
const MAX_NAME: usize = 60;

macro_rules! columns {
    ($($(#[$doc:meta])* $column:ident = $name:literal $(| $other:literal)*,)+) => {
        /// A column that is understood.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[$doc])* $column,)+ }

        impl Column {
            /// In the order of an export.
            pub const ALL: &[Column] = &[$(Column::$column,)+];

            /// As an export writes it.
            pub fn name(self) -> &'static str {
                match self { $(Column::$column => $name,)+ }
            }
        }

        /// Each column's names without case, accents and signs.
        static NAMES: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            [$(($name, Column::$column), $(($other, Column::$column),)*)+]
                .into_iter()
                .map(|(name, column)| (plain(name), column))
                .collect()
        });
    };
}

columns! {
    /// The source's own name for the entry: by it the next import finds the entry again.
    ExternalId = "external_id" | "id" | "identifiant" | "rpps" | "n° rpps" | "numéro rpps",
    Name = "name" | "nom" | "cabinet",
    Profession = "profession" | "métier" | "spécialité",
    Street = "street" | "adresse" | "address" | "rue",
    Postcode = "postcode" | "code postal" | "cp" | "postal code",
    Town = "town" | "ville" | "commune" | "city",
    /// `FR`, `BE`, `CH`, `LU`, or in French; where it is empty, that of the town, else `FR`.
    Country = "country" | "pays",
    /// Degrees north.
    Lat = "lat" | "latitude",
    /// Degrees east.
    Lon = "lon" | "longitude" | "lng",
    /// How far `lat` and `lon` can be trusted; `exact` where it is empty.
    Precision = "precision",
    Phone = "phone" | "téléphone" | "tel",
    Email = "email" | "courriel" | "mail",
    Web = "web" | "site" | "site web" | "website",
    Languages = "languages" | "langues" | "langues parlées",
    Fees = "fees" | "secteur" | "honoraires",
    Remote = "remote" | "téléconsultation",
    Accessible = "accessible" | "accès fauteuil" | "fauteuil",
    NewPatients = "new_patients" | "nouveaux patients",
    Opening = "opening" | "horaires" | "opening hours",
    VerifiedOn = "verified_on" | "vérifié le",
    Source = "source",
    /// Made up for demonstration.
    Sample = "fictif" | "sample",
}

/// Without them there is no entry.
const REQUIRED: [Column; 5] =
    [Column::ExternalId, Column::Name, Column::Profession, Column::Postcode, Column::Town];

fn plain(name: &str) -> String {
    fold(name).chars().filter(|it| it.is_alphanumeric()).collect()
}

/// What the first line says of the others.
#[derive(Debug)]
pub(super) struct Header {
    /// Where each known column stands, in the order of [`Column::ALL`].
    at: [Option<usize>; Column::ALL.len()],
    /// Fields of every line.
    pub(super) width: usize,
    pub(super) separator: u8,
    pub(super) unknown: Vec<String>,
    /// The identifiers are said to be RPPS numbers.
    pub(super) rpps: bool,
}

impl Header {
    /// The header of `text`: its first line that is not empty, with the separator that makes the
    /// most known columns of it.
    pub(super) fn read(text: &str) -> Result<Header, Fault> {
        let mut best: Option<(usize, u8)> = None;
        for separator in [b';', b',', b'\t', b'|'] {
            let mut rows = Rows::new(text, separator);
            let Some(Row { fields, .. }) = rows.next() else { return Err(Fault::Empty) };
            let known = fields
                .map_or(0, |it| it.iter().filter(|name| NAMES.contains_key(&plain(name))).count());
            if best.is_none_or(|(most, _)| most < known) {
                best = Some((known, separator));
            }
        }
        let separator = best.map_or(b',', |it| it.1);
        match Rows::new(text, separator).next() {
            Some(Row { fields: Some(fields), .. }) => Header::of(fields, separator),
            _ => Err(Fault::Header),
        }
    }

    fn of(fields: Fields<'_>, separator: u8) -> Result<Header, Fault> {
        let mut at = [None; Column::ALL.len()];
        let (mut unknown, mut rpps) = (Vec::new(), false);
        let named: Vec<&str> = fields.iter().map(str::trim).collect();
        for (name, position) in named.iter().zip(0..) {
            let plain = plain(name);
            let Some(column) = NAMES.get(&plain) else {
                if !name.is_empty() && unknown.len() < MAX_UNKNOWN {
                    unknown.push(name.chars().take(MAX_NAME).collect());
                }
                continue;
            };
            let before = at.get_mut(*column as usize).and_then(|it| it.replace(position));
            if let Some(first) = before {
                let first = named.get(first).copied().unwrap_or_default().to_owned();
                let second = (*name).to_owned();
                return Err(Fault::Twice { column: column.name(), first, second });
            }
            rpps |= plain.contains("rpps");
        }
        let missing: Vec<&str> = REQUIRED
            .iter()
            .filter(|it| at.get(**it as usize).is_none_or(Option::is_none))
            .map(|it| it.name())
            .collect();
        if !missing.is_empty() {
            return Err(Fault::Missing { columns: missing.join(", ") });
        }
        Ok(Header { at, width: named.len(), separator, unknown, rpps })
    }

    /// That of an export: every column, in its order.
    pub(super) fn of_export() -> Header {
        let mut at = [None; Column::ALL.len()];
        for (place, position) in at.iter_mut().zip(0..) {
            *place = Some(position);
        }
        let width = at.len();
        Header { at, width, separator: b',', unknown: Vec::new(), rpps: false }
    }

    /// The field of `column` as it stands; empty where the file has no such column.
    pub(super) fn field<'a>(&self, fields: Fields<'a>, column: Column) -> &'a str {
        self.at.get(column as usize).copied().flatten().map_or("", |it| fields.get(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "external_id,name,profession,postcode,town";

    #[test]
    fn names_are_french_or_english_in_any_order_and_any_case() {
        let header =
            Header::read("VILLE;Code Postal;spécialité;Cabinet;n° RPPS;Accès-Fauteuil\n").unwrap();
        assert_eq!((header.separator, header.width, header.rpps), (b';', 6, true));
        let header = Header::read(&LEAST.replace(',', "|")).unwrap();
        assert_eq!((header.separator, header.rpps), (b'|', false));
        let header = Header::read(&LEAST.replace(',', "\t")).unwrap();
        assert_eq!(header.separator, b'\t');
        let quoted = "\"id\",\"nom\",\"métier\",\"cp\",\"ville\",\"tel; fax\"";
        let header = Header::read(quoted).unwrap();
        assert_eq!((header.separator, header.unknown), (b',', vec!["tel; fax".to_owned()]));
    }

    #[test]
    fn every_name_of_an_export_is_understood() {
        for column in Column::ALL {
            assert_eq!(NAMES.get(&plain(column.name())), Some(column));
        }
    }

    #[test]
    fn what_is_missing_or_said_twice_stops_everything() {
        let missing = Fault::Missing { columns: "profession, postcode, town".into() };
        assert_eq!(Header::read("id,nom,x").unwrap_err(), missing);
        let twice = Fault::Twice {
            column: "external_id",
            first: "external_id".into(),
            second: "ID".into(),
        };
        assert_eq!(Header::read(&format!("{LEAST},ID")).unwrap_err(), twice);
        assert_eq!(Header::read("").unwrap_err(), Fault::Empty);
        assert_eq!(Header::read("\n\r\n").unwrap_err(), Fault::Empty);
        assert_eq!(Header::read(&",".repeat(5_000_000)).unwrap_err(), Fault::Header);
    }
}
