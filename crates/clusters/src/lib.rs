//! Points on a map gathered into clusters, filtered or not.
//!
//! The same code answers on the server and on the reader's device. Points are sorted once, along a
//! curve on which the points of any map cell are neighbours (`mercator::morton`), and it is noted
//! which cells of 64 px have points at each zoom (`level`). A question reads the points in and around
//! its box, sums up by cell those that the filter keeps (`cells`), and joins cells whose means are
//! near (`groups`). Nothing is prepared for any one filter.
//!
//! A cluster does not depend on the box asked for: panning the map changes none. It does depend on the
//! filter, exactly as if the points left out had never been there.

mod area;
mod bbox;
mod cells;
mod groups;
mod level;
mod mercator;

use area::{Area, Grid};
pub use bbox::Bbox;
use cells::{Place, Sum};
use groups::{Groups, REACH};
use level::Level;

/// The last zoom with clusters of its own; beyond, the map shows those of this one.
pub const MAX_ZOOM: u8 = 18;

/// Degrees WGS 84. Latitudes beyond the map's ±85.0511° are taken for its edge, longitudes beyond
/// ±180° go round the world, and what is not a number (longitudes: not finite) is taken for 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// Points shown as one. Two points are told apart when they are 1 cm apart, and degrees are as fine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Its name for [`Index::members`]: the same for every box, of another cluster at another zoom.
    /// Below 2⁵³, so JavaScript can hold it.
    pub id: u64,
    /// Mean of its points, degrees WGS 84.
    pub lat: f64,
    /// Mean of its points, degrees WGS 84: -180 and more, less than 180.
    pub lon: f64,
    /// At least 1.
    pub count: u32,
    /// The point, when it is the only one: its number in the order given to [`Index::new`].
    pub single: Option<u32>,
    /// Around its points; across the antimeridian if they are on both sides of it.
    pub bbox: Bbox,
    /// All points are at one and the same place: zooming will not part them.
    pub one_place: bool,
}

/// Points ready to be asked for.
#[derive(Clone, Debug)]
pub struct Index {
    places: Vec<Place>,
    /// One for each zoom, from 0.
    levels: Vec<Level>,
}

impl Index {
    /// Points are numbered as they come, from 0. There may be 2³² - 1; any more are left out.
    pub fn new(points: &[Point]) -> Index {
        let places = cells::sorted(points);
        Index { levels: Level::all(&places, MAX_ZOOM), places }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        let levels: usize = self.levels.iter().map(|it| size_of::<Level>() + it.bytes()).sum();
        size_of::<Index>() + self.places.capacity() * size_of::<Place>() + levels
    }

    /// The clusters at `zoom` of the points that `keep` answers `true` for, those whose own position
    /// lies in `bbox`. Their order is the same for every box.
    ///
    /// `keep` is asked at most once for a point, by its number, and not for points far from the box.
    /// A zoom beyond [`MAX_ZOOM`] is taken for it; see [`Bbox::normalised`] for boxes.
    pub fn clusters(&self, bbox: Bbox, zoom: u8, keep: impl Fn(u32) -> bool) -> Vec<Cluster> {
        let zoom = zoom.min(MAX_ZOOM);
        let bbox = bbox.normalised();
        // A cluster lies within one cell of its leader, and each cell it leads is beside that one.
        let area = Area::of(&bbox, Grid::new(zoom), 2 + REACH);
        let groups = self.groups(zoom, &area, &keep);
        let mut clusters = Vec::with_capacity(groups.count());
        for (first, sum) in groups.joined(&self.places) {
            let lat = mercator::lat_from_fixed(sum.lat, sum.count);
            let lon = mercator::lon_from_x(sum.x, sum.count);
            if bbox.contains(lat, lon) {
                clusters.push(cluster(zoom, &self.places[first], &sum, lat, lon));
            }
        }
        clusters
    }

    /// Numbers of the points in a cluster that was found with the same `keep`, in their order; none
    /// if there is no such cluster.
    pub fn members(&self, id: u64, keep: impl Fn(u32) -> bool) -> Vec<u32> {
        let Some(leader) = Leader::named(id) else { return Vec::new() };
        let places = self.places_of(&leader, &keep);
        let mut members: Vec<u32> =
            places.iter().map(|it| self.places[*it as usize].index).collect();
        members.sort_unstable();
        members
    }

