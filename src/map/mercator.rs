//! Web Mercator (EPSG:3857) as maps on screens use it: the world is a square of 256 pixels at zoom 0,
//! and twice as wide at each further zoom.

use std::f64::consts::{FRAC_PI_2, PI};

// The browser's own: those of the standard library would weigh kilobytes.
#[cfg(target_arch = "wasm32")]
use js_sys::Math as functions;

/// Pixels of the world's side at zoom 0.
const WORLD: f64 = 256.0;

#[cfg(not(target_arch = "wasm32"))]
mod functions {
    pub fn sin(it: f64) -> f64 {
        it.sin()
    }

    pub fn log(it: f64) -> f64 {
        it.ln()
    }

    pub fn exp(it: f64) -> f64 {
        it.exp()
    }

    pub fn atan(it: f64) -> f64 {
        it.atan()
    }
}

/// Pixels from the world's left and upper edge at zoom 0. Degrees; latitudes within ±85.
pub fn project(lat: f64, lon: f64) -> (f64, f64) {
    let sine = functions::sin(lat.to_radians());
    let north = functions::log((1.0 + sine) / (1.0 - sine)) / (4.0 * PI);
    ((lon / 360.0 + 0.5) * WORLD, (0.5 - north) * WORLD)
}

/// Latitude and longitude, in degrees, of what [`project`] makes these pixels of.
pub fn unproject(x: f64, y: f64) -> (f64, f64) {
    let north = (0.5 - y / WORLD) * 2.0 * PI;
    let lat = 2.0 * functions::atan(functions::exp(north)) - FRAC_PI_2;
    (lat.to_degrees(), (x / WORLD - 0.5) * 360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: (f64, f64), expected: (f64, f64)) {
        let far = (found.0 - expected.0).abs().max((found.1 - expected.1).abs());
        assert!(far < 1e-6, "{found:?}, not {expected:?}");
    }

    #[test]
    fn places_are_where_every_web_map_has_them() {
        near(project(0.0, 0.0), (128.0, 128.0));
        near(project(85.051_128_779_806_6, -180.0), (0.0, 0.0));
        near(project(-85.051_128_779_806_6, 180.0), (256.0, 256.0));
        // Leaflet 1.9: L.CRS.EPSG3857.latLngToPoint(L.latLng(48.8566, 2.3522), 0)
        near(project(48.8566, 2.3522), (129.672_675_555_555_56, 88.071_271_185_300_02));
    }

    #[test]
    fn there_and_back() {
        for (lat, lon) in [(48.8566, 2.3522), (-20.88, 55.45), (0.0, -180.0), (84.9, 179.9)] {
            let (x, y) = project(lat, lon);
            near(unproject(x, y), (lat, lon));
        }
    }
}
