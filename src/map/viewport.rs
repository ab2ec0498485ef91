//! What the map shows of the world, and what a change of it asks for. Pure.

use contract::{
    directory::{DirectoryQuery, MapView},
    geo::{Bbox, LatLon},
};

/// The farthest and the nearest zoom.
pub const MIN_ZOOM: u8 = 5;
pub const MAX_ZOOM: u8 = contract::map::MAX_ZOOM;
/// The zoom of one place among others: a town and what surrounds it.
pub const TOWN_ZOOM: u8 = 12;
/// Borders of départements are true to some kilometres: nearer than this they would mislead.
pub const BORDERS_UP_TO: u8 = 9;
/// Coasts are true to a kilometre: nearer than this a harbour would lie in the sea.
pub const COASTS_UP_TO: u8 = 11;
/// Part of the view's size that is asked for on every side: a short move shows no empty edge.
const MARGIN: f64 = 0.1;

/// Where the map is to look: west, south, east, north, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// All of it, exactly: what an address says.
    Exactly([f64; 4]),
    /// All of it with some room around, at most at a zoom.
    Around([f64; 4], u8),
}

/// What the reader's question knows of places.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The town or position that the list is sorted around.
    pub around: Option<LatLon>,
    /// The practitioners of the list's page.
    pub listed: Vec<LatLon>,
    /// The practitioner that is looked at.
    pub chosen: Option<LatLon>,
}

/// What a page that is opened, or a question that is answered, shows first.
pub fn target(view: &MapView, known: &Known) -> Target {
    if let Some(bbox) = view.query.bbox {
        return Target::Exactly(edges(bbox));
    }
    let near = known.around.iter().chain(&known.listed).chain(&known.chosen);
    let around = match (known.around, known.chosen) {
        // The list is near a place, so it shows where the place is.
        (Some(_), _) => hull(near.copied()),
        (None, Some(chosen)) => hull([chosen].into_iter()),
        (None, None) => None,
    };
    around.map_or(Target::Exactly(FRANCE_ITSELF), |it| Target::Around(it, TOWN_ZOOM + 1))
}

/// The smallest rectangle around all of them.
fn hull(mut points: impl Iterator<Item = LatLon>) -> Option<[f64; 4]> {
    let first = points.next()?;
    let mut edges = [first.lon(), first.lat(), first.lon(), first.lat()];
    for it in points {
        edges = [
            edges[0].min(it.lon()),
            edges[1].min(it.lat()),
            edges[2].max(it.lon()),
            edges[3].max(it.lat()),
        ];
    }
    Some(edges)
}

/// Which parts follow a change of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The list is asked again.
    pub list: bool,
    /// The markers are asked again, wherever the map looks.
    pub markers: bool,
    /// The map looks elsewhere.
    pub place: bool,
    /// Somebody else is looked at, or nobody.
    pub chosen: bool,
}

pub fn needs(old: &MapView, new: &MapView) -> Needs {
    let place = match new.query.bbox {
        Some(bbox) => old.query.bbox != Some(bbox),
        None => {
            let placed = !new.query.town.is_empty() || new.query.near.is_some();
            old.query.bbox.is_some()
                || placed && old.query != new.query
                || (&old.query.town, old.query.near) != (&new.query.town, new.query.near)
        }
    };
    Needs {
        list: old.query != new.query,
        markers: filters(&old.query) != filters(&new.query),
        place,
        chosen: old.practitioner != new.practitioner,
    }
}

/// A question without its places and pages: what narrows the markers.
fn filters(query: &DirectoryQuery) -> DirectoryQuery {
    DirectoryQuery {
        town: String::new(),
        near: None,
        radius_m: None,
        bbox: None,
        page: 1,
        ..query.clone()
    }
}

/// The reader moved the map: the list is asked for what it shows now.
pub fn moved(view: &MapView, bbox: Bbox, zoom: u8) -> MapView {
    let query = DirectoryQuery { bbox: Some(bbox), radius_m: None, page: 1, ..view.query.clone() };
    MapView { query, zoom: Some(zoom), ..view.clone() }
}

