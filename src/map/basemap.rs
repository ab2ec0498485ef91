//! The ground under the markers: land, borders, names of towns. Files of this site, no one else's.

use std::{cell::RefCell, rc::Weak};

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    api::http::read_file,
    map::{
        chart::Chart,
        elements::{document, run, window},
        leaflet::{Board, Floor, Ground, Paint, Pin},
        marks,
        viewport::{BORDERS_UP_TO, COASTS_UP_TO, MAX_ZOOM, MIN_ZOOM},
    },
};

/// The zoom from which on small towns are fetched, and that from which on their names have room.
const FETCHED: u8 = 8;
const NEAR: u8 = 10;

struct Town {
    name: String,
    lat: f64,
    lon: f64,
    /// The first zoom it is written at.
    rank: u8,
    /// While it is written.
    pin: Option<Pin>,
}

impl Town {
    /// From `[name, latitude, longitude, rank]`.
    fn read(it: &JsValue) -> Option<Town> {
        let it: &Array = it.dyn_ref()?;
        let rank = it.get(3).as_f64()?;
        Some(Town {
            name: it.get(0).as_string()?,
            lat: it.get(1).as_f64()?,
            lon: it.get(2).as_f64()?,
            rank: (0..MAX_ZOOM).find(|it| rank <= f64::from(*it))?,
            pin: None,
        })
    }
}

/// What was fetched, and what of it is drawn.
#[derive(Default)]
pub struct Basemap {
    asked: RefCell<Vec<File>>,
    grounds: RefCell<Vec<(&'static str, Ground)>>,
    towns: RefCell<Vec<Town>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum File {
    Outlines,
    Overseas,
    Towns,
    NearTowns,
}

impl File {
    fn path(self) -> &'static str {
        match self {
            File::Outlines => "/map/outlines.json",
            File::Overseas => "/map/overseas.json",
            File::Towns => "/map/towns.json",
            File::NearTowns => "/map/towns-near.json",
        }
    }
}

impl Basemap {
    /// Fetches a file once and draws it on the map that `chart` still is by then. Without it the
    /// ground stays plain: the markers are what matters.
    pub fn want(&self, file: File, chart: Weak<Chart>) {
        if self.asked.borrow().contains(&file) {
            return;
        }
        self.asked.borrow_mut().push(file);
        run(async move {
            let text = read_file(file.path()).await;
            let json = text.and_then(|it| js_sys::JSON::parse(&it).ok());
            let (Some(json), Some(chart)) = (json, chart.upgrade()) else { return };
            let ground = &chart.ground;
            match json.dyn_ref::<Array>() {
                Some(towns) => {
                    let towns = towns.iter().filter_map(|it| Town::read(&it));
                    ground.towns.borrow_mut().extend(towns);
                }
                None => ground.draw(&chart.board, &json),
            }
            chart.follow_ground();
        });
    }

    fn draw(&self, board: &Board, json: &JsValue) {
        let colours = Colours::read();
        // From the ground up.
        for (kind, shape) in [
            ("abroad", "MultiPolygon"),
            ("land", "MultiPolygon"),
            ("coast", "MultiLineString"),
            ("border", "MultiLineString"),
        ] {
            let Ok(lines) = Reflect::get(json, &JsValue::from_str(kind)) else { continue };
            if lines.is_undefined() {
                continue;
            }
            let ground = board.draw(shape, &coordinates(&lines), &colours.paint(kind));
            self.grounds.borrow_mut().push((kind, ground));
        }
    }

    /// The reader's colours have changed.
    pub fn repaint(&self) {
        let colours = Colours::read();
        for (kind, ground) in self.grounds.borrow().iter() {
            ground.paint(&colours.paint(kind));
        }
    }

    /// After a move: what fits this zoom.
    pub fn follow(&self, board: &Board, chart: Weak<Chart>, covered: bool) {
        let zoom = board.zoom();
        if FETCHED <= zoom {
            self.want(File::NearTowns, chart);
        }
        for (kind, ground) in self.grounds.borrow().iter() {
            let most = if *kind == "border" { BORDERS_UP_TO } else { COASTS_UP_TO };
            board.set_drawn(ground, !covered && zoom <= most);
        }
        board.set_plain(covered || COASTS_UP_TO < zoom);
        let [west, south, east, north] = board.edges();
        for town in self.towns.borrow_mut().iter_mut() {
            let Town { lat, lon, rank, .. } = *town;
            // Far away there is room for the great ones alone: markers stand on the rest.
            let named = rank < zoom || rank == MIN_ZOOM || NEAR <= zoom && rank == zoom;
            // Tiles have names of their own.
            let fits =
                !covered && named && (south..=north).contains(&lat) && (west..=east).contains(&lon);
            match &town.pin {
                Some(pin) if !fits => {
                    pin.remove();
                    town.pin = None;
                }
                None if fits => {
                    let html = marks::town(&town.name, rank).into_string();
                    town.pin = Some(board.place(lat, lon, &html, Floor::Towns, 0.0));
                }
                _ => {}
            }
        }
    }
}

/// Lists of lines as GeoJSON writes them; lists of lists stay what they are.
fn coordinates(lines: &JsValue) -> JsValue {
    if let Some(list) = lines.dyn_ref::<Array>() {
        return list.iter().map(|it| coordinates(&it)).collect::<Array>().into();
    }
    let line = contract::map::positions(&lines.as_string().unwrap_or_default());
    line.iter()
        .map(|[lon, lat]| Array::of2(&(*lon).into(), &(*lat).into()))
        .collect::<Array>()
        .into()
}

/// The theme's colours, as CSS writes them.
struct Colours {
    land: String,
    abroad: String,
    line: String,
}

impl Colours {
    fn read() -> Colours {
        let style = document()
            .document_element()
            .and_then(|root| window().get_computed_style(&root).ok().flatten());
        let read = |name: &str| {
            let value = style.as_ref().and_then(|it| it.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        Colours { land: read("--map-land"), abroad: read("--map-abroad"), line: read("--map-line") }
    }

    fn paint(&self, kind: &str) -> Paint<'_> {
        match kind {
            "abroad" => Paint { fill: Some(&self.abroad), line: None, weight: 0.0 },
            "land" => Paint { fill: Some(&self.land), line: None, weight: 0.0 },
            "coast" => Paint { fill: None, line: Some(&self.line), weight: 1.4 },
            _ => Paint { fill: None, line: Some(&self.line), weight: 1.0 },
        }
    }
}
