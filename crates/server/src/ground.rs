//! France in pictures that the server draws: its outline, and where a place lies on it.

use std::fmt::Write as _;

use contract::map::positions;

/// Lines around France, as `data/map.py` writes them.
const FRANCE: &str = include_str!("../../../data/france.json");

/// From the upper left corner of a world that is `wide` pixels wide (Web Mercator), in pixels. Degrees
/// east and north.
pub fn pixel(wide: f64, lon: f64, lat: f64) -> [f64; 2] {
    let y = lat.to_radians().tan().asinh() / std::f64::consts::TAU;
    [(lon / 360.0 + 0.5) * wide, (0.5 - y) * wide]
}

/// The rings as one path of SVG. `place` says where degrees east and north lie.
pub fn outline(place: impl Fn(f64, f64) -> [f64; 2]) -> String {
    let lines: Vec<String> = serde_json::from_str(FRANCE).unwrap_or_default();
    let mut path = String::new();
    for line in &lines {
        for (at, [lon, lat]) in positions(line).into_iter().enumerate() {
            let [x, y] = place(lon, lat);
            path.push(if at == 0 { 'M' } else { 'L' });
            // A text takes whatever is written to it.
            let _ = write!(path, "{} {}", tenths(x), tenths(y));
        }
        path.push('Z');
    }
    path
}

/// One digit after the point, none where it would be 0.
pub fn tenths(it: f64) -> String {
    let text = format!("{it:.1}");
    let text = text.strip_suffix(".0").map_or(text.clone(), str::to_owned);
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_closed_and_where_france_is() {
        let path = outline(|lon, lat| {
            assert!((-5.5..10.0).contains(&lon) && (41.0..51.5).contains(&lat), "{lon} {lat}");
            pixel(8192.0, lon, lat)
        });
        assert!(path.starts_with('M') && path.ends_with('Z'));
        assert_eq!(path.matches('M').count(), path.matches('Z').count());
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.04, -0.04, 2.25, -7.0].map(tenths), ["1", "0", "2.2", "-7"]);
    }
}
