//! A layer for maps (RFC 7946).

use contract::{
    map::{CollectionKind, FeatureKind, Point, PointKind},
    practitioner::{Category, Practitioner},
    slug::Slug,
};
use serde::Serialize;

/// A FeatureCollection. Borrows the practitioners, so that a large one is written without a copy.
#[derive(Clone, Debug, Serialize)]
pub struct Collection<'a> {
    #[serde(rename = "type")]
    kind: CollectionKind,
    features: Vec<Feature<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: FeatureKind,
    id: &'a Slug,
    geometry: Point,
    properties: Properties<'a>,
}

/// The practitioner as everywhere else, entries made up for demonstration with `"fictif": true`.
#[derive(Clone, Debug, Serialize)]
struct Properties<'a> {
    #[serde(flatten)]
    practitioner: &'a Practitioner,
    /// `doctor`, `health_professional` or `other`: no map may show the last two as doctors.
    category: &'static str,
}

/// Everybody as points, with how far each can be trusted in `position.precision`.
pub fn geojson(practitioners: &[Practitioner]) -> Collection<'_> {
    let point = |it: &Practitioner| Point {
        kind: PointKind::Point,
        coordinates: [it.position.at.lon(), it.position.at.lat()],
    };
    Collection {
        kind: CollectionKind::FeatureCollection,
        features: practitioners
            .iter()
            .map(|it| Feature {
                kind: FeatureKind::Feature,
                id: &it.id,
                geometry: point(it),
                properties: Properties { practitioner: it, category: category(it) },
            })
            .collect(),
    }
}

fn category(it: &Practitioner) -> &'static str {
    match it.profession.category() {
        Category::Doctor => "doctor",
        Category::HealthProfessional => "health_professional",
        Category::Other => "other",
    }
}
