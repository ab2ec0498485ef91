//! People at one address, drawn apart. Pure.

/// Pixels between two neighbours: a finger's width.
const APART: f64 = 48.0;
/// As many stand on one circle; more on a spiral.
const ON_A_CIRCLE: usize = 9;
/// More would cover the map; the list holds them all.
pub const MOST: usize = 50;

/// Where the first `count` of them stand: pixels to the right of and below their address, in the
/// order of the hands of a clock. At most [`MOST`].
pub fn places(count: usize) -> Vec<(f64, f64)> {
    let count = count.min(MOST);
    if count <= ON_A_CIRCLE { circle(count) } else { spiral(count) }
}

fn circle(count: usize) -> Vec<(f64, f64)> {
    let parts = f64::from(u32::try_from(count).unwrap_or(1).max(1));
    let radius = (APART * parts / std::f64::consts::TAU).max(1.3 * APART);
    // The first stands above: nobody starts to read at the right.
    let angle = |at: f64| at / parts * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
    (0..count)
        .map(|at| {
            let angle = angle(f64::from(u32::try_from(at).unwrap_or(0)));
            (radius * angle.cos(), radius * angle.sin())
        })
        .collect()
}

fn spiral(count: usize) -> Vec<(f64, f64)> {
    let (mut angle, mut radius) = (-std::f64::consts::FRAC_PI_2, 1.4 * APART);
    (0..count)
        .map(|_| {
            let place = (radius * angle.cos(), radius * angle.sin());
            let step = APART / radius;
            angle += step;
            // One turn takes the next one a finger's width farther out.
            radius += APART * step / std::f64::consts::TAU * 1.1;
            place
        })
        .collect()
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
