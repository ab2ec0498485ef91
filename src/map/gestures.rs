//! What the reader does to the map, its form and its list, heard on the whole document: the page's
//! HTML comes and goes.

use std::{rc::Rc, sync::Arc};

use contract::slug::Slug;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlFormElement, KeyboardEvent, MouseEvent, PointerEvent, SubmitEvent,
};

use crate::{
    api::DirectoryApi,
    map::{
        drawing::About,
        elements::{after, around, document, listen, window},
        form,
        practitioner_map::{self, Atlas, Host, atlas, has_focus, set_up},
        selection, sheet, town,
    },
};

/// Listens for as long as the document lives.
pub fn start(api: Arc<dyn DirectoryApi>, host: Host) {
    // Once, when the app starts.
    let _ = set_up(api).host.set(host);
    let kinds =
        ["input", "change", "keydown", "focusout", "mousedown", "pointerdown", "pointerover"];
    listen(&document(), &kinds, |event| on_event(&event));
    for (query, step) in [
        ("(min-width: 60rem)", (|_| follow_width()) as fn(Event)),
        ("(prefers-color-scheme: dark)", |_| practitioner_map::repaint()),
    ] {
        if let Ok(Some(media)) = window().match_media(query) {
            listen(&media, &["change"], step);
        }
    }
}

fn on_event(event: &Event) {
    let Some(target) = element(event) else { return };
    let in_field = town::is_field(&target);
    match event.type_().as_str() {
        "input" if in_field => town::on_input(),
        "change" => on_change(&target),
        "keydown" if in_field => town::on_key(event.unchecked_ref()),
        "keydown" => on_key(event.unchecked_ref()),
        // Where the focus goes is known afterwards.
        "focusout" if in_field => after(0, town::on_leave),
        // A press on an offered town leaves the focus in the field.
        "mousedown" if around(&target, "[data-towns]").is_some() => event.prevent_default(),
        "pointerdown" => let_go_outside(&target),
        "pointerover" if event.unchecked_ref::<PointerEvent>().pointer_type() == "mouse" => {
            let_go_outside(&target);
        }
        _ => {}
    }
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn follow_width() {
    if let Some(atlas) = atlas() {
        sheet::follow_width(&atlas);
    }
}

/// Fingers and wheel are the page's again once the reader is elsewhere on it.
fn let_go_outside(target: &Element) {
    let Some(chart) = atlas().and_then(|it| it.chart()) else { return };
    if around(target, "[data-ground]").is_none() {
        sheet::set_hand(&chart);
    }
}

fn on_change(target: &Element) {
    if target.has_attribute("data-pref") {
        practitioner_map::repaint();
    }
    if !form::answers_at_once(target) {
        return;
    }
    let form = around(target, "form").and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    if let (Some(atlas), Some(form)) = (atlas(), form) {
        // A distance is one from a place: the map goes back to it.
        let stay = target.get_attribute("name").as_deref() != Some("radius_m");
        form::submit(&atlas, &form, stay);
    }
}

fn on_key(event: &KeyboardEvent) {
    if event.key() != "Escape" || event.default_prevented() {
        return;
    }
    let Some(atlas) = atlas() else { return };
    if !has_focus() && !sheet::is_open() {
        return;
    }
    // From the inside outwards, one for each press.
    let closed = selection::unchoose(&atlas)
        || atlas.chart().is_some_and(|it| it.close_fan())
        || sheet::close(&atlas);
    if closed {
        event.prevent_default();
    }
}

/// True when a submitted form was the map's.
pub fn on_submit(form: &HtmlFormElement, event: &Event) -> bool {
    let Some(atlas) = atlas().filter(|_| form.has_attribute("data-map-form")) else { return false };
    event.prevent_default();
    town::close();
    let button = event.unchecked_ref::<SubmitEvent>().submitter();
    // The button of the filters asks for other people, that of the town for another place.
    let stay = button.is_some_and(|it| around(&it, ".filters__more").is_some());
    form::submit(&atlas, form, stay);
    true
}

/// True when a press was for the map.
pub fn on_click(event: &MouseEvent, target: &Element) -> bool {
    let Some(atlas) = atlas() else { return false };
    if town::on_click(target) {
        return true;
    }
    if let Some(marker) = around(target, "[data-marker]") {
        on_marker(&atlas, &marker);
        return true;
    }
    if let Some(button) = around(target, "[data-atlas]") {
        on_button(&atlas, &button);
        return true;
    }
    if around(target, "[data-ground]").is_some()
        && let Some(chart) = atlas.chart()
    {
        sheet::take_hand(&chart);
        event.prevent_default();
        return true;
    }
    false
}

fn on_marker(atlas: &Rc<Atlas>, marker: &Element) {
    let index = marker.get_attribute("data-marker").and_then(|it| it.parse().ok());
    let (Some(chart), Some(index)) = (atlas.chart(), index) else { return };
    sheet::take_hand(&chart);
    match chart.at(index) {
        Some(About::Single(it)) => selection::choose(atlas, it.id),
        Some(About::Cluster(it)) => chart.open_cluster(index, &it),
        None => {}
    }
}

fn on_button(atlas: &Rc<Atlas>, button: &Element) {
    let chart = atlas.chart();
    match (button.get_attribute("data-atlas").as_deref(), chart) {
        (Some("open"), _) => sheet::open(atlas),
        (Some("near"), _) => form::near_me(),
        (Some("close"), _) => {
            sheet::close(atlas);
        }
        (Some("unchoose"), _) => {
            selection::unchoose(atlas);
        }
        (Some("locate"), _) => {
            let id = button.get_attribute("data-id").and_then(|it| Slug::try_from(it).ok());
            if let Some(id) = id {
                selection::locate(atlas, id);
            }
        }
        (Some("tiles"), Some(chart)) => chart.toggle_detail(),
        (Some("in"), Some(chart)) => chart.board.step(1.0),
        (Some("out"), Some(chart)) => chart.board.step(-1.0),
        _ => {}
    }
}
