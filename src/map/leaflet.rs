//! Leaflet, in plain numbers and texts: the only file that knows it.
//!
//! Its script is fetched when a page shows a map. Markers are real buttons, so that they answer to
//! keys and fingers like all others; Leaflet only places them.

mod files;
mod pins;

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use leaflet::{LatLng, LatLngBounds, Layer, LayerGroup, Map, Marker, Point, Polyline, TileLayer};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::HtmlElement;

pub use files::load;
use pins::Icons;
pub use pins::Pin;

use crate::map::{
    drawing::Spot,
    elements::{media, size},
    sight::{Sight, Size},
    viewport::MAX_ZOOM,
};

/// What the crate lacks: it makes an `L.Icon` of a `DivIcon`, and knows no layer of ours.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = L, js_name = divIcon)]
    fn div_icon(options: &JsValue) -> JsValue;

    #[wasm_bindgen(js_namespace = L)]
    fn canvas(options: &JsValue) -> JsValue;

    /// `data/ground.mjs`.
    #[wasm_bindgen(extends = Layer, js_namespace = L, js_name = Ground)]
    type Ground;

    #[wasm_bindgen(constructor, js_namespace = L, js_class = Ground)]
    fn new(pieces: &Array, options: &JsValue) -> Ground;

    #[wasm_bindgen(method, js_name = setStyle)]
    fn set_style(this: &Ground, style: &JsValue);

    type Placed;

    #[wasm_bindgen(method, js_name = getElement)]
    fn element(this: &Placed) -> Option<HtmlElement>;

    type Handling;

    #[wasm_bindgen(method, getter)]
    fn dragging(this: &Handling) -> leaflet::Handler;

    #[wasm_bindgen(method, getter, js_name = scrollWheelZoom)]
    fn wheel(this: &Handling) -> leaflet::Handler;

    #[wasm_bindgen(method, js_name = setMaxBounds)]
    fn set_no_bounds(this: &Handling, none: &JsValue);
}

/// What a marker stands on, from the ground up.
#[derive(Clone, Copy, PartialEq)]
pub enum Floor {
    /// Names of towns: seen, never pressed or read out.
    Towns,
    Markers,
}

/// How an area or a line is drawn: CSS colours.
pub struct Paint<'a> {
    pub fill: Option<&'a str>,
    pub line: Option<&'a str>,
    /// Of the line, in pixels.
    pub weight: f64,
}

impl Paint<'_> {
    fn style(&self) -> JsValue {
        object(&[
            ("interactive", false.into()),
            ("fill", self.fill.is_some().into()),
            ("fillColor", self.fill.unwrap_or("").into()),
            ("fillOpacity", 1.into()),
            ("stroke", self.line.is_some().into()),
            ("color", self.line.unwrap_or("").into()),
            ("weight", self.weight.into()),
        ])
    }
}

/// Areas or lines on the ground, drawn alike.
pub struct Shapes(Ground);

impl Shapes {
    pub fn paint(&self, paint: &Paint) {
        self.0.set_style(&paint.style());
    }
}

/// Pictures of the ground from elsewhere.
pub struct Sheet {
    layer: TileLayer,
    /// Kept for as long as Leaflet calls it.
    failed: Handler,
}

type Handler = Closure<dyn FnMut(JsValue)>;

/// A map in the page.
pub struct Board {
    element: HtmlElement,
    map: Map,
    icons: Icons,
    legs: LayerGroup,
    /// Kept for as long as the map calls them, by the name of their event.
    handlers: RefCell<Vec<(String, Handler)>>,
}

