//! Places that are easily lost, and what a reader sees.

use clusters::{Bbox, Index, MAX_ZOOM, Point};

use crate::{homes, parts, point, world};

#[test]
fn fifty_people_at_one_address_stay_together() {
    let mut points = vec![point(48.8566, 2.3522); 50];
    points.push(point(48.8566, 2.3622));
    let index = Index::new(&points);
    let found = world(&index, MAX_ZOOM, |_| true);
    let address = found.iter().find(|it| it.count == 50).unwrap();
    assert!(address.one_place && address.single.is_none());
    assert!((address.lat - 48.8566).abs() < 1e-7 && (address.lon - 2.3522).abs() < 1e-7);
    assert_eq!(index.members(address.id, |_| true), (0..50).collect::<Vec<_>>());
    assert_eq!(index.members(address.id, |it| it % 10 == 3), [3, 13, 23, 33, 43]);
    assert_eq!(index.expansion_zoom(address.id, |_| true), None);
    assert_eq!(found.iter().find(|it| it.count == 1).unwrap().single, Some(50));
    // Past the last zoom, the map goes on with what it had.
    assert_eq!(world(&index, 200, |_| true), found);
}

#[test]
fn neighbours_too_near_for_the_last_zoom_are_listed() {
    // 7 m apart: different places, one marker.
    let index = Index::new(&[point(48.8566, 2.3522), point(48.8566, 2.3523)]);
    let found = world(&index, MAX_ZOOM, |_| true);
    assert_eq!((found.len(), found[0].count, found[0].one_place), (1, 2, false));
    assert_eq!(index.members(found[0].id, |_| true), [0, 1]);
    assert_eq!(index.expansion_zoom(found[0].id, |_| true), None);
}

#[test]
fn the_antimeridian_parts_nothing() {
    let index = Index::new(&[point(-17.0, 179.9), point(-17.0, -179.8), point(-17.0, 180.0)]);
    let [it] = world(&index, 5, |_| true)[..] else { panic!() };
    assert_eq!((it.count, it.one_place), (3, false));
    assert!((it.lon - -179.966_666_6).abs() < 1e-6, "{it:?}");
    assert!((it.bbox.west - 179.9).abs() < 1e-6 && (it.bbox.east - -179.8).abs() < 1e-6);
    let bbox = |west, east| Bbox { west, east, south: -20.0, north: -10.0 };
    for seen in [bbox(179.0, -179.0), bbox(179.0, 181.0), bbox(-181.0, -179.0), it.bbox] {
        assert_eq!(index.clusters(seen, 5, |_| true), [it]);
    }
    assert_eq!(index.clusters(bbox(-179.9, 179.9), 5, |_| true), []);
    let zoom = index.expansion_zoom(it.id, |_| true).unwrap();
    assert!(1 < world(&index, zoom, |_| true).len() && 5 < zoom);
    // The same place, whichever side it is named from.
    let edge = Index::new(&[point(-15.0, 180.0), point(-15.0, -180.0), point(-15.0, 540.0)]);
    for seen in [bbox(170.0, 180.0), bbox(-180.0, -170.0), bbox(180.0, 190.0), bbox(0.0, 180.0)] {
        let [it] = edge.clusters(seen, MAX_ZOOM, |_| true)[..] else { panic!("{seen:?}") };
        assert!(it.one_place && it.count == 3);
    }
}

#[test]
fn the_poles_lose_nobody() {
    let points = [point(90.0, 0.0), point(85.06, 0.0), point(-90.0, 5.0), point(f64::NAN, 9.0)];
    let index = Index::new(&points);
    for zoom in 0..=MAX_ZOOM {
        let all: u32 = world(&index, zoom, |_| true).iter().map(|it| it.count).sum();
        assert_eq!(all, 4);
        let north = Bbox { south: 86.0, ..Bbox::WORLD };
        let found = index.clusters(north, zoom, |it| it != 3);
        assert_eq!(found.iter().map(|it| it.count).collect::<Vec<_>>(), [2], "{zoom}");
    }
}

#[test]
fn nothing_gives_nothing() {
    let index = Index::new(&[]);
    assert!(index.is_empty() && world(&index, 3, |_| true).is_empty());
    let one = Index::new(&[point(1.0, 1.0)]);
    let id = world(&one, 3, |_| true)[0].id;
    assert!(index.members(id, |_| true).is_empty() && index.expansion_zoom(id, |_| true).is_none());
    assert!(one.members(id, |_| false).is_empty() && world(&one, 3, |_| false).is_empty());
    assert!(
        one.members(id + 32, |_| true).is_empty() && one.members(u64::MAX, |_| true).is_empty()
    );
}

