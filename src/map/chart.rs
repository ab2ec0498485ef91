//! The map itself: the ground, the markers on it, who is chosen, who is spread.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use contract::{
    geo::LatLon,
    map::{Cluster, Feature, Properties, Single},
    practitioner::Practitioner,
    slug::Slug,
};
use locale::text;
use web_sys::HtmlElement;

use crate::map::{
    basemap::{Basemap, File},
    elements::{announce, document, find, focus, focused, window},
    fan,
    leaflet::{Board, Floor, Pin},
    marks,
    tiles::Detail,
    viewport::{MAX_ZOOM, TOWN_ZOOM, Target, Territory, middle},
};

/// Room around what is shown, in pixels: a marker has a size.
const ROOM: f64 = 36.0;
/// Milliseconds after a drag in which a press is the finger that lets go.
const LETTING_GO: f64 = 80.0;

/// What a marker stands for.
#[derive(Clone)]
pub enum About {
    Cluster(Cluster),
    Single(Single),
}

/// A marker.
struct Spot {
    about: About,
    lat: f64,
    lon: f64,
    /// The same for the same thing, however often it is drawn.
    key: String,
    pin: Pin,
}

pub struct Chart {
    pub board: Board,
    pub ground: Basemap,
    detail: Detail,
    itself: Weak<Chart>,
    features: RefCell<Vec<Feature>>,
    spots: RefCell<Vec<Spot>>,
    /// Numbers of the list, by practitioner.
    numbers: RefCell<Vec<(Slug, usize)>>,
    chosen: RefCell<Option<Slug>>,
    /// Where the chosen one is, once that is known.
    chosen_one: RefCell<Option<Practitioner>>,
    /// The key of the cluster that is spread.
    fan: RefCell<Option<String>>,
    /// The app moves the map, not the reader.
    by_app: Cell<bool>,
    by_reader: Cell<bool>,
    dragged_at: Cell<f64>,
}

impl Chart {
    /// Draws a map into `element`. `moved` is called after each move, with whether it was the
    /// reader's.
    pub fn new(element: &HtmlElement, moved: impl Fn(bool) + 'static) -> Option<Rc<Chart>> {
        let board = Board::new(element)?;
        let chart = Rc::new_cyclic(|itself| Chart {
            board,
            ground: Basemap::default(),
            detail: Detail::default(),
            itself: itself.clone(),
            features: RefCell::default(),
            spots: RefCell::default(),
            numbers: RefCell::default(),
            chosen: RefCell::default(),
            chosen_one: RefCell::default(),
            fan: RefCell::default(),
            by_app: Cell::default(),
            by_reader: Cell::default(),
            dragged_at: Cell::default(),
        });
        let listen = |kind: &str, step: fn(&Chart)| {
            let chart = Rc::downgrade(&chart);
            chart.upgrade().into_iter().for_each(|it| {
                let chart = chart.clone();
                it.board.on(kind, move || chart.upgrade().iter().for_each(|it| step(it)));
            });
        };
        listen("movestart", |it| it.by_reader.set(it.by_reader.get() || !it.by_app.get()));
        listen("dragend", |it| it.dragged_at.set(js_sys::Date::now()));
        listen("zoomstart", |it| it.forget_fan());
        let itself = Rc::downgrade(&chart);
        chart.board.on("moveend", move || {
            if let Some(it) = itself.upgrade() {
                it.follow_ground();
                moved(it.by_reader.take());
            }
        });
        for file in [File::Outlines, File::Towns] {
            chart.ground.want(file, Rc::downgrade(&chart));
        }
        chart.detail.restore(&chart.board);
        Some(chart)
    }

    pub fn follow_ground(&self) {
        self.ground.follow(&self.board, self.itself.clone(), self.detail.is_shown());
    }

    /// Shows the operator's detailed map, or hides it.
    pub fn toggle_detail(&self) {
        self.detail.toggle(&self.board);
        self.follow_ground();
    }

    /// Moves the map without the reader.
    fn by_app(&self, step: impl FnOnce(&Board)) {
        self.by_app.set(true);
        step(&self.board);
        self.by_app.set(false);
    }

    /// Shows what the address, the list or the choice asks for.
    pub fn look(&self, target: Target) {
        let (edges, room, most) = match target {
            Target::Exactly(edges) => (edges, 0.0, MAX_ZOOM),
            Target::Around(edges, most) => (edges, ROOM, most),
        };
        let (lat, lon) = middle(edges);
        let Ok(territory) = LatLon::new(lat, lon).map(Territory::of) else { return };
        if territory.overseas {
            self.ground.want(File::Overseas, self.itself.clone());
        }
        self.by_app(|board| {
            let least = territory.least_zoom(board.width());
            board.show(edges, room, least..=most.max(least), territory.edges);
        });
    }

