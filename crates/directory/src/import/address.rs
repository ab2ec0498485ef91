//! Where a practice is: by its town, or by its own position.

use contract::{
    geo::LatLon,
    practitioner::{Address, Position, Precision},
};
use gazetteer::{Country, Place};

use super::{columns::Column, entry::Reading, problem::What, values};

/// Farther than this from its town, a position is somebody's mistake: 99 % of a postal code's towns
/// lie within 16 km of their middle.
const FAR_M: f64 = 30_000.0;
/// Where only the part of a département is known: overseas 100 km off and more.
const FAR_FROM_AREA_M: f64 = 300_000.0;

impl Reading<'_> {
    /// None where the address is unknown; the reason is then among the problems.
    pub(super) fn address(&mut self) -> Option<(Country, Address, Position)> {
        let named = self.value(Column::Country);
        let named = match values::country(named) {
            None if !named.is_empty() => {
                self.problem(Column::Country, What::UnknownCountry);
                return None;
            }
            it => it,
        };
        let (postcode, town) = (self.required(Column::Postcode), self.required(Column::Town));
        let (postcode, town) = (postcode?, town?);
        let given = self.position();
        let place = self.context.gazetteer.locate(&with_country(postcode, named), town);
        let located = place.and_then(|it| {
            Some(Position { at: LatLon::new(it.lat, it.lon).ok()?, precision: precision(it) })
        });
        let position = match (given, located) {
            (None, None) => {
                self.problem(Column::Town, What::UnknownTown);
                return None;
            }
            (None, Some(town)) => town,
            (Some(given), None) => {
                self.problem(Column::Town, What::TownNotFound);
                given
            }
            (Some(given), Some(town)) => self.nearer(given, town),
        };
        let country = named.or(place.map(|it| it.country)).unwrap_or(Country::France);
        let address = Address {
            street: self.value(Column::Street).to_owned(),
            postcode: plain(postcode, country),
            town: town.to_owned(),
            country: code(country).to_owned(),
        };
        Some((country, address, position))
    }

    /// What the row itself says.
    fn position(&mut self) -> Option<Position> {
        let (lat, lon) = (self.value(Column::Lat), self.value(Column::Lon));
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        let Some(at) = values::position(lat, lon) else {
            self.doubt(Column::Lat, &format!("{lat} {lon}"), What::NotAPosition);
            return None;
        };
        let precision = match self.value(Column::Precision) {
            "" => Precision::Exact,
            it => Precision::from_name(it).unwrap_or_else(|| {
                self.problem(Column::Precision, What::Precision);
                Precision::Town
            }),
        };
        Some(Position { at, precision })
    }

    /// The position given, unless it contradicts the town: a reader sent to the right town can still
    /// ask for the street, one sent to another cannot.
    fn nearer(&mut self, given: Position, town: Position) -> Position {
        let far = if town.precision == Precision::Area { FAR_FROM_AREA_M } else { FAR_M };
        let distance = given.at.distance_m(town.at);
        if distance <= far {
            return given;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a distance on the globe is 0 to 20,040 km"
        )]
        let kilometres = (distance / 1_000.0).round() as u32;
        self.doubt(Column::Lat, &given.at.to_string(), What::FarAway { kilometres });
        town
    }
}

/// ISO 3166-1.
pub(super) fn code(it: Country) -> &'static str {
    match it {
        Country::France => "FR",
        Country::Belgium => "BE",
        Country::Switzerland => "CH",
        Country::Luxembourg => "LU",
    }
}

fn precision(it: &Place) -> Precision {
    match it.precision {
        gazetteer::Precision::Town => Precision::Town,
        gazetteer::Precision::Postcode => Precision::Postcode,
        gazetteer::Precision::Area => Precision::Area,
    }
}

/// As [`gazetteer::Gazetteer::locate`] reads it: a country that is named decides between towns.
fn with_country(postcode: &str, country: Option<Country>) -> String {
    match country {
        Some(it) if postcode.starts_with(|it: char| it.is_ascii_digit()) => {
            format!("{}-{postcode}", code(it))
        }
        _ => postcode.to_owned(),
    }
}

/// Digits alone, with the zero that spreadsheets take from French ones. Others as they stand.
fn plain(postcode: &str, country: Country) -> String {
    let prefix = |it: char| it.is_ascii_alphabetic() || it == '-' || it.is_whitespace();
    let digits: String =
        postcode.trim_start_matches(prefix).chars().filter(|it| !it.is_whitespace()).collect();
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return postcode.to_owned();
    }
    let zero = if country == Country::France && digits.len() == 4 { "0" } else { "" };
    format!("{zero}{digits}")
}
