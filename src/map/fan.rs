//! People at one address, drawn apart. Pure.

/// Pixels between two neighbours: a finger's width.
const APART: f64 = 48.0;
/// As many stand on one circle; more on a spiral.
const ON_A_CIRCLE: usize = 9;
/// More would cover the map; the list holds them all.
pub const MOST: usize = 50;

/// Cosine and sine of one degree: turning by it needs no more of them, and those of any angle would
/// weigh kilobytes in the browser.
const DEGREE: (f64, f64) = (0.999_847_695_156_391_2, 0.017_452_406_437_283_51);
const DEGREE_RADIANS: f64 = std::f64::consts::PI / 180.0;

/// Where the first `count` of them stand: pixels to the right of and below their address, in the
/// order of the hands of a clock. At most [`MOST`].
pub fn places(count: usize) -> Vec<(f64, f64)> {
    let count = count.min(MOST);
    let parts = f64::from(u32::try_from(count).unwrap_or(1).max(1));
    // Few share one turn evenly; of many, each stands a finger's width after the last.
    let few = count <= ON_A_CIRCLE;
    let mut radius =
        if few { (APART * parts / std::f64::consts::TAU).max(1.3 * APART) } else { 1.4 * APART };
    // The first stands above: nobody starts to read at the right.
    let (mut right, mut down) = (0.0, -1.0);
    let (mut since, mut places) = (f64::INFINITY, Vec::with_capacity(count));
    while places.len() < count {
        let apart = if few { 360.0 / parts } else { APART / (radius * DEGREE_RADIANS) };
        if apart <= since + 0.5 {
            places.push((right * radius, down * radius));
            since = 0.0;
        }
        (right, down) = (right * DEGREE.0 - down * DEGREE.1, right * DEGREE.1 + down * DEGREE.0);
        since += 1.0;
        if !few {
            // One turn leads a finger's width farther out.
            radius += APART * 1.1 / 360.0;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_stands_on_another() {
        for count in [1, 2, 3, 8, 9, 10, 25, 50] {
            let places = places(count);
            assert_eq!(places.len(), count);
            for (at, one) in places.iter().enumerate() {
                assert!(APART < one.0.hypot(one.1), "{count}: too near to the middle");
                for other in &places[..at] {
                    let apart = (one.0 - other.0).hypot(one.1 - other.1);
                    assert!(0.85 * APART < apart, "{count}: {apart}");
                }
            }
        }
    }

    #[test]
    fn a_fan_stays_on_the_map() {
        assert_eq!(places(0), []);
        assert_eq!(places(1_000).len(), MOST);
        let far = places(MOST).iter().map(|it| it.0.hypot(it.1)).fold(0.0, f64::max);
        assert!(far < 250.0, "{far}");
    }
}