    /// Makes sure that a place can be seen, and as near as a town.
    pub fn reveal(&self, at: LatLon) {
        let [west, south, east, north] = self.board.edges();
        let inside = (west..=east).contains(&at.lon()) && (south..=north).contains(&at.lat());
        let zoom = self.board.zoom();
        if !inside || zoom < TOWN_ZOOM {
            let edges = [at.lon(), at.lat(), at.lon(), at.lat()];
            self.look(Target::Around(edges, zoom.max(TOWN_ZOOM)));
        }
    }

    /// The map has its element's new size.
    pub fn resize(&self) {
        self.by_app(Board::resize);
    }

    pub fn set_features(&self, features: Vec<Feature>) {
        *self.features.borrow_mut() = features;
        self.draw();
    }

    pub fn set_numbers(&self, numbers: Vec<(Slug, usize)>) {
        let old = self.numbers.replace(numbers);
        let before = |id: &Slug| old.iter().find(|it| it.0 == *id).map(|it| it.1);
        // Clusters have no numbers: most lists change nothing that is seen.
        let changed = |spot: &Spot| match &spot.about {
            About::Single(it) => before(&it.id) != self.number(&it.id),
            About::Cluster(_) => false,
        };
        let seen = self.spots.borrow().iter().any(changed);
        if seen {
            self.draw();
        }
    }

    /// Somebody is chosen, or nobody.
    pub fn choose(&self, id: Option<Slug>, practitioner: Option<Practitioner>) {
        *self.chosen.borrow_mut() = id;
        *self.chosen_one.borrow_mut() = practitioner;
        self.draw();
    }

    pub fn chosen_at(&self) -> Option<LatLon> {
        self.chosen_one.borrow().as_ref().map(|it| it.position.at)
    }

    /// Moves the map as little as keeps the chosen one off its lower edge.
    pub fn keep_chosen_in_sight(&self) {
        let Some(at) = self.chosen_at() else { return };
        let hidden = self.board.pixel(at.lat(), at.lon()).1 + ROOM - self.board.height();
        if 0.0 < hidden {
            self.by_app(|board| board.lift(hidden));
        }
    }

    fn number(&self, id: &Slug) -> Option<usize> {
        self.numbers.borrow().iter().find(|it| it.0 == *id).map(|it| it.1)
    }

    /// Draws all markers anew: those of the list in its order, then the others from north to south.
    /// That is the order of the Tab key too.
    fn draw(&self) {
        let had_focus = self.focused_spot();
        self.board.clear();
        self.spots.borrow_mut().clear();
        let features = self.features.borrow();
        // Sorted as they come: a sorting of its own would weigh kilobytes.
        let mut order: Vec<(usize, &Feature)> = Vec::with_capacity(features.len());
        for feature in features.iter() {
            let number = match &feature.properties {
                Properties::Single(it) => self.number(&it.id).unwrap_or(usize::MAX),
                Properties::Cluster(_) => usize::MAX,
            };
            let north = feature.geometry.coordinates[1];
            let at = order.partition_point(|(other, it)| {
                *other < number || *other == number && north <= it.geometry.coordinates[1]
            });
            order.insert(at, (number, feature));
        }
        for (_, feature) in order {
            let [lon, lat] = feature.geometry.coordinates;
            match &feature.properties {
                Properties::Single(it) => self.add_single(it, lat, lon, false),
                Properties::Cluster(it) => self.add_cluster(it, lat, lon),
            }
        }
        drop(features);
        self.add_hidden_choice();
        self.restore_focus(had_focus);
    }

    fn add(&self, about: About, at: (f64, f64), key: String, above: f64, html: &str) {
        let pin = self.board.place(at.0, at.1, html, Floor::Markers, above);
        self.spots.borrow_mut().push(Spot { about, lat: at.0, lon: at.1, key, pin });
    }

    /// `spread` says that the place is not its own, but the end of a leg.
    fn add_single(&self, it: &Single, lat: f64, lon: f64, spread: bool) {
        let (index, number) = (self.spots.borrow().len(), self.number(&it.id));
        let chosen = self.chosen.borrow().as_ref() == Some(&it.id);
        let html = marks::single(it, index, number, chosen, spread).into_string();
        // Who is chosen lies on top, then who is in the list.
        let above = match (chosen, number) {
            (true, _) => 10_000.0,
            (false, Some(_)) => 5_000.0,
            (false, None) => 0.0,
        };
        self.add(About::Single(it.clone()), (lat, lon), it.id.to_string(), above, &html);
    }

