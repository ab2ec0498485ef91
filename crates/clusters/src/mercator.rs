//! Places in fixed point, as maps on the web draw them.
//!
//! Web Mercator is EPSG:3857 (<https://epsg.io/3857>): the world is a square, `x` grows to the east
//! from 180° W and `y` to the south from 85.05° N. The side of the square is 2³² units here, so a unit
//! is 9.3 mm at the equator, and 32-bit arithmetic that wraps is right across the antimeridian.

use std::f64::consts::TAU;

/// Degrees north and south where the square ends, cut to what [`lat_to_fixed`] can hold.
pub const LAT_LIMIT: f64 = 85.051_128_7;

/// Units on the side of the world.
pub const WORLD: i64 = 1 << 32;

const WORLD_F64: f64 = 4_294_967_296.0;

/// Fixed-point latitudes in a degree: 1.1 cm each.
const LAT_STEPS: f64 = 1e7;

/// Degrees, any number. Beyond ±180 it goes round the world; what is not finite is taken for 0.
pub fn x(lon: f64) -> u32 {
    let turns = if lon.is_finite() { (lon / 360.0 + 0.5).rem_euclid(1.0) } else { 0.5 };
    // The last half unit is the first of the next turn: the cast to 32 bits takes it there.
    (turns * WORLD_F64).round() as u64 as u32
}

/// Degrees, any number: see [`lat`].
pub fn y(degrees: f64) -> u32 {
    let sine_h = lat(degrees).to_radians().tan();
    ((0.5 - sine_h.asinh() / TAU) * WORLD_F64).round() as u32
}

/// Degrees, any number: at most [`LAT_LIMIT`] from the equator, 0 for NaN.
pub fn lat(degrees: f64) -> f64 {
    if degrees.is_nan() { 0.0 } else { degrees.clamp(-LAT_LIMIT, LAT_LIMIT) }
}

pub fn lat_to_fixed(degrees: f64) -> i32 {
    (lat(degrees) * LAT_STEPS).round() as i32
}

/// Degrees of the mean of `count` fixed-point latitudes.
pub fn lat_from_fixed(sum: i64, count: u32) -> f64 {
    sum as f64 / f64::from(count) / LAT_STEPS
}

/// Degrees, -180 and more but less than 180, of the mean of `count` positions; it may lie up to a
/// turn beyond the world.
pub fn lon_from_x(sum: i64, count: u32) -> f64 {
    let lon = sum as f64 / f64::from(count) * (360.0 / WORLD_F64) - 180.0;
    match lon {
        ..-180.0 => lon + 360.0,
        180.0.. => lon - 360.0,
        _ => lon,
    }
}

/// Place on a curve through all squares of a quadtree: the bits of `y` and `x` by turns (Morton, "A
/// computer oriented geodetic data base", IBM 1966). What lies in one square is neighbours on it.
pub fn morton(x: u32, y: u32) -> u64 {
    spread(y) << 1 | spread(x)
}

/// The bits of `it` with a zero before each.
fn spread(it: u32) -> u64 {
    let mut it = u64::from(it);
    it = (it | it << 16) & 0x0000_ffff_0000_ffff;
    it = (it | it << 8) & 0x00ff_00ff_00ff_00ff;
    it = (it | it << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    it = (it | it << 2) & 0x3333_3333_3333_3333;
    (it | it << 1) & 0x5555_5555_5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_places_are_where_the_tiles_show_them() {
        // Paris, Hôtel de Ville: tile 12/2074/1409 of every map in EPSG:3857.
        assert_eq!((x(2.3522) >> 20, y(48.8566) >> 20), (2074, 1409));
        // Saint-Denis of Réunion, south of the equator.
        assert_eq!((x(55.4504) >> 20, y(-20.8789) >> 20), (2678, 2290));
        assert_eq!((x(0.0), y(0.0)), (1 << 31, 1 << 31));
    }

    #[test]
    fn the_edges_of_the_world_stay_in_it() {
        assert_eq!((x(-180.0), x(180.0), x(540.0), x(-540.0)), (0, 0, 0, 0));
        assert_eq!(x(179.999_999_999), 0);
        assert_eq!(x(190.0), x(-170.0));
        for (north, south) in [(85.0511, -85.0511), (90.0, -90.0), (f64::INFINITY, -1e300)] {
            assert!(y(north) < 4000, "{north}: {}", y(north));
            assert!(u32::MAX - 4000 < y(south), "{south}: {}", y(south));
            assert!(lat_from_fixed(lat_to_fixed(north).into(), 1) <= LAT_LIMIT);
        }
        for it in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(x(it), x(0.0));
        }
        assert_eq!((y(f64::NAN), lat_to_fixed(f64::NAN)), (y(0.0), 0));
    }

    #[test]
    fn degrees_come_back_to_a_centimetre() {
        for it in [-179.9, -61.5, 0.0, 2.352_219_9, 166.4, 179.999_99] {
            assert!((lon_from_x(x(it).into(), 1) - it).abs() < 5e-8, "{it}");
        }
        for it in [-85.0, -20.8789, 0.0, 48.856_614_1, 85.0] {
            assert!((lat_from_fixed(lat_to_fixed(it).into(), 1) - it).abs() <= 5e-8, "{it}");
        }
        assert_eq!(lon_from_x(WORLD, 1), -180.0);
        assert_eq!(lon_from_x(-WORLD / 4, 1), 90.0);
    }

    #[test]
    fn neighbours_on_the_curve_share_their_square() {
        assert_eq!(morton(u32::MAX, 0), 0x5555_5555_5555_5555);
        assert_eq!(morton(0b11, 0b01), 0b0111);
        assert_eq!(morton(0b101, 0b010), 0b01_10_01);
        for (x, y) in [(12_345_678, 3_210_987_654), (4_000_000_000, 7)] {
            assert_eq!(morton(x, y) >> 24, morton(x >> 12, y >> 12));
        }
    }
}