/// Markers that overlap cannot be pressed apart: few clusters may be nearer than 40 px to another.
#[test]
fn markers_seldom_overlap() {
    // A town of 4000, denser towards its middle, by the golden angle.
    let points: Vec<Point> = (0..4000_u32)
        .map(|it| {
            let (turn, far) = (f64::from(it) * 2.399_963, f64::from(it).powf(0.8) * 3e-4);
            point(45.0 + far * turn.sin() * 0.7, 5.0 + far * turn.cos())
        })
        .collect();
    let index = Index::new(&points);
    for zoom in [8, 10, 12, 13] {
        let found = world(&index, zoom, |_| true);
        let px = 256.0 * f64::from(1_u32 << zoom) / 360.0;
        let near = |one: usize, two: usize| {
            let across = (found[one].lon - found[two].lon) * px;
            let up = (found[one].lat - found[two].lat) * px / 45_f64.to_radians().cos();
            one != two && across.hypot(up) < 40.0
        };
        let all = found.len();
        let overlapping = (0..all).filter(|one| (0..all).any(|two| near(*one, two))).count();
        assert!(overlapping * 20 <= all, "zoom {zoom}: {overlapping} of {all}");
    }
}

/// Whatever is cut off around a small box must not have had a say in what is in it.
#[track_caller]
fn check_small_boxes(points: &[Point], zoom: u8) {
    let index = Index::new(points);
    let whole = world(&index, zoom, |_| true);
    let homes: Vec<_> =
        (0..=MAX_ZOOM).map(|it| homes(&parts(&index, it, |_| true))).skip(zoom.into()).collect();
    let mut seen = 0;
    for it in whole {
        let by = 1e-9;
        let (west, east) = (it.lon - by, it.lon + by);
        let around = Bbox { west, south: it.lat - by, east, north: it.lat + by };
        assert_eq!(index.clusters(around, zoom, |_| true), [it]);
        let members = index.members(it.id, |_| true);
        assert_eq!(members.len(), it.count as usize);
        let parted =
            homes.iter().position(|homes| members.iter().any(|it| homes[it] != homes[&members[0]]));
        let expected = parted.map(|it| it as u8 + zoom);
        assert_eq!(index.expansion_zoom(it.id, |_| true), expected, "{it:?}");
        seen += members.len();
    }
    assert_eq!(seen, points.len());
}

/// Degrees on the side of a cell at the equator.
fn cell(zoom: u8) -> f64 {
    360.0 / 4.0 / f64::from(1_u32 << zoom)
}

#[test]
fn small_boxes_in_a_crowd_show_what_the_world_shows_there() {
    // Two points in a cell of zoom 12, at random (Knuth's multiplier for 64 bits).
    let mut state = 1_u64;
    let mut part = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let side = cell(12) * 45.0;
    let points: Vec<Point> =
        (0..4_000).map(|_| point(part() * side, 5.0 + part() * side)).collect();
    for zoom in [12, 13] {
        check_small_boxes(&points, zoom);
    }
}

/// A row of cells, each near the next and a little smaller: the first of them decides over all.
#[test]
fn small_boxes_on_a_chain_show_what_the_world_shows_there() {
    let (zoom, side) = (12, cell(12));
    // How the row lies in the quadtree decides which cells are read without need.
    for (east, north) in (0..8).flat_map(|east| [0, 3, 6].map(|north| (east, north))) {
        let at = |column: f64, row: f64| {
            point(side * (row + f64::from(north)), side * (column + f64::from(east)))
        };
        for turned in [1.0, -1.0] {
            let mut points = Vec::new();
            for link in 0..8_u32 {
                let count = 10 - link as usize;
                let link = at((f64::from(link) - 3.5) * turned * 55.9 / 64.0, 0.5);
                points.extend(std::iter::repeat_n(link, count));
            }
            // A crowd on both sides, too far to join.
            let rows = (2..6).chain(-5..-1).map(|it| f64::from(it) + 0.5);
            points
                .extend(rows.flat_map(|row| (-12..12).map(move |it| at(f64::from(it) + 0.5, row))));
            check_small_boxes(&points, zoom);
        }
    }
}
