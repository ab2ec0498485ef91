//! What holds for any points, filter and box.

use clusters::{Bbox, Cluster, Index, MAX_ZOOM, Point};
use proptest::prelude::*;

use crate::{homes, parts, plainly, point, world};

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

/// Clumps from a few metres to half of the world, and points where others are.
fn points() -> impl Strategy<Value = Vec<Point>> {
    let one = (0..CENTRES.len(), 0..8_i32, -1.0..1.0, -1.0..1.0, 0..10);
    proptest::collection::vec(one, 0..150).prop_map(|drawn| {
        let mut points: Vec<Point> = Vec::new();
        for (centre, scale, north, east, again) in drawn {
            let (lat, lon) = CENTRES[centre];
            let spread = 60.0 / 8_f64.powi(scale);
            points.push(match points.len() {
                it if 0 < it && again == 0 => points[it / 2],
                _ => point(lat + north * spread, lon + east * spread),
            });
        }
        points
    })
}

fn filter() -> impl Strategy<Value = Vec<bool>> {
    (0_u32..4).prop_flat_map(|share| {
        proptest::collection::vec((0_u32..4).prop_map(move |it| share <= it), 150)
    })
}

fn bbox() -> impl Strategy<Value = Bbox> {
    let near = (0..CENTRES.len(), 0..8_i32, -1.0..1.0_f64, -1.0..1.0_f64, 0.0..1.0, 0.0..1.0);
    near.prop_map(|(centre, scale, north, east, height, width)| {
        let (lat, lon) = CENTRES[centre];
        let spread = 60.0 / 8_f64.powi(scale);
        let (south, west) = (lat + north * spread, lon + east * spread);
        Bbox { west, south, east: west + width * 3.0 * spread, north: south + height * spread }
    })
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
        points in points(), kept in filter(), zoom in 0..=MAX_ZOOM,
    ) {
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
            prop_assert!(inside(it.bbox, &Cluster { lat: it.lat, ..places[0] }), "{it:?}");
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
        points in points(), kept in filter(), zoom in 0..=MAX_ZOOM,
    ) {
        let keep = |it: u32| kept[it as usize];
        let found = parts(&Index::new(&points), zoom, keep);
        prop_assert_eq!(found, plainly::parts(&points, zoom, keep));
    }

    #[test]
    fn points_left_out_might_as_well_not_be_there(
        points in points(), kept in filter(), zoom in 0..=MAX_ZOOM,
    ) {
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
        points in points(), kept in filter(), bbox in bbox(), zoom in 0..=MAX_ZOOM,
    ) {
        let index = Index::new(&points);
        let keep = |it: u32| kept[it as usize];
        let mut expected = world(&index, zoom, keep);
        expected.retain(|it| inside(bbox, it));
        prop_assert_eq!(index.clusters(bbox, zoom, keep), expected);
    }

    #[test]
    fn the_order_of_points_does_not_matter(points in points(), zoom in 0..=MAX_ZOOM) {
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
        points in points(), kept in filter(), zoom in 0..=MAX_ZOOM,
    ) {
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
