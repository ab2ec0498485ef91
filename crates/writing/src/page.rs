//! The document, as this bundle needs it.

use wasm_bindgen::{JsCast, UnwrapThrowExt, closure::Closure};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    Storage, Window,
};

/// Forms that are helped.
pub const FORM: &str = "form[data-draft]";

/// Forms whose texts are looked at.
pub const GUARDED: &str = "form[data-guard]";

/// This runs in a page: both are there.
pub fn window() -> Window {
    web_sys::window().unwrap_throw()
}

pub fn document() -> Document {
    window().document().unwrap_throw()
}

/// All elements inside of `root` that match, in the page's order.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// All helped forms of the page.
pub fn forms() -> Vec<Element> {
    document().document_element().map_or(Vec::new(), |it| all(&it, FORM))
}

/// The first element inside of `root` that matches.
pub fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The helped form around an element.
pub fn form_around(it: &Element) -> Option<HtmlFormElement> {
    it.closest(FORM).ok().flatten()?.dyn_into().ok()
}

/// The form around an element, if its texts are looked at.
pub fn guarded_around(it: &Element) -> Option<Element> {
    it.closest(GUARDED).ok().flatten()
}

/// What is written in a field.
pub fn value(field: &Element) -> String {
    match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(it), _) => it.value(),
        (_, Some(it)) => it.value(),
        _ => String::new(),
    }
}

/// Where an event happened.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Listens on the window, where what happens in the document arrives too, for as long as it lives.
pub fn listen(kind: &str, handler: fn(Event)) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    let _ = window().add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// What is kept on the device. None where the browser forbids it.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Does something once, in so many milliseconds.
pub fn after(milliseconds: i32, what: impl FnOnce() + 'static) {
    let what = Closure::once_into_js(what);
    let _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(what.unchecked_ref(), milliseconds);
}
