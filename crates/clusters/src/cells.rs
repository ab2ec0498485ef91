//! Points sorted along a curve, and what those of a cell come to.

use crate::{Point, mercator};

/// A point as it is kept: 16 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub x: u32,
    pub y: u32,
    /// See [`mercator::lat_to_fixed`]. Kept beside `y`, which would take longer to turn back.
    pub lat: i32,
    /// Number of the point in the order they were given.
    pub index: u32,
}

/// In the order of [`mercator::morton`]: the points of a cell stand together at every zoom.
pub fn sorted(points: &[Point]) -> Vec<Place> {
    let mut places: Vec<(u64, Place)> = (0..u32::MAX)
        .zip(points)
        .map(|(index, it)| {
            let (x, y) = (mercator::x(it.lon), mercator::y(it.lat));
            let lat = mercator::lat_to_fixed(it.lat);
            (mercator::morton(x, y), Place { x, y, lat, index })
        })
        .collect();
    places.sort_unstable_by_key(|(code, it)| (*code, it.index));
    places.into_iter().map(|it| it.1).collect()
}

/// What some points come to. Whole numbers, so that none depends on the order of the points.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    pub count: u32,
    pub x: i64,
    pub y: i64,
    /// Of latitudes in fixed point.
    pub lat: i64,
    /// Positions; beyond the world where the points are on both sides of the antimeridian.
    pub west: i64,
    pub east: i64,
    /// Latitudes in fixed point.
    pub south: i32,
    pub north: i32,
}

impl Sum {
    #[inline]
    pub fn new(place: &Place) -> Sum {
        let (x, y, lat) = (i64::from(place.x), i64::from(place.y), place.lat);
        Sum { count: 1, x, y, lat: lat.into(), west: x, east: x, south: lat, north: lat }
    }

    /// Of the points to keep among `places`, with the number of the first of them; `None` if there
    /// is none.
    #[inline]
    pub fn kept(places: &[Place], keep: &impl Fn(u32) -> bool) -> Option<(usize, Sum)> {
        let first = places.iter().position(|it| keep(it.index))?;
        let mut sum = Sum::new(&places[first]);
        for it in places[first + 1..].iter().filter(|it| keep(it.index)) {
            sum.add(&Sum::new(it), 0);
        }
        Some((first, sum))
    }

    /// Takes in other points, `turns` round the world to the east of where they say they are.
    #[inline]
    pub fn add(&mut self, other: &Sum, turns: i64) {
        let shift = turns * mercator::WORLD;
        self.count += other.count;
        self.x += other.x + shift * i64::from(other.count);
        self.y += other.y;
        self.lat += other.lat;
        self.west = self.west.min(other.west + shift);
        self.east = self.east.max(other.east + shift);
        self.south = self.south.min(other.south);
        self.north = self.north.max(other.north);
    }

    /// Mean position of points in one cell.
    #[inline]
    pub fn mean(&self) -> [u32; 2] {
        if self.count == 1 {
            return [self.x as u32, self.y as u32];
        }
        [self.x, self.y].map(|it| (it as u64 / u64::from(self.count)) as u32)
    }
}
