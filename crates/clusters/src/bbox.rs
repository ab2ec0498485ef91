//! A part of the world between two meridians and two parallels.

use crate::mercator;

/// Degrees WGS 84, its edges included. `west` beyond `east` goes across the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bbox {
    pub const WORLD: Bbox = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// The same part of the world in numbers that mean it: longitudes within ±180°, latitudes within
    /// the projection's and in order.
    ///
    /// Maps that repeat the world ask beyond ±180°, and for all of it with 360° or more. A number
    /// that is none bounds nothing.
    pub fn normalised(self) -> Bbox {
        let Bbox { west, south, east, north } = self;
        let whole = !(west.is_finite() && east.is_finite()) || 360.0 <= east - west;
        let (west, east) = if whole { (-180.0, 180.0) } else { (turned(west), turned(east)) };
        let south = mercator::lat(if south.is_nan() { -90.0 } else { south });
        let north = mercator::lat(if north.is_nan() { 90.0 } else { north });
        Bbox { west, south: south.min(north), east, north: south.max(north) }
    }

    /// Whether a place lies in it; `self` and `lon` as [`Bbox::normalised`] has them.
    pub(crate) fn contains(&self, lat: f64, lon: f64) -> bool {
        let between = |lon: f64| {
            if self.west <= self.east {
                self.west <= lon && lon <= self.east
            } else {
                self.west <= lon || lon <= self.east
            }
        };
        let in_rows = self.south <= lat && lat <= self.north;
        // 180° E is 180° W.
        in_rows && (between(lon) || lon == -180.0 && between(180.0))
    }
}

fn turned(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: [f64; 4], expected: [f64; 4]) {
        let [west, south, east, north] = given;
        let it = Bbox { west, south, east, north }.normalised();
        assert_eq!([it.west, it.south, it.east, it.north], expected);
        assert_eq!(it.normalised(), it);
    }

    #[test]
    fn any_numbers_mean_a_part_of_the_world() {
        const NORTH: f64 = mercator::LAT_LIMIT;
        check([2.0, 48.0, 3.0, 49.0], [2.0, 48.0, 3.0, 49.0]);
        check([170.0, -20.0, 190.0, -10.0], [170.0, -20.0, -170.0, -10.0]);
        check([-200.0, 0.0, -190.0, 1.0], [160.0, 0.0, 170.0, 1.0]);
        check([-500.0, -90.0, 500.0, 90.0], [-180.0, -NORTH, 180.0, NORTH]);
        check([2.0, 49.0, 3.0, 48.0], [2.0, 48.0, 3.0, 49.0]);
        check([f64::NAN, f64::NAN, 3.0, f64::NAN], [-180.0, -NORTH, 180.0, NORTH]);
        check([f64::INFINITY, 1.0, 5.0, 1e300], [-180.0, 1.0, 180.0, NORTH]);
        check([0.0, 86.0, 1.0, 90.0], [0.0, NORTH, 1.0, NORTH]);
    }

    #[test]
    fn the_antimeridian_has_one_place_and_two_names() {
        let contains =
            |west, east, lon| Bbox { west, south: 0.0, east, north: 1.0 }.contains(0.5, lon);
        assert!(contains(170.0, 180.0, -180.0) && contains(180.0, -170.0, -180.0));
        assert!(contains(170.0, -170.0, 175.0) && contains(170.0, -170.0, -175.0));
        assert!(!contains(170.0, -170.0, 0.0) && !contains(-170.0, 170.0, -180.0));
    }
}
