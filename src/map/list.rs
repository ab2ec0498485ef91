//! The list beside the map: asked again, put in its place, read back.
//!
//! What the map must know of it stands in its HTML, so that a page from the server needs no more.

use std::rc::Rc;

use contract::{geo::LatLon, slug::Slug};
use web_sys::HtmlElement;

use crate::{
    map::{
        elements::{after, all, announce, document, find, flag, focus, focused, mark, run},
        practitioner_map::Atlas,
    },
    pages::map::{MapPage, count},
};

/// Milliseconds that an answer may take before the list pales: it would flicker at each step.
const PATIENCE: i32 = 300;

/// A practitioner of the list.
pub struct Listed {
    pub id: Slug,
    pub number: usize,
    pub at: LatLon,
}

/// Asks for the list of the current question. `look` says that the map then shows where they are.
pub fn ask(atlas: &Rc<Atlas>, look: bool) {
    let turn = atlas.list_turn.take();
    let query = atlas.view.borrow().query.clone();
    let answer = atlas.api.list_practitioners(&query);
    let atlas = atlas.clone();
    atlas.list_busy.set(true);
    let waiting = atlas.clone();
    after(PATIENCE, move || {
        if waiting.list_turn.is(turn) && waiting.list_busy.get() {
            set_busy(true);
        }
    });
    run(async move {
        let answer = answer.await;
        if !atlas.list_turn.is(turn) {
            return;
        }
        atlas.list_busy.set(false);
        set_busy(false);
        let Some(host) = atlas.host.get() else { return };
        let view = atlas.view.borrow().clone();
        let found = answer.is_ok();
        atlas.list_failed.set(!found);
        match answer {
            Ok(found) => {
                let page = MapPage { view, found, still: String::new() };
                put(&(host.list)(&page).into_string());
                announce(&count(&page));
            }
            // An alert says itself.
            Err(_) => put(&(host.list_failed)(&view).into_string()),
        }
        atlas.take_list();
        if look && found {
            atlas.look();
        }
    });
}

fn set_busy(busy: bool) {
    if let Some(place) = find("#liste") {
        mark(&place, "aria-busy", busy.then_some("true"));
    }
}

fn put(html: &str) {
    let Some(place) = find("#liste") else { return };
    let had_focus = focused().is_some_and(|it| place.contains(Some(&it)));
    place.set_inner_html(html);
    // Who pressed a link of the old list reads the new one from its head.
    if had_focus && let Some(head) = find("#liste h2, #liste a") {
        if head.tag_name() == "H2" {
            mark(&head, "tabindex", Some("-1"));
        }
        focus(&head);
        place.scroll_into_view();
    }
}

/// Shows what only works with a map.
pub fn show_buttons() {
    for button in all("[data-atlas=locate]") {
        flag(&button, "hidden", false);
    }
}

pub fn read() -> Vec<Listed> {
    let first = find("#liste ol").and_then(|it| it.get_attribute("start")?.parse().ok());
    let first: usize = first.unwrap_or(1);
    let read = |(at, item): (usize, HtmlElement)| {
        Some(Listed {
            id: Slug::try_from(item.get_attribute("data-practitioner")?).ok()?,
            number: first + at,
            at: item.get_attribute("data-at")?.parse().ok()?,
        })
    };
    all("[data-practitioner]").into_iter().enumerate().filter_map(read).collect()
}

/// The place the list is sorted around.
pub fn around() -> Option<LatLon> {
    find("#liste [data-around]")?.get_attribute("data-around")?.parse().ok()
}

/// Marks who is chosen, and nobody else.
pub fn mark_chosen(id: Option<&Slug>) {
    for item in all("[data-practitioner]") {
        let chosen = id.is_some_and(|id| {
            item.get_attribute("data-practitioner").as_deref() == Some(id.as_str())
        });
        let _ = item.class_list().toggle_with_force("place--chosen", chosen);
        mark(&item, "aria-current", chosen.then_some("true"));
    }
}

/// Moves the page as little as shows the practitioner in the list.
pub fn bring_near(id: &Slug) {
    if let Some(item) = document().get_element_by_id(&format!("fiche-{id}")) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        item.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
