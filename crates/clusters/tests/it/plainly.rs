//! The same rule written for reading, not for speed: every cell is compared with every other.

use std::{collections::BTreeMap, f64::consts::TAU};

use clusters::Point;

const WORLD: f64 = 4_294_967_296.0;

#[derive(Default)]
struct Cell {
    members: Vec<u32>,
    x: f64,
    y: f64,
}

fn position(it: &Point) -> (u32, u32) {
    let x = ((it.lon / 360.0 + 0.5).rem_euclid(1.0) * WORLD).round();
    let y = (0.5 - it.lat.clamp(-85.0511287, 85.0511287).to_radians().tan().asinh() / TAU) * WORLD;
    (x as u64 as u32, y.round() as u32)
}

/// A number for each cell, which grows along the curve through all quadtree squares.
fn code(column: u32, row: u32) -> u64 {
    let bits = (0..32).rev().flat_map(|bit| [row >> bit & 1, column >> bit & 1]);
    bits.fold(0, |code, bit| code << 1 | u64::from(bit))
}

/// Members of each cluster, in the order of their first.
pub fn parts(points: &[Point], zoom: u8, keep: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
    let side = WORLD / 4.0 / f64::from(1_u32 << zoom);
    let mut cells: BTreeMap<u64, Cell> = BTreeMap::new();
    for (index, it) in (0..).zip(points).filter(|it| keep(it.0)) {
        let (x, y) = position(it);
        let cell = code((f64::from(x) / side) as u32, (f64::from(y) / side) as u32);
        let cell = cells.entry(cell).or_default();
        cell.members.push(index);
        cell.x += f64::from(x);
        cell.y += f64::from(y);
    }
    for it in cells.values_mut() {
        let count = it.members.len() as f64;
        (it.x, it.y) = ((it.x / count).floor(), (it.y / count).floor());
    }
    let distance = |one: u64, other: u64| {
        let across = (cells[&one].x - cells[&other].x).abs();
        let across = across.min(WORLD - across);
        across.hypot(cells[&one].y - cells[&other].y)
    };
    let near = |one: u64, other: u64| one != other && distance(one, other) <= 56.0 / 64.0 * side;
    // Larger first, then by the curve.
    let rank = |it: u64| (usize::MAX - cells[&it].members.len(), it);
    let mut leaders: BTreeMap<u64, u64> = BTreeMap::new();
    for _ in 0..2 {
        let open: Vec<u64> = cells.keys().copied().filter(|it| !leaders.contains_key(it)).collect();
        let larger = |it: u64, other: u64| near(it, other) && rank(other) < rank(it);
        let leading: Vec<u64> = open
            .iter()
            .copied()
            .filter(|it| !open.iter().any(|other| larger(*it, *other)))
            .collect();
        for it in open {
            let mut offers: Vec<u64> =
                leading.iter().copied().filter(|other| *other == it || near(it, *other)).collect();
            offers.sort_by(|a, b| distance(it, *a).total_cmp(&distance(it, *b)).then(a.cmp(b)));
            let own = leading.contains(&it).then_some(it);
            if let Some(leader) = own.or(offers.first().copied()) {
                leaders.insert(it, leader);
            }
        }
    }
    let mut parts: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (code, it) in &cells {
        let leader = leaders.get(code).copied().unwrap_or(*code);
        parts.entry(leader).or_default().extend(&it.members);
    }
    let mut parts: Vec<Vec<u32>> = parts.into_values().collect();
    parts.iter_mut().for_each(|it| it.sort_unstable());
    parts.sort();
    parts
}
