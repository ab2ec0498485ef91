//! What the map draws: clusters and single practices, as GeoJSON (RFC 7946).

use serde::{Deserialize, Serialize};

use crate::{
    practitioner::{Precision, Profession},
    slug::Slug,
};

/// The highest zoom of the map (Web Mercator, 256-pixel tiles).
pub const MAX_ZOOM: u8 = 18;

/// A GeoJSON FeatureCollection of [`Feature`]s. Its kind is written for others; who reads it here
/// has asked for nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = FeatureCollection))]
pub struct Features {
    /// `FeatureCollection`.
    #[serde(rename = "type", skip_deserializing)]
    pub kind: CollectionKind,
    pub features: Vec<Feature>,
}

impl Features {
    pub fn new(features: Vec<Feature>) -> Features {
        Features { kind: CollectionKind::FeatureCollection, features }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CollectionKind {
    #[default]
    FeatureCollection,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeatureKind {
    #[default]
    Feature,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PointKind {
    #[default]
    Point,
}

/// Reads a line of an outline, as `data/map.py` writes it: the first position, then steps, east
/// before north, in parts of a degree. Returns both in degrees, of latitude or of Web Mercator as the
/// file has them; what cannot be read ends the line.
pub fn positions(line: &str) -> Vec<[f64; 2]> {
    const PARTS: f64 = 400.0;
    let mut digits = line.bytes().map(|it| match it {
        b'A'..=b'Z' => Some(it - b'A'),
        b'a'..=b'z' => Some(it - b'a' + 26),
        b'0'..=b'9' => Some(it - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    });
    let mut step = || {
        let (mut value, mut shift) = (0_u32, 0);
        loop {
            let digit = u32::from(digits.next()??);
            value |= (digit & 31).checked_shl(shift)?;
            if digit < 32 {
                break;
            }
            shift += 5;
        }
        let size = f64::from(value.div_ceil(2));
        Some(if value % 2 == 0 { size } else { -size })
    };
    let (mut found, mut lon, mut lat) = (Vec::with_capacity(line.len() / 3), 0.0, 0.0);
    while let (Some(east), Some(north)) = (step(), step()) {
        (lon, lat) = (lon + east, lat + north);
        found.push([lon / PARTS, lat / PARTS]);
    }
    found
}

/// A cluster, or one practitioner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feature {
    #[serde(rename = "type", skip_deserializing)]
    pub kind: FeatureKind,
    pub geometry: Point,
    pub properties: Properties,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Point {
    #[serde(rename = "type", skip_deserializing)]
    pub kind: PointKind,
    /// Longitude, latitude, in degrees (WGS 84).
    pub coordinates: [f64; 2],
}

impl Feature {
    /// At a latitude and longitude, in degrees.
    pub fn new(lat: f64, lon: f64, properties: Properties) -> Feature {
        let geometry = Point { kind: PointKind::Point, coordinates: [lon, lat] };
        Feature { kind: FeatureKind::Feature, geometry, properties }
    }
}

/// What a marker shows and where it leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "Known")]
pub enum Properties {
    Cluster(Cluster),
    Single(Single),
}

/// Whatever a marker may say. Trying one kind after the other, as serde would, takes the browser
/// kilobytes of code.
#[derive(Deserialize)]
struct Known {
    count: Option<u32>,
    expansion_zoom: Option<u8>,
    bbox: Option<[f64; 4]>,
    #[serde(default)]
    members: Vec<Single>,
    id: Option<Slug>,
    name: Option<String>,
    profession: Option<Profession>,
    precision: Option<Precision>,
}

impl TryFrom<Known> for Properties {
    type Error = &'static str;

    fn try_from(it: Known) -> Result<Properties, &'static str> {
        let cluster = (it.count, it.expansion_zoom, it.bbox);
        if let (Some(count), Some(expansion_zoom), Some(bbox)) = cluster {
            let members = it.members;
            return Ok(Properties::Cluster(Cluster { count, expansion_zoom, bbox, members }));
        }
        match (it.id, it.name, it.profession, it.precision) {
            (Some(id), Some(name), Some(profession), Some(precision)) => {
                Ok(Properties::Single(Single { id, name, profession, precision }))
            }
            _ => Err("neither a cluster nor a practitioner"),
        }
    }
}

/// Several practitioners that would overlap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cluster {
    /// At least 2.
    pub count: u32,
    /// The first zoom at which it parts.
    pub expansion_zoom: u8,
    /// West, south, east, north of its practitioners, in degrees.
    pub bbox: [f64; 4],
    /// Everybody in it, where zooming will not part them: they fan out instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Single>,
}

/// One practitioner on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Single {
    pub id: Slug,
    pub name: String,
    pub profession: Profession,
    pub precision: Precision,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_step_by_step() {
        // 1 and 2 parts, then 20 east (two digits) and 1 south.
        assert_eq!(positions("CEoBB"), [[0.0025, 0.005], [0.0525, 0.0025]]);
        assert_eq!(positions("CEC"), [[0.0025, 0.005]]);
        for broken in ["", "é", "C", "________________", "C E"] {
            assert!(positions(broken).is_empty(), "{broken}");
        }
    }

    #[test]
    fn clusters_and_single_practitioners_can_be_told_apart() {
        let cluster =
            Cluster { count: 2, expansion_zoom: 7, bbox: [1.0, 2.0, 3.0, 4.0], members: vec![] };
        let single = Single {
            id: Slug::try_from("a").unwrap(),
            name: "A".into(),
            profession: Profession::Nurse,
            precision: Precision::Exact,
        };
        let all = Features::new(vec![
            Feature::new(45.0, 4.0, Properties::Cluster(cluster)),
            Feature::new(46.0, 5.0, Properties::Single(single)),
        ]);
        let json = serde_json::to_value(&all).unwrap();
        assert_eq!(json["type"], "FeatureCollection");
        assert_eq!(json["features"][0]["geometry"]["coordinates"][0], 4.0);
        assert_eq!(serde_json::from_value::<Features>(json).unwrap(), all);
    }
}