/// The edges of the map as an address says them: no finer than a pixel, nothing beyond the world.
///
/// `edges` are west, south, east and north, in degrees.
pub fn shown(edges: [f64; 4], zoom: u8) -> Option<Bbox> {
    let parts = match zoom {
        0..=9 => 1e3,
        10..=13 => 1e4,
        _ => 1e5,
    };
    let round = |it: f64, most: f64| ((it * parts).round() / parts).clamp(-most, most);
    let [west, south, east, north] = edges;
    Bbox::new(round(west, 180.0), round(south, 85.0), round(east, 180.0), round(north, 85.0)).ok()
}

/// The part that the markers are asked for.
pub fn padded(edges: [f64; 4], zoom: u8) -> Option<Bbox> {
    let [west, south, east, north] = edges;
    let (wide, high) = ((east - west) * MARGIN, (north - south) * MARGIN);
    shown([west - wide, south - high, east + wide, north + high], zoom)
}

/// Whether a part that was asked for has all that is shown.
pub fn holds(asked: Bbox, [west, south, east, north]: [f64; 4]) -> bool {
    asked.west() <= west && asked.south() <= south && east <= asked.east() && north <= asked.north()
}

/// A part of the world that the map draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Territory {
    /// West, south, east, north, in degrees: the map does not leave it.
    pub edges: [f64; 4],
    /// Its outlines are in the file of the overseas territories.
    pub overseas: bool,
}

const FRANCE: Territory = Territory { edges: [-12.0, 39.0, 16.0, 53.0], overseas: false };
/// Without the countries around it.
pub const FRANCE_ITSELF: [f64; 4] = [-4.9, 41.3, 9.6, 51.1];

impl Territory {
    /// The farthest zoom at which a map of so many pixels is not wider than what is drawn.
    pub fn least_zoom(self, width_px: f64) -> u8 {
        let part = (self.edges[2] - self.edges[0]) / 360.0;
        let wide = |zoom: &u8| width_px <= part * 256.0 * f64::from(1_u32 << zoom);
        (MIN_ZOOM..TOWN_ZOOM).find(wide).unwrap_or(MIN_ZOOM)
    }

    /// The one that holds a place.
    pub fn of(at: LatLon) -> Territory {
        let sea = |edges: [f64; 4]| Territory { edges, overseas: true };
        // Antilles, Guyane, Saint-Pierre-et-Miquelon, Mayotte and La Réunion, Nouvelle-Calédonie,
        // Wallis-et-Futuna, Polynésie.
        let overseas = [
            [-66.0, 12.0, -58.0, 20.0],
            [-57.0, 1.5, -50.5, 7.0],
            [-60.0, 44.0, -53.0, 50.0],
            [42.0, -24.0, 59.0, -10.0],
            [160.0, -25.0, 172.0, -17.0],
            [-180.0, -16.5, -174.0, -11.0],
            [-157.0, -29.0, -132.0, -6.0],
        ];
        let holds = |[west, south, east, north]: &[f64; 4]| {
            (*west..=*east).contains(&at.lon()) && (*south..=*north).contains(&at.lat())
        };
        overseas.into_iter().find(holds).map_or(FRANCE, sea)
    }
}

/// The middle of a rectangle, in degrees north and east.
pub fn middle(edges: [f64; 4]) -> (f64, f64) {
    ((edges[1] + edges[3]) / 2.0, (edges[0] + edges[2]) / 2.0)
}