impl Board {
    /// Fills `element`, which has its size. None when Leaflet refuses.
    pub fn new(element: &HtmlElement) -> Option<Board> {
        let moves = JsValue::from(!media("(prefers-reduced-motion: reduce)"));
        // A little is drawn around the view; `data/ground.mjs` draws more before it is moved away.
        let canvas = canvas(&object(&[("padding", 0.04.into())]));
        let options = object(&[
            ("renderer", canvas),
            ("attributionControl", false.into()),
            ("zoomControl", false.into()),
            ("zoomAnimation", moves.clone()),
            ("fadeAnimation", moves.clone()),
            ("markerZoomAnimation", moves.clone()),
            ("inertia", moves),
            ("maxBoundsViscosity", 1.into()),
            ("maxZoom", MAX_ZOOM.into()),
            // Who scrolls the page is not to be caught by the map.
            ("scrollWheelZoom", false.into()),
        ]);
        let map = Map::new_with_element(element, options.unchecked_ref()).ok()?;
        let towns = map.create_pane_by_name("towns");
        let _ = towns.set_attribute("aria-hidden", "true");
        let _ = towns.class_list().add_1("chart__towns");
        let icons = Icons::new()?;
        let legs = LayerGroup::new();
        map.add_layer(&legs);
        let (element, handlers) = (element.clone(), RefCell::default());
        Some(Board { element, map, icons, legs, handlers })
    }

    /// Calls `handler` on one of Leaflet's events.
    pub fn on(&self, kind: &str, mut handler: impl FnMut() + 'static) {
        let handler = Handler::new(move |_| handler());
        self.map.on(kind, handler.as_ref());
        self.handlers.borrow_mut().push((kind.to_owned(), handler));
    }

    /// Shows a place at once. From then on the map does not leave its territory.
    pub fn show(&self, sight: &Sight) {
        // The last world would hold the map back.
        self.map.unchecked_ref::<Handling>().set_no_bounds(&JsValue::NULL);
        self.map.set_min_zoom(0.0);
        let options = object(&[("animate", false.into())]);
        let middle = LatLng::new(sight.lat, sight.lon);
        self.map.set_view_with_options(&middle, sight.zoom.into(), &options);
        self.map.set_min_zoom(sight.least_zoom.into());
        self.map.set_max_bounds(&bounds(sight.territory.edges));
    }

    /// Goes to a place before the reader's eyes.
    pub fn go(&self, lat: f64, lon: f64, zoom: u8) {
        self.map.set_view(&LatLng::new(lat, lon), zoom.into());
    }

    /// Moves the map up by so many pixels, at once.
    pub fn lift(&self, pixels: f64) {
        let options = object(&[("animate", false.into())]);
        self.map.pan_by_with_options(&Point::new(0.0, pixels), &options);
    }

    /// Zooms by so many steps before the reader's eyes.
    pub fn step(&self, steps: f64) {
        self.map.zoom_in(steps);
    }

    pub fn zoom(&self) -> u8 {
        level(self.map.get_zoom())
    }

    /// West, south, east, north of what is shown, in degrees.
    pub fn edges(&self) -> [f64; 4] {
        let bounds = self.map.get_bounds();
        let (south_west, north_east) = (bounds.get_south_west(), bounds.get_north_east());
        [south_west.lng(), south_west.lat(), north_east.lng(), north_east.lat()]
    }

    pub fn size(&self) -> Size {
        size(&self.element)
    }

    /// Pixels from the left and the top of the map.
    pub fn pixel(&self, lat: f64, lon: f64) -> (f64, f64) {
        let point = self.map.lat_lng_to_container_point(&LatLng::new(lat, lon));
        (point.x(), point.y())
    }

    /// What is `right` and `down` of a place, in pixels: latitude and longitude.
    pub fn beside(&self, lat: f64, lon: f64, right: f64, down: f64) -> (f64, f64) {
        let (x, y) = self.pixel(lat, lon);
        let there = self.map.container_point_to_lat_lng(&Point::new(x + right, y + down));
        (there.lat(), there.lng())
    }

    /// The map's element has another size, or is shown again.
    pub fn resize(&self) {
        self.map.invalidate_size(false);
    }