    fn add_cluster(&self, it: &Cluster, lat: f64, lon: f64) {
        let key = format!("{:x},{:x}", lat.to_bits(), lon.to_bits());
        let open = self.fan.borrow().as_deref() == Some(key.as_str());
        let index = self.spots.borrow().len();
        let html = marks::cluster(it, index, open).into_string();
        self.add(About::Cluster(it.clone()), (lat, lon), key, 0.0, &html);
        if !open {
            return;
        }
        let colour = self.line_colour();
        let places = fan::places(it.members.len());
        for (member, (right, down)) in it.members.iter().zip(places) {
            let at = self.board.beside(lat, lon, right, down);
            self.board.leg((lat, lon), at, &colour);
            self.add_single(member, at.0, at.1, true);
        }
    }

    /// Whom a cluster hides is shown all the same while they are chosen.
    fn add_hidden_choice(&self) {
        let chosen = self.chosen_one.borrow();
        let Some(it) = chosen.as_ref() else { return };
        let seen = |spot: &Spot| spot.key == it.id.as_str();
        if self.spots.borrow().iter().any(seen) {
            return;
        }
        let single = Single {
            id: it.id.clone(),
            name: it.name.clone(),
            profession: it.profession,
            precision: it.position.precision,
        };
        self.add_single(&single, it.position.at.lat(), it.position.at.lon(), false);
    }

    fn line_colour(&self) -> String {
        let root = document().document_element();
        let style = root.and_then(|it| window().get_computed_style(&it).ok().flatten());
        style.and_then(|it| it.get_property_value("--color-text").ok()).unwrap_or_default()
    }

    /// What a press on a marker is for.
    pub fn at(&self, index: usize) -> Option<About> {
        if js_sys::Date::now() - self.dragged_at.get() < LETTING_GO {
            return None;
        }
        self.spots.borrow().get(index).map(|it| it.about.clone())
    }

    /// Zooms until the cluster parts, or spreads those whom no zoom parts.
    pub fn open_cluster(&self, index: usize, it: &Cluster) {
        let Some(key) = self.spots.borrow().get(index).map(|spot| spot.key.clone()) else {
            return;
        };
        if it.members.is_empty() {
            let fits = self.board.zoom_for(it.bbox, ROOM);
            let zoom = fits.max(self.board.zoom() + 1).min(MAX_ZOOM);
            let (lat, lon) = middle(it.bbox);
            self.board.go(lat, lon, zoom);
            return;
        }
        if self.fan.borrow().as_ref() == Some(&key) {
            self.close_fan();
            return;
        }
        *self.fan.borrow_mut() = Some(key);
        self.draw();
        announce(&text().atlas_fan_open.with(it.count));
        self.focus_spot(index + 1);
    }

    /// True if there was something to close. The focus goes back to the cluster.
    pub fn close_fan(&self) -> bool {
        let Some(key) = self.fan.take() else { return false };
        self.draw();
        let index = self.spots.borrow().iter().position(|it| it.key == key);
        if let Some(index) = index {
            self.focus_spot(index);
        }
        true
    }

    /// At another zoom the legs would lead elsewhere.
    fn forget_fan(&self) {
        if self.fan.take().is_some() {
            self.draw();
        }
    }

    /// Gives the focus to who is chosen, else to the map.
    pub fn focus_chosen(&self, id: &Slug) {
        let index = self.spots.borrow().iter().position(|it| it.key == id.as_str());
        match index {
            Some(index) => self.focus_spot(index),
            None => self.focus_ground(),
        }
    }

    fn focus_ground(&self) {
        if let Some(ground) = find("[data-ground]") {
            focus(&ground);
        }
    }

    fn focus_spot(&self, index: usize) {
        let element = self.spots.borrow().get(index).and_then(|it| it.pin.element());
        let button = element.and_then(|it| it.query_selector("button").ok().flatten());
        if let Some(button) = button.and_then(|it| wasm_bindgen::JsCast::dyn_into(it).ok()) {
            focus(&button);
        }
    }

    fn focused_spot(&self) -> Option<(String, (f64, f64))> {
        let index: usize = focused()?.get_attribute("data-marker")?.parse().ok()?;
        let spots = self.spots.borrow();
        spots.get(index).map(|it| (it.key.clone(), (it.lat, it.lon)))
    }

    /// The focus stays on what is the same, else goes to what is nearest.
    fn restore_focus(&self, had: Option<(String, (f64, f64))>) {
        let Some((key, at)) = had else { return };
        let (x, y) = self.board.pixel(at.0, at.1);
        let far = |it: &Spot| {
            let (to_x, to_y) = self.board.pixel(it.lat, it.lon);
            (to_x - x).hypot(to_y - y)
        };
        let index = {
            let spots = self.spots.borrow();
            let same = spots.iter().position(|it| it.key == key);
            let nearest = spots.iter().enumerate().min_by(|a, b| far(a.1).total_cmp(&far(b.1)));
            same.or(nearest.map(|it| it.0))
        };
        match index {
            Some(index) => self.focus_spot(index),
            None => self.focus_ground(),
        }
    }
}
