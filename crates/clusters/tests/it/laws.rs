//! What holds for any points, filter and box.

use clusters::{Bbox, Cluster, Index, MAX_ZOOM, Point};
use proptest::prelude::*;

use crate::{homes, parts, plainly, point, world};

/// Points in a scene, at most.
const MOST: usize = 150;

/// Where clumps are: towns, both sides of the antimeridian, both edges of the map.
const CENTRES: [(f64, f64); 8] = [
    (48.8566, 2.3522),
    (48.9, 2.4),
    (-20.8789, 55.4504),
    (-17.7, 180.0),
    (-17.8, -179.95),
    (85.05, 10.0),
    (-85.05, -180.0),
    (0.0, 0.0),
];

/// Points, a zoom at which they are worth a look, and the middle and extent of them in degrees.
#[derive(Clone, Debug)]
struct Scene {
    points: Vec<Point>,
    zoom: u8,
    centre: (f64, f64),
    spread: f64,
}

impl Scene {
    /// Around part of the scene; `part` is from -1 to 1, the first two for the middle.
    fn bbox(&self, part: [f64; 4]) -> Bbox {
        let [north, east, height, width] = part.map(|it| it * self.spread);
        let (lat, lon) = (self.centre.0 + north * 0.7, self.centre.1 + east);
        let (height, width) = (height.abs() / 2.0, width.abs() / 2.0);
        Bbox { west: lon - width, south: lat - height, east: lon + width, north: lat + height }
    }
}

/// Clumps from a few metres to half of the world, and points where others are.
fn clumps() -> impl Strategy<Value = Scene> {
    let one = (0..CENTRES.len(), 0..8_i32, -1.0..1.0, -1.0..1.0, 0..10);
    let drawn = proptest::collection::vec(one, 0..MOST);
    (drawn, 0..=MAX_ZOOM, 0..CENTRES.len(), 0..8_i32).prop_map(|(drawn, zoom, middle, extent)| {
        let mut points: Vec<Point> = Vec::new();
        for (centre, scale, north, east, again) in drawn {
            let (lat, lon) = CENTRES[centre];
            let spread = 60.0 / 8_f64.powi(scale);
            points.push(match points.len() {
                it if 0 < it && again == 0 => points[it / 2],
                _ => point(lat + north * spread, lon + east * spread),
            });
        }
        Scene { points, zoom, centre: CENTRES[middle], spread: 60.0 / 8_f64.powi(extent) }
    })
}

/// About one point in each cell, so that cells have much to say in each other's groups.
fn field() -> impl Strategy<Value = Scene> {
    let one = (-1.0..1.0, -1.0..1.0, 0..6);
    let drawn = proptest::collection::vec(one, 60..MOST);
    (drawn, 3..=MAX_ZOOM, 0..CENTRES.len()).prop_map(|(drawn, zoom, centre)| {
        let centre = CENTRES[centre];
        let spread = 5.5 * 64.0 * 360.0 / 256.0 / f64::from(1_u32 << zoom);
        let mut points: Vec<Point> = Vec::new();
        for (north, east, again) in drawn {
            points.push(match points.last() {
                Some(last) if again == 0 => *last,
                _ => point(centre.0 + north * spread * 0.7, centre.1 + east * spread),
            });
        }
        Scene { points, zoom, centre, spread }
    })
}

fn scene() -> impl Strategy<Value = Scene> {
    prop_oneof![clumps(), field()]
}

fn filter() -> impl Strategy<Value = Vec<bool>> {
    (0_u32..4).prop_flat_map(|share| {
        proptest::collection::vec((0_u32..4).prop_map(move |it| share <= it), MOST)
    })
}

