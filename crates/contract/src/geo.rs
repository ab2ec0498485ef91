//! Places on the globe (WGS 84), exact enough for a door and still comparable.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Hundred-thousandths in a degree: about 1.1 m on the ground.
const PARTS: f64 = 100_000.0;

/// A position in degrees, WGS 84. Kept in hundred-thousandths, so that two can be equal.
///
/// Invariant: latitude within ±90, longitude within ±180.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct LatLon {
    lat: i32,
    lon: i32,
}

/// How a [`LatLon`] travels.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = LatLon))]
pub struct Degrees {
    /// -90 to 90.
    lat: f64,
    /// -180 to 180.
    lon: f64,
}

/// Not a position, or not a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("positions are latitude,longitude in degrees; rectangles west,south,east,north")]
pub struct GeoError;

impl LatLon {
    /// # Errors
    ///
    /// Beyond ±90 or ±180 degrees, or not a number.
    pub fn new(lat: f64, lon: f64) -> Result<LatLon, GeoError> {
        Ok(LatLon { lat: parts(lat, 90.0)?, lon: parts(lon, 180.0)? })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        f64::from(self.lat) / PARTS
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        f64::from(self.lon) / PARTS
    }

    /// To about a kilometre: where somebody is, as far as a server needs to know.
    #[must_use]
    pub fn rounded(self) -> LatLon {
        let round = |it: i32| (it + 500 * it.signum()) / 1_000 * 1_000;
        LatLon { lat: round(self.lat), lon: round(self.lon) }
    }

    /// Great-circle distance in metres (haversine, mean earth radius 6,371,009 m, IUGG).
    pub fn distance_m(self, other: LatLon) -> f64 {
        let (lat1, lat2) = (self.lat().to_radians(), other.lat().to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.lon() - self.lon()).to_radians() / 2.0;
        let a = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
        2.0 * 6_371_009.0 * a.sqrt().min(1.0).asin()
    }
}

fn parts(degrees: f64, most: f64) -> Result<i32, GeoError> {
    if !degrees.is_finite() || most < degrees.abs() {
        return Err(GeoError);
    }
    // At most 18,000,000: fits.
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let parts = (degrees * PARTS).round() as i32;
    Ok(parts)
}

impl TryFrom<Degrees> for LatLon {
    type Error = GeoError;

    fn try_from(it: Degrees) -> Result<LatLon, GeoError> {
        LatLon::new(it.lat, it.lon)
    }
}

impl From<LatLon> for Degrees {
    fn from(it: LatLon) -> Degrees {
        Degrees { lat: it.lat(), lon: it.lon() }
    }
}

impl FromStr for LatLon {
    type Err = GeoError;

    /// `45.76,4.83`.
    fn from_str(text: &str) -> Result<LatLon, GeoError> {
        let (lat, lon) = text.split_once(',').ok_or(GeoError)?;
        LatLon::new(number(lat)?, number(lon)?)
    }
}

impl fmt::Display for LatLon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", Decimal(self.lat), Decimal(self.lon))
    }
}

/// Hundred-thousandths as a decimal number. The standard library's writer knows every float there
/// is, by tables too.
struct Decimal(i32);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let (whole, mut fraction, mut digits) = (size / 100_000, size % 100_000, 5);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if fraction == 0 {
            return write!(f, "{whole}");
        }
        while fraction % 10 == 0 {
            (fraction, digits) = (fraction / 10, digits - 1);
        }
        write!(f, "{whole}.{fraction:0digits$}")
    }
}

/// A plain decimal number. The standard library's reader knows every float there is by tables that
/// would weigh some ten kilobytes in the browser; degrees have two digits or three, and a fraction.
fn number(text: &str) -> Result<f64, GeoError> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    // What is finer than an atom says nothing of a place.
    let fraction = fraction.get(..12).unwrap_or(fraction);
    let plain = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || 3 < whole.len() || !plain(whole) || !plain(fraction) {
        return Err(GeoError);
    }
    let (mut value, mut unit) = (0_u64, 1_u64);
    for it in whole.bytes() {
        value = value * 10 + u64::from(it - b'0');
    }
    for it in fraction.bytes() {
        value = value * 10 + u64::from(it - b'0');
        unit *= 10;
    }
    // Both are whole and below 2^53, so that the quotient is the nearest float.
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let value = value as f64 / unit as f64;
    Ok(if digits.len() < text.len() { -value } else { value })
}

