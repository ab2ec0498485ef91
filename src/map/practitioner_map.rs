//! Keeps list, map and address in step. The address is the one truth: whatever the reader does
//! becomes a [`MapView`] first, and all parts follow that.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use contract::{
    directory::MapView,
    error::Problem,
    geo::{Bbox, LatLon},
    map::Features,
    practitioner::Practitioner,
};
use locale::text;
use maud::Markup;

use crate::{
    api::DirectoryApi,
    map::{
        chart::Chart,
        elements::{after, announce, document, find, flag, is_beside, run, size},
        form, leaflet, list, marks, selection, sheet,
        sight::{Size, first_part},
        tiles, town,
        viewport::{self, Known, Target, needs},
    },
    pages::map::MapPage,
};

/// Milliseconds without a move after which the reader has arrived: a zoom is often several.
const ARRIVED: i32 = 500;
/// Milliseconds after which the app does not wait for the first markers any more.
const FIRST_MARKERS: i32 = 300;

/// The page around the map: how its address changes, how it shows a list, what it wants to hear.
pub struct Host {
    /// To another view, as a step that Back undoes.
    pub go: Box<dyn Fn(MapView)>,
    /// To the same view with another name: no step of the reader's.
    pub rename: Box<dyn Fn(&MapView)>,
    pub list: Box<dyn Fn(&MapPage) -> Markup>,
    /// In the list's place when it could not be loaded.
    pub list_failed: Box<dyn Fn(&MapView) -> Markup>,
    /// The reader has chosen somebody, who is known by now.
    pub chosen: fn(&Practitioner),
}

/// Counts questions, so that the answer to an overtaken one is thrown away.
#[derive(Default)]
pub struct Turn(Cell<u32>);

impl Turn {
    pub fn take(&self) -> u32 {
        self.0.set(self.0.get().wrapping_add(1));
        self.0.get()
    }

    pub fn is(&self, turn: u32) -> bool {
        self.0.get() == turn
    }
}

/// What follows the address while a page shows practitioners.
pub struct Atlas {
    pub api: Arc<dyn DirectoryApi>,
    /// Nothing until the app has taken over the page: the map may be there before.
    pub host: OnceCell<Host>,
    pub view: RefCell<MapView>,
    /// None while the map is not drawn: on a phone until it is asked for.
    pub chart: RefCell<Option<Rc<Chart>>>,
    pub list_turn: Turn,
    pub choice_turn: Turn,
    pub list_failed: Cell<bool>,
    /// An answer is awaited.
    pub list_busy: Cell<bool>,
    markers_turn: Turn,
    /// The part of the world that markers are asked for before there is a map, and its zoom.
    asked: Cell<Option<(Bbox, u8)>>,
    /// What came of it while there was still no map.
    early: Cell<Option<Result<Features, Problem>>>,
    /// What waits for the first markers.
    then: Cell<Option<Box<dyn FnOnce()>>>,
    move_turn: Turn,
    /// Changes with the page: a map that was on its way to another is not drawn.
    page_turn: Turn,
    starting: Cell<bool>,
    /// See [`begin`].
    begun: Cell<bool>,
}

thread_local! {
    static ATLAS: RefCell<Option<Rc<Atlas>>> = const { RefCell::new(None) };
}

/// Is there as soon as the app runs.
pub fn set_up(api: Arc<dyn DirectoryApi>) -> Rc<Atlas> {
    let new = || {
        Rc::new(Atlas {
            api,
            host: OnceCell::new(),
            view: RefCell::default(),
            chart: RefCell::default(),
            list_turn: Turn::default(),
            choice_turn: Turn::default(),
            list_failed: Cell::default(),
            list_busy: Cell::default(),
            markers_turn: Turn::default(),
            asked: Cell::default(),
            early: Cell::default(),
            then: Cell::default(),
            move_turn: Turn::default(),
            page_turn: Turn::default(),
            starting: Cell::default(),
            begun: Cell::default(),
        })
    };
    ATLAS.with_borrow_mut(|it| it.get_or_insert_with(new).clone())
}

/// Draws the map of a page from the server before the app takes that over. `then` is called once:
/// after the first markers, or when they take long, or at once where no map is drawn yet.
pub fn begin(api: Arc<dyn DirectoryApi>, view: &MapView, then: impl FnOnce() + 'static) {
    let atlas = set_up(api);
    refresh(Some(view));
    atlas.begun.set(true);
    atlas.then.set(Some(Box::new(then)));
    let wait = if atlas.starting.get() { FIRST_MARKERS } else { 0 };
    after(wait, move || atlas.go_on());
}