    /// Whether a finger or a mouse moves the map.
    pub fn set_draggable(&self, on: bool) {
        switch(&self.map.unchecked_ref::<Handling>().dragging(), on);
    }

    /// Whether the wheel zooms.
    pub fn set_wheel(&self, on: bool) {
        switch(&self.map.unchecked_ref::<Handling>().wheel(), on);
    }

    /// Places the elements that `html` is made of, the first at the first of `spots`: `pins` turn
    /// into them, and are theirs afterwards, in the same order.
    pub fn place(&self, pins: &mut Vec<Pin>, html: &str, spots: &[Spot], floor: Floor) {
        let pane = if floor == Floor::Towns { "towns" } else { "markerPane" };
        let add = |it: &Marker| {
            self.map.add_layer(it);
        };
        self.icons.place(pins, html, spots, pane, add);
    }

    /// A line between two places, each latitude and longitude.
    pub fn leg(&self, from: (f64, f64), to: (f64, f64), colour: &str) {
        let ends = Array::of2(&LatLng::new(from.0, from.1).into(), &LatLng::new(to.0, to.1).into());
        let options = object(&[
            ("interactive", false.into()),
            ("color", colour.into()),
            ("weight", 1.5.into()),
        ]);
        self.legs.add_layer(&Polyline::new_with_options(&ends, options.unchecked_ref()));
    }

    /// Takes all legs away.
    pub fn clear_legs(&self) {
        self.legs.clear_layers();
    }

    /// Draws shapes below everything. `pieces` is what `data/ground.mjs` takes.
    pub fn draw(&self, pieces: &Array, paint: &Paint) -> Shapes {
        let shapes = Ground::new(pieces, &paint.style());
        self.map.add_layer(&shapes);
        Shapes(shapes)
    }

    pub fn set_drawn(&self, shapes: &Shapes, drawn: bool) {
        if drawn != self.map.has_layer(&shapes.0) {
            let _ = if drawn {
                self.map.add_layer(&shapes.0)
            } else {
                self.map.remove_layer(&shapes.0)
            };
        }
    }

    /// Covers the ground with tiles; `failed` is called for each that does not come.
    pub fn cover(&self, url: &str, max_zoom: u8, mut failed: impl FnMut() + 'static) -> Sheet {
        let options = object(&[
            ("maxZoom", MAX_ZOOM.into()),
            ("maxNativeZoom", max_zoom.into()),
            // Hosts want to know the site, and shall not know the page.
            ("referrerPolicy", "origin".into()),
        ]);
        let layer = TileLayer::new_options(url, options.unchecked_ref());
        let failed = Handler::new(move |_| failed());
        layer.on("tileerror", failed.as_ref());
        self.map.add_layer(&layer);
        Sheet { layer, failed }
    }

    /// Takes the tiles away.
    pub fn peel(&self, sheet: &Sheet) {
        sheet.layer.off("tileerror", sheet.failed.as_ref());
        sheet.layer.remove();
    }

    /// Land everywhere, in place of outlines.
    pub fn set_plain(&self, plain: bool) {
        let _ = self.element.class_list().toggle_with_force("chart__ground--plain", plain);
    }

    /// Takes the map out of the page. Nothing is called afterwards, not even by what is on its way.
    pub fn remove(&self) {
        for (kind, handler) in self.handlers.borrow_mut().drain(..) {
            self.map.off(&kind, handler.as_ref());
        }
        self.map.remove();
    }
}

fn switch(handler: &leaflet::Handler, on: bool) {
    let _ = if on { handler.enable() } else { handler.disable() };
}

fn bounds([west, south, east, north]: [f64; 4]) -> LatLngBounds {
    LatLngBounds::new(&LatLng::new(south, west), &LatLng::new(north, east))
}

/// Zooms are whole numbers from 0 to 18, but during a pinch.
fn level(zoom: f64) -> u8 {
    (0..=18).rev().find(|it| f64::from(*it) <= zoom.round()).unwrap_or(0)
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes every field.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
