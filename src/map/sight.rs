//! Where a map of some size looks: reckoned before there is a map, so that the markers are on their
//! way while it is made. Pure.

use contract::{
    directory::MapView,
    geo::{Bbox, LatLon},
};

use crate::map::{
    mercator::{project, unproject},
    viewport::{FRANCE_ITSELF, Known, MAX_ZOOM, Target, Territory, holds, middle, padded, target},
};

/// Room around what is shown, in pixels: a marker has a size.
pub const ROOM: f64 = 36.0;
/// What exceeds the map by less is taken for fitting: an address says its edges in round numbers.
const TOLERANCE: f64 = 1.0035;

/// No map beside a list is larger, but in windows with very large letters. In pixels.
const LARGEST: Size = (800.0, 800.0);

/// What a map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The middle: degrees north.
    pub lat: f64,
    /// The middle: degrees east.
    pub lon: f64,
    pub zoom: u8,
    /// The farthest zoom there.
    pub least_zoom: u8,
    /// What the map draws there, and does not leave.
    pub territory: Territory,
}

/// Width and height, in pixels.
pub type Size = (f64, f64);

impl Sight {
    /// All of `target` at once. None for what is no place.
    pub fn of(target: Target, size: Size) -> Option<Sight> {
        let (edges, room, most) = match target {
            Target::Exactly(edges) => (edges, 0.0, MAX_ZOOM),
            Target::Around(edges, most) => (edges, ROOM, most),
        };
        let (lat, lon) = middle(edges);
        let territory = Territory::of(LatLon::new(lat, lon).ok()?);
        let least_zoom = territory.least_zoom(size.0);
        let zoom = zoom_for(edges, room, size).clamp(least_zoom, most.max(least_zoom));
        let [left, top, right, bottom] = corners(edges);
        let (lat, lon) = unproject((left + right) / 2.0, (top + bottom) / 2.0);
        Some(Sight { lat, lon, zoom, least_zoom, territory })
    }

    /// West, south, east, north of what a map of `size` then shows, in degrees.
    pub fn edges(&self, size: Size) -> [f64; 4] {
        let (x, y) = project(self.lat, self.lon);
        let half = |pixels: f64| pixels / 2.0 / scale(self.zoom);
        let (north, west) = unproject(x - half(size.0), y - half(size.1));
        let (south, east) = unproject(x + half(size.0), y + half(size.1));
        [west, south, east, north]
    }
}

/// The part of the world that a map beside a list asks its first markers for, and what it will show:
/// enough for every window in which it shows the whole country, so that the server can tell the
/// browser before there is an app. None where the address looks somewhere else.
pub fn foreseen(view: &MapView) -> Option<(Bbox, Sight)> {
    let country = Target::Exactly(FRANCE_ITSELF);
    let query = &view.query;
    if !query.town.is_empty()
        || query.near.is_some()
        || view.practitioner.is_some()
        || target(view, &Known::default()) != country
    {
        return None;
    }
    let sight = Sight::of(country, LARGEST)?;
    Some((padded(sight.edges(LARGEST), sight.zoom)?, sight))
}

/// The part that a map of `size` asks its first markers for, and its zoom: what the server has foreseen
/// where that is enough, since it has come by now.
pub fn first_part(view: &MapView, target: Target, size: Size) -> Option<(Bbox, u8)> {
    let sight = Sight::of(target, size)?;
    let edges = sight.edges(size);
    let fits = |(bbox, its): &(Bbox, Sight)| its.zoom == sight.zoom && holds(*bbox, edges);
    let bbox = match foreseen(view).filter(fits) {
        Some((bbox, _)) => bbox,
        None => padded(edges, sight.zoom)?,
    };
    Some((bbox, sight.zoom))
}