/// Nothing while the page shows no practitioners.
pub fn atlas() -> Option<Rc<Atlas>> {
    find("[data-map]").and_then(|_| ATLAS.with_borrow(Clone::clone))
}

/// A page is about to go.
pub fn leave() {
    let Some(atlas) = ATLAS.with_borrow(Clone::clone) else { return };
    for turn in [
        &atlas.list_turn,
        &atlas.choice_turn,
        &atlas.markers_turn,
        &atlas.move_turn,
        &atlas.page_turn,
    ] {
        turn.take();
    }
    sheet::close(&atlas);
    if let Some(chart) = atlas.chart.take() {
        chart.board.remove();
    }
    atlas.starting.set(false);
    atlas.begun.set(false);
    atlas.asked.take();
    atlas.early.take();
}

/// A page is there, `view` in its address if it is the practitioners'.
pub fn refresh(view: Option<&MapView>) {
    let (Some(atlas), Some(view)) = (atlas(), view) else { return };
    if atlas.begun.take() {
        return;
    }
    atlas.view.replace(view.clone());
    atlas.list_failed.set(false);
    if is_beside() {
        atlas.start_chart();
    }
    // The map asks for its size meanwhile: what changes before that is laid out for it alone.
    after(0, || {
        form::prepare();
        town::prepare();
        sheet::prepare();
        list::show_buttons();
    });
}

/// The address has changed to another view of the same page.
pub fn follow(view: &MapView) {
    let Some(atlas) = atlas() else { return };
    let old = atlas.view.replace(view.clone());
    let needs = needs(&old, view);
    atlas.move_turn.take();
    form::sync(view);
    // What the address says of the place can be shown at once, a town only when it is found.
    let now = needs.place && view.query.bbox.is_some();
    if now {
        atlas.look();
    }
    if needs.list || atlas.list_failed.get() {
        list::ask(&atlas, needs.place && !now);
    }
    if needs.markers {
        atlas.ask_markers();
    }
    if needs.chosen {
        selection::show(&atlas, selection::By::Address);
    }
}

impl Atlas {
    /// Loads Leaflet and draws the map in its section.
    pub fn start_chart(self: &Rc<Self>) {
        let Some(section) = find("#carte") else { return };
        if self.chart.borrow().is_some() || self.starting.replace(true) {
            return;
        }
        // The server may have drawn it, with a still in the ground.
        if find("[data-ground]").is_none() {
            let sample = find(".ribbon").is_some();
            let frame = marks::frame(sample, tiles::read().as_ref(), "");
            section.set_inner_html(&frame.into_string());
            flag(&section, "hidden", false);
        }
        let target = viewport::target(&self.view.borrow(), &known(&self.view.borrow(), None));
        if let Some(ground) = find("[data-ground]") {
            self.ask_ahead(target, size(&ground));
        }
        let (atlas, turn) = (self.clone(), self.page_turn.take());
        run(async move {
            let loaded = leaflet::load().await;
            if !atlas.page_turn.is(turn) {
                return;
            }
            atlas.starting.set(false);
            let Some(ground) = find("[data-ground]") else { return };
            let follow = Rc::downgrade(&atlas);
            let moved = move |by_reader| {
                if let Some(atlas) = follow.upgrade() {
                    atlas.after_move(by_reader);
                }
            };
            let chart = if loaded { Chart::new(&ground, moved) } else { None };
            let Some(chart) = chart else {
                find("[data-still]").iter().for_each(|it| it.remove());
                ground.set_outer_html(&marks::failed().into_string());
                announce(text().atlas_chart_failed());
                return;
            };
            sheet::set_hand(&chart);
            atlas.chart.replace(Some(chart));
            atlas.take_list();
            atlas.look();
            selection::show(&atlas, selection::By::Address);
        });
    }

    /// The map shows what the address, the list and the choice ask for.
    pub fn look(&self) {
        let Some(chart) = self.chart() else { return };
        let view = self.view.borrow();
        chart.look(viewport::target(&view, &known(&view, chart.chosen_at())));
    }

    pub fn chart(&self) -> Option<Rc<Chart>> {
        self.chart.borrow().clone()
    }

