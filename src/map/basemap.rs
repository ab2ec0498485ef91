//! The ground under the markers: land, borders, names of towns. Files of this site, no one else's.

use std::{cell::RefCell, rc::Weak};

use contract::map::positions;
use js_sys::{Array, Float64Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    api::http::read_file,
    map::{
        chart::Chart,
        drawing::Spot,
        elements::{document, run, window},
        leaflet::{Board, Floor, Paint, Pin, Shapes},
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
pub struct Basemap {
    asked: RefCell<Vec<File>>,
    /// What came before the first markers waits for them: they are what matters.
    waiting: RefCell<Option<Vec<String>>>,
    shapes: RefCell<Vec<(&'static str, Shapes)>>,
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

impl Default for Basemap {
    fn default() -> Basemap {
        Basemap {
            asked: RefCell::default(),
            waiting: RefCell::new(Some(Vec::new())),
            shapes: RefCell::default(),
            towns: RefCell::default(),
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
            let (Some(text), Some(chart)) = (text, chart.upgrade()) else { return };
            if let Some(waiting) = chart.ground.waiting.borrow_mut().as_mut() {
                waiting.push(text);
                return;
            }
            chart.ground.take(&chart, &text);
        });
    }

    /// Nothing waits any more.
    pub fn begin(&self, chart: &Chart) {
        for text in self.waiting.take().unwrap_or_default() {
            self.take(chart, &text);
        }
    }

    fn take(&self, chart: &Chart, text: &str) {
        let Ok(json) = JSON::parse(text) else { return };
        match json.dyn_ref::<Array>() {
            Some(towns) => {
                let towns = towns.iter().filter_map(|it| Town::read(&it));
                self.towns.borrow_mut().extend(towns);
            }
            None => self.draw(&chart.board, &json),
        }
        chart.follow_ground();
    }

    fn draw(&self, board: &Board, json: &JsValue) {
        let colours = Colours::read();
        // From the ground up.
        for kind in ["abroad", "land", "coast", "border"] {
            let lines = Reflect::get(json, &JsValue::from_str(kind)).ok();
            let Some(lines) = lines.and_then(|it| it.dyn_into::<Array>().ok()) else { continue };
            let pieces = lines.iter().map(|it| piece(&it)).collect();
            self.shapes.borrow_mut().push((kind, board.draw(&pieces, &colours.paint(kind))));
        }
    }

    /// The reader's colours have changed.
    pub fn repaint(&self) {
        let colours = Colours::read();
        for (kind, shapes) in self.shapes.borrow().iter() {
            shapes.paint(&colours.paint(kind));
        }
    }

    /// After a move: what fits this zoom.
    pub fn follow(&self, board: &Board, chart: Weak<Chart>, covered: bool) {
        let zoom = board.zoom();
        if FETCHED <= zoom {
            self.want(File::NearTowns, chart);
        }
        for (kind, shapes) in self.shapes.borrow().iter() {
            let most = if *kind == "border" { BORDERS_UP_TO } else { COASTS_UP_TO };
            board.set_drawn(shapes, !covered && zoom <= most);
        }
        board.set_plain(covered || COASTS_UP_TO < zoom);
        let [west, south, east, north] = board.edges();
        let (mut html, mut spots, mut news) = (String::new(), Vec::new(), Vec::new());
        let mut towns = self.towns.borrow_mut();
        for (index, town) in towns.iter_mut().enumerate() {
            let Town { lat, lon, rank, .. } = *town;
            // Far away there is room for the great ones alone: markers stand on the rest.
            let named = rank < zoom || rank == MIN_ZOOM || NEAR <= zoom && rank == zoom;
            // Tiles have names of their own.
            let fits =
                !covered && named && (south..=north).contains(&lat) && (west..=east).contains(&lon);
            match town.pin.take_if(|_| !fits) {
                Some(pin) => pin.remove(),
                None if fits && town.pin.is_none() => {
                    html.push_str(&marks::town(&town.name, rank).into_string());
                    spots.push(Spot { lat, lon, above: 0.0 });
                    news.push(index);
                }
                None => {}
            }
        }
        let mut pins = Vec::new();
        board.place(&mut pins, &html, &spots, Floor::Towns);
        for (index, pin) in news.into_iter().zip(pins) {
            towns[index].pin = Some(pin);
        }
    }
}

/// A line, or the rings of an area, as `data/ground.mjs` takes it: all at once, a call for each of
/// ten thousand positions would take longer than drawing them.
fn piece(lines: &JsValue) -> JsValue {
    let rings = lines.dyn_ref::<Array>().cloned().unwrap_or_else(|| Array::of1(lines));
    let mut numbers = Vec::new();
    for ring in rings.iter() {
        for [east, north] in positions(&ring.as_string().unwrap_or_default()) {
            numbers.extend([east, -north]);
        }
        numbers.extend([f64::NAN; 2]);
    }
    Float64Array::from(&*numbers).into()
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