/// Degrees from one meridian to another, the shorter way.
fn apart(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

fn inside(bbox: Bbox, it: &Cluster) -> bool {
    let Bbox { west, south, east, north } = bbox.normalised();
    let lon = |lon: f64| {
        let (after, before) = (west <= lon, lon <= east);
        if west <= east { after && before } else { after || before }
    };
    south <= it.lat && it.lat <= north && (lon(it.lon) || it.lon == -180.0 && lon(180.0))
}

/// What a cluster says, but not who is in it.
fn face(it: &Cluster) -> String {
    format!("{:?}", Cluster { single: it.single.map(|_| 0), ..*it })
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_point_kept_is_in_exactly_one_cluster(
        scene in scene(), kept in filter(),
    ) {
        let Scene { points, zoom, .. } = scene;
        let index = Index::new(&points);
        prop_assert_eq!(index.len(), points.len());
        let keep = |it: u32| kept[it as usize];
        let mut seen = Vec::new();
        for it in world(&index, zoom, keep) {
            let members = index.members(it.id, keep);
            prop_assert_eq!(members.len(), it.count as usize);
            prop_assert_eq!(it.single, (it.count == 1).then(|| members[0]));
            let places: Vec<Cluster> = members
                .iter()
                .map(|it| Index::new(&[points[*it as usize]]).clusters(Bbox::WORLD, 0, |_| true)[0])
                .collect();
            prop_assert!(places.iter().all(|member| inside(it.bbox, member)), "{it:?}");
            let count = places.len() as f64;
            let north: f64 = places.iter().map(|member| member.lat - it.lat).sum();
            prop_assert!((north / count).abs() < 1e-6, "{it:?}");
            // Only at the first zoom are members so far away that this goes round the other side.
            let east: f64 = places.iter().map(|member| apart(it.lon, member.lon)).sum();
            prop_assert!((east / count).abs() < 1e-6 || zoom == 0, "{it:?}");
            prop_assert!((-180.0..180.0).contains(&it.lon) && inside(it.bbox, &it), "{it:?}");
            let same = |one: &Cluster| (one.lat, one.lon) == (places[0].lat, places[0].lon);
            prop_assert_eq!(it.one_place, places.iter().all(same));
            seen.extend(members);
        }
        seen.sort_unstable();
        let expected: Vec<u32> = (0..points.len() as u32).filter(|it| keep(*it)).collect();
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn clusters_are_those_of_the_plain_rule(
        scene in scene(), kept in filter(),
    ) {
        let Scene { points, zoom, .. } = scene;
        let keep = |it: u32| kept[it as usize];
        let found = parts(&Index::new(&points), zoom, keep);
        prop_assert_eq!(found, plainly::parts(&points, zoom, keep));
    }

    #[test]
    fn points_left_out_might_as_well_not_be_there(
        scene in scene(), kept in filter(),
    ) {
        let Scene { points, zoom, .. } = scene;
        let keep = |it: u32| kept[it as usize];
        let numbers: Vec<u32> = (0..points.len() as u32).filter(|it| keep(*it)).collect();
        let rest: Vec<Point> = numbers.iter().map(|it| points[*it as usize]).collect();
        let (whole, rest) = (Index::new(&points), Index::new(&rest));
        let filtered: Vec<String> = world(&whole, zoom, keep).iter().map(face).collect();
        let alone: Vec<String> = world(&rest, zoom, |_| true).iter().map(face).collect();
        prop_assert_eq!(filtered, alone);
        let mut renumbered = parts(&rest, zoom, |_| true);
        renumbered.iter_mut().flatten().for_each(|it| *it = numbers[*it as usize]);
        prop_assert_eq!(parts(&whole, zoom, keep), renumbered);
    }

    #[test]
    fn a_box_shows_what_the_world_shows_there(
        scene in scene(), kept in filter(), part in proptest::array::uniform4(-1.0..1.0),
    ) {
        let (index, zoom, bbox) = (Index::new(&scene.points), scene.zoom, scene.bbox(part));
        let keep = |it: u32| kept[it as usize];
        let mut expected = world(&index, zoom, keep);
        expected.retain(|it| inside(bbox, it));
        prop_assert_eq!(index.clusters(bbox, zoom, keep), expected);
    }

    #[test]
    fn the_order_of_points_does_not_matter(scene in scene()) {
        let Scene { points, zoom, .. } = scene;
        let mut turned = points.clone();
        turned.reverse();
        turned.rotate_left(points.len() / 3);
        let faces = |points: &[Point]| -> Vec<String> {
            world(&Index::new(points), zoom, |_| true).iter().map(face).collect()
        };
        prop_assert_eq!(faces(&points), faces(&turned));
    }

    #[test]
    fn zooming_to_where_a_cluster_parts_parts_it(
        scene in scene(), kept in filter(),
    ) {
        let Scene { points, zoom, .. } = scene;
        let index = Index::new(&points);
        let keep = |it: u32| kept[it as usize];
        let homes: Vec<_> = (0..=MAX_ZOOM).map(|it| homes(&parts(&index, it, keep))).collect();
        for it in world(&index, zoom, keep) {
            let members = index.members(it.id, keep);
            let parted = |zoom: &u8| {
                let home = |it: &u32| homes[usize::from(*zoom)][it];
                members.iter().any(|it| home(it) != home(&members[0]))
            };
            let expected = (zoom + 1..=MAX_ZOOM).find(parted);
            prop_assert_eq!(index.expansion_zoom(it.id, keep), expected);
            prop_assert!(!it.one_place || expected.is_none());
        }
    }

    #[test]
    fn no_number_is_too_strange(
        lats in proptest::collection::vec(any::<f64>(), 0..30),
        lons in proptest::collection::vec(any::<f64>(), 30),
        (west, south, east, north) in any::<(f64, f64, f64, f64)>(),
        zoom in any::<u8>(), id in any::<u64>(), nonsense in any::<bool>(),
    ) {
        let numbers = lats.iter().zip(&lons);
        let lat = |it: f64| if nonsense { it } else { it % 90.0 };
        let points: Vec<Point> = numbers.map(|it| point(lat(*it.0), *it.1)).collect();
        let index = Index::new(&points);
        let found = index.clusters(Bbox { west, south, east, north }, zoom, |_| true);
        prop_assert!(found.len() <= points.len());
        let all: u32 = world(&index, zoom, |_| true).iter().map(|it| it.count).sum();
        prop_assert_eq!(all as usize, points.len());
        index.members(id, |_| true);
        index.expansion_zoom(id, |_| true);
        // As any number, but with a zoom that is one.
        index.members(id >> 24 & !31 | 3, |_| true);
    }
}
