//! Towns offered while one is typed: the pattern of an editable combobox with a list (ARIA
//! Authoring Practices Guide). The focus stays in the field; the field works without any of this.

use std::cell::{Cell, RefCell};

use contract::practitioner::Place;
use locale::text;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::map::{
    elements::{after, all, announce, around, document, find, flag, mark, run},
    marks,
    practitioner_map::{Turn, atlas},
};

/// Milliseconds without a key after which the reader has typed something.
const TYPED: i32 = 120;

#[derive(Default)]
struct Offer {
    turn: Turn,
    places: RefCell<Vec<Place>>,
    active: Cell<Option<usize>>,
}

thread_local! {
    static OFFER: Offer = Offer::default();
}

fn field() -> Option<HtmlInputElement> {
    find("[data-places]")?.dyn_into().ok()
}

fn options() -> Option<HtmlElement> {
    find("[data-towns]")
}

/// Makes a combobox of the field.
pub fn prepare() {
    let Some(field) = field().filter(|it| !it.has_attribute("role")) else { return };
    for (name, value) in [
        ("role", "combobox"),
        ("aria-autocomplete", "list"),
        ("aria-expanded", "false"),
        ("aria-controls", "villes"),
    ] {
        mark(&field, name, Some(value));
    }
    let _ = field.insert_adjacent_html("afterend", &marks::no_towns().into_string());
}

/// Whether `target` is the field.
pub fn is_field(target: &Element) -> bool {
    target.has_attribute("data-places") && target.has_attribute("role")
}

/// Something was typed.
pub fn on_input() {
    let turn = OFFER.with(|it| it.turn.take());
    after(TYPED, move || {
        let (Some(atlas), Some(field)) = (atlas(), field()) else { return };
        if !OFFER.with(|it| it.turn.is(turn)) {
            return;
        }
        let typed = field.value();
        if typed.trim().is_empty() {
            close();
            return;
        }
        let answer = atlas.api.list_places(typed.trim());
        run(async move {
            // Without towns to offer, what is typed can still be sent.
            let places = answer.await.unwrap_or_default();
            if OFFER.with(|it| it.turn.is(turn)) && field.matches(":focus").unwrap_or(false) {
                open(places);
            }
        });
    });
}

fn open(places: Vec<Place>) {
    let (Some(field), Some(options)) = (field(), options()) else { return };
    if places.is_empty() {
        close();
        announce(text().atlas_towns_none());
        return;
    }
    options.set_inner_html(&marks::towns(&places).into_string());
    announce(&text().atlas_towns_count().with(u32::try_from(places.len()).unwrap_or(u32::MAX)));
    OFFER.with(|it| it.places.replace(places));
    flag(&options, "hidden", false);
    mark(&field, "aria-expanded", Some("true"));
    activate(None);
}

/// Nothing is offered any more, and no answer on its way will be.
pub fn close() {
    OFFER.with(|it| it.turn.take());
    if let (Some(field), Some(options)) = (field(), options()) {
        flag(&options, "hidden", true);
        mark(&field, "aria-expanded", Some("false"));
        activate(None);
    }
}

fn is_open() -> bool {
    options().is_some_and(|it| !it.has_attribute("hidden"))
}

fn activate(index: Option<usize>) {
    OFFER.with(|it| it.active.set(index));
    for (at, option) in all("[data-towns] [role=option]").into_iter().enumerate() {
        let active = Some(at) == index;
        mark(&option, "aria-selected", Some(if active { "true" } else { "false" }));
        if active {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }
    if let Some(field) = field() {
        let id = index.map(|it| format!("ville-{it}"));
        mark(&field, "aria-activedescendant", id.as_deref());
    }
}

/// Handles the keys that are the list's; all others are the field's.
pub fn on_key(event: &KeyboardEvent) {
    let (count, active) = OFFER.with(|it| (it.places.borrow().len(), it.active.get()));
    let open = is_open();
    match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if !open => {
            on_input();
            event.prevent_default();
        }
        "ArrowDown" => {
            activate(Some(active.map_or(0, |it| (it + 1) % count.max(1))));
            event.prevent_default();
        }
        "ArrowUp" => {
            let last = count.saturating_sub(1);
            activate(Some(active.and_then(|it| it.checked_sub(1)).unwrap_or(last)));
            event.prevent_default();
        }
        "Enter" => {
            if let Some(index) = active.filter(|_| open) {
                event.prevent_default();
                choose(index);
            } else {
                close();
            }
        }
        "Escape" if open => {
            close();
            event.prevent_default();
        }
        // The cursor moves in the field, as everywhere.
        "Home" | "End" => activate(None),
        _ => {}
    }
}

/// True when a press was for a town that is offered.
pub fn on_click(target: &Element) -> bool {
    let Some(option) = around(target, "[data-town]") else { return false };
    let index = option.get_attribute("data-town").and_then(|it| it.parse().ok());
    if let Some(index) = index {
        choose(index);
    }
    true
}

/// Writes the town into the field and asks for it.
fn choose(index: usize) {
    let label = OFFER.with(|it| it.places.borrow().get(index).map(|it| it.label.clone()));
    let (Some(label), Some(field)) = (label, field()) else { return };
    close();
    field.set_value(&label);
    if let Some(form) = field.form() {
        let _ = form.request_submit();
    }
}

/// The focus has left the field, but for its own list.
pub fn on_leave() {
    let focused = document().active_element();
    if !focused.is_some_and(|it| is_field(&it)) {
        close();
    }
}