/// The nearest zoom that shows all of `edges`, with `room` in pixels around it.
pub fn zoom_for(edges: [f64; 4], room: f64, size: Size) -> u8 {
    let [left, top, right, bottom] = corners(edges);
    let fits = |zoom: &u8| {
        let within = |span: f64, pixels: f64| {
            span * scale(*zoom) <= (pixels - 2.0 * room).max(0.0) * TOLERANCE
        };
        within(right - left, size.0) && within(bottom - top, size.1)
    };
    (0..=MAX_ZOOM).rev().find(fits).unwrap_or(0)
}

/// Left, top, right, bottom in pixels of zoom 0.
fn corners([west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let ((left, top), (right, bottom)) = (project(north, west), project(south, east));
    [left, top, right, bottom]
}

fn scale(zoom: u8) -> f64 {
    f64::from(1_u32 << zoom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::viewport::shown;

    const SIZE: Size = (760.0, 620.0);

    #[track_caller]
    fn seen(target: Target) -> (Sight, [f64; 4]) {
        let sight = Sight::of(target, SIZE).unwrap();
        (sight, sight.edges(SIZE))
    }

    #[test]
    fn all_that_is_asked_for_is_shown() {
        let asked = [4.7, 45.7, 4.9, 45.8];
        let (sight, [west, south, east, north]) = seen(Target::Around(asked, 13));
        assert_eq!(sight.zoom, 12);
        assert!(west < asked[0] && south < asked[1] && asked[2] < east && asked[3] < north);
    }

    #[test]
    fn one_place_is_shown_no_nearer_than_asked_for() {
        let (sight, edges) = seen(Target::Around([4.9, 45.8, 4.9, 45.8], 13));
        assert_eq!(sight.zoom, 13);
        let (lat, lon) = middle(edges);
        assert!((lat - 45.8).abs() < 1e-3 && (lon - 4.9).abs() < 1e-9, "{lat} {lon}");
    }

    #[test]
    fn the_country_is_shown_no_wider_than_it_is_drawn() {
        let (sight, edges) = seen(target(&MapView::default(), &Known::default()));
        assert_eq!((sight.zoom, sight.least_zoom), (6, 6));
        assert!(-12.0 < edges[0] && edges[2] < 16.0, "{edges:?}");
    }

    #[test]
    fn what_is_foreseen_is_enough_for_every_window_with_the_map_beside_the_list() {
        let (asked, its) = foreseen(&MapView::default()).unwrap();
        for size in [(640.0, 480.0), (720.0, 620.0), (720.0, 800.0)] {
            let sight = Sight::of(target(&MapView::default(), &Known::default()), size).unwrap();
            assert_eq!(sight.zoom, its.zoom, "{size:?}");
            // What the server has drawn already stands in the same place.
            assert_eq!((sight.lat, sight.lon), (its.lat, its.lon), "{size:?}");
            assert!(holds(asked, sight.edges(size)), "{size:?}: {asked}");
        }
    }

    #[test]
    fn nothing_is_foreseen_of_what_is_looked_at_elsewhere() {
        for address in ["town=Lyon", "near=45.7,4.8", "bbox=4,45,5,46", "practitioner=p1"] {
            assert_eq!(foreseen(&MapView::read(address)), None, "{address}");
        }
        let all = foreseen(&MapView::default());
        assert!(all.is_some());
        assert_eq!(foreseen(&MapView::read("remote=1&page=2")), all);
    }

    /// A reload, or a shared link, shows the same.
    #[test]
    fn what_an_address_says_of_a_view_leads_back_to_it() {
        for zoom in 6..=MAX_ZOOM {
            let there = Target::Around([2.3522, 48.8566, 2.3522, 48.8566], zoom);
            let (sight, edges) = seen(there);
            let said = shown(edges, zoom).unwrap();
            let said = [said.west(), said.south(), said.east(), said.north()];
            assert_eq!(seen(Target::Exactly(said)).0.zoom, sight.zoom, "zoom {zoom}");
        }
    }

    #[test]
    fn no_size_is_no_fault() {
        let it = Sight::of(Target::Around([4.7, 45.7, 4.9, 45.8], 13), (0.0, 0.0)).unwrap();
        assert_eq!(it.zoom, it.least_zoom);
    }
}