/// A rectangle of the map. `west` may be greater than `east`: it then crosses the antimeridian
/// (RFC 7946, section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bbox {
    south_west: LatLon,
    north_east: LatLon,
}

impl Bbox {
    /// # Errors
    ///
    /// Not positions, or south is above north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Bbox, GeoError> {
        let (south_west, north_east) = (LatLon::new(south, west)?, LatLon::new(north, east)?);
        if north_east.lat < south_west.lat {
            return Err(GeoError);
        }
        Ok(Bbox { south_west, north_east })
    }

    pub fn west(self) -> f64 {
        self.south_west.lon()
    }

    pub fn south(self) -> f64 {
        self.south_west.lat()
    }

    pub fn east(self) -> f64 {
        self.north_east.lon()
    }

    pub fn north(self) -> f64 {
        self.north_east.lat()
    }

    /// Its edges are part of it.
    pub fn contains(self, it: LatLon) -> bool {
        let (west, east) = (self.south_west.lon, self.north_east.lon);
        let across = east < west;
        let lon =
            if across { west <= it.lon || it.lon <= east } else { (west..=east).contains(&it.lon) };
        lon && (self.south_west.lat..=self.north_east.lat).contains(&it.lat)
    }
}

impl FromStr for Bbox {
    type Err = GeoError;

    /// `west,south,east,north`, as in GeoJSON.
    fn from_str(text: &str) -> Result<Bbox, GeoError> {
        let numbers = text.split(',').map(number).collect::<Result<Vec<f64>, GeoError>>()?;
        match *numbers.as_slice() {
            [west, south, east, north] => Bbox::new(west, south, east, north),
            _ => Err(GeoError),
        }
    }
}

/// As GeoJSON writes it.
fn lon_lat(it: LatLon) -> String {
    format!("{},{}", Decimal(it.lon), Decimal(it.lat))
}

impl fmt::Display for Bbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", lon_lat(self.south_west), lon_lat(self.north_east))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_rectangles_read_back_as_they_were_written() {
        let it: LatLon = "45.75801,4.83512".parse().unwrap();
        assert_eq!(it.to_string(), "45.75801,4.83512");
        let it: Bbox = "-5.1,41,9.6,51.2".parse().unwrap();
        assert_eq!(it.to_string(), "-5.1,41,9.6,51.2");
        for text in ["-0.00001", "179.99999", "45.", "0", "45.123456789012", "007.50"] {
            assert_eq!(number(text).map_err(|_| text), text.parse().map_err(|_| text));
        }
        for parts in [0, 1, -1, 10, -500_000, 4_575_801, -17_999_999, 9_100_000, 12_340] {
            assert_eq!(Decimal(parts).to_string(), (f64::from(parts) / PARTS).to_string());
        }
        assert_eq!(number("45.123456789012345678"), number("45.123456789012"));
        for text in ["", "-", ".", "+1", "1e1", "--1", "1.-2", "1234", "1.2.3", "1,2"] {
            assert_eq!(number(text), Err(GeoError), "{text}");
        }
    }

    #[test]
    fn what_is_nowhere_is_refused() {
        for text in ["", "1", "91,0", "0,181", "NaN,0", "inf,0", "a,b", "1,2,3"] {
            assert_eq!(text.parse::<LatLon>(), Err(GeoError), "{text}");
        }
        for text in ["", "1,2,3", "0,2,1,1", "0,0,181,1", "0,0,1,1,1"] {
            assert_eq!(text.parse::<Bbox>(), Err(GeoError), "{text}");
        }
    }

    #[test]
    fn a_rectangle_may_cross_the_antimeridian() {
        let across = Bbox::new(170.0, -20.0, -170.0, -10.0).unwrap();
        let at = |lat, lon| LatLon::new(lat, lon).unwrap();
        assert!(across.contains(at(-15.0, 179.0)) && across.contains(at(-15.0, -179.0)));
        assert!(!across.contains(at(-15.0, 0.0)) && !across.contains(at(-25.0, 179.0)));
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let paris = LatLon::new(48.8566, 2.3522).unwrap();
        let lyon = LatLon::new(45.7640, 4.8357).unwrap();
        assert!((paris.distance_m(lyon) - 391_500.0).abs() < 1_000.0);
        assert_eq!(paris.distance_m(paris), 0.0);
    }

    #[test]
    fn a_rounded_position_tells_the_quarter_and_not_the_door() {
        let it = LatLon::new(45.757_81, -4.835_12).unwrap().rounded();
        assert_eq!(it.to_string(), "45.76,-4.84");
    }
}
