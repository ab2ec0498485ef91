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
    drawing::{About, Drawing, Marker, Spot, in_order, key},
    elements::{after, announce, document, find, focus, focused, window},
    fan,
    leaflet::{Board, Floor, Pin},
    marks::Look,
    sight::{ROOM, Sight, zoom_for},
    tiles::Detail,
    viewport::{MAX_ZOOM, TOWN_ZOOM, Target, middle},
};

/// Milliseconds after a drag in which a press is the finger that lets go.
const LETTING_GO: f64 = 80.0;

pub struct Chart {
    pub board: Board,
    pub ground: Basemap,
    detail: Detail,
    itself: Weak<Chart>,
    features: RefCell<Vec<Feature>>,
    drawn: RefCell<Drawing>,
    /// Of what is drawn, in the same order.
    pins: RefCell<Vec<Pin>>,
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
            drawn: RefCell::default(),
            pins: RefCell::default(),
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
        let Some(sight) = Sight::of(target, self.board.size()) else { return };
        if sight.territory.overseas {
            self.ground.want(File::Overseas, self.itself.clone());
        }
        self.by_app(|board| board.show(&sight));
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
        self.begin_ground();
    }

    /// The markers are there, or will not come: the ground may be drawn, after the browser has shown
    /// them.
    pub fn begin_ground(&self) {
        let chart = self.itself.clone();
        after(0, move || {
            if let Some(chart) = chart.upgrade() {
                chart.ground.begin(&chart);
                chart.put_still_away();
            }
        });
    }

    /// What the server drew has been there until the same was drawn over it.
    fn put_still_away(&self) {
        let Some(still) = find("[data-still]") else { return };
        if still.contains(document().active_element().as_deref()) {
            self.focus_ground();
        }
        still.remove();
    }

    pub fn set_numbers(&self, numbers: Vec<(Slug, usize)>) {
        let old = self.numbers.replace(numbers);
        let before = |id: &Slug| old.iter().find(|it| it.0 == *id).map(|it| it.1);
        // Clusters have no numbers: most lists change nothing that is seen.
        let changed = |marker: &Marker| match &marker.about {
            About::Single(it) => before(&it.id) != self.number(&it.id),
            About::Cluster(_) => false,
        };
        let seen = self.drawn.borrow().markers.iter().any(changed);
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
        let hidden = self.board.pixel(at.lat(), at.lon()).1 + ROOM - self.board.size().1;
        if 0.0 < hidden {
            self.by_app(|board| board.lift(hidden));
        }
    }

    fn number(&self, id: &Slug) -> Option<usize> {
        self.numbers.borrow().iter().find(|it| it.0 == *id).map(|it| it.1)
    }

    /// Draws all markers anew.
    fn draw(&self) {
        let had_focus = self.focused_marker();
        self.board.clear_legs();
        let mut drawing = Drawing::default();
        let features = self.features.borrow();
        for feature in in_order(&features, |id| self.number(id)) {
            let [lon, lat] = feature.geometry.coordinates;
            match &feature.properties {
                Properties::Single(it) => drawing.single(it, (lat, lon), self.look_of(it, false)),
                Properties::Cluster(it) => self.add_cluster(&mut drawing, it, (lat, lon)),
            }
        }
        self.add_hidden_choice(&mut drawing);
        let html = std::mem::take(&mut drawing.html);
        let mut pins = self.pins.borrow_mut();
        self.board.place(&mut pins, &html, &drawing.spots, Floor::Markers);
        drop(pins);
        self.drawn.replace(drawing);
        self.restore_focus(had_focus);
    }

    fn look_of(&self, it: &Single, spread: bool) -> Look {
        let chosen = self.chosen.borrow().as_ref() == Some(&it.id);
        Look { number: self.number(&it.id), chosen, spread }
    }

    fn add_cluster(&self, drawing: &mut Drawing, it: &Cluster, at: (f64, f64)) {
        let open = self.fan.borrow().as_ref() == Some(&key(at));
        drawing.cluster(it, at, open);
        if !open {
            return;
        }
        let colour = self.line_colour();
        let places = fan::places(it.members.len());
        for (member, (right, down)) in it.members.iter().zip(places) {
            let end = self.board.beside(at.0, at.1, right, down);
            self.board.leg(at, end, &colour);
            drawing.single(member, end, self.look_of(member, true));
        }
    }

    /// Whom a cluster hides is shown all the same while they are chosen.
    fn add_hidden_choice(&self, drawing: &mut Drawing) {
        let chosen = self.chosen_one.borrow();
        let Some(it) = chosen.as_ref().filter(|it| drawing.position(it.id.as_str()).is_none())
        else {
            return;
        };
        let single = Single {
            id: it.id.clone(),
            name: it.name.clone(),
            profession: it.profession,
            precision: it.position.precision,
        };
        let at = (it.position.at.lat(), it.position.at.lon());
        drawing.single(&single, at, self.look_of(&single, false));
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
        self.drawn.borrow().markers.get(index).map(|it| it.about.clone())
    }

    /// Zooms until the cluster parts, or spreads those whom no zoom parts.
    pub fn open_cluster(&self, index: usize, it: &Cluster) {
        let key = self.drawn.borrow().markers.get(index).map(|marker| marker.key.clone());
        let Some(key) = key else {
            return;
        };
        if it.members.is_empty() {
            let fits = zoom_for(it.bbox, ROOM, self.board.size());
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
        announce(&text().atlas_fan_open().with(it.count));
        self.focus_marker(index + 1);
    }

    /// True if there was something to close. The focus goes back to the cluster.
    pub fn close_fan(&self) -> bool {
        let Some(key) = self.fan.take() else { return false };
        self.draw();
        let index = self.drawn.borrow().position(&key);
        if let Some(index) = index {
            self.focus_marker(index);
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
        let index = self.drawn.borrow().position(id.as_str());
        match index {
            Some(index) => self.focus_marker(index),
            None => self.focus_ground(),
        }
    }

    fn focus_ground(&self) {
        if let Some(ground) = find("[data-ground]") {
            focus(&ground);
        }
    }

    fn focus_marker(&self, index: usize) {
        let element = self.pins.borrow().get(index).and_then(Pin::element);
        if let Some(element) = element {
            focus(&element);
        }
    }

    /// Its key and place.
    fn focused_marker(&self) -> Option<(String, (f64, f64))> {
        let index: usize = focused()?.get_attribute("data-marker")?.parse().ok()?;
        let drawn = self.drawn.borrow();
        let spot = drawn.spots.get(index)?;
        Some((drawn.markers.get(index)?.key.clone(), (spot.lat, spot.lon)))
    }

    /// The focus stays on what is the same, else goes to what is nearest.
    fn restore_focus(&self, had: Option<(String, (f64, f64))>) {
        let Some((key, at)) = had else { return };
        let (x, y) = self.board.pixel(at.0, at.1);
        let far = |it: &Spot| {
            let (to_x, to_y) = self.board.pixel(it.lat, it.lon);
            (to_x - x).hypot(to_y - y)
        };
        let same = self.drawn.borrow().position(&key);
        match same.or_else(|| self.drawn.borrow().nearest(far)) {
            Some(index) => self.focus_marker(index),
            None => self.focus_ground(),
        }
    }
}
