//! Which cells are shown as one.
//!
//! Cells alone would look like a lattice, and two markers astride an edge would overlap. So cells
//! whose means are near are joined, by a rule that looks no further than a few cells: what it says
//! of a cell is the same from wherever the map is looked at.

use std::{cmp::Reverse, ops::Range};

use crate::{
    area::Area,
    cells::{Place, Sum},
    level::{Level, NONE},
    mercator,
};

/// Cells whose means are at most this far apart are joined. Less than a cell, so that only
/// neighbours can be.
const NEAR_PX: u64 = 56;

/// How often leaders are looked for among the cells that have none yet.
const ROUNDS: u32 = 2;

/// How many cells away a cell can be and still have a say in which one leads another: in each round,
/// a cell asks its neighbours whether they lead, and they ask theirs who is larger.
pub const REACH: u32 = 2 * ROUNDS;

/// A cell with points to keep: small, since most cells of the whole world in detail are alone.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Mean position of its points, `x` and `y`.
    mean: [u32; 2],
    count: u32,
    /// Where its first point stands among the places.
    pub first: u32,
    /// Number of its sum, or [`NONE`] while it is that of its only point.
    sum: u32,
}

/// The cells in and around an area that have points to keep, and who leads them.
pub struct Groups {
    /// In the order of the level's cells, so that "first" means the same in any area.
    pub cells: Vec<Cell>,
    /// For each of `cells` the one that it is shown with: itself if it leads.
    pub leaders: Vec<u32>,
    sums: Vec<Sum>,
    seen: Seen,
}

/// Two cells that are near, and the square of their distance in units.
struct Pair {
    /// The larger one; among equals the one that comes first.
    large: u32,
    small: u32,
    distance: u64,
}

impl Groups {
    pub fn new(
        places: &[Place],
        level: &Level,
        area: &Area,
        keep: &impl Fn(u32) -> bool,
    ) -> Groups {
        let mut seen = Seen::new(level.ranges(places, area));
        let (mut cells, mut sums) = (Vec::with_capacity(seen.numbers.capacity()), Vec::new());
        for range in &seen.ranges {
            for points in level.points(range.clone()) {
                let Some((first, sum)) = Sum::kept(&places[points.clone()], keep) else {
                    seen.numbers.push(NONE);
                    continue;
                };
                seen.numbers.push(cells.len() as u32);
                let alone = sum.count == 1;
                cells.push(Cell {
                    mean: sum.mean(),
                    count: sum.count,
                    first: (points.start + first) as u32,
                    sum: if alone { NONE } else { sums.len() as u32 },
                });
                sums.extend((!alone).then_some(sum));
            }
        }
        let mut leaders = vec![NONE; cells.len()];
        let mut pairs = pairs(level, &cells, &seen);
        for _ in 0..ROUNDS {
            lead(&mut leaders, &pairs);
            pairs.retain(|it| {
                leaders[it.large as usize] == NONE && leaders[it.small as usize] == NONE
            });
        }
        for (at, it) in leaders.iter_mut().enumerate().filter(|it| *it.1 == NONE) {
            *it = at as u32;
        }
        Groups { cells, leaders, sums, seen }
    }

    /// Number among `cells` of a cell of the level, if it has points to keep.
    pub fn find(&self, cell: usize) -> Option<u32> {
        self.seen.find(cell)
    }

    /// How many cells lead.
    pub fn count(&self) -> usize {
        (0..).zip(&self.leaders).filter(|(at, leader)| at == *leader).count()
    }

    /// For each leader where its first point stands among the places, and the sum of all it leads.
    pub fn joined(self, places: &[Place]) -> impl Iterator<Item = (usize, Sum)> {
        let Groups { mut cells, leaders, mut sums, .. } = self;
        let sum = |cell: &Cell, sums: &[Sum]| match sums.get(cell.sum as usize) {
            Some(sum) => *sum,
            None => Sum::new(&places[cell.first as usize]),
        };
        for (at, leader) in leaders.iter().map(|it| *it as usize).enumerate() {
            if leader == at {
                continue;
            }
            let other = sum(&cells[at], &sums);
            let turns = turns(cells[leader].mean[0], cells[at].mean[0]);
            if cells[leader].sum == NONE {
                sums.push(sum(&cells[leader], &sums));
                cells[leader].sum = (sums.len() - 1) as u32;
            }
            sums[cells[leader].sum as usize].add(&other, turns);
        }
        let leads = |(at, leader): &(usize, u32)| *leader as usize == *at;
        leaders.into_iter().enumerate().filter(leads).map(move |(at, _)| {
            let cell = &cells[at];
            (cell.first as usize, sum(cell, &sums))
        })
    }
}

