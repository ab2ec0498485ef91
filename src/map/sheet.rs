//! The map in the list's place, on a phone; and when fingers and wheel are the page's, when the
//! map's.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};

use crate::map::{
    chart::Chart,
    elements::{find, flag, focus, is_beside, mark, media},
    marks,
    practitioner_map::Atlas,
};

fn split() -> Option<HtmlElement> {
    find("[data-map]")
}

/// The map covers the page.
pub fn is_open() -> bool {
    split().is_some_and(|it| it.has_attribute("data-open"))
}

/// Puts the bar that leads to the map below the list.
pub fn prepare() {
    if let Some(split) = split().filter(|it| it.get_attribute("data-map").as_deref() == Some(""))
        && find(".split__dock").is_none()
    {
        let _ = split.insert_adjacent_html("beforeend", &marks::dock().into_string());
    }
}

/// Shows the map over the page.
pub fn open(atlas: &Rc<Atlas>) {
    let Some(split) = split() else { return };
    flag(&split, "data-open", true);
    set_dialog(true);
    set_rest_inert(true);
    match atlas.chart() {
        Some(chart) => {
            chart.resize();
            set_hand(&chart);
        }
        None => atlas.start_chart(),
    }
    if let Some(back) = find("[data-atlas=close]") {
        focus(&back);
    }
}

/// True if it was open. The focus goes back to what opens it.
pub fn close(atlas: &Atlas) -> bool {
    let Some(split) = split().filter(|_| is_open()) else { return false };
    flag(&split, "data-open", false);
    set_dialog(false);
    set_rest_inert(false);
    if let Some(chart) = atlas.chart() {
        set_hand(&chart);
    }
    if let Some(button) = find("[data-atlas=open]") {
        focus(&button);
    }
    true
}

/// Over the page, the map is a dialog like any other; beside the list it is a part of the page.
fn set_dialog(on: bool) {
    if let Some(section) = find("#carte") {
        mark(&section, "role", on.then_some("dialog"));
        mark(&section, "aria-modal", on.then_some("true"));
    }
}

/// All of the page but the map, while that covers it. What is announced is still heard.
fn set_rest_inert(inert: bool) {
    let mut inner: Option<Element> = find("#carte").map(Into::into);
    while let Some(it) = inner.filter(|it| it.id() != "app") {
        let Some(parent) = it.parent_element() else { return };
        let mut sibling = parent.first_element_child();
        while let Some(other) = sibling {
            if other != it && other.id() != "annonce" {
                flag(&other, "inert", inert);
            }
            sibling = other.next_element_sibling();
        }
        inner = Some(parent);
    }
}

/// The window is wide now, or narrow: the map stands beside the list, or waits to be asked for.
pub fn follow_width(atlas: &Rc<Atlas>) {
    if is_beside() {
        close(atlas);
        atlas.start_chart();
    }
    if let Some(chart) = atlas.chart() {
        chart.resize();
        set_hand(&chart);
    }
}

/// A finger on a map beside the list scrolls the page, until the map is pressed once. A map that is
/// all there is moves at once.
pub fn set_hand(chart: &Chart) {
    let all = is_open();
    chart.board.set_draggable(all || !media("(pointer: coarse)"));
    chart.board.set_wheel(all);
}

/// The map was pressed: it takes fingers and wheel.
pub fn take_hand(chart: &Chart) {
    chart.board.set_draggable(true);
    chart.board.set_wheel(true);
}