    /// The first zoom at which the points of a cluster, found with the same `keep`, are no longer one
    /// cluster. `None` if they are one at [`MAX_ZOOM`] still, or there is no such cluster.
    ///
    /// On its own rather than in every [`Cluster`], because it takes up to a question for each zoom
    /// and is wanted of the one cluster that a reader opens.
    pub fn expansion_zoom(&self, id: u64, keep: impl Fn(u32) -> bool) -> Option<u8> {
        let leader = Leader::named(id)?;
        let members = self.places_of(&leader, &keep);
        let places = || members.iter().map(|it| &self.places[*it as usize]);
        // Offsets from the leader are less than half of the world, so their sign is right.
        let origin = leader.centre();
        let unrolled = |it: &Place| i64::from(origin) + i64::from(it.x.wrapping_sub(origin) as i32);
        let columns = extent(places().map(unrolled))?;
        let rows = extent(places().map(|it| it.y.into()))?;
        if columns[0] == columns[1] && rows[0] == rows[1] {
            return None;
        }
        (leader.zoom + 1..=MAX_ZOOM).find(|zoom| {
            let level = &self.levels[usize::from(*zoom)];
            let cells = |it: [i64; 2]| it.map(|it| it >> level.grid.bits());
            let (columns, rows) = (cells(columns), cells(rows));
            let steps = (columns[1] - columns[0]).max(rows[1] - rows[0]);
            // One cell is one cluster. A leader and its neighbours are three cells wide.
            0 < steps
                && (2 < steps || {
                    let groups =
                        self.groups(*zoom, &Area::new(level.grid, columns, rows, REACH), &keep);
                    let leader =
                        |it: &u32| Some(groups.leaders[groups.find(level.holding(*it))? as usize]);
                    let first = members.first().and_then(leader);
                    members.iter().any(|it| leader(it) != first)
                })
        })
    }

    fn groups(&self, zoom: u8, area: &Area, keep: &impl Fn(u32) -> bool) -> Groups {
        Groups::new(&self.places, &self.levels[usize::from(zoom)], area, keep)
    }

    /// The points of the cluster with this leader, as they stand among the places.
    fn places_of(&self, leader: &Leader, keep: &impl Fn(u32) -> bool) -> Vec<u32> {
        let level = &self.levels[usize::from(leader.zoom)];
        let area =
            Area::new(level.grid, [leader.column.into(); 2], [leader.row.into(); 2], 1 + REACH);
        let groups = self.groups(leader.zoom, &area, keep);
        let found = level.find(&self.places, leader.column, leader.row);
        let Some(leader) = found.and_then(|it| groups.find(it)) else { return Vec::new() };
        let led = groups.cells.iter().zip(&groups.leaders).filter(|it| *it.1 == leader);
        let cells = led.map(|(it, _)| level.holding(it.first));
        let points = cells.flat_map(|it| level.points(it..it + 1)).flatten();
        points.filter(|it| keep(self.places[*it].index)).map(|it| it as u32).collect()
    }
}

/// `first`: the first point of its leader.
fn cluster(zoom: u8, first: &Place, sum: &Sum, lat: f64, lon: f64) -> Cluster {
    let Sum { count, west, south, east, north, .. } = *sum;
    let one_place = west == east && south == north;
    let bbox = if one_place {
        Bbox { west: lon, south: lat, east: lon, north: lat }
    } else {
        let [west, east] = [west, east].map(|it| mercator::lon_from_x(it, 1));
        let [south, north] = [south, north].map(|it| mercator::lat_from_fixed(it.into(), 1));
        Bbox { west, south, east, north }
    };
    let bits = Grid::new(zoom).bits();
    let leader = Leader { zoom, column: first.x >> bits, row: first.y >> bits };
    let single = (count == 1).then_some(first.index);
    Cluster { id: leader.id(), lat, lon, count, single, bbox, one_place }
}

/// Least and greatest.
fn extent(mut numbers: impl Iterator<Item = i64>) -> Option<[i64; 2]> {
    let first = numbers.next()?;
    Some(numbers.fold([first; 2], |[least, most], it| [least.min(it), most.max(it)]))
}

/// The cell that a cluster is named after.
struct Leader {
    zoom: u8,
    column: u32,
    row: u32,
}

impl Leader {
    const ZOOM_BITS: u32 = 5;
    /// Of a row, and of a column: a grid has at most 2²⁰.
    const CELL_BITS: u32 = 20;

    fn id(&self) -> u64 {
        let cell = u64::from(self.row) << Leader::CELL_BITS | u64::from(self.column);
        cell << Leader::ZOOM_BITS | u64::from(self.zoom)
    }

    /// Nothing if no leader can have that name.
    fn named(id: u64) -> Option<Leader> {
        let zoom = (id & ((1 << Leader::ZOOM_BITS) - 1)) as u8;
        if MAX_ZOOM < zoom {
            return None;
        }
        let cell = id >> Leader::ZOOM_BITS;
        let side = u64::from(Grid::new(zoom).side());
        let (column, row) = (cell & ((1 << Leader::CELL_BITS) - 1), cell >> Leader::CELL_BITS);
        let inside = column < side && row < side;
        inside.then_some(Leader { zoom, column: column as u32, row: row as u32 })
    }

    /// Position of its middle, from west to east.
    fn centre(&self) -> u32 {
        let bits = Grid::new(self.zoom).bits();
        (self.column << bits) + (1 << (bits - 1))
    }
}
