//! Clusters from outside: what holds for any points, and places that are easily lost.

use std::collections::BTreeMap;

use clusters::{Bbox, Cluster, Index, Point};

mod laws;
mod places;
mod plainly;

fn point(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

/// Clusters of the whole world.
fn world(index: &Index, zoom: u8, keep: impl Fn(u32) -> bool) -> Vec<Cluster> {
    index.clusters(Bbox::WORLD, zoom, keep)
}

/// Members of each cluster, in the order of their first.
fn parts(index: &Index, zoom: u8, keep: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
    let clusters = world(index, zoom, &keep);
    let mut parts: Vec<_> = clusters.iter().map(|it| index.members(it.id, &keep)).collect();
    parts.sort();
    parts
}

/// For each point which of `parts` it is in.
fn homes(parts: &[Vec<u32>]) -> BTreeMap<u32, usize> {
    let entries = parts.iter().enumerate().flat_map(|(at, it)| it.iter().map(move |it| (*it, at)));
    entries.collect()
}
