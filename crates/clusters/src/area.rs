//! The grid of cells at one zoom, and a rectangle of it.

use std::ops::Range;

use crate::{bbox::Bbox, mercator};

/// Tiles of 256 px are cut into 4 × 4 cells of 64 px.
const LEVELS_BELOW_TILE: u32 = 2;

/// One zoom's cells: 64 px wide, their columns closed to a ring at the antimeridian.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    zoom: u8,
}

impl Grid {
    /// `zoom`: 0 to 18.
    pub fn new(zoom: u8) -> Grid {
        Grid { zoom }
    }

    /// Columns, and rows as well.
    pub fn side(self) -> u32 {
        1 << (u32::from(self.zoom) + LEVELS_BELOW_TILE)
    }

    /// Bits of a position that tell where in its cell it lies.
    pub fn bits(self) -> u32 {
        32 - LEVELS_BELOW_TILE - u32::from(self.zoom)
    }

    /// Units of the world (2³² on its side) on `px` pixels.
    pub fn units(self, px: u64) -> u64 {
        px << (24 - u32::from(self.zoom))
    }

    /// The column beside `column`, whole turns taken off.
    pub fn column(self, column: i64) -> u32 {
        column.rem_euclid(i64::from(self.side())) as u32
    }
}

/// A rectangle of cells, which may go across the antimeridian.
#[derive(Clone, Debug)]
pub struct Area {
    pub grid: Grid,
    column: u32,
    columns: u32,
    rows: Range<u32>,
}

/// A square of the quadtree, in cells of one zoom.
#[derive(Clone, Copy)]
pub struct Square {
    pub column: u32,
    pub row: u32,
    pub side: u32,
}

impl Area {
    /// The cells from the first to the last corner, with `pad` more on each side. Columns may lie
    /// beyond the grid, as long as the last is not before the first.
    pub fn new(grid: Grid, columns: [i64; 2], rows: [i64; 2], pad: u32) -> Area {
        let pad = i64::from(pad);
        let side = i64::from(grid.side());
        let row = |it: i64| it.clamp(0, side) as u32;
        Area {
            grid,
            column: grid.column(columns[0] - pad),
            columns: (columns[1] - columns[0] + 1 + 2 * pad).min(side) as u32,
            rows: row(rows[0] - pad)..row(rows[1] + 1 + pad),
        }
    }

    /// The cells of `bbox`, a normalised one, with `pad` more on each side.
    pub fn of(bbox: &Bbox, grid: Grid, pad: u32) -> Area {
        let west = mercator::x(bbox.west);
        // 180° E is unit 0 again: the far end of the world and no part of it look alike.
        let whole = bbox.west == -180.0 && bbox.east == 180.0;
        let width = if whole { u32::MAX } else { mercator::x(bbox.east).wrapping_sub(west) };
        let columns = [i64::from(west), i64::from(west) + i64::from(width)];
        let rows = [mercator::y(bbox.north), mercator::y(bbox.south)];
        let cell = |it: i64| it >> grid.bits();
        Area::new(grid, columns.map(cell), rows.map(|it| cell(it.into())), pad)
    }

    pub fn meets(&self, square: &Square) -> bool {
        let ring = self.grid.side() - 1;
        let begins_inside = square.column.wrapping_sub(self.column) & ring < self.columns;
        let ends_inside = self.column.wrapping_sub(square.column) & ring < square.side;
        let in_rows = self.rows.start < square.row + square.side && square.row < self.rows.end;
        (begins_inside || ends_inside) && in_rows
    }

    pub fn holds(&self, square: &Square) -> bool {
        let from = square.column.wrapping_sub(self.column) & (self.grid.side() - 1);
        let in_columns = from + square.side <= self.columns || self.columns == self.grid.side();
        let in_rows = self.rows.start <= square.row && square.row + square.side <= self.rows.end;
        in_columns && in_rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All squares against what each of their cells says.
    #[track_caller]
    fn check(area: &Area, inside: impl Fn(u32, u32) -> bool) {
        for side in [1, 2, 4, 8, 16] {
            for (row, column) in (0..16 / side).flat_map(|y| (0..16 / side).map(move |x| (y, x))) {
                let square = Square { column: column * side, row: row * side, side };
                let mut cells = (0..side * side)
                    .map(|it| inside(square.column + it % side, square.row + it / side));
                assert_eq!(area.holds(&square), cells.clone().all(|it| it));
                assert_eq!(area.meets(&square), cells.any(|it| it));
            }
        }
    }

    #[test]
    fn squares_are_inside_outside_or_astride() {
        let grid = Grid::new(2);
        assert_eq!((grid.side(), grid.bits()), (16, 28));
        let columns = |it: u32| (5..=9).contains(&it);
        check(&Area::new(grid, [6, 8], [3, 4], 1), |x, y| columns(x) && (2..=5).contains(&y));
        check(&Area::new(grid, [15, 17], [0, 1], 1), |x, y| !(3..14).contains(&x) && y <= 2);
        check(&Area::new(grid, [-1, -1], [15, 15], 2), |x, y| !(2..13).contains(&x) && 13 <= y);
        check(&Area::new(grid, [2, 13], [-3, 30], 3), |_, _| true);
    }

    #[test]
    fn a_box_is_the_cells_it_touches() {
        let grid = Grid::new(2);
        let area = |west, east| {
            let bbox = Bbox { west, east, ..Bbox::WORLD };
            Area::of(&bbox.normalised(), grid, 0)
        };
        check(&area(-180.0, 180.0), |_, _| true);
        check(&area(0.0, 180.0), |x, _| x == 0 || 8 <= x);
        check(&area(170.0, -170.0), |x, _| x == 0 || x == 15);
        check(&area(10.0, 10.0), |x, _| x == 8);
        // Nearly all of the world: its last cell is its first.
        check(&area(10.0, 9.0), |_, _| true);
    }
}
