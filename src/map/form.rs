//! The form above list and map: read into the address, written back from it, and "autour de moi".

use contract::{
    directory::MapView,
    geo::LatLon,
    practitioner::{Language, Profession},
};
use locale::text;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, Position,
    PositionError, PositionOptions, UrlSearchParams,
};

use crate::{
    map::{
        elements::{all, announce, find, flag, window},
        practitioner_map::{Atlas, atlas},
    },
    pages::map::filter_words,
};

/// Milliseconds that a device may take to find itself.
const PATIENCE: u32 = 15_000;

/// Shows what only works with scripts.
pub fn prepare() {
    // Absent where the page did not come safely.
    if !cfg!(feature = "embed")
        && window().navigator().geolocation().is_ok()
        && let Some(button) = find("[data-atlas=near]")
    {
        flag(&button, "hidden", false);
    }
}

/// Whether a part of the form is answered at once when it changes.
pub fn answers_at_once(target: &Element) -> bool {
    target.matches("[data-map-form] select, [data-map-form] [type=checkbox]").unwrap_or(false)
}

/// Goes where the form asks. `stay` keeps the part of the map that is shown, if the place is the
/// same.
pub fn submit(atlas: &Atlas, form: &HtmlFormElement, stay: bool) {
    let old = atlas.view.borrow().clone();
    let fields = FormData::new_with_form(form).ok();
    let fields = fields.and_then(|it| UrlSearchParams::new_with_str_sequence_sequence(&it).ok());
    let Some(fields) = fields else { return };
    let mut view = MapView::read(&String::from(fields.to_string()));
    view.query.q.clone_from(&old.query.q);
    if view.query.town.is_empty() {
        view.query.near = old.query.near;
    }
    let same_place = view.query.town == old.query.town && view.query.near == old.query.near;
    if stay && same_place {
        view.query.bbox = old.query.bbox;
        view.zoom = old.zoom;
        view.practitioner.clone_from(&old.practitioner);
    }
    say("");
    if view == old && !atlas.list_failed.get() {
        // Asked again for the same: the reader may have lost sight of it.
        atlas.look();
        announce(&find("#liste h2").and_then(|it| it.text_content()).unwrap_or_default());
        return;
    }
    atlas.go(view);
}

/// Writes the address back into the form.
pub fn sync(view: &MapView) {
    let query = &view.query;
    let radius = query.radius_m.map(|it| it.to_string()).unwrap_or_default();
    let chosen = |name: &str| match name {
        "profession" => query.profession.map_or("", Profession::name).to_owned(),
        "language" => query.language.map_or("", Language::name).to_owned(),
        _ => radius.clone(),
    };
    for select in all("[data-map-form] select") {
        if let Some(select) = select.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&chosen(&select.name()));
        }
    }
    for input in all("[data-map-form] input") {
        let Some(input) = input.dyn_ref::<HtmlInputElement>() else { continue };
        match input.name().as_str() {
            // What is being typed is the reader's.
            "town" if !input.matches(":focus").unwrap_or(false) => input.set_value(&query.town),
            "new_patients" => input.set_checked(query.new_patients),
            "remote" => input.set_checked(query.remote),
            "accessible" => input.set_checked(query.accessible),
            _ => {}
        }
    }
    if let Some(summary) = find("[data-map-form] .filters__summary") {
        summary.set_text_content(Some(&filter_words(query.filters())));
    }
    if let Some(clear) = find("[data-map-form] .filters__clear") {
        flag(&clear, "hidden", query.filters() == 0);
    }
}

/// Asks the device where it is, and sorts the list around that.
pub fn near_me() {
    if cfg!(feature = "embed") {
        // A frame may not ask, so its code need not weigh.
        return;
    }
    let Ok(geolocation) = window().navigator().geolocation() else {
        say(text().atlas_near_unavailable());
        return;
    };
    say(text().atlas_near_wait());
    let found = Closure::once_into_js(|it: Position| {
        let at = LatLon::new(it.coords().latitude(), it.coords().longitude());
        let (Some(atlas), Ok(at)) = (atlas(), at) else { return };
        let mut view = MapView { zoom: None, practitioner: None, ..atlas.view.borrow().clone() };
        view.query.town.clear();
        // The server need not know the door.
        view.query.near = Some(at.rounded());
        view.query.bbox = None;
        view.query.page = 1;
        say("");
        if let Some(town) =
            find("[data-places]").and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        {
            town.set_value("");
        }
        atlas.go(view);
    });
    let failed = Closure::once_into_js(|it: PositionError| {
        let t = text();
        say(if it.code() == PositionError::PERMISSION_DENIED {
            t.atlas_near_refused()
        } else {
            t.atlas_near_unavailable()
        });
    });
    let options = PositionOptions::new();
    options.set_timeout(PATIENCE);
    let asked = geolocation.get_current_position_with_error_callback_and_options(
        found.unchecked_ref(),
        Some(failed.unchecked_ref()),
        &options,
    );
    if asked.is_err() {
        say(text().atlas_near_unavailable());
    }
}

/// A word beside the town's field; a status, so it is read out too.
fn say(words: &str) {
    if let Some(note) = find("[data-near-note]") {
        note.set_text_content(Some(words));
    }
}