    /// A list was put in its place.
    pub fn take_list(&self) {
        if let Some(chart) = self.chart() {
            chart.set_numbers(list::read().into_iter().map(|it| (it.id, it.number)).collect());
        }
    }

    fn after_move(self: &Rc<Self>, by_reader: bool) {
        self.ask_markers();
        if !by_reader {
            return;
        }
        let (atlas, turn) = (self.clone(), self.move_turn.take());
        after(ARRIVED, move || {
            if atlas.move_turn.is(turn) {
                atlas.arrive();
            }
        });
    }

    /// The reader moved the map: the address says where to, the list who is there.
    fn arrive(self: &Rc<Self>) {
        let Some(chart) = self.chart() else { return };
        let zoom = chart.board.zoom();
        let Some(bbox) = viewport::shown(chart.board.edges(), zoom) else { return };
        let view = viewport::moved(&self.view.borrow(), bbox, zoom);
        if *self.view.borrow() == view {
            return;
        }
        let had_radius = self.view.borrow().query.radius_m.is_some();
        self.rename(view);
        if had_radius {
            form::sync(&self.view.borrow());
        }
        list::ask(self, false);
    }

    /// To another view, as a step that Back undoes.
    pub fn go(&self, view: MapView) {
        if let Some(host) = self.host.get() {
            (host.go)(view);
        }
    }

    /// The same page, as it is now.
    pub fn rename(&self, view: MapView) {
        if let Some(host) = self.host.get() {
            (host.rename)(&view);
        }
        self.view.replace(view);
    }

    fn ask_markers(self: &Rc<Self>) {
        let Some(chart) = self.chart() else { return };
        let (edges, zoom) = (chart.board.edges(), chart.board.zoom());
        let fits = |asked: &(Bbox, u8)| asked.1 == zoom && viewport::holds(asked.0, edges);
        if self.asked.take().as_ref().is_some_and(fits) {
            // Else it is still on its way, and comes to the map by itself.
            if let Some(answer) = self.early.take() {
                self.take_markers(&chart, answer);
            }
        } else if let Some(bbox) = viewport::padded(edges, zoom) {
            self.ask_for(bbox, zoom);
        }
    }

    /// Asks for the markers that a map of so many pixels will show.
    fn ask_ahead(self: &Rc<Self>, target: Target, size: Size) {
        let part = first_part(&self.view.borrow(), target, size);
        self.asked.set(part);
        self.early.take();
        if let Some((bbox, zoom)) = part {
            self.ask_for(bbox, zoom);
        }
    }

    fn ask_for(self: &Rc<Self>, bbox: Bbox, zoom: u8) {
        let turn = self.markers_turn.take();
        let answer = self.api.list_clusters(&self.view.borrow().query, bbox, zoom);
        let atlas = self.clone();
        run(async move {
            let answer = answer.await;
            if !atlas.markers_turn.is(turn) {
                return;
            }
            match atlas.chart() {
                Some(chart) => atlas.take_markers(&chart, answer),
                None => atlas.early.set(Some(answer)),
            }
        });
    }

    fn take_markers(self: &Rc<Self>, chart: &Chart, answer: Result<Features, Problem>) {
        match answer {
            Ok(it) => chart.set_features(it.features),
            Err(_) => {
                announce(text().atlas_markers_failed());
                chart.begin_ground();
            }
        }
        let atlas = self.clone();
        // After the browser has shown them.
        after(0, move || atlas.go_on());
    }

    /// What waited for the first markers waits no longer.
    fn go_on(&self) {
        if let Some(then) = self.then.take() {
            then();
        }
    }
}

/// What the page says of places.
fn known(view: &MapView, chosen_at: Option<LatLon>) -> Known {
    let listed = list::read();
    let chosen = view.practitioner.as_ref().and_then(|id| {
        let in_list = listed.iter().find(|it| it.id == *id).map(|it| it.at);
        in_list.or(chosen_at)
    });
    let around = list::around();
    Known { around, listed: listed.into_iter().map(|it| it.at).collect(), chosen }
}

/// The theme changes after the event that asks for it.
pub fn repaint() {
    after(0, || {
        if let Some(chart) = atlas().and_then(|it| it.chart()) {
            chart.ground.repaint();
        }
    });
}

/// Whether the reader's focus is in the map's section.
pub fn has_focus() -> bool {
    let section = document().get_element_by_id("carte");
    let focused = document().active_element();
    section.zip(focused).is_some_and(|(section, it)| section.contains(Some(&it)))
}
