//! The ground under the markers: land, borders, names of towns. Files of this site, no one else's.

use std::{cell::RefCell, collections::HashMap, rc::Weak};

use js_sys::{Array, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    api::http::{read_file, read_json},
    map::{
        chart::Chart,
        leaflet::{Board, Floor, Ground, Paint, Pin},
        marks,
        viewport::BORDERS_UP_TO,
    },
};

/// The zoom from which on small towns are named too.
const NEAR: u8 = 10;

/// Name, latitude, longitude, the first zoom it is written at.
type Town = (String, f64, f64, u8);

/// What was fetched, and what of it is drawn.
#[derive(Default)]
pub struct Basemap {
    asked: RefCell<Vec<File>>,
    grounds: RefCell<Vec<(String, Ground)>>,
    towns: RefCell<Vec<Town>>,
    /// By their place in `towns`.
    named: RefCell<HashMap<usize, Pin>>,
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
        wasm_bindgen_futures::spawn_local(async move {
            let text = read_file(file.path()).await;
            let (Some(text), Some(chart)) = (text, chart.upgrade()) else { return };
            let ground = &chart.ground;
            match file {
                File::Outlines | File::Overseas => ground.draw(&chart.board, &text),
                File::Towns | File::NearTowns => {
                    ground
                        .towns
                        .borrow_mut()
                        .extend(read_json::<Vec<Town>>(&text).unwrap_or_default());
                }
            }
            chart.follow_ground();
        });
    }

    fn draw(&self, board: &Board, json: &str) {
        let field = |it: &JsValue, name: &str| Reflect::get(it, &JsValue::from_str(name)).ok();
        let features = js_sys::JSON::parse(json).ok().and_then(|it| field(&it, "features"));
        let Some(features) = features.and_then(|it| it.dyn_into::<Array>().ok()) else { return };
        let colours = Colours::read();
        for feature in features.iter() {
            let kind = field(&feature, "properties").and_then(|it| field(&it, "kind"));
            let Some(kind) = kind.and_then(|it| it.as_string()) else { continue };
            let ground = board.draw(&feature, &colours.paint(&kind));
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
    pub fn follow(&self, board: &Board, chart: Weak<Chart>) {
        let zoom = board.zoom();
        if NEAR <= zoom {
            self.want(File::NearTowns, chart);
        }
        for (kind, ground) in self.grounds.borrow().iter() {
            if kind == "border" {
                board.set_drawn(ground, zoom <= BORDERS_UP_TO);
            }
        }
        let [west, south, east, north] = board.edges();
        let (towns, mut named) = (self.towns.borrow(), self.named.borrow_mut());
        let fits = |(_, lat, lon, rank): &Town| {
            *rank <= zoom && (south..=north).contains(lat) && (west..=east).contains(lon)
        };
        named.retain(|at, pin| {
            let stays = towns.get(*at).is_some_and(fits);
            if !stays {
                pin.remove();
            }
            stays
        });
        for (at, town) in towns.iter().enumerate().filter(|it| fits(it.1)) {
            let (name, lat, lon, rank) = town;
            named.entry(at).or_insert_with(|| {
                let html = marks::town(name, *rank).into_string();
                board.place(*lat, *lon, &html, Floor::Towns, 0.0)
            });
        }
    }
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