/// West, south, east, north.
pub fn edges(it: Bbox) -> [f64; 4] {
    [it.west(), it.south(), it.east(), it.north()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(query: &str) -> MapView {
        MapView::read(query)
    }

    fn at(text: &str) -> LatLon {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check_needs(old: &str, new: &str, expected: &str) {
        let it = needs(&view(old), &view(new));
        let parts = [
            (it.list, "list"),
            (it.markers, "markers"),
            (it.place, "place"),
            (it.chosen, "chosen"),
        ];
        let names: Vec<&str> = parts.iter().filter(|it| it.0).map(|it| it.1).collect();
        assert_eq!(names.join(" "), expected, "{old} -> {new}");
    }

    #[test]
    fn only_what_a_change_touches_is_asked_again() {
        check_needs("", "", "");
        check_needs("town=Lyon", "town=Paris", "list place");
        check_needs("town=Lyon", "", "list place");
        check_needs("", "remote=1", "list markers");
        check_needs("town=Lyon", "town=Lyon&remote=1", "list markers place");
        check_needs("bbox=4,45,5,46", "bbox=4,45,5,46&remote=1", "list markers");
        check_needs("bbox=4,45,5,46&zoom=9", "bbox=4,45,5,47&zoom=9", "list place");
        check_needs("bbox=4,45,5,46", "", "list place");
        check_needs("", "page=2", "list");
        check_needs("town=Lyon", "town=Lyon&page=2", "list place");
        check_needs("practitioner=a", "practitioner=b", "chosen");
        check_needs("practitioner=a", "", "chosen");
    }

    #[test]
    fn a_move_narrows_the_list_to_what_is_shown() {
        let bbox: Bbox = "4,45,5,46".parse().unwrap();
        let it = moved(&view("town=Lyon&radius_m=5000&page=3&remote=1&practitioner=a"), bbox, 9);
        assert_eq!(it.to_string(), "town=Lyon&bbox=4,45,5,46&remote=1&zoom=9&practitioner=a");
    }

    #[test]
    fn an_address_is_shown_exactly_and_a_town_with_its_neighbours() {
        let known = Known {
            around: Some(at("45.76,4.84")),
            listed: vec![at("45.8,4.9"), at("45.7,4.7")],
            chosen: None,
        };
        let exactly = Target::Exactly([4.0, 45.0, 5.0, 46.0]);
        assert_eq!(target(&view("town=Lyon&bbox=4,45,5,46"), &known), exactly);
        let around = Target::Around([4.7, 45.7, 4.9, 45.8], 13);
        assert_eq!(target(&view("town=Lyon"), &known), around);
        // A list by name is anywhere: it says nothing of where to look.
        let unplaced = Known { around: None, ..known };
        assert_eq!(target(&view(""), &unplaced), Target::Exactly(FRANCE_ITSELF));
        let chosen = Known { chosen: Some(at("45.8,4.9")), ..unplaced };
        let there = Target::Around([4.9, 45.8, 4.9, 45.8], 13);
        assert_eq!(target(&view("practitioner=a"), &chosen), there);
    }

    #[test]
    fn edges_are_no_finer_than_a_pixel_and_stay_in_the_world() {
        let edges = [4.123_456_78, 45.123_456_78, 5.123_456_78, 46.123_456_78];
        let text = |zoom| shown(edges, zoom).map(|it| it.to_string()).unwrap();
        assert_eq!(text(9), "4.123,45.123,5.123,46.123");
        assert_eq!(text(12), "4.1235,45.1235,5.1235,46.1235");
        assert_eq!(text(18), "4.12346,45.12346,5.12346,46.12346");
        let world = shown([-400.0, -100.0, 400.0, 100.0], 5).unwrap();
        assert_eq!(world.to_string(), "-180,-85,180,85");
        let padded = padded([4.0, 45.0, 5.0, 46.0], 9).unwrap();
        assert_eq!(padded.to_string(), "3.9,44.9,5.1,46.1");
        assert!(holds(padded, [4.0, 45.0, 5.0, 46.0]));
        assert!(!holds(padded, [4.0, 44.8, 5.0, 46.0]));
    }

    #[test]
    fn a_wide_map_starts_nearer() {
        assert_eq!(FRANCE.least_zoom(390.0), 5);
        assert_eq!(FRANCE.least_zoom(760.0), 6);
        assert_eq!(Territory::of(at("14.6,-61.07")).least_zoom(390.0), 7);
    }

    #[test]
    fn every_territory_is_somewhere() {
        assert!(!Territory::of(at("48.85,2.35")).overseas);
        assert!(!Territory::of(at("46.2,6.14")).overseas);
        for place in [
            "14.6,-61.07",
            "4.93,-52.33",
            "46.78,-56.18",
            "-12.78,45.23",
            "-20.88,55.45",
            "-22.27,166.45",
            "-13.28,-176.17",
            "-17.53,-149.57",
        ] {
            let it = Territory::of(at(place));
            let [west, south, east, north] = it.edges;
            assert!(it.overseas, "{place}");
            assert!(Bbox::new(west, south, east, north).unwrap().contains(at(place)));
        }
    }
}
