//! The document, as the map's files need it.

use std::pin::Pin;

use wasm_bindgen::{JsCast, UnwrapThrowExt, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, FocusOptions, HtmlElement, Storage, Window};

use crate::map::sight::Size;

/// This runs in a page: both are there.
pub fn window() -> Window {
    web_sys::window().unwrap_throw()
}

pub fn document() -> Document {
    window().document().unwrap_throw()
}

/// The first element that matches.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// All elements that match, in the order of the page.
pub fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// The nearest element around `target` that matches, itself included.
pub fn around(target: &Element, selector: &str) -> Option<HtmlElement> {
    target.closest(selector).ok().flatten()?.dyn_into().ok()
}

/// Of what can be seen of it, in pixels.
pub fn size(element: &Element) -> Size {
    (element.client_width().into(), element.client_height().into())
}

/// Sets an attribute, or takes it away.
pub fn mark(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for names with forbidden characters.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

pub fn flag(element: &Element, name: &str, on: bool) {
    mark(element, name, on.then_some(""));
}

/// Gives the focus without moving the page.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// What has the focus, if it is more than the page itself.
pub fn focused() -> Option<Element> {
    document().active_element().filter(|it| it.tag_name() != "BODY")
}

/// Says something to who cannot see it.
pub fn announce(words: &str) {
    if let Some(region) = document().get_element_by_id("annonce") {
        region.set_text_content(Some(words));
    }
}

/// Listens to all of `kinds` for as long as the document lives.
pub fn listen(target: &EventTarget, kinds: &[&str], handler: fn(Event)) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    for kind in kinds {
        let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Runs what waits for answers. Boxed: each kind of its own would cost the bundle a kilobyte.
pub fn run(step: impl Future<Output = ()> + 'static) {
    let step: Pin<Box<dyn Future<Output = ()>>> = Box::pin(step);
    wasm_bindgen_futures::spawn_local(step);
}

/// Whether a media query holds.
pub fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|it| it.matches())
}

/// There is room for the map beside the list.
pub fn is_wide() -> bool {
    media("(min-width: 60rem)")
}

/// The map is shown with the list, not in its place: where there is room, and wherever it is embedded.
pub fn is_beside() -> bool {
    is_wide() || find("[data-map=beside]").is_some()
}

/// What is kept on the device. None where the browser forbids it.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub fn after(milliseconds: i32, step: impl FnOnce() + 'static) {
    let step: Box<dyn FnOnce()> = Box::new(step);
    let step = Closure::once_into_js(step);
    let _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(step.unchecked_ref(), milliseconds);
}
