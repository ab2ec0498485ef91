//! The cells that points lie in at one zoom, and which are beside each other. Made once: a filter
//! empties cells, but moves none.

use std::ops::Range;

use crate::{
    area::{Area, Grid, Square},
    cells::Place,
    mercator,
};

/// Fewer cells than this are read sooner than parted.
const FEW: usize = 8;

pub const NONE: u32 = u32::MAX;

/// Cells are numbered along the curve that the places are sorted by.
#[derive(Clone, Debug)]
pub struct Level {
    pub grid: Grid,
    /// Where the points of each cell begin among the places, and the end of the last.
    starts: Vec<u32>,
    /// For each cell those to the east, south-west, south and south-east, or [`NONE`]. The other
    /// four have this one among theirs.
    pub beside: Vec<[u32; 4]>,
}

impl Level {
    /// One for each zoom up to `last`.
    pub fn all(places: &[Place], last: u8) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        for zoom in 0..=last {
            let level = Level::new(places, Grid::new(zoom), levels.last());
            levels.push(level);
        }
        levels
    }

    fn new(places: &[Place], grid: Grid, above: Option<&Level>) -> Level {
        let cell = |it: &Place| (it.x >> grid.bits(), it.y >> grid.bits());
        let inner = (1_u32..).zip(places.windows(2)).filter(|(_, it)| cell(&it[0]) != cell(&it[1]));
        let begin = (!places.is_empty()).then_some(0);
        let mut starts: Vec<u32> = begin.into_iter().chain(inner.map(|it| it.0)).collect();
        starts.shrink_to_fit();
        starts.push(places.len() as u32);
        starts.shrink_to_fit();
        let cells = starts.len() - 1;
        let mut level = Level { grid, starts, beside: vec![[NONE; 4]; cells] };
        match above {
            // Cells beside each other lie in one cell of the level above, or in two that are beside
            // each other.
            Some(above) => {
                let inside = above.children(&level.starts);
                for (parent, one) in inside.iter().enumerate() {
                    level.link(places, one, one);
                    let beside = above.beside[parent].iter().filter(|it| **it != NONE);
                    for other in beside.map(|it| &inside[*it as usize]) {
                        level.link(places, one, other);
                        level.link(places, other, one);
                    }
                }
            }
            None => level.link(places, &(0..cells), &(0..cells)),
        }
        level
    }

    /// For each cell its cells at the next zoom, which begin at `starts`.
    fn children(&self, starts: &[u32]) -> Vec<Range<usize>> {
        let mut from = 0;
        let ends = self.starts.iter().skip(1);
        ends.map(|end| {
            let count = starts[from..].iter().take_while(|it| *it < end).count();
            from += count;
            from - count..from
        })
        .collect()
    }

    /// Notes the cells of `others` that lie to the east or south of those of `ones`, and beside.
    fn link(&mut self, places: &[Place], ones: &Range<usize>, others: &Range<usize>) {
        let ring = self.grid.side() - 1;
        for one in ones.clone() {
            let (column, row) = self.cell(places, one);
            for other in others.clone() {
                let (other_column, other_row) = self.cell(places, other);
                let east = other_column.wrapping_sub(column) & ring;
                let side = match (other_row.wrapping_sub(row), east) {
                    (0, 1) => 0,
                    (1, it) if it == ring => 1,
                    (1, 0) => 2,
                    (1, 1) => 3,
                    _ => continue,
                };
                self.beside[one][side] = other as u32;
            }
        }
    }

    /// Column and row.
    pub fn cell(&self, places: &[Place], cell: usize) -> (u32, u32) {
        let first = &places[self.starts[cell] as usize];
        (first.x >> self.grid.bits(), first.y >> self.grid.bits())
    }

    /// The number of a cell, if it has points.
    pub fn find(&self, places: &[Place], column: u32, row: u32) -> Option<usize> {
        let code = |(x, y)| mercator::morton(x, y);
        let before = |it: &u32| {
            let first = places.get(*it as usize);
            let bits = self.grid.bits();
            first.is_some_and(|it| code((it.x >> bits, it.y >> bits)) < code((column, row)))
        };
        let cell = self.starts.partition_point(before);
        let there = cell < self.beside.len() && self.cell(places, cell) == (column, row);
        there.then_some(cell)
    }

    /// The cell of the point that is number `place` among the places.
    pub fn holding(&self, place: u32) -> usize {
        self.starts.partition_point(|it| *it <= place) - 1
    }

    /// Where the points of each of these cells stand among the places, in order.
    pub fn points(&self, cells: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let starts = self.starts[cells.start..=cells.end].windows(2);
        starts.map(|it| it[0] as usize..it[1] as usize)
    }

    /// Numbers of cells, in order: all those of `area`, and some others.
    pub fn ranges(&self, places: &[Place], area: &Area) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let world = Square { column: 0, row: 0, side: self.grid.side() };
        self.visit(places, area, world, 0..self.beside.len(), &mut ranges);
        ranges
    }

    fn visit(
        &self,
        places: &[Place],
        area: &Area,
        square: Square,
        cells: Range<usize>,
        ranges: &mut Vec<Range<usize>>,
    ) {
        if cells.is_empty() || !area.meets(&square) {
            return;
        }
        if cells.len() < FEW || area.holds(&square) {
            return match ranges.last_mut() {
                Some(last) if last.end == cells.start => last.end = cells.end,
                _ => ranges.push(cells),
            };
        }
        let side = square.side / 2;
        let half = side << self.grid.bits();
        let part = |cells: Range<usize>, far: fn(&Place) -> u32| {
            let starts = &self.starts[cells.clone()];
            cells.start + starts.partition_point(|it| far(&places[*it as usize]) & half == 0)
        };
        let middle = part(cells.clone(), |it| it.y);
        for (row, cells) in [(0, cells.start..middle), (side, middle..cells.end)] {
            let middle = part(cells.clone(), |it| it.x);
            for (column, cells) in [(0, cells.start..middle), (side, middle..cells.end)] {
                let column = square.column + column;
                let square = Square { column, row: square.row + row, side };
                self.visit(places, area, square, cells, ranges);
            }
        }
    }

    /// Bytes of memory beside its own.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * size_of::<u32>() + self.beside.capacity() * size_of::<[u32; 4]>()
    }
}