/// Turns round the world from what `x` of a cell says to where one beside it sees it.
fn turns(from: u32, x: u32) -> i64 {
    // Beside each other, and yet half a world apart by their numbers: the antimeridian is between.
    match i64::from(x) - i64::from(from) {
        it if it < -mercator::WORLD / 2 => 1,
        it if mercator::WORLD / 2 < it => -1,
        _ => 0,
    }
}

/// One round: of the cells without a leader, those lead that have no larger one near, and the others
/// follow the nearest that leads, if any does.
fn lead(leaders: &mut [u32], pairs: &[Pair]) {
    let mut led = vec![false; leaders.len()];
    for it in pairs {
        led[it.small as usize] = true;
    }
    for (at, it) in leaders.iter_mut().enumerate().filter(|it| *it.1 == NONE && !led[it.0]) {
        *it = at as u32;
    }
    // For each cell the pair that it makes with the nearest leader; equals by their order.
    let mut nearest = vec![NONE; leaders.len()];
    let offers = |it: &(u32, &Pair)| leaders[it.1.large as usize] == it.1.large;
    for (at, it) in (0..).zip(pairs).filter(offers) {
        let nearest = &mut nearest[it.small as usize];
        let rank = |it: &Pair| (it.distance, it.large);
        if pairs.get(*nearest as usize).is_none_or(|best| rank(it) < rank(best)) {
            *nearest = at;
        }
    }
    for (leader, nearest) in leaders.iter_mut().zip(nearest) {
        if let Some(it) = pairs.get(nearest as usize) {
            *leader = it.large;
        }
    }
}

/// Every two cells that are near, once.
fn pairs(level: &Level, cells: &[Cell], seen: &Seen) -> Vec<Pair> {
    let near = level.grid.units(NEAR_PX).pow(2);
    let mut pairs = Vec::new();
    for (at, one) in seen.present() {
        let cell = &cells[one as usize];
        for other in level.beside[at].iter().filter(|it| **it != NONE) {
            let Some(two) = seen.find(*other as usize) else { continue };
            let other = &cells[two as usize];
            let distance = distance(cell.mean, other.mean);
            if distance <= near {
                let rank = |it: &Cell| (it.count, Reverse(it.first));
                let first = rank(other) < rank(cell);
                let (large, small) = if first { (one, two) } else { (two, one) };
                pairs.push(Pair { large, small, distance });
            }
        }
    }
    pairs
}

/// Square of the distance of two positions in neighbouring cells.
fn distance(one: [u32; 2], two: [u32; 2]) -> u64 {
    // The shorter way round the world, and 0 to 2³¹ in any case: the sum of the squares fits.
    let x = u64::from((one[0].wrapping_sub(two[0]) as i32).unsigned_abs());
    let y = u64::from(one[1].abs_diff(two[1]));
    x * x + y * y
}

/// From a level's numbers of cells to those of the cells with points to keep.
struct Seen {
    /// Cells of the level that were looked at, in order.
    ranges: Vec<Range<usize>>,
    /// For each range where its numbers begin.
    bases: Vec<usize>,
    /// For each cell looked at its new number, or [`NONE`].
    numbers: Vec<u32>,
}

impl Seen {
    fn new(ranges: Vec<Range<usize>>) -> Seen {
        let mut total = 0;
        let base = |it: &Range<usize>| {
            total += it.len();
            total - it.len()
        };
        let bases = ranges.iter().map(base).collect();
        Seen { ranges, bases, numbers: Vec::with_capacity(total) }
    }

    fn find(&self, cell: usize) -> Option<u32> {
        let range = self.ranges.partition_point(|it| it.end <= cell);
        let from = self.ranges.get(range).filter(|it| it.contains(&cell))?.start;
        let number = self.numbers[self.bases[range] + cell - from];
        (number != NONE).then_some(number)
    }

    /// Both numbers of each cell with points to keep.
    fn present(&self) -> impl Iterator<Item = (usize, u32)> {
        let cells = self.ranges.iter().cloned().flatten();
        cells.zip(self.numbers.iter().copied()).filter(|it| it.1 != NONE)
    }
}
