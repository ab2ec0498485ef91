//! The markers of one view on their way to the map: what each stands for, and the HTML of them all.
//! Pure.

use contract::{
    map::{Cluster, Feature, Properties, Single},
    slug::Slug,
};

use crate::map::marks::{self, Look};

/// What a marker stands for.
#[derive(Clone)]
pub enum About {
    Cluster(Cluster),
    Single(Single),
}

/// A marker. Its number is its place among the others.
pub struct Marker {
    pub about: About,
    /// The same for the same thing, however often it is drawn.
    pub key: String,
}

/// Where something is placed.
pub struct Spot {
    /// Degrees, WGS 84.
    pub lat: f64,
    pub lon: f64,
    /// Lifts it over its neighbours, in pixels of latitude.
    pub above: f64,
}

#[derive(Default)]
pub struct Drawing {
    pub markers: Vec<Marker>,
    /// Where they stand, in the same order.
    pub spots: Vec<Spot>,
    /// The elements, in the same order.
    pub html: String,
}

impl Drawing {
    fn add(&mut self, about: About, (lat, lon): (f64, f64), key: String, above: f64) {
        self.markers.push(Marker { about, key });
        self.spots.push(Spot { lat, lon, above });
    }

    pub fn single(&mut self, it: &Single, at: (f64, f64), look: Look) {
        let html = marks::single(it, self.markers.len(), look);
        self.html.push_str(&html.into_string());
        // Who is chosen lies on top, then who is in the list.
        let above = match look {
            Look { chosen: true, .. } => 10_000.0,
            Look { number: Some(_), .. } => 5_000.0,
            _ => 0.0,
        };
        self.add(About::Single(it.clone()), at, it.id.to_string(), above);
    }

    /// `open` says that it is spread.
    pub fn cluster(&mut self, it: &Cluster, at: (f64, f64), open: bool) {
        let html = marks::cluster(it, self.markers.len(), open);
        self.html.push_str(&html.into_string());
        self.add(About::Cluster(it.clone()), at, key(at), 0.0);
    }

    pub fn position(&self, key: &str) -> Option<usize> {
        self.markers.iter().position(|it| it.key == key)
    }

    /// The marker nearest to what `far` measures from.
    pub fn nearest(&self, far: impl Fn(&Spot) -> f64) -> Option<usize> {
        let spots = self.spots.iter().enumerate();
        spots.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|it| it.0)
    }
}

/// The key of a cluster at a place.
pub fn key((lat, lon): (f64, f64)) -> String {
    format!("{:x},{:x}", lat.to_bits(), lon.to_bits())
}

/// Those of the list in its order, then the others from north to south: the order of the Tab key.
pub fn in_order(features: &[Feature], number: impl Fn(&Slug) -> Option<usize>) -> Vec<&Feature> {
    // Sorted as they come: a sorting of its own would weigh kilobytes.
    let mut order: Vec<(usize, &Feature)> = Vec::with_capacity(features.len());
    for feature in features {
        let number = match &feature.properties {
            Properties::Single(it) => number(&it.id).unwrap_or(usize::MAX),
            Properties::Cluster(_) => usize::MAX,
        };
        let north = feature.geometry.coordinates[1];
        let at = order.partition_point(|(other, it)| {
            *other < number || *other == number && north <= it.geometry.coordinates[1]
        });
        order.insert(at, (number, feature));
    }
    order.into_iter().map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use contract::practitioner::{Precision, Profession};

    use super::*;

    fn one(id: &str, lat: f64) -> Feature {
        let (profession, precision) = (Profession::Nurse, Precision::Exact);
        let id = Slug::try_from(id).unwrap();
        let single = Single { id, name: "Cabinet".into(), profession, precision };
        Feature::new(lat, 4.0, Properties::Single(single))
    }

    #[test]
    fn the_list_comes_first_then_what_lies_north() {
        let features =
            [one("south", 43.0), one("second", 44.0), one("north", 49.0), one("first", 42.0)];
        let number = |id: &Slug| ["first", "second"].iter().position(|it| *it == id.as_str());
        let order: Vec<f64> =
            in_order(&features, number).iter().map(|it| it.geometry.coordinates[1]).collect();
        assert_eq!(order, [42.0, 44.0, 49.0, 43.0]);
    }

    #[test]
    fn a_marker_leads_back_to_what_it_stands_for() {
        let (bbox, members) = ([4.0, 45.0, 5.0, 46.0], vec![]);
        let cluster = Cluster { count: 12, expansion_zoom: 7, bbox, members };
        let Properties::Single(single) = one("a", 1.0).properties else { unreachable!() };
        let mut drawing = Drawing::default();
        drawing.cluster(&cluster, (45.5, 4.5), false);
        drawing.single(&single, (45.0, 4.0), Look::default());
        assert_eq!(drawing.position("a"), Some(1));
        assert_eq!(drawing.position(&key((45.5, 4.5))), Some(0));
        assert!(drawing.html.contains("data-marker=\"1\""), "{}", drawing.html);
        assert_eq!(drawing.nearest(|it| (it.lat - 45.4).abs()), Some(0));
        assert!(matches!(drawing.markers[1].about, About::Single(_)));
    }
}
