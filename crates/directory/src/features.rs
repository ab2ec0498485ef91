//! What the map shows of a directory.

use clusters::Cluster as Found;
use contract::{
    directory::DirectoryQuery,
    geo::Bbox,
    map::{Cluster, Feature, Features, MAX_ZOOM, Properties, Single},
    practitioner::Practitioner,
};

use crate::Directory;

/// Pixels of a tile.
const TILE: f64 = 256.0;
/// Markers nearer to each other than this, in pixels, are one cluster.
const APART: f64 = 64.0;

/// The widest map that is drawn at once, in pixels.
const WIDEST: f64 = 8_192.0;

impl Directory {
    /// Clusters and single practitioners in `bbox` at `zoom`, of those whom the filters of `query`
    /// leave. Its places are no filter: the map shows what is around them too.
    ///
    /// No screen shows a country street by street: where the part is wider than [`WIDEST`] at that
    /// zoom, the answer is that of a lower one.
    pub fn features(&self, query: &DirectoryQuery, bbox: Bbox, zoom: u8) -> Features {
        let zoom = zoom.min(closest(bbox));
        let keep = self.filter(query);
        let area = clusters::Bbox {
            west: bbox.west(),
            south: bbox.south(),
            east: bbox.east(),
            north: bbox.north(),
        };
        let found = self.index.clusters(area, zoom, &keep);
        Features::new(found.iter().map(|it| self.feature(it, zoom, &keep)).collect())
    }

    fn feature(&self, it: &Found, zoom: u8, keep: &impl Fn(u32) -> bool) -> Feature {
        // A cluster is nowhere in particular; a practitioner is where they are.
        let exact = it.single.is_some() || it.one_place;
        let parts = if exact { 1e5 } else { parts(zoom) };
        let single = it.single.and_then(|it| self.practitioners.get(it as usize));
        let properties = match single {
            Some(practitioner) => Properties::Single(about(practitioner)),
            None => {
                // Those whom no zoom parts, and all that the last zoom leaves together.
                let together = it.one_place || MAX_ZOOM <= zoom;
                let members = if together { self.index.members(it.id, keep) } else { Vec::new() };
                let (down, up) =
                    (|it: f64| (it * parts).floor() / parts, |it: f64| (it * parts).ceil() / parts);
                let around = &it.bbox;
                Properties::Cluster(Cluster {
                    count: it.count,
                    expansion_zoom: if together { MAX_ZOOM } else { parting_zoom(it, zoom) },
                    bbox: [
                        down(around.west),
                        down(around.south),
                        up(around.east),
                        up(around.north),
                    ],
                    members: members
                        .iter()
                        .filter_map(|it| self.practitioners.get(*it as usize).map(about))
                        .collect(),
                })
            }
        };
        let round = |it: f64| (it * parts).round() / parts;
        Feature::new(round(it.lat), round(it.lon), properties)
    }
}

fn about(it: &Practitioner) -> Single {
    Single {
        id: it.id.clone(),
        name: it.name.clone(),
        profession: it.profession,
        precision: it.position.precision,
    }
}

/// Parts of a degree that are finer than a pixel at a zoom.
fn parts(zoom: u8) -> f64 {
    match zoom {
        0..=9 => 1e3,
        10..=13 => 1e4,
        _ => 1e5,
    }
}

/// The last zoom at which `bbox` is at most [`WIDEST`].
fn closest(bbox: Bbox) -> u8 {
    let wide = (bbox.east() - bbox.west()).rem_euclid(360.0) / 360.0;
    // All around the world is no width at all, on a globe.
    let wide = if wide == 0.0 && bbox.east() != bbox.west() { 1.0 } else { wide };
    let side = wide.max(mercator_y(bbox.north()) - mercator_y(bbox.south()));
    (0..=MAX_ZOOM).rev().find(|zoom| side * TILE * f64::from(1_u32 << zoom) <= WIDEST).unwrap_or(0)
}

/// Part of the world's height between the equator and a latitude in degrees, negative southwards
/// (Web Mercator, EPSG:3857).
fn mercator_y(lat: f64) -> f64 {
    lat.clamp(-85.0, 85.0).to_radians().tan().asinh() / std::f64::consts::TAU
}

/// The first zoom at which a cluster's box is wider or higher than what one marker stands for.
fn parting_zoom(it: &Found, zoom: u8) -> u8 {
    let wide = (it.bbox.east - it.bbox.west).rem_euclid(360.0) / 360.0;
    let side = wide.max(mercator_y(it.bbox.north) - mercator_y(it.bbox.south));
    (zoom + 1..MAX_ZOOM)
        .find(|zoom| APART < side * TILE * f64::from(1_u32 << zoom))
        .unwrap_or(MAX_ZOOM)
}
