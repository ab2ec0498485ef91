//! What is being written is kept on the device until the server has it: through a reload, a crash,
//! a lost connection. Nothing of it is sent anywhere before its writer sends it.
//!
//! A form with `data-draft` is kept under that name; a page with `data-sent` says that the server has
//! what began so. Boxes are never ticked again: a consent is given each time.

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, Event, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, NodeList, Storage,
    UrlSearchParams,
};

/// Before a form's own name.
const PREFIX: &str = "draft ";
/// Days after which what was never sent is forgotten.
const DAYS: u32 = 7;
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;
/// Fields that people write in.
const WRITTEN: &str = "input[type=text], input[type=email], textarea";

/// Follows every form for as long as the document lives.
pub fn start() {
    let on_input = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let form = target.and_then(|it| it.closest("form[data-draft]").ok().flatten());
        if let Some(form) = form.and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) {
            keep(&form);
        }
    });
    let _ = window().add_event_listener_with_callback("input", on_input.as_ref().unchecked_ref());
    on_input.forget();
}

/// After a page is shown.
pub fn refresh() {
    let Some(storage) = storage() else { return };
    if let Ok(Some(sent)) = document().query_selector("[data-sent]") {
        forget(&storage, &sent.get_attribute("data-sent").unwrap_or_default());
    }
    let Ok(forms) = document().query_selector_all("form[data-draft]") else { return };
    for form in elements(&forms) {
        restore(&storage, &form);
    }
}

/// Takes a press on the button that forgets what was written. True when it was for it.
pub fn on_click(target: &Element) -> bool {
    let Ok(Some(button)) = target.closest("[data-draft-forget]") else { return false };
    let form = button.closest("form[data-draft]").ok().flatten();
    if let (Some(form), Some(storage)) = (form, storage()) {
        let _ = storage.remove_item(&key(&form));
        for field in fields(&form) {
            set(&field, "");
        }
    }
    true
}

fn keep(form: &HtmlFormElement) {
    let (Some(storage), Ok(written)) = (storage(), UrlSearchParams::new()) else { return };
    for field in fields(form) {
        written.append(&field.get_attribute("name").unwrap_or_default(), &value(&field));
    }
    // Full, or forbidden: the form works without.
    let _ =
        storage.set_item(&key(form), &format!("{} {}", today(), String::from(written.to_string())));
}

/// Days since 1970. Whole numbers: reading fractions would weigh the app fifteen kilobytes.
fn today() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock that is set to another age forgets drafts, and nothing else"
    )]
    let days = (Date::now() / DAY) as u32;
    days
}

fn restore(storage: &Storage, form: &Element) {
    let Ok(Some(kept)) = storage.get_item(&key(form)) else { return };
    let (at, written) = kept.split_once(' ').unwrap_or_default();
    if DAYS < today().saturating_sub(at.parse().unwrap_or(0)) {
        let _ = storage.remove_item(&key(form));
        return;
    }
    let Ok(written) = UrlSearchParams::new_with_str(written) else { return };
    for field in fields(form) {
        let name = field.get_attribute("name").unwrap_or_default();
        // What the server sent back is newer.
        if value(&field).is_empty() {
            set(&field, &written.get(&name).unwrap_or_default());
        }
    }
}

/// Everything that was kept under a name that begins with `start`.
fn forget(storage: &Storage, start: &str) {
    let start = format!("{PREFIX}{start}");
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|it| it.starts_with(&start)) {
        let _ = storage.remove_item(key);
    }
}

fn key(form: &Element) -> String {
    format!("{PREFIX}{}", form.get_attribute("data-draft").unwrap_or_default())
}

fn fields(form: &Element) -> Vec<Element> {
    form.query_selector_all(WRITTEN).map(|it| elements(&it)).unwrap_or_default()
}

fn elements(list: &NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

fn value(field: &Element) -> String {
    match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(it), _) => it.value(),
        (_, Some(it)) => it.value(),
        _ => String::new(),
    }
}

fn set(field: &Element, value: &str) {
    if let Some(it) = field.dyn_ref::<HtmlInputElement>() {
        it.set_value(value);
    }
    if let Some(it) = field.dyn_ref::<HtmlTextAreaElement>() {
        it.set_value(value);
    }
}

/// None where the browser forbids it.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
